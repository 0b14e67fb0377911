"""A sheet on a photograph: its four corners found, and the picture made as a scanner sees it.

A sheet is a light four-cornered area that is lighter than what lies around it on at least three
sides. A table on a page is as light inside as outside; a scan reaches to the edges of its
picture: both stay as they are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.sheets.edges import find_edges

Image = NDArray[np.uint8]  #: BGR
Points = NDArray[np.float32]
Matrix = NDArray[np.float64]

_WORK_SIDE = 640
_MOST_LONG, _LEAST_SIDE = 4, 16  #: to its breadth; a strip or a screenshot is no photo of a sheet
_LEAST_PART, _LEAST_FILLED = 0.25, 0.9  #: of the picture; of its four-cornered hull
_NEAR_EDGE = 0.012  #: of a side: there the sheet ends because the picture does
_LEAST_STEP = 18  #: of 255, from what lies around to the sheet
_STEP_AT = 0.02  #: of the longer side, on both sides of an edge
_SIDES_SEEN = 3
_LEAST_ANGLE, _MOST_ANGLE = 50.0, 130.0
_LEAST_PAIR = 0.55  #: the shorter of two opposite sides, as part of the longer
_LEAST_MOVED = 0.012  #: of the picture's longer side: less is no slant
_A4, _LIKE_A4 = 297 / 210, 0.13
RIM = 0.006  #: of a sheet's longer side: of the table around it that may be the sheet still
_MOST_AROUND = 1.9  #: sides of the whole straightened picture, as parts of the sheet's
_OUTLINES = (0.015, 0.025, 0.04, 0.06)  #: of the outline's length, until four corners are left
_PAPER = 235  #: what paper becomes in even light
_EVEN = 0.7  #: of the brightest paper: a sheet on which none is darker needs no other light
_DARKEST_LIGHT = 0.35  #: of the brightest: what is darker is no shadow, but a picture


@dataclass(frozen=True, slots=True)
class Sheet:
    """The corners of a sheet, left above and then clockwise, as parts of the picture's sides."""

    corners: tuple[tuple[float, float], ...]

    def on(self, image: Image) -> Points:
        """The corners in pixels of a picture."""
        high, wide = image.shape[:2]
        return np.array(self.corners, np.float32) * np.array([wide, high], np.float32)


@dataclass(frozen=True, slots=True)
class Straightened:
    """A picture taken straight from above, and the way a place of it goes back."""

    image: Image
    back: Matrix  #: from its pixels to those of the picture it was made of


def find_sheet(image: Image) -> Sheet | None:
    """The sheet of paper on a photograph; none on a scan, or where no edges are seen."""
    if min(image.shape[:2]) < max(_LEAST_SIDE, max(image.shape[:2]) / _MOST_LONG):
        return None
    small = _at_work_size(image)
    high, wide = small.shape[:2]
    lightness = cv2.cvtColor(small, cv2.COLOR_BGR2LAB)[:, :, 0]
    light = _as_image(cv2.GaussianBlur(lightness, (5, 5), 0))
    found = [one for one in _quads(small, light) if _is_sheet(one, light)]
    if not found:
        return None
    best = max(found, key=cv2.contourArea)
    return Sheet(tuple((float(x) / wide, float(y) / high) for x, y in best))


def crop_straight(image: Image, sheet: Sheet) -> Image:
    """The sheet alone, straight."""
    corners = sheet.on(image)
    wide, high = _size_of(corners)
    return _warp(image, _matrix(corners, wide, high), (wide, high))


def straighten_whole(image: Image, sheet: Sheet) -> Straightened | None:
    """The whole picture with its sheet straight; none where what lies around grows too large.

    Nothing is cut off: what stands beside the sheet is still there to be read.
    """
    corners = sheet.on(image)
    wide, high = _size_of(corners)
    matrix = _matrix(corners, wide, high)
    ends = _rectangle(image.shape[1], image.shape[0])
    reached = cv2.perspectiveTransform(ends[None], matrix)[0]
    (left, top), (right, bottom) = reached.min(axis=0), reached.max(axis=0)
    size = (int(np.ceil(right - left)), int(np.ceil(bottom - top)))
    if size[0] > _MOST_AROUND * wide or size[1] > _MOST_AROUND * high or not _is_seen(ends, matrix):
        return None
    moved = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]], np.float64) @ matrix
    back = np.asarray(np.linalg.inv(moved), np.float64)
    return Straightened(_warp(image, moved, size), back)


