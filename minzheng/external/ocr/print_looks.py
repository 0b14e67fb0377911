"""How a line of print looks, and whether it stands at a place of another copy, and it alone."""

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import Corners, Image

HIGH = 24  #: pixels of a line with the paper above and below it
_LONGEST = 1600
_SEGMENT, _SLACK = 22, 3  #: pixels that are compared at once, and how far they may lie off
_ALIKE_ON_MEAN, _ALIKE = 0.80, 0.62  #: correlation of all segments, and of each
_UNLIKE_THE_REST = 0.08  #: by which one segment may be less alike than most
_INKED, _PLAINLY = 60, 130  #: of 255, the darkest of a line
#: Mean of nine pixels: ink beside the print, upon it, and of the print where there is none.
_PALE, _DARK, _LACK = 12, 45, 45
_DARKEST, _PAPER = 0.02, 0.8  #: where a line's shades are asked, of all in their order
_LEAST_CONTRAST = 25  #: grey levels of a line
_NEAR = np.ones((3, 3), np.uint8)


@dataclass(frozen=True, slots=True)
class Look:
    """A line cut out with what surrounds it: 24 pixels high, 255 the darkest of its ink."""

    ink: Image


def look_of(grey: Image, corners: Corners) -> Look | None:
    """How a line looks; none if it is upright, too short or too pale to be known again."""
    wide, high = _sides(corners)
    width = round(wide * HIGH / max(high, 1))
    if not HIGH <= width <= _LONGEST:
        return None
    ink = ink_at(grey, corners, (0, width), width, 0)
    return None if ink is None else Look(ink)


def ink_at(
    grey: Image, corners: Corners, span: tuple[int, int], width: int, slack: int
) -> Image | None:
    """The ink of a part of a line, at a line's height, with so many pixels around it.

    Args:
        grey: the page, one plane.
        corners: of the whole line, on the page.
        span: the first column and the one after the last, of `width`.
        width: columns of the whole line.
        slack: pixels around the part.
    """
    goal = np.array([[0, 0], [2 * width, 0], [0, 2 * HIGH]], np.float32)
    goal += np.array([2 * (slack - span[0]), 2 * slack], np.float32)
    matrix = cv2.getAffineTransform(np.asarray(corners[[0, 1, 3]], np.float32), goal)
    size = span[1] - span[0] + 2 * slack, HIGH + 2 * slack
    twice = cv2.warpAffine(
        grey, matrix, (2 * size[0], 2 * size[1]), flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip
    return _as_ink(cv2.resize(twice, size, interpolation=cv2.INTER_AREA))


def is_there(look: Look, grey: Image, corners: Corners) -> bool:
    """Whether a line stands where its corners lie on a page: each part of it, nothing beside."""
    known = look.ink
    room = ink_at(grey, corners, (0, known.shape[1]), known.shape[1], _SLACK)
    if room is None:
        return False
    there, worth = _aligned(known, room)
    least = max(_ALIKE, float(np.median(worth or [0])) - _UNLIKE_THE_REST)
    if not worth or min(worth) < least or sum(worth) < _ALIKE_ON_MEAN * len(worth):
        return False
    near_known = cv2.dilate(known, _NEAR)
    beside = cv2.blur(cv2.subtract(there, near_known), (3, 3))
    if cv2.minMaxLoc(beside)[1] > _DARK:
        return False
    if cv2.minMaxLoc(beside, (near_known <= _INKED).astype(np.uint8))[1] > _PALE:
        return False
    missing = cv2.blur(cv2.subtract(known, cv2.dilate(there, _NEAR)), (3, 3))
    return cv2.minMaxLoc(missing)[1] <= _LACK


def _aligned(known: Image, room: Image) -> tuple[Image, list[float]]:
    """What lies at a line's place, each part moved to where it is most alike; and how alike."""
    there, worth = np.empty_like(known), []
    last = max(0, known.shape[1] - _SEGMENT)
    for start in (*range(0, last, _SEGMENT), last):
        part = known[:, start : start + _SEGMENT]
        around = room[:, start : start + part.shape[1] + 2 * _SLACK]
        x = y = _SLACK
        if cv2.minMaxLoc(part)[1] > _PLAINLY:
            found = cv2.matchTemplate(around, part, cv2.TM_CCOEFF_NORMED)
            _, best, _, (x, y) = cv2.minMaxLoc(found)
            worth.append(best)
        there[:, start : start + _SEGMENT] = around[y : y + HIGH, x : x + part.shape[1]]
    return there, worth


def _as_ink(grey: Image) -> Image | None:
    counted = np.cumsum(cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel())
    ranks = [int(grey.size * part) + 1 for part in (_DARKEST, _PAPER)]
    darkest, paper = np.searchsorted(counted, ranks).tolist()
    if paper - darkest < _LEAST_CONTRAST:
        return None
    inverse = cv2.subtract(np.full_like(grey, paper), grey)
    return cv2.convertScaleAbs(inverse, alpha=255 / (paper - darkest))


def _sides(corners: NDArray[Any]) -> tuple[float, float]:
    return math.dist(corners[0], corners[1]), math.dist(corners[0], corners[3])
