"""Red seals on a page: found by colour, and lightened so that the text under them reads."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[Any]

_WORK_SIDE = 600
_LEAST_EXCESS = 45  #: red above green and blue, of 255
_SMALLEST_PART = 0.07  #: a seal's side, as part of the page's shorter side
_LARGEST_PART = 0.45
_LEAST_FILLED = 0.12  #: red pixels in a seal's square


def find_seals(image: Image) -> list[tuple[int, int, int, int]]:
    """Left, top, width and height in pixels of every roundish red stamp."""
    scale = _WORK_SIDE / max(image.shape[:2])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    red = _red_mask(small)
    if cv2.countNonZero(red) < 100:
        return []
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    shorter = min(small.shape[:2])
    return [
        tuple(round(value / scale) for value in stats[number, :4])
        for number in range(1, count)
        if _is_seal(stats[number], red, shorter)
    ]


def lighten_seals(image: Image) -> Image:
    """The page with the red ink of seals taken out; black under it stays."""
    seals = find_seals(image)
    if not seals:
        return image
    clean = image.copy()
    for left, top, width, height in seals:
        part = clean[max(0, top - 4) : top + height + 4, max(0, left - 4) : left + width + 4]
        red = _red_mask(part) > 0
        part[red] = part[red][:, 2:3]
    return clean


def _red_mask(image: Image) -> Image:
    blue, green, red = cv2.split(image)
    excess = cv2.subtract(red, cv2.max(blue, green))
    return cv2.threshold(excess, _LEAST_EXCESS, 255, cv2.THRESH_BINARY)[1]


def _is_seal(stats: NDArray[Any], red: Image, shorter: int) -> bool:
    left, top, width, height = (int(value) for value in stats[:4])
    side = max(width, height)
    if not _SMALLEST_PART * shorter <= side <= _LARGEST_PART * shorter:
        return False
    if min(width, height) < 0.6 * side:
        return False
    filled = cv2.countNonZero(red[top : top + height, left : left + width]) / (width * height)
    return filled >= _LEAST_FILLED
