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
from archive_indexer.reading.paper.dark_rows import darker_in_rows
from archive_indexer.reading.paper.grain import (
    EDGE,
    Surface,
    band,
    halved,
    noise_of,
    stands_in_lines,
    surface_of,
)
from archive_indexer.reading.paper.page_dirt import without_lines, without_rules
from minzheng.external.ocr.line_boxes import Corners, Image, crop_line
from minzheng.external.ocr.ocr_engine import OcrEngine, ReadLine
from minzheng.external.process_memory import give_back_memory

UNREAD_INK = "有淡墨迹，未读出"
PERHAPS_BLANK = "疑为空白：似有极淡的字，读不出来"
_ROOM = (41, 17)  #: pixels at 121 dpi, wide and high: two signs
_ROOM_SIZE = _ROOM[0] * _ROOM[1] / 4  #: in pixels of half the size
_ABOVE_NOISE = 2.2  #: times the strength of noise, over a word's room
_TWO_SIGNS = 16  #: pixels of half the size that ink of two signs is long; a digit's has 15
_FAR = (82, 26)  #: pixels of half the size around faint ink, in which its lines end: four rooms
_LONG_ROOM = (121, 17)  #: pixels at 121 dpi: a short line; there less is more than noise
_HARDLY_ABOVE = 1.35  #: times the strength of noise, over the room of a line
_FEWEST_HINTS = 2.0  #: word's rooms of what is hardly above noise are looked at
_SHARP = 1.2  #: strength of fine steps to coarse ones; what shows through has less
_MOST = 0.5  #: of the ink around
_PLAIN = 12.0  #: grey levels of the steps of a word that is seen with the others
_LEAST_NOISE, _NOISE_LEFT = 0.3, 1.5  #: grey levels, and how many times it stays white
_LEAST_INK = 2.0  #: grey levels above the noise that are made black
_FEWEST_ROOMS = 1.0  #: so many word's rooms of faint ink are looked at
_SURELY_INK = 5.0  #: rooms; if lines are seen there, they were written
_MUCH_INK = 25.0  #: rooms; less beside read lines may be what JPEG left around them
_FEWEST_LINES = 3
_LOOKED_AT = 12  #: lines that are read to see whether they are words
_WORD = 0.8  #: confidence of a line that is one
_FEWEST_WORDS = 2
_NEARLY_WORD = 0.45  #: confidence of a line that may be one
_CLEARLY = 1.1  #: times as sure as in a mirror
_FEWEST_NEARLY = 3  #: such lines, and nobody may say without a word that a page is blank
_DARK = 110  #: grey level of a negative's paper
_BAND, _SOFT_REACH = 256, 8  #: rows; more than a softened pixel is made of on either side
_PAPER, _INK = 235, 200  #: grey levels of the drawn out picture
_NOWHERE = np.zeros((1, 1), bool)


@dataclass(frozen=True, slots=True)
class FaintLines:
    """What was read beside other lines, and whether there was more that was not."""

    lines: tuple[ReadLine, ...] = ()
    is_unread: bool = False


