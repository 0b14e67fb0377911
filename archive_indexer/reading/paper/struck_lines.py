"""Lines of a form of ours that somebody struck out with a pen: one line through it, or two.

A stroke runs level through the middle of a line over two signs and more, and print stands
above and below it. A rule or an underline has print on one side only, a dash on none.
"""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from archive_indexer.reading.cells import Cells
from archive_indexer.reading.reading_order import place_line
from minzheng.external.ocr.ocr_engine import ReadLine
from minzheng.external.ocr.packed_ink import long_runs
from minzheng.external.ocr.smaller_pages import shade_at

_INK, _LEAST_INK = 0.3, 8  #: of what a page's darkest two hundredth has; grey levels
_SHORTEST = 32  #: pixels at the working size of `cells`: more than one sign of a form
_OF_HEIGHT = 1.3  #: times the height of its line that a stroke is long, at least
_THINNEST = 3.2  #: pixels, one of which comes from thickening; rows of print are joined by less
_MIDDLE = (0.18, 0.82)  #: of a line's height
_BESIDE = 2  #: pixels around a stroke that are its own
_CROSSED = 0.35  #: of a stroke's length with print above it, and below
_LEAST_HIGH = 12  #: pixels of a line


def struck_lines(lines: Sequence[ReadLine], cells: Cells) -> list[ReadLine]:
    """Those of the lines that a stroke runs through."""
    least = max(_LEAST_INK, _INK * shade_at(np.ascontiguousarray(cells.darkness[::3, ::3]), 99.5))
    ink = cv2.threshold(cells.darkness, least, 1, cv2.THRESH_BINARY)[1]
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    runs = long_runs(thick, (1, _SHORTEST))
    return [line for line in lines if _is_struck(_room(line, cells), ink, runs)]


def _room(line: ReadLine, cells: Cells) -> tuple[slice, slice]:
    height, width = cells.darkness.shape
    left, top, right, bottom = place_line(line, cells).box
    return (
        slice(max(0, round(top * height)), max(0, round(bottom * height))),
        slice(max(0, round(left * width)), max(0, round(right * width))),
    )


def _is_struck(room: tuple[slice, slice], ink: NDArray[Any], runs: NDArray[Any]) -> bool:
    part = runs[room]
    if part.shape[0] < _LEAST_HIGH or not part.any():
        return False
    count, labels, stats, _ = cv2.connectedComponentsWithStats(part)
    for number in range(1, count):
        left, _, width, _, area = stats[number].tolist()
        if width < _OF_HEIGHT * part.shape[0] or area < _THINNEST * width:
            continue
        columns = slice(left, left + width)
        if _crosses(labels[:, columns] == number, ink[room][:, columns] > 0):
            return True
    return False


def _crosses(stroke: NDArray[Any], ink: NDArray[Any]) -> bool:
    """Whether a stroke lies in the middle of its line, with print above and below."""
    rows = np.arange(len(stroke))[:, None]
    middle = (stroke * rows).sum(axis=0) / np.maximum(1, stroke.sum(axis=0))
    if not _MIDDLE[0] < float(middle.mean()) / len(stroke) < _MIDDLE[1]:
        return False
    above = (ink & (rows < middle - _BESIDE)).any(axis=0)
    below = (ink & (rows > middle + _BESIDE)).any(axis=0)
    return min(float(above.mean()), float(below.mean())) >= _CROSSED
