"""Large pictures are decoded outside, one at a time: no file fills this process's memory."""

import sys
import tempfile
import threading
from pathlib import Path

from PIL import Image

from minzheng.external.run_program import ProgramFailedError, run_program
from minzheng.external.shrinking import DAMAGED, DONE

#: What is decoded here takes up to 8 bytes a pixel.
MOST_PIXELS_HERE = 16_000_000
_SECONDS = 60.0
_WAIT_SECONDS = 60.0
_one_at_a_time = threading.Lock()


class TooLargePictureError(ValueError):
    """The picture does not fit the memory it may take, or others are in hand."""


class DamagedPictureError(ValueError):
    """The picture cannot be decoded."""


def is_large(picture: Image.Image, longest_side: int) -> bool:
    """Whether decoding it, as small as its kind allows, takes more than is given here."""
    width, height = picture.size
    picture.draft("RGB", (longest_side, longest_side))
    if picture.format == "HEIF":
        return True  # its pixels are only counted by decoding them
    if not picture.info.get("progressive"):  # else all coefficients are held
        width, height = picture.size
    return width * height > MOST_PIXELS_HERE


def shrink_outside(file: Path, longest_side: int, frame: int = 0) -> Image.Image:
    """A picture upright and no larger than this, decoded by a program of its own.

    Raises:
        TooLargePictureError: it takes too much memory or time, or too many others wait.
        DamagedPictureError: it cannot be decoded.
    """
    if not _one_at_a_time.acquire(timeout=_WAIT_SECONDS):
        raise TooLargePictureError
    try:
        return _shrink(file, longest_side, frame)
    except ProgramFailedError as error:
        raise TooLargePictureError from error
    finally:
        _one_at_a_time.release()


def _shrink(file: Path, longest_side: int, frame: int) -> Image.Image:
    with tempfile.TemporaryDirectory(prefix="minzheng-picture-") as folder:
        made = Path(folder) / "small.png"
        words = (str(file), str(made), str(frame), str(longest_side))
        program = (sys.executable, "-m", "minzheng.external.shrinking")
        said = run_program([*program, *words], _SECONDS).split("\n")
        if DAMAGED in said:
            raise DamagedPictureError
        if DONE not in said:
            raise TooLargePictureError
        with Image.open(made) as small:
            return small.copy()
