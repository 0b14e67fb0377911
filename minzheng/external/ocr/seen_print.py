"""Print of a form that was read before on another copy of it: known again by how it looks.

A form comes back many times, and most of what stands on it is the same each time. A line that
looks sign by sign like one that was read surely needs no model. What is not alike everywhere,
because somebody wrote over it, because it is blurred or another line, is read as ever. What is
remembered lives as long as the process and is bounded.
"""

from collections import OrderedDict
from dataclasses import dataclass, field

import cv2
import numpy as np

from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.ocr_models import Character, Reading

_HIGH = 22  #: pixels of a line cut to its ink
_SEGMENT, _SLACK = 33, 3  #: pixels that are compared at once, and how far they may lie off
_ALIKE_ON_MEAN, _ALIKE = 0.82, 0.66  #: correlation of all segments, and of each
_MOST_BESIDE = 0.06  #: of a segment: ink where the other has none near
_INKED, _PLAINLY = 60, 130  #: of 255, the darkest of a line
_DARKEST, _PAPER = 0.02, 0.8  #: where a line's shades are asked, of all in their order
_LEAST_INK = 0.02  #: of a row of a line
_FEWEST_IN_COLUMN = 2  #: pixels of ink; less is a speck
_FEWEST_ROWS = 12  #: of ink, at half the models' height
_LEAST_CONTRAST = 25  #: grey levels of a line
_SAME_SHAPE = 0.06  #: by which widths at one height may differ
_LONGEST = 1600
_MOST_OF_A_FORM = 160  #: lines
_MOST_BYTES = 16 << 20  #: of all that is remembered


@dataclass(frozen=True, slots=True)
class _Line:
    ink: Image  #: 22 pixels high, 255 the darkest
    reading: Reading
    left: float  #: of the ink in the crop it was cut from, in pixels
    wide: float


@dataclass(slots=True)
class _Form:
    lines: list[_Line] = field(default_factory=list)
    size: int = 0


class SeenPrint:
    """What was read of the forms of a process, the latest asked for last."""

    def __init__(self) -> None:
        self._forms: OrderedDict[str, _Form] = OrderedDict()

    def recall(self, printed: str, crop: Image) -> Reading | None:
        """What stands in a crop of a form with this print, if it was seen before."""
        form = self._forms.get(printed)
        if form is None:
            return None
        self._forms.move_to_end(printed)
        cut = _cut_to_ink(crop)
        if cut is None:
            return None
        ink, left, wide = cut
        alike = [one for one in form.lines if _are_as_wide(one.ink, ink)]
        found = next((one for one in alike if _are_alike(one.ink, ink)), None)
        return None if found is None else _moved(found, left, wide)

    def remember(self, printed: str, crop: Image, reading: Reading) -> None:
        """Keep a line that is print and was read surely."""
        cut = _cut_to_ink(crop)
        form = self._forms.setdefault(printed, _Form())
        self._forms.move_to_end(printed)
        if cut is None or len(form.lines) >= _MOST_OF_A_FORM:
            return
        form.lines.append(_Line(cut[0], reading, cut[1], cut[2]))
        form.size += cut[0].size
        while sum(one.size for one in self._forms.values()) > _MOST_BYTES:
            self._forms.popitem(last=False)


def _cut_to_ink(crop: Image) -> tuple[Image, float, float] | None:
    """A line at one height without paper around it, where it begins and how wide it is."""
    half = crop.shape[1] // 2, crop.shape[0] // 2
    grey = cv2.resize(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), half, interpolation=cv2.INTER_AREA)
    counted = np.cumsum(cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel())
    ranks = [int(grey.size * part) + 1 for part in (_DARKEST, _PAPER)]
    darkest, paper = np.searchsorted(counted, ranks).tolist()
    if paper - darkest < _LEAST_CONTRAST:
        return None
    scale = 255 / (paper - darkest)
    ink = cv2.convertScaleAbs(cv2.subtract(np.full_like(grey, paper), grey), alpha=scale)
    marks = cv2.threshold(ink, _PLAINLY, 1, cv2.THRESH_BINARY)[1]
    columns = np.flatnonzero(
        cv2.reduce(marks, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[0] >= _FEWEST_IN_COLUMN
    )
    rows = np.flatnonzero(
        cv2.reduce(marks, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[:, 0] > _LEAST_INK * half[0]
    )
    if len(columns) < _HIGH or len(rows) < _FEWEST_ROWS:
        return None
    left, right = int(columns[0]), int(columns[-1]) + 1
    part = ink[rows[0] : rows[-1] + 1, left:right]
    wide = round(part.shape[1] * _HIGH / part.shape[0])
    if not 2 * _HIGH <= wide <= _LONGEST:
        return None
    small = cv2.resize(part, (wide, _HIGH), interpolation=cv2.INTER_AREA)
    return small, 2.0 * left, 2.0 * (right - left)


def _are_as_wide(one: Image, other: Image) -> bool:
    return bool(abs(one.shape[1] - other.shape[1]) <= _SAME_SHAPE * one.shape[1])


def _are_alike(known: Image, ink: Image) -> bool:
    """Whether two lines look alike in each of their parts."""
    level = cv2.resize(ink, (known.shape[1], _HIGH), interpolation=cv2.INTER_AREA)
    room = cv2.copyMakeBorder(level, _SLACK, _SLACK, _SLACK, _SLACK, cv2.BORDER_CONSTANT, value=0)
    worth: list[float] = []
    for start in _starts(known.shape[1]):
        part = known[:, start : start + _SEGMENT]
        around = room[:, start : start + part.shape[1] + 2 * _SLACK]
        found = _likeness(part, around)
        if found < _ALIKE:
            return False
        worth.append(found)
    return sum(worth) >= _ALIKE_ON_MEAN * len(worth)


def _starts(wide: int) -> list[int]:
    """Where the parts of a line begin: the last one ends with it."""
    last = max(0, wide - _SEGMENT)
    return [*range(0, last, _SEGMENT), last]


def _likeness(part: Image, around: Image) -> float:
    """How far a part looks like what lies at its place; none where ink stands beside its own."""
    if not (part > _PLAINLY).any():
        return 0.0 if (around[_SLACK:-_SLACK, _SLACK:-_SLACK] > _PLAINLY).any() else 1.0
    likeness = cv2.matchTemplate(around, part, cv2.TM_CCOEFF_NORMED)
    _, best, _, (x, y) = cv2.minMaxLoc(likeness)
    there = around[y : y + part.shape[0], x : x + part.shape[1]]
    near = cv2.dilate(part, np.ones((3, 3), np.uint8)) > _INKED
    beside = float(((there > _PLAINLY) & ~near).mean())
    return float(best) if beside <= _MOST_BESIDE else 0.0


def _moved(line: _Line, left: float, wide: float) -> Reading:
    """A reading with its signs where they stand in another crop."""
    part = wide / line.wide
    return tuple(
        Character(one.text, one.sure, left + (one.at - line.left) * part) for one in line.reading
    )
