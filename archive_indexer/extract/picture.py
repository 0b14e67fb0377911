"""Pictures: photos and scans, single or many pages in one TIFF."""

import re
import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps, ImageSequence, UnidentifiedImageError

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.rare import photoshop
from archive_indexer.reading.manner import Manner
from archive_indexer.reading.photographed import read_photographed
from archive_indexer.reading.read_page import read_page_image
from minzheng.external.codings.foreign_pictures import is_foreign
from minzheng.external.codings.scan_codings import is_broken_jpeg2000
from minzheng.external.files.broken_pictures import is_broken
from minzheng.external.files.complaints import complaints_heard
from minzheng.external.process_memory import give_back_memory

_LONGEST_SIDE = 3600  #: pixels; 300 dpi A4 is 3508
_LARGE = 12 << 20  #: bytes of a frame; an A4 page of 200 dpi has 11 MiB
_STRIP = 2.5  #: of the sides: a long screenshot keeps the breadth of its letters
_BROADEST_STRIP = 1800  #: pixels
_MOST_OF_A_STRIP = 24_000_000  #: pixels
#: What Pillow and its readers raise at a damaged picture.
DAMAGES = (
    OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, ZeroDivisionError,
    struct.error, Image.DecompressionBombError,
)  # fmt: skip
#: What Pillow says of a sound picture that is written in a way it does not know.
_NOT_KNOWN = "nsupported"
_FOREIGN = "这种编码的图片读不了。请在电脑上另存为 JPEG 或 PNG 后放回原处"
_CUT = "图片不完整，打不开。请重新拍照或重新复制"
DAMAGED = "图片不完整：数据有损坏，可能缺了一部分"
#: What libtiff says of a strip that it gives all the same, in white where nothing is known.
_LOST_LINES = re.compile(r"\w*(?:Decode|Fill|Read|JPEGLib)\w*: ")
_NOTHING: list[str] = []
_PHOTOSHOP = "psd"
_MOVING = ("GIF", "WEBP", "PNG")
_MOST_OF_MOVING = 60  #: pictures of a moving one that are read
_PACKING, _MOST_DIFFERENT = 40, 0.0003  #: grey levels; of the pixels: a third of a small sign
_TOO_MANY = ExtractedPage(
    0, "", origin="unread", confidence=0.0,
    unread=(f"动图的画面太多，只识别了前 {_MOST_OF_MOVING} 幅",),
)  # fmt: skip
_UNPACKED = ("raw", "packbits")  #: of a TIFF: a block of one colour may be black
_STRIPS = (273, 279, 324, 325)  #: of a TIFF: where its strips and tiles lie, how long they are
_USUAL_HEIC = b"hvc1"
_DARK = (48, 48, 48)  #: paper behind light signs on nothing
_SEEN, _LIGHT, _MOSTLY_LIGHT = 128, 190, 0.9
pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = None  # the limit is our own, checked before a pixel is decoded


def read_picture(file: Path, limits: Limits) -> Extraction:
    """Read every frame of a picture."""
    try:
        with Image.open(file) as picture:
            kind = (picture.format or "picture").lower().replace("jpeg", "jpg")
            is_moving = picture.format in _MOVING and getattr(picture, "n_frames", 1) > 1
        damaged: list[int] = []
        frames_seen = _frames_of(file, limits, damaged.append)
        pages = tuple((_read_moving if is_moving else _read_each)(frames_seen, limits.manner))
    except (UnidentifiedImageError, SyntaxError, ValueError) as error:
        raise UnreadableError(_why_not(file)) from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise UnreadableError(_FOREIGN if _NOT_KNOWN in str(error) else _CUT) from error
    told = tuple(
        replace(page, unread=(*page.unread, DAMAGED)) if page.number in damaged else page
        for page in pages
    )
    return Extraction(kind, told if kind != _PHOTOSHOP else (_with_layers(told[0], file),))


