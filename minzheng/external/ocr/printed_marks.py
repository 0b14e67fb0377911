"""Whether each digit of a line has a mark of ink of its own, so that none was lost or doubled.

A model tells signs apart step by step, and folds equal digits that stand close together. Print
parts them: between two digits there is a column without ink. Where as many marks stand in a
row as signs were read, tall ones for digits and low ones for points and strokes, all alike as
print is, nothing between them was missed. Digits that touch, noise, rules and hands prove
nothing either way.

Of 492 numbers of three digits and more on 14 drawn pages, clean to noisy, 466 have their
marks; those beside the wall of a cell were not counted out yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.ocr_models import Character

_LEAST_CONTRAST = 60  #: grey levels from a number's ink to its paper
_RULE = 0.9  #: of a row or of a column that is inked: it is no sign
_LOW = 0.55  #: of the height of a digit: a point, a comma, a stroke
_SPECK = 4  #: pixels; less ink is none
_WALL = 2  #: pixels: thinner than any digit
_LOWEST_WALL = 12  #: pixels; a lower one may be a point
_ALIKE = 0.14  #: of the height, by which digits of one print may differ
_BROADEST = 1.3  #: times the usual breadth; two digits that touch are broader
_FEWEST = 2  #: digits that tell the usual breadth and ink; a 1 has less of both
_LOW_SIGNS = ".．,，-－/"


@dataclass(frozen=True, slots=True)
class _Mark:
    sign: str
    top: int
    breadth: int
    height: int
    ink: int


def without_marks(
    crop: Image, reading: Sequence[Character], numbers: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Those of some numbers of a line whose signs are not the marks that stand there."""
    marks = {span: _marks_of(crop, reading, span) for span in numbers}
    usual = _usual([one for of_number in marks.values() for one in of_number or ()])
    return [span for span in numbers if not usual or not _are_print(marks[span] or (), usual)]


def _marks_of(
    crop: Image, reading: Sequence[Character], span: tuple[int, int]
) -> list[_Mark] | None:
    """The marks of a number's digits; None where others stand there than were read."""
    signs = [one.text for one in reading[span[0] : span[1]] if one.text.strip()]
    ink = _ink_of(crop, reading, span)
    marks = [] if ink is None else _marks_in(ink, (span[0] > 0, span[1] < len(reading)))
    if len(marks) != len(signs):
        return None
    tallest = max((height for *_, height, _ in marks), default=0)
    is_tall = [height > _LOW * tallest for *_, height, _ in marks]
    if is_tall != [one not in _LOW_SIGNS for one in signs]:
        return None
    return [
        _Mark(sign, *mark) for sign, mark, tall in zip(signs, marks, is_tall, strict=True) if tall
    ]


def _usual(marks: Sequence[_Mark]) -> _Mark | None:
    """What a digit of this print is like; None where too few tell."""
    others = [one for one in marks if one.sign != "1"]
    if len(others) < _FEWEST:
        return None
    top, breadth, height, ink = (
        round(median(getattr(one, what) for one in others))
        for what in ("top", "breadth", "height", "ink")
    )
    return _Mark("", top, breadth, height, ink)


def _are_print(marks: Sequence[_Mark], usual: _Mark) -> bool:
    """Whether there are marks, on one line, and none of them is two digits that touch."""
    return bool(marks) and all(
        max(abs(one.height - usual.height), abs(one.top - usual.top)) <= _ALIKE * usual.height
        and one.breadth <= _BROADEST * usual.breadth
        and (one.sign != "1" or one.ink < usual.ink)
        for one in marks
    )


def _ink_of(
    crop: Image, reading: Sequence[Character], span: tuple[int, int]
) -> NDArray[Any] | None:
    """Where ink is, without rules, half way to both neighbours or to the line's end.

    None where ink is hardly darker than paper.
    """
    start, end = span
    left = (reading[start - 1].at + reading[start].at) / 2 if start else 0
    right = (reading[end - 1].at + reading[end].at) / 2 if end < len(reading) else crop.shape[1]
    part = crop[:, round(left) : max(round(right), round(left) + 1)]
    grey = cv2.cvtColor(part, cv2.COLOR_BGR2GRAY) if part.ndim == 3 else part
    darkest, lightest, *_ = cv2.minMaxLoc(grey)
    if lightest - darkest < _LEAST_CONTRAST:
        return None
    ink = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    ink[cv2.reduce(ink, 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F)[:, 0] >= _RULE] = 0
    ink[:, cv2.reduce(ink, 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F)[0] >= _RULE] = 0
    return ink


def _marks_in(ink: NDArray[Any], has_beside: tuple[bool, bool]) -> list[tuple[int, int, int, int]]:
    """Top, breadth, height and ink of what stands apart from what is beside it, from the left.

    Without what was cut off the signs beside the number, and without walls of cells.
    """
    columns = cv2.reduce(ink, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[0]
    inked = np.flatnonzero(np.diff(np.concatenate(([0], columns > 0, [0])).astype(np.int8)))
    marks = []
    for left, right in zip(inked[::2].tolist(), inked[1::2].tolist(), strict=True):
        size = int(columns[left:right].sum())
        is_cut = (has_beside[0] and not left) or (has_beside[1] and right == ink.shape[1])
        if size < _SPECK or is_cut:
            continue
        _, top, _, height = cv2.boundingRect(ink[:, left:right])
        if right - left > _WALL or height < _LOWEST_WALL:
            marks.append((top, right - left, height, size))
    return marks