def straighten_sheet(image: Image, sheet: Sheet) -> Straightened:
    """The sheet alone, straight, with a rim of what lies around it, `RIM` of its longer side."""
    corners = sheet.on(image)
    wide, high = _size_of(corners)
    rim = round(RIM * max(wide, high))
    moved = np.array([[1, 0, rim], [0, 1, rim], [0, 0, 1]]) @ _matrix(corners, wide, high)
    picture = _warp(image, moved, (wide + 2 * rim, high + 2 * rim))
    return Straightened(picture, np.asarray(np.linalg.inv(moved), np.float64))


def even_light(image: Image) -> Image:
    """As under even light: shadows and the lamp's colour go, ink and seals stay.

    One colour after the other: of a large photo three planes of fractions take 300 MiB.
    """
    light = _light_on(image)
    least = np.percentile(light, 95, axis=(0, 1)) * _DARKEST_LIGHT
    lamp = np.maximum(cv2.GaussianBlur(light, (0, 0), 9), np.maximum(least, 1))
    gain = (_PAPER / lamp).astype(np.float32)
    size = (image.shape[1], image.shape[0])
    even = np.empty_like(image)
    for colour in range(image.shape[2]):
        much = cv2.resize(gain[:, :, colour], size, interpolation=cv2.INTER_LINEAR)
        even[:, :, colour] = cv2.multiply(image[:, :, colour], much, dtype=cv2.CV_8U)
    return even


def is_in_shadow(image: Image, sheet: Sheet) -> bool:
    """Whether part of a sheet lies in so deep a shadow that its paper is grey."""
    small = _at_work_size(image)  # straight at its full size it takes eight times as long
    light = cv2.cvtColor(_light_on(crop_straight(small, sheet)), cv2.COLOR_BGR2GRAY)
    dark, bright = np.percentile(light, (5, 95))
    return bool(dark < _EVEN * bright)


def _light_on(image: Image) -> Image:
    """How light the paper is at each place, with no ink on it; a small picture."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (15, 15))
    return _as_image(cv2.medianBlur(cv2.dilate(_at_work_size(image), kernel), 31))


def _at_work_size(image: Image) -> Image:
    """A small picture; halved as often as may be first, for that is four times as quick."""
    while max(image.shape[:2]) >= 2 * _WORK_SIDE:
        high, wide = image.shape[0] // 2, image.shape[1] // 2
        inside = image[: 2 * high, : 2 * wide]
        image = _as_image(cv2.resize(inside, (wide, high), interpolation=cv2.INTER_AREA))
    scale = min(1.0, _WORK_SIDE / max(image.shape[:2]))
    return _as_image(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))


def _quads(small: Image, light: Image) -> Iterator[Points]:
    """Four-cornered areas that may be a sheet: by light, by colour, by edges."""
    bright = _by_itself(light)
    plain = _by_itself(255 - _as_image(cv2.cvtColor(small, cv2.COLOR_BGR2HSV)[:, :, 1]))
    edges = _as_image(cv2.dilate(find_edges(light, 40, 120), np.ones((3, 3), np.uint8)))
    closing = np.ones((9, 9), np.uint8)
    for mask in (bright, bright & plain, plain, 255 - edges):
        closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, closing)
        solid = cv2.morphologyEx(closed, cv2.MORPH_OPEN, closing)
        outlines, _ = cv2.findContours(solid, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:2]:
            if cv2.contourArea(outline) >= _LEAST_PART * light.size:
                yield from _four_corners(np.asarray(outline, np.int32))


def _by_itself(values: Image) -> Image:
    """Black and white, parted where the picture's own values part."""
    return _as_image(cv2.threshold(values, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1])


def _four_corners(outline: NDArray[np.int32]) -> Iterator[Points]:
    hull = cv2.convexHull(outline)
    length = cv2.arcLength(hull, closed=True)
    for part in _OUTLINES:
        found = cv2.approxPolyDP(hull, part * length, closed=True)
        if len(found) == 4 and cv2.contourArea(outline) >= _LEAST_FILLED * cv2.contourArea(found):
            yield _ordered(found[:, 0].astype(np.float32))
            return


def _ordered(points: Points) -> Points:
    """Left above first, then clockwise."""
    middle = points.mean(axis=0)
    angles = np.arctan2(points[:, 1] - middle[1], points[:, 0] - middle[0])
    around = points[np.argsort(angles)]
    return np.roll(around, -int(np.argmin(around.sum(axis=1))), axis=0)


