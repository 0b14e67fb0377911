"""Large pictures are decoded outside, one at a time: no file fills this process's memory."""

import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PIL import Image

from minzheng.external.run_program import ProgramFailedError, run_program
from minzheng.external.shrinking import DAMAGED, DONE, NO_EDGES

#: What is decoded here takes up to 8 bytes a pixel.
MOST_PIXELS_HERE = 16_000_000
_SECONDS = 60.0
_WAIT_SECONDS = 60.0
#: Each thread of a numeric library reserves memory of its own.
_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_one_at_a_time = threading.Lock()
_Made = TypeVar("_Made")


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


@dataclass(frozen=True, slots=True)
class Straight:
    """A small picture, and whether a sheet was found on it and taken straight."""

    picture: Image.Image
    is_sheet: bool


def shrink_outside(file: Path, longest_side: int, frame: int = 0) -> Image.Image:
    """A picture upright and no larger than this, decoded by a program of its own.

    Raises:
        TooLargePictureError: it takes too much memory or time, or too many others wait.
        DamagedPictureError: it cannot be decoded.
    """
    return _one_after_another(lambda: _shrink(file, longest_side, frame))


def straighten_outside(file: Path, longest_side: int) -> Straight:
    """The sheet on a photograph, straight and in even light; what shows no edges stays.

    Raises:
        TooLargePictureError: it takes too much memory or time, or too many others wait.
        DamagedPictureError: it cannot be decoded.
    """
    return _one_after_another(lambda: _straighten(file, longest_side))


def _one_after_another(make: Callable[[], _Made]) -> _Made:
    if not _one_at_a_time.acquire(timeout=_WAIT_SECONDS):
        raise TooLargePictureError
    try:
        return make()
    except ProgramFailedError as error:
        raise TooLargePictureError from error
    finally:
        _one_at_a_time.release()


def _shrink(file: Path, longest_side: int, frame: int) -> Image.Image:
    words = (str(frame), str(longest_side))
    return _made_by("minzheng.external.shrinking", file, words)[0]


def _straighten(file: Path, longest_side: int) -> Straight:
    picture, said = _made_by("minzheng.external.straightening", file, (str(longest_side),))
    return Straight(picture, said == DONE)


def _made_by(program: str, file: Path, words: tuple[str, ...]) -> tuple[Image.Image, str]:
    """What a program makes of a picture, and what it says of it."""
    with tempfile.TemporaryDirectory(prefix="minzheng-picture-") as folder:
        made = Path(folder) / "small.png"
        command = (sys.executable, "-m", program, str(file), str(made), *words)
        said = run_program(command, _SECONDS, _ONE_THREAD).split("\n")
        if DAMAGED in said:
            raise DamagedPictureError
        told = next((one for one in (DONE, NO_EDGES) if one in said), None)
        if told is None:
            raise TooLargePictureError
        with Image.open(made) as small:
            return small.copy(), told
