"""The boxes of a line that are ticked or not: seen as squares, not read as signs.

The models see a box now and then, and its tick seldom; both cost a second reading of the
whole line. What is no clean square (a tick drawn over its edge) is left to the models.
"""

import itertools
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import LINE_HEIGHT, Image
from minzheng.external.ocr.ocr_models import Character, Reading

EMPTY, TICKED = "□", "☑"
_SIGNS = f"{EMPTY}{TICKED}■☐☒"
_HAN = re.compile("[㐀-鿿]")
_SIDES = (0.38, 0.85)  #: of the line's height
_LEAST_SQUARE, _MOST_SQUARE = 0.8, 1.25  #: width to height
_FRAME = 3  #: pixels in which each side must be seen
_LEAST_FRAME = 0.9  #: of a side
_INSET = 0.24  #: of the box, to what stands in it
_LEAST_TICK = 0.08  #: of the inside
_SURE = 0.92  #: a sign that is read so surely is no box: 口, 因, 田
_NEAR = 0.4  #: of the step from sign to sign


@dataclass(frozen=True, slots=True)
class TickBox:
    """A square of a line: where its middle is, in pixels, and whether something stands in it."""

    at: float
    is_ticked: bool


def with_boxes(crop: Image, reading: Reading) -> Reading:
    """A reading in whose line boxes stand, with all of them as they are seen."""
    signs = {one.text for one in reading}
    if not signs & set(_SIGNS) or not any(map(_HAN.match, signs)):
        return reading
    reach = _NEAR * _step_of(reading)
    boxes = [box for box in find_tick_boxes(crop) if not _is_sign(box, reading, reach)]
    kept = [one for one in reading if not any(abs(one.at - box.at) < reach for box in boxes)]
    seen = [Character(TICKED if box.is_ticked else EMPTY, 1.0, box.at) for box in boxes]
    return tuple(sorted((*kept, *seen), key=lambda one: one.at))


def find_tick_boxes(crop: Image) -> Iterator[TickBox]:
    """All squares of a line that may be boxes, from the left."""
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    ink = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]
    outlines = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    for left, top, width, height in sorted(tuple(cv2.boundingRect(one)) for one in outlines):
        part = ink[top : top + height, left : left + width]
        if _is_square(part):
            y, x = round(_INSET * height), round(_INSET * width)
            inside = part[y : height - y, x : width - x]
            yield TickBox(left + width / 2, float(inside.mean()) >= _LEAST_TICK)


def _is_square(part: NDArray[Any]) -> bool:
    height, width = part.shape
    if not _SIDES[0] <= height / LINE_HEIGHT <= _SIDES[1]:
        return False
    if not _LEAST_SQUARE <= width / height <= _MOST_SQUARE:
        return False
    sides = (part[:_FRAME].any(0), part[-_FRAME:].any(0), part[:, :_FRAME].any(1),
             part[:, -_FRAME:].any(1))  # fmt: skip
    return all(float(np.mean(side)) >= _LEAST_FRAME for side in sides)


def _is_sign(box: TickBox, reading: Reading, reach: float) -> bool:
    """Whether a sign was read there: some look like boxes."""
    return any(
        abs(one.at - box.at) < reach and one.sure >= _SURE and one.text not in f"{_SIGNS} "
        for one in reading
    )


def _step_of(reading: Reading) -> float:
    """From one sign to the next."""
    steps = [after.at - before.at for before, after in itertools.pairwise(reading)]
    return statistics.median(steps) if steps else float(LINE_HEIGHT)