def _is_sheet(corners: Points, light: Image) -> bool:
    sides = _sides(corners)
    if min(sides[0], sides[2]) < _LEAST_PAIR * max(sides[0], sides[2]):
        return False
    if min(sides[1], sides[3]) < _LEAST_PAIR * max(sides[1], sides[3]):
        return False
    if not all(_LEAST_ANGLE < angle < _MOST_ANGLE for angle in _angles(corners)):
        return False
    return _is_slanted(corners, light) and _is_lighter(corners, light)


def _is_slanted(corners: Points, light: Image) -> bool:
    """Whether making it straight moves anything that one sees."""
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    upright = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    return bool(float(np.abs(corners - upright).max()) > _LEAST_MOVED * max(light.shape))


def _is_lighter(corners: Points, light: Image) -> bool:
    """Whether it is lighter than what lies around it, at each side that the picture shows."""
    high, wide = light.shape
    middle, step = corners.mean(axis=0), _STEP_AT * max(high, wide)
    seen = 0
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        if _at_the_edge(start, end, wide, high):
            continue
        along = start + (end - start) * np.linspace(0.1, 0.9, 40)[:, None]
        outwards = along.mean(axis=0) - middle
        outwards = outwards / max(float(np.linalg.norm(outwards)), 1.0) * step
        inside, outside = (_light_at(along + way, light) for way in (-outwards, outwards))
        if float(np.percentile(inside, 60) - np.percentile(outside, 60)) < _LEAST_STEP:
            return False
        seen += 1
    return seen >= _SIDES_SEEN


def _at_the_edge(start: Points, end: Points, wide: int, high: int) -> bool:
    """Whether a side runs along an edge of the picture: there the sheet goes on outside it."""
    near = _NEAR_EDGE * max(wide, high)
    across, down = (sorted((float(start[axis]), float(end[axis]))) for axis in (0, 1))
    return any(
        far < near or begins > most - 1 - near
        for (begins, far), most in ((across, wide), (down, high))
    )


def _light_at(points: Points, light: Image) -> NDArray[np.uint8]:
    high, wide = light.shape
    across = np.clip(np.rint(points[:, 0]), 0, wide - 1).astype(int)
    down = np.clip(np.rint(points[:, 1]), 0, high - 1).astype(int)
    return _as_image(light[down, across])


def _sides(corners: Points) -> list[float]:
    pairs = zip(corners, np.roll(corners, -1, axis=0), strict=True)
    return [float(np.linalg.norm(end - start)) for start, end in pairs]


def _angles(corners: Points) -> Iterator[float]:
    for number in range(4):
        before, here, after = (corners[(number + step) % 4] for step in (-1, 0, 1))
        one, other = before - here, after - here
        cosine = float(one @ other) / max(float(np.linalg.norm(one) * np.linalg.norm(other)), 1.0)
        yield float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


def _size_of(corners: Points) -> tuple[int, int]:
    """Of the straight sheet, in pixels; what is nearly A4 is A4."""
    above, right, below, left = _sides(corners)
    wide, high = max(above, below), max(left, right)
    ratio = max(wide, high) / min(wide, high)
    if abs(ratio / _A4 - 1) < _LIKE_A4:
        wide, high = (wide, wide * _A4) if high > wide else (high * _A4, high)
    return round(wide), round(high)


def _rectangle(wide: float, high: float) -> Points:
    return np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)


def _is_seen(ends: Points, matrix: Matrix) -> bool:
    """Whether the whole picture lies before the camera that looks straight down."""
    depths = np.c_[ends, np.ones(4)] @ matrix[2]
    return bool((depths > 0).all() or (depths < 0).all())


def _matrix(corners: Points, wide: float, high: float) -> Matrix:
    """The way from the picture to the straight sheet."""
    return np.asarray(cv2.getPerspectiveTransform(corners, _rectangle(wide, high)), np.float64)


def _warp(image: Image, matrix: Matrix, size: Sequence[int]) -> Image:
    warped = cv2.warpPerspective(
        image, matrix, (int(size[0]), int(size[1])), flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT, borderValue=(255, 255, 255),
    )  # fmt: skip
    return _as_image(warped)


def _as_image(values: object) -> Image:
    """What OpenCV gives, as pixels."""
    return np.asarray(values, np.uint8)
