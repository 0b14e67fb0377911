"""Ink too faint to be told from its paper pixel by pixel: drawn out, so that it can be read.

A stroke that is darker than its paper by less than the noise of the scanner is still seen
by the many pixels it has: where words stand, steps in both directions are more than noise
over a whole word's room. What shows through from the other side is soft, a fold or a rule
runs one way, dust is small.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from archive_indexer.reading.page_ink import Box, PageLook, cover, look_at, make_work_size
from minzheng.external.ocr.line_boxes import Corners, Image, crop_line
from minzheng.external.ocr.ocr_engine import OcrEngine, ReadLine

UNREAD_INK = "有淡墨迹，未读出"
_ROOM = (41, 17)  #: pixels at 121 dpi, wide and high: two signs
_ROOM_SIZE = _ROOM[0] * _ROOM[1] / 4  #: in pixels of half the size
_STEPS = np.array([[-1, 0, 1]], np.float32)
_EDGE = 25  #: pixels of the page's edge that are not looked at: shadows of the lid
_ABOVE_NOISE = 2.2  #: times the strength of noise, over a word's room
_MOST_OF_ONE = 4.0  #: times its middle step: a speck of dust counts no more
_SHARP = 1.2  #: strength of fine steps to coarse ones; what shows through has less
_PLAIN = 12.0  #: grey levels of the steps of a word that is seen with the others
_LEAST_STEP = 0.6  #: grey levels: below it is no noise, but the steps of a byte and of JPEG
_LEAST_NOISE, _NOISE_LEFT = 0.3, 1.5  #: grey levels, and how many times it stays white
_LEAST_INK = 2.0  #: grey levels above the noise that are made black
_FEWEST_ROOMS = 1.0  #: so many word's rooms of faint ink are looked at
_SURELY_INK = 5.0  #: rooms; if lines are seen there, they were written
_MUCH_INK = 25.0  #: rooms; less beside read lines may be what JPEG left around them
_FEWEST_LINES = 3
_LOOKED_AT = 12  #: lines that are read to see whether they are words
_WORD = 0.8  #: confidence of a line that is one
_FEWEST_WORDS = 2
_DARK = 110  #: grey level of a negative's paper
_PAPER, _INK = 235, 200  #: grey levels of the drawn out picture


@dataclass(frozen=True, slots=True)
class FaintLines:
    """What was read beside other lines, and whether there was more that was not."""

    lines: tuple[ReadLine, ...] = ()
    is_unread: bool = False


class FaintPage:
    """A page without plain ink: what is to be seen on it when its faint ink is drawn out."""

    def __init__(self, image: Image, rooms: float, lines: Sequence[Corners]) -> None:
        self.image = image
        self._rooms = rooms
        self.lines = lines

    @property
    def is_written(self) -> bool:
        """Whether so much stands there in lines that nobody may call it blank."""
        return self._rooms >= _SURELY_INK and len(self.lines) >= _FEWEST_LINES

    def has_words(self, engine: OcrEngine) -> bool:
        """Whether some of its lines are read with confidence, whichever way they lie."""
        crops = self._some_lines()
        over = [np.ascontiguousarray(crop[::-1, ::-1]) for crop in crops]
        words = list(map(max, _worth(engine, crops), _worth(engine, over)))
        return sum(one >= _WORD for one in words) >= min(_FEWEST_WORDS, max(1, len(words)))

    def shows_through(self, engine: OcrEngine) -> bool:
        """Whether its lines are rather those of the other side, seen in a mirror."""
        crops = self._some_lines()
        mirrored = [np.ascontiguousarray(crop[:, ::-1]) for crop in crops]
        return sum(_worth(engine, mirrored)) > sum(_worth(engine, crops))

    def _some_lines(self) -> list[Image]:
        step = max(1, len(self.lines) // _LOOKED_AT)
        return [crop_line(self.image, one) for one in self.lines[::step][:_LOOKED_AT]]


def draw_out(
    image: Image, load: Callable[[], OcrEngine], look: PageLook | None = None
) -> FaintPage | None:
    """A page (BGR) with its faint ink made black; None where there is none.

    The models are loaded for a page only that has some.
    """
    look = look or look_at(image)
    rooms = _rooms_of_ink(look.grey) if look else 0.0
    return _draw_out(image, rooms, load) if rooms >= _FEWEST_ROOMS else None


def _draw_out(image: Image, rooms: float, load: Callable[[], OcrEngine]) -> FaintPage | None:
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    is_dark = float(np.median(grey[::9, ::9])) < _DARK
    drawn = _stretched(cv2.bitwise_not(grey) if is_dark else grey)
    lines = load().find_lines(drawn)
    return FaintPage(drawn, rooms, lines) if lines else None


def read_faint_lines(
    page: Image,
    lines: Sequence[ReadLine],
    others: Sequence[Box],
    engine: OcrEngine,
    grey: Image | None = None,
) -> FaintLines:
    """What stands beside the lines that were read, too faint to be seen with them.

    Args:
        page: upright, without its seals.
        lines: what was read of it.
        others: places where something else stands: its seals.
        engine: reads.
        grey: the page at its working size, if it is known; its seals may be on it.
    """
    places = [*(line.box for line in lines), *others]
    page_grey = make_work_size(page) if grey is None else grey
    rooms = _rooms_of_ink(page_grey, places, _SURELY_INK)
    if rooms < _SURELY_INK:
        return FaintLines()
    faint = _draw_out(cover(page, places), rooms, lambda: engine)
    if faint is None or len(faint.lines) < _FEWEST_LINES:
        return FaintLines()
    read = engine.read(faint.image)
    words = [line for line in read if line.confidence >= _WORD and len(set(line.text)) > 1]
    left = len(faint.lines) - len(words)
    is_unread = rooms >= _MUCH_INK and left >= max(_FEWEST_LINES, len(words))
    return FaintLines(tuple(words) if len(words) >= _FEWEST_WORDS else (), is_unread)


def _worth(engine: OcrEngine, crops: Sequence[Image]) -> list[float]:
    """How sure each line of different signs is; a punched hole is read as 00."""
    return [sure if len(set(text)) > 1 else 0.0 for text, sure in engine.glance(crops)]


def _rooms_of_ink(page: Image, known: Sequence[Box] = (), least: float = _FEWEST_ROOMS) -> float:
    """How much sharp faint ink there is beside what is known, in rooms of a word.

    Fewer than `least` are not counted.
    """
    height, width = page.shape
    grey = page[: height // 2 * 2, : width // 2 * 2].astype(np.float32)
    if min(grey.shape) <= 2 * _EDGE:
        return 0.0
    soft = cv2.GaussianBlur(grey, (0, 0), 0.9)
    across, down = (cv2.filter2D(soft, -1, steps) for steps in (_STEPS, _STEPS.T))
    inked = np.minimum(_strength(across), _strength(down)) > _ABOVE_NOISE
    if known:
        inked &= _over_a_room(_halved(cv2.multiply(across, across))) < _PLAIN**2
        _leave_out(inked, known)
    edge = _EDGE // 2
    inked[:edge] = inked[-edge:] = inked[:, :edge] = inked[:, -edge:] = False
    if np.count_nonzero(inked) < least * _ROOM_SIZE:
        return 0.0
    fine, coarse = _band(grey, 0.8), _band(_halved(grey), 2.5 / 2)
    fine_energy = _over_a_room(_halved(cv2.multiply(fine, fine))) - _noise(fine) ** 2
    coarse_energy = _over_a_room(cv2.multiply(coarse, coarse)) - _noise(coarse) ** 2
    sharp = inked & (fine_energy > _SHARP * coarse_energy)
    return float(np.count_nonzero(sharp)) / _ROOM_SIZE


def _leave_out(inked: NDArray[Any], known: Sequence[Box]) -> None:
    height, width = inked.shape
    for left, top, right, bottom in known:
        x = max(0, round(left * width) - _ROOM[0] // 2), round(right * width) + _ROOM[0] // 2
        y = max(0, round(top * height) - _ROOM[1] // 2), round(bottom * height) + _ROOM[1] // 2
        inked[y[0] : y[1], x[0] : x[1]] = False


def _strength(step: NDArray[Any]) -> NDArray[Any]:
    """Steps over a word's room, 1 where there is noise alone."""
    noise = max(_LEAST_STEP, _noise(step))
    squares = cv2.multiply(step, step, scale=noise**-2)
    return _over_a_room(_halved(np.minimum(squares, _MOST_OF_ONE**2, out=squares)))


