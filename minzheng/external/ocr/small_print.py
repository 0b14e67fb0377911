"""Whether the print of a page is small, so that its lines need a larger picture to be found.

Most of what it costs to find lines grows with the picture they are looked for on. A line's box
does not tell: the detector sees none lower than four of its pixels. So the ink is measured.

Measured on drawn A4 pages (160 words of each size, eight conditions, found on a picture of
1,280, 1,088 and 960 pixels): from 7 points on all of them; of 6 points 157, 158, 156; of 5
points 153, 151, 148. At 1,088 pixels print of 7 points is 7 high, of 9 points 9.
"""

import math
from collections.abc import Sequence

import numpy as np

from minzheng.external.ocr.line_boxes import Corners, Image

_SMALL = 7.5  #: pixels from the top of its signs to their feet
_FEW = 4  #: one line of so many may be small
_PART = 2.0  #: times a line's height: of its middle, so that a line that leans is no higher
_INK = 0.3  #: of the strongest row's ink
_LEAST_HALF = 4.0  #: pixels


def is_small_print(image: Image, lines: Sequence[Corners], scale: float) -> bool:
    """Whether more than a few lines of a page are low where it is made so much smaller.

    A page without any line counts as one of small print.
    """
    heights = sorted(_ink_height(image, line) for line in lines if _is_level(line))
    return not heights or heights[len(heights) // _FEW] * scale < _SMALL


def _is_level(line: Corners) -> bool:
    return math.dist(line[0], line[1]) >= math.dist(line[0], line[3])


def _ink_height(image: Image, line: Corners) -> int:
    """How many rows of a line's middle hold its ink, be it darker or lighter than its paper."""
    x, y = line.mean(axis=0)
    half = max(_LEAST_HALF, math.dist(line[0], line[3]) / 2)
    top, left = max(0, round(y - half)), max(0, round(x - _PART * half))
    part = image[top : round(y + half) + 1, left : round(x + _PART * half) + 1]
    rows = part.reshape(len(part), -1).mean(axis=1)
    off = np.abs(rows - (rows[0] + rows[-1]) / 2)
    return int(np.count_nonzero(off > _INK * off.max()))
