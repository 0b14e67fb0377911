"""Red seals on a page: found by colour, the words of the ring as a line."""

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from external.line_boxes import LINE_HEIGHT, Image

_WORK_SIDE = 600
#: Red above green and blue, of 255, on a page made small: fresh ink first, then faint.
_LEAST_EXCESSES = (45, 18)
_FEWEST_PIXELS = 100
_SMALLEST_PART = 0.07  #: a seal's side, as part of the page's shorter side
_LARGEST_PART = 0.45
_LEAST_FILLED = 0.12  #: red pixels in a seal's square
#: Inner and outer edge of the words around the ring, as parts of the radius.
_RING_BANDS = ((0.62, 0.92), (0.56, 0.88), (0.68, 0.95))
_FOOT = 0.08  #: of the ring, on both sides of its lowest point


@dataclass(frozen=True, slots=True)
class RedSeal:
    """A roundish red stamp: its place in pixels and the colour of its ink."""

    left: int
    top: int
    width: int
    height: int
    colour: str  #: #c41c20


def find_seals(image: Image) -> list[RedSeal]:
    """Every roundish red stamp of the page (BGR)."""
    scale = _WORK_SIDE / max(image.shape[:2])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    found: list[RedSeal] = []
    for least in _LEAST_EXCESSES:
        faint = _find_by_excess(small, scale, least)
        found += [seal for seal in faint if not any(_meet(seal, known) for known in found)]
    return found


def _find_by_excess(small: Image, scale: float, least: int) -> list[RedSeal]:
    red = _red_mask(small, least)
    if cv2.countNonZero(red) < _FEWEST_PIXELS:
        return []
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    shorter = min(small.shape[:2])
    found = [
        _seal(stats[number], scale, small[(labels == number) & (red > 0)])
        for number in range(1, count)
        if _is_seal(stats[number], red, shorter)
    ]
    # A star that does not touch its ring is a part of that seal.
    return [seal for seal in found if not any(_holds(other, seal) for other in found)]


def unroll_ring(image: Image, seal: RedSeal) -> list[Image]:
    """The words around a seal's ring as straight lines, for some guesses of their height.

    The line begins at the foot of the seal, where the ring has its gap, and runs clockwise.
    """
    part = image[seal.top : seal.top + seal.height, seal.left : seal.left + seal.width]
    smooth = cv2.GaussianBlur(part, (3, 3), 0)
    blue, green, red = cv2.split(smooth)
    excess = cv2.subtract(red, cv2.max(blue, green))
    strongest = max(float(np.percentile(excess, 97)), 1.0)
    ink = 255 - cv2.convertScaleAbs(excess, alpha=220 / strongest)
    middle, radius = (seal.width / 2, seal.height / 2), max(seal.width, seal.height) / 2
    return [_unroll(ink, middle, radius, band) for band in _RING_BANDS]


def _unroll(
    ink: Image, middle: tuple[float, float], radius: float, band: tuple[float, float]
) -> Image:
    inner, outer = band
    rows = LINE_HEIGHT / (outer - inner)  #: pixels of one radius
    length = round(math.pi * (inner + outer) * rows)
    size = (round(rows * outer), length)
    polar = cv2.warpPolar(ink, size, middle, radius * outer, cv2.INTER_LINEAR)
    level = cv2.rotate(polar, cv2.ROTATE_90_COUNTERCLOCKWISE)[:LINE_HEIGHT]
    level = cv2.resize(level, (length, LINE_HEIGHT))
    # Angle 0 is to the right; the foot is a quarter turn further. What stands at the
    # foot (a number, 样章) is no part of the ring.
    foot = round(length * _FOOT)
    level = np.roll(level, -length // 4, axis=1)[:, foot : length - foot]
    return cv2.cvtColor(np.ascontiguousarray(level), cv2.COLOR_GRAY2BGR)


def _red_mask(image: Image, least: int) -> Image:
    blue, green, red = cv2.split(image)
    excess = cv2.subtract(red, cv2.max(blue, green))
    # Yellowed paper and lamp light are a little red everywhere.
    excess = cv2.subtract(excess, np.full_like(excess, np.median(excess)))
    return cv2.threshold(excess, least, 255, cv2.THRESH_BINARY)[1]


def _seal(stats: NDArray[Any], scale: float, ink: Image) -> RedSeal:
    left, top, width, height = (round(int(value) / scale) for value in stats[:4])
    return RedSeal(left, top, width, height, _colour(ink))


def _meet(one: RedSeal, other: RedSeal) -> bool:
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
    )


def _holds(outer: RedSeal, inner: RedSeal) -> bool:
    return (
        outer is not inner
        and outer.left <= inner.left
        and outer.top <= inner.top
        and inner.left + inner.width <= outer.left + outer.width
        and inner.top + inner.height <= outer.top + outer.height
    )


def _colour(pixels: Image) -> str:
    blue, green, red = (int(value) for value in np.median(pixels, axis=0))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _is_seal(stats: NDArray[Any], red: Image, shorter: int) -> bool:
    left, top, width, height = (int(value) for value in stats[:4])
    side = max(width, height)
    if not _SMALLEST_PART * shorter <= side <= _LARGEST_PART * shorter:
        return False
    if min(width, height) < 0.6 * side:
        return False
    filled = cv2.countNonZero(red[top : top + height, left : left + width]) / (width * height)
    return filled >= _LEAST_FILLED