class FaintPage:
    """A page without plain ink: what is to be seen on it when its faint ink is drawn out."""

    def __init__(
        self,
        image: Image,
        inked: NDArray[Any],
        lines: Sequence[Corners],
        *,
        stands: bool = False,
    ) -> None:
        self.image = image  #: of one plane, so that a large page takes 12 MiB and not 36
        self._stands = stands  #: in lines, above the grain of the paper
        self._inked = inked
        self.lines = lines

    @property
    def is_written(self) -> bool:
        """Whether so much stands there in lines that nobody may call it blank."""
        return _rooms(self._inked) >= _SURELY_INK and self._count_inked() >= _FEWEST_LINES

    def _count_inked(self) -> int:
        """How many of the lines lie on ink: a detector sees lines in the noise of a shadow."""
        scale = self._inked.shape[1] / self.image.shape[1]
        middles = [np.round(one.mean(axis=0) * scale).astype(int) for one in self.lines]
        height, width = self._inked.shape
        return sum(
            bool(self._inked[min(max(y, 0), height - 1), min(max(x, 0), width - 1)])
            for x, y in middles
        )

    def has_words(self, engine: OcrEngine) -> bool:
        """Whether some of its lines are read with confidence, whichever way they lie."""
        return self._are_words(engine, self._some_lines())

    def _are_words(self, engine: OcrEngine, crops: Sequence[Image]) -> bool:
        words = list(map(max, *self._both_ways(engine, crops)))
        return sum(one >= _WORD for one in words) >= min(_FEWEST_WORDS, max(1, len(words)))

    def may_have_words(self, engine: OcrEngine) -> bool:
        """Whether something stands there in lines, and is not read in a mirror.

        Or some lines are nearly read, and clearly worse in a mirror.
        """
        crops = self._some_lines()
        if self._stands and not self._are_words(engine, [crop[:, ::-1] for crop in crops]):
            return True
        worth = max(self._both_ways(engine, crops), key=sum)
        nearly = sum(one >= _NEARLY_WORD for one in worth)
        if nearly < _FEWEST_NEARLY:
            return False
        mirrored = self._both_ways(engine, [crop[:, ::-1] for crop in crops])
        return sum(worth) > _CLEARLY * max(map(sum, mirrored))

    @staticmethod
    def _both_ways(engine: OcrEngine, crops: Sequence[Image]) -> tuple[list[float], list[float]]:
        """How sure lines are as they lie, and upside down."""
        ways = ([np.ascontiguousarray(crop[::step, ::step]) for crop in crops] for step in (1, -1))
        straight, over = (_worth(engine, way) for way in ways)
        return straight, over

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
    surface = surface_of(look.grey) if look else None
    if look is None or surface is None:
        return None
    has_ink = _rooms(_inked(surface)) >= _FEWEST_ROOMS
    is_hinted = _is_hinted(surface)
    ways = [stands for stands in (stands_in_lines, darker_in_rows) if stands(surface)]
    if not (has_ink or is_hinted or ways):
        return None
    plain = surface_of(without_lines(look.grey)) or surface
    inked = _inked(plain) if has_ink else _NOWHERE
    stands = any(way(plain, look.grey) for way in ways)  # and no lean rule does
    if stands or _rooms(inked) >= _FEWEST_ROOMS or (is_hinted and _is_hinted(plain)):
        return _draw_out(_in_grey(image), inked, load, stands=stands)
    return None


def _in_grey(image: Image) -> Image:
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY))


def _draw_out(
    grey: Image,
    inked: NDArray[Any],
    load: Callable[[], OcrEngine],
    *,
    stands: bool = False,
    is_beside: bool = False,
) -> FaintPage | None:
    is_dark = float(np.median(grey[::9, ::9])) < _DARK
    drawn = _stretched(cv2.bitwise_not(grey) if is_dark else grey)
    if is_beside:
        _forget_far(drawn, inked)
    give_back_memory()  # the detector asks for 60 MiB at once, and freed blocks are smaller
    lines = load().find_lines(drawn)
    return FaintPage(drawn, inked, lines, stands=stands) if len(lines) or stands else None


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
    inked = _inked_beside(page_grey, places)
    if inked.any():  # rules that cross are taken for words
        inked = _inked_beside(without_rules(page_grey), places)
    if not inked.any():
        return FaintLines()
    rooms = _rooms(inked)
    # In grey at once: a covered copy of a large page takes 26 MiB while lines are looked for.
    faint = _draw_out(_in_grey(cover(page, places)), inked, lambda: engine, is_beside=True)
    if faint is None or len(faint.lines) < _FEWEST_LINES:
        return FaintLines()
    read = engine.read(faint.image, found=faint.lines)
    words = [line for line in read if line.confidence >= _WORD and len(set(line.text)) > 1]
    left = len(faint.lines) - len(words)
    is_unread = rooms >= _MUCH_INK and left >= max(_FEWEST_LINES, len(words))
    return FaintLines(tuple(words) if len(words) >= _FEWEST_WORDS else (), is_unread)


def _inked_beside(grey: Image, places: Sequence[Box]) -> NDArray[Any]:
    """Where faint ink stands beside what is known, if it may be words."""
    surface = surface_of(grey)
    inked = _inked(surface, places, _SURELY_INK) if surface else _NOWHERE
    are_words = _rooms(inked) >= _MUCH_INK or _rooms(_of_words(inked)) >= _SURELY_INK
    return inked if are_words else _NOWHERE


def _forget_far(drawn: Image, inked: NDArray[Any]) -> None:
    """Make paper of all that is far from faint ink: no line is looked for there."""
    left, top, wide, high = cv2.boundingRect(inked.astype(np.uint8))
    scale = drawn.shape[1] / inked.shape[1]
    rows = slice(max(0, round((top - _FAR[1]) * scale)), round((top + high + _FAR[1]) * scale))
    columns = slice(max(0, round((left - _FAR[0]) * scale)), round((left + wide + _FAR[0]) * scale))
    near = drawn[rows, columns].copy()
    drawn[:] = _PAPER
    drawn[rows, columns] = near