def _with_layers(page: ExtractedPage, file: Path) -> ExtractedPage:
    """A page with what was typed into layers and is not read on it."""
    seen = "".join(page.text.split())
    typed = [said for said in photoshop.typed_words(file) if "".join(said.split()) not in seen]
    with Image.open(file) as picture:
        unread = (photoshop.NO_FLAT,) if photoshop.lacks_flat_picture(picture) else ()
    return replace(
        page,
        text="\n".join(filter(None, (page.text, *(f"图层：{said}" for said in typed)))),
        origin="text_layer" if page.origin == "blank" and typed else page.origin,
        unread=(*page.unread, *unread),
    )


def _why_not(file: Path) -> str:
    """A photo of a telephone may be sound, and packed in a way that nothing here knows."""
    with file.open("rb") as stream:
        head = stream.read(1 << 16)
    if head[4:8] == b"ftyp" and _USUAL_HEIC not in head:
        return "这种编码的 HEIC、AVIF 图片读不了。请在手机或电脑上另存为 JPEG 后放回原处"
    return _FOREIGN if is_foreign(file) else "图片已损坏，打不开。请重新拍照或重新复制"


def _read_each(seen: Iterable[NDArray[np.uint8]], manner: Manner) -> Iterator[ExtractedPage]:
    for number, frame in enumerate(seen, start=1):
        yield _read_frame(frame, number, manner)


def _read_moving(seen: Iterable[NDArray[np.uint8]], manner: Manner) -> Iterator[ExtractedPage]:
    """The pictures of a moving one: what looks as the one before says the same, and is not read."""
    last: NDArray[np.uint8] | None = None
    page, count = ExtractedPage(0, ""), 0
    for number, frame in enumerate(seen, start=1):
        if last is None or not _looks_alike(frame, last):
            last, count = frame, count + 1
            page = _read_frame(frame, number, manner) if count <= _MOST_OF_MOVING else _TOO_MANY
        yield replace(page, number=number)