def _halved(values: NDArray[Any]) -> NDArray[Any]:
    """Means of two by two: what is told of a room needs no single pixels."""
    height, width = values.shape
    return cv2.resize(values, (width // 2, height // 2), interpolation=cv2.INTER_AREA)


def _over_a_room(halved: NDArray[Any]) -> NDArray[Any]:
    """The mean over a word's room."""
    return np.asarray(cv2.blur(halved, (_ROOM[0] // 2 | 1, _ROOM[1] // 2 | 1)))


def _band(grey: NDArray[Any], sigma: float) -> NDArray[Any]:
    """What is about so many pixels large."""
    return cv2.subtract(
        cv2.GaussianBlur(grey, (0, 0), sigma), cv2.GaussianBlur(grey, (0, 0), 2 * sigma)
    )


def _noise(values: NDArray[Any]) -> float:
    """The standard deviation of what most of a page is, whatever stands on the rest."""
    return float(np.percentile(np.abs(values[::5, ::5]), 75)) / 1.15


def _stretched(grey: Image) -> Image:
    """White paper, black ink, whatever they were; noise stays below the ink.

    In place as far as it goes: of a large page each plane of fractions takes 40 MiB.
    """
    height, width = grey.shape
    size = max(1, width // 8), max(1, height // 8)
    around = cv2.medianBlur(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), 9)
    ink = cv2.resize(around.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    soft = grey.astype(np.float32)
    cv2.GaussianBlur(soft, (0, 0), 1.0, dst=soft)
    cv2.subtract(ink, soft, dst=ink)
    del soft
    least = _NOISE_LEFT * max(_LEAST_NOISE, _noise(ink[::3, ::3]))
    most = max(float(np.percentile(ink[::3, ::3], 99.5)) - least, _LEAST_INK)
    np.subtract(ink, least, out=ink)
    np.clip(ink, 0, _PAPER * most / _INK, out=ink)
    drawn = cv2.convertScaleAbs(ink, alpha=-_INK / most, beta=_PAPER)
    return np.asarray(cv2.cvtColor(drawn, cv2.COLOR_GRAY2BGR))
