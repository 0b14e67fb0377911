"""A picture turned upright and made smaller; run as a program, within bounds of memory."""

import sys
from pathlib import Path

import pillow_heif
from PIL import Image, ImageOps

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

DONE, DAMAGED, TOO_LARGE = "done", "damaged", "too large"
NO_EDGES = "no edges"  #: done, but no sheet was found that could be taken straight
#: What Pillow and its readers raise at a damaged picture.
DAMAGES = (
    OSError, ValueError, SyntaxError, EOFError, LookupError, ZeroDivisionError,
    Image.DecompressionBombError,
)  # fmt: skip
_MODES_OF_PNG = ("1", "L", "LA", "P", "RGB", "RGBA", "I", "I;16")
_MEMORY_BYTES = 900 << 20  #: all that the program maps; its code alone takes 100 MiB
_PROCESSOR_SECONDS = 60

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # the limits are our own, kept before a pixel is decoded


def shrink(picture: Image.Image, longest_side: int) -> Image.Image:
    """Turned as it was held, and no larger than this."""
    picture.draft("RGB", (longest_side, longest_side))
    # Smaller first: turning copies every pixel.
    picture.thumbnail((longest_side, longest_side))
    return ImageOps.exif_transpose(picture)


def main(words: list[str]) -> str:
    """Shrink FRAME of file FROM to SIDE pixels as the PNG TO; how it went."""
    source, target, frame, side = words
    bound_this_process()
    try:
        with Image.open(source) as picture:
            picture.seek(int(frame))
            small = shrink(picture, int(side))
            small.info.pop("icc_profile", None)
            if small.mode not in _MODES_OF_PNG:
                small = small.convert("RGB")
            small.save(Path(target), "PNG", compress_level=1)
    except MemoryError:
        return TOO_LARGE
    except DAMAGES:
        return DAMAGED
    return DONE


def bound_this_process() -> None:
    """Take no more memory and time than one picture is worth."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (_PROCESSOR_SECONDS, _PROCESSOR_SECONDS))


if __name__ == "__main__":
    print(main(sys.argv[1:]))  # noqa: T201  # its answer to whoever runs it
