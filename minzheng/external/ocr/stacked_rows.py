"""Two rows of small print that were found as one line: parted where no or little ink is between.

In a narrow cell of a table a word goes on in a second row close beneath. Read as one line
the two give no word, and a place as high as it is long is taken for a blot.
"""

import statistics
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import Corners, Image

_HIGHER = 1.4  #: than the lines that were read
_LONGEST = 6.0  #: length to height: in a longer place the rows were told apart
_MOST_UPRIGHT = 1.5  #: height to length; what is higher is an upright line
_DARKER = 40  #: grey levels from the paper
_LEAST_ROW = 0.2  #: of the place's height
_MIDDLE = (0.3, 0.7)  #: of its height: there the gap is
_EDGE = 0.08  #: of its length: there a wall of the cell may stand
_SPECK, _RULE = 0.02, 0.9  #: of its length: so little ink is none, so much is a rule
_VALLEY = 0.5  #: of the ink of rows that touch, that stands between them
_PADDING = 0.06  #: of the place's height


def part_rows(image: Image, corners: Corners, read: Sequence[Corners]) -> list[Corners]:
    """The two rows of a place that was found as one line; nothing where it is one.

    Args:
        image: the page.
        corners: the place.
        read: places of lines that were read.
    """
    left, top = np.floor(corners.min(axis=0)).astype(int).clip(0)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int)
    width, height = right - left, bottom - top
    usual = statistics.median(_height(one) for one in read) if read else 0.0
    if not (width and height / _MOST_UPRIGHT <= width <= _LONGEST * height):
        return []
    if height < _HIGHER * usual:
        return []
    rows = _rows(image[top:bottom, left:right])
    return [_box(left, top + first, right, top + last) for first, last in rows]


def _rows(place: Image) -> list[tuple[int, int]]:
    """Where two rows of print begin and end; nothing where as much ink is between them."""
    grey = cv2.cvtColor(place, cv2.COLOR_BGR2GRAY) if place.ndim > 2 else place
    off = np.abs(grey.astype(np.int16) - int(np.percentile(grey, 80))) > _DARKER
    edge = round(_EDGE * off.shape[1])
    inked = off[:, edge : off.shape[1] - edge].mean(axis=1)
    signs = np.flatnonzero((inked > _SPECK) & (inked < _RULE))
    height = len(inked)
    if not signs.size:
        return []
    ends = np.flatnonzero(np.diff(signs) > 1)
    gaps = [(signs[end], signs[end + 1]) for end in ends]
    gaps = [one for one in gaps if _MIDDLE[0] <= (one[0] + one[1]) / 2 / height <= _MIDDLE[1]]
    if not gaps:
        gaps = _valley(inked)
    if not gaps:
        return []
    above, below = max(gaps, key=lambda gap: gap[1] - gap[0])
    rows = [(signs[0], above), (below, signs[-1])]
    if any(last - first < _LEAST_ROW * height for first, last in rows):
        return []
    room = _PADDING * height
    between = room if below > above else 0.0
    return [
        (max(0, int(signs[0] - room)), int(above + between) + 1),
        (int(below - between), min(height, int(signs[-1] + room) + 1)),
    ]


def _valley(inked: NDArray[np.floating]) -> list[tuple[int, int]]:
    """Where rows that touch have the least ink between them, if that is much less than theirs."""
    start, end = (round(part * len(inked)) for part in _MIDDLE)
    if end - start < 1:
        return []
    lowest = start + int(np.argmin(inked[start:end]))
    ink = min(float(np.percentile(part, 75)) for part in (inked[:start], inked[end:]))
    return [(lowest, lowest)] if inked[lowest] < _VALLEY * ink else []


def _height(corners: Corners) -> float:
    sides = corners.max(axis=0) - corners.min(axis=0)
    return float(sides.min())


def _box(left: float, top: float, right: float, bottom: float) -> Corners:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