def _of_words(inked: NDArray[Any]) -> NDArray[Any]:
    """The ink that is as long as two signs: a lone digit that was not seen is no faint word."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(inked.astype(np.uint8))
    is_long = stats[:, 2:4].max(axis=1) >= _TWO_SIGNS
    is_long[0] = False
    return np.asarray(is_long[labels])


def _worth(engine: OcrEngine, crops: Sequence[Image]) -> list[float]:
    """How sure each line of different signs is; a punched hole is read as 00."""
    return [sure if len(set(text)) > 1 else 0.0 for text, sure in engine.glance(crops)]


def _rooms(inked: NDArray[Any]) -> float:
    """How much ink there is, in rooms of a word."""
    return float(np.count_nonzero(inked)) / _ROOM_SIZE


def _inked(page: Surface, known: Sequence[Box] = (), least: float = _FEWEST_ROOMS) -> NDArray[Any]:
    """Where sharp faint ink stands beside what is known, at half the size.

    Fewer rooms than `least` are none.
    """
    inked = np.minimum(*map(_over_a_room, page.squares)) > _ABOVE_NOISE
    _leave_out(inked, known)
    _leave_edges_out(inked)
    if known and _rooms(inked) >= least:
        across = page.steps[0]
        inked &= _over_a_room(halved(cv2.multiply(across, across))) < _PLAIN**2
    return _sharp(page.grey, inked) if _rooms(inked) >= least else np.zeros_like(inked)


def _is_hinted(page: Surface) -> bool:
    """Whether something may stand there in lines, though no word of it is above the noise."""
    for room in (_LONG_ROOM, _LONG_ROOM[::-1]):
        inked = np.minimum(*(_over_a_room(one, room) for one in page.squares)) > _HARDLY_ABOVE
        _leave_edges_out(inked)
        if _rooms(_sharp(page.grey, inked)) >= _FEWEST_HINTS:
            return True
    return False


def _sharp(grey: NDArray[Any], inked: NDArray[Any]) -> NDArray[Any]:
    """The ink that has sharp edges, and stands where most of it has."""
    fine, coarse = band(grey, 0.8), band(halved(grey), 2.5 / 2)
    fine_energy = _over_a_room(halved(cv2.multiply(fine, fine))) - noise_of(fine) ** 2
    coarse_energy = _over_a_room(cv2.multiply(coarse, coarse)) - noise_of(coarse) ** 2
    sharp = inked & (fine_energy > _SHARP * coarse_energy)
    around = _ROOM[0] * 3 // 2 | 1, _ROOM[1] * 3 // 2 | 1
    part = cv2.blur(sharp.astype(np.float32), around)
    return np.asarray(sharp & (part > _MOST * cv2.blur(inked.astype(np.float32), around)))


def _leave_out(inked: NDArray[Any], known: Sequence[Box]) -> None:
    height, width = inked.shape
    for left, top, right, bottom in known:
        x = max(0, round(left * width) - _ROOM[0] // 2), round(right * width) + _ROOM[0] // 2
        y = max(0, round(top * height) - _ROOM[1] // 2), round(bottom * height) + _ROOM[1] // 2
        inked[y[0] : y[1], x[0] : x[1]] = False


def _leave_edges_out(inked: NDArray[Any]) -> None:
    edge = EDGE // 2
    inked[:edge] = inked[-edge:] = inked[:, :edge] = inked[:, -edge:] = False


def _over_a_room(halved: NDArray[Any], room: tuple[int, int] = _ROOM) -> NDArray[Any]:
    """The mean over a word's room, or another."""
    return np.asarray(cv2.blur(halved, (room[0] // 2 | 1, room[1] // 2 | 1)))


def _stretched(grey: Image) -> Image:
    """White paper, black ink, whatever they were; noise stays below the ink.

    In place, and in bands, as far as it goes: of a large page a plane of fractions takes 40 MiB.
    """
    height, width = grey.shape
    size = max(1, width // 8), max(1, height // 8)
    around = cv2.medianBlur(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), 9)
    ink = cv2.resize(around.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    for top in range(0, height, _BAND):
        begin, end = max(0, top - _SOFT_REACH), min(height, top + _BAND + _SOFT_REACH)
        soft = cv2.GaussianBlur(grey[begin:end].astype(np.float32), (0, 0), 1.0)
        band_of_ink = ink[top : top + _BAND]
        cv2.subtract(band_of_ink, soft[top - begin : top - begin + _BAND], dst=band_of_ink)
    least = _NOISE_LEFT * max(_LEAST_NOISE, noise_of(ink[::3, ::3]))
    most = max(float(np.percentile(ink[::3, ::3], 99.5)) - least, _LEAST_INK)
    np.subtract(ink, least, out=ink)
    np.clip(ink, 0, _PAPER * most / _INK, out=ink)
    return np.asarray(cv2.convertScaleAbs(ink, alpha=-_INK / most, beta=_PAPER))