def _looks_alike(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> bool:
    """Whether no sign of one picture differs from another's, but for how it was packed."""
    if one.shape != other.shape:
        return False
    differs = cv2.absdiff(one, other).max(axis=2) > _PACKING
    return float(differs.mean()) < _MOST_DIFFERENT


def _read_frame(frame: NDArray[np.uint8], number: int, manner: Manner) -> ExtractedPage:
    """A frame read; a sheet that was photographed at a slant, straight."""
    read = partial(read_page_image, number=number, manner=manner)
    straight = None if manner.is_as_sent else read_photographed(frame, read)
    return straight or read(frame)


def _frames_of(
    file: Path, limits: Limits, say_damaged: Callable[[int], None]
) -> Iterator[NDArray[np.uint8]]:
    """The frames of a file; a single one is read when its picture is no more in memory."""
    single = _single_frame(file, limits, say_damaged)
    if single is not None:
        if single.nbytes >= _LARGE:
            give_back_memory()  # what was decoded leaves three to five times the page behind
        yield single
        return
    with Image.open(file) as picture:
        yield from frames(picture, limits, say_damaged)


def _single_frame(
    file: Path, limits: Limits, say_damaged: Callable[[int], None]
) -> NDArray[np.uint8] | None:
    with Image.open(file) as picture:
        if picture.format != "PSD" and getattr(picture, "n_frames", 1) > 1:
            return None
        return next(frames(picture, limits, say_damaged), None)


def frames(
    picture: Image.Image, limits: Limits, say_damaged: Callable[[int], None] | None = None
) -> Iterator[NDArray[np.uint8]]:
    """Frames as BGR arrays, turned as the camera noted.

    Args:
        picture: an opened picture.
        limits: how many, and how large they may be.
        say_damaged: is told the number, from 1, of a frame of which a part is missing.
    """
    lacks_a_part = say_damaged is not None and _lacks_a_part(picture)
    for number, frame in enumerate(_all_of(picture)):
        if number >= limits.max_pages:
            return
        if frame.width * frame.height > limits.max_pixels:
            raise UnreadableError("图片像素过大，只登记、不识别。请以 300 dpi 重新扫描")
        with complaints_heard() if picture.format == "TIFF" else nullcontext(_NOTHING) as heard:
            small = _shrink(frame)
        is_lost = any(map(_LOST_LINES.match, heard)) or _lacks_a_strip(frame)
        if say_damaged and (is_lost or (lacks_a_part and number == 0)):
            say_damaged(number + 1)
        is_turned = ExifTags.Base.Orientation in small.getexif()
        yield _on_white(ImageOps.exif_transpose(small) if is_turned else small)


def _all_of(picture: Image.Image) -> Iterable[Image.Image]:
    """Every frame; the layers of Photoshop are none."""
    if picture.format == "PSD":
        return (photoshop.flat_picture(picture),)
    return ImageSequence.Iterator(picture)


def _lacks_a_part(picture: Image.Image) -> bool:
    """Whether the bytes of an opened picture tell that not all of it is there."""
    stream = getattr(picture, "fp", None)
    if stream is None or picture.format is None:
        return False
    if picture.format == "JPEG2000":
        at = stream.tell()
        stream.seek(0)
        content = stream.read()
        stream.seek(at)
        return is_broken_jpeg2000(content)
    is_packed = picture.info.get("compression") not in _UNPACKED
    return is_broken(stream, picture.format, is_packed=is_packed)


def _lacks_a_strip(frame: Image.Image) -> bool:
    """Whether a TIFF says of a strip that it lies nowhere, or has no length."""
    tags = getattr(frame, "tag_v2", {})
    return any(not all(tags.get(tag, (1,))) for tag in _STRIPS)


def _shrink(frame: Image.Image) -> Image.Image:
    """A large frame made smaller before anything copies it; a JPEG is decoded small."""
    turned = frame.getexif().get(ExifTags.Base.Orientation)
    frame.draft("RGB", _fitting(frame.size))
    # Pixels that are numbers of colours cannot be averaged.
    averaged = {"1": "L", "P": "RGBA", "PA": "RGBA", "I;16": "I"}.get(frame.mode, frame.mode)
    whole = frame.convert(averaged) if averaged != frame.mode else frame
    fitting = _fitting(frame.size)
    # A picture that is small enough is not copied: of a page of 300 dpi that is 35 MiB.
    small = whole if whole.size == fitting else whole.resize(fitting, Image.Resampling.BOX)
    if turned:
        small.getexif()[ExifTags.Base.Orientation] = turned
    return small


def _fitting(size: tuple[int, int]) -> tuple[int, int]:
    longer, shorter = max(size), min(size)
    scale = min(1.0, _LONGEST_SIDE / longer)
    if longer > _STRIP * shorter:
        least_shrunk = (_MOST_OF_A_STRIP / (longer * shorter)) ** 0.5
        scale = min(1.0, _BROADEST_STRIP / shorter, least_shrunk)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _is_light(layer: Image.Image) -> bool:
    """Whether all that is seen of a layer is light: on white paper it would be lost."""
    thickness = np.asarray(layer.getchannel("A"))
    if thickness.min() > 0:
        return False
    is_seen = thickness > _SEEN
    lightness = np.asarray(layer.convert("L"))[is_seen]
    return bool(lightness.size and (lightness > _LIGHT).mean() > _MOSTLY_LIGHT)


def _on_white(picture: Image.Image) -> NDArray[np.uint8]:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        picture = Image.new("RGB", layer.size, _DARK if _is_light(layer) else "white")
        picture.paste(layer, mask=layer.getchannel("A"))
    array = np.asarray(picture if picture.mode == "RGB" else picture.convert("RGB"))
    return np.ascontiguousarray(array[:, :, ::-1])
