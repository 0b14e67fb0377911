"""Where lines of text stand on a page image, and their straightened crops."""

import math
from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[Any]  #: uint8, height x width x 3, BGR
Corners = NDArray[Any]  #: float32, 4 x 2, clockwise from the top left, pixels

LINE_HEIGHT = 48  #: pixels, as the recognition models read lines
_LONGEST_LINE = 4800
_MASK_THRESHOLD = 0.3
_BOX_THRESHOLD = 0.5
_UNCLIP = 1.6
_SMALLEST_SIDE = 3


def find_boxes(scores: NDArray[Any]) -> Iterator[Corners]:
    """Rotated rectangles around the lines, widened to the whole characters."""
    mask = (scores > _MASK_THRESHOLD).astype(np.uint8)
    outlines, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        centre, (width, height), angle = cv2.minAreaRect(outline)
        if min(width, height) < _SMALLEST_SIDE or _mean_inside(scores, outline) < _BOX_THRESHOLD:
            continue
        margin = 2 * width * height * _UNCLIP / (2 * (width + height))
        wide = (centre, (width + margin, height + margin), angle)
        yield _clockwise(cv2.boxPoints(wide))


def _mean_inside(scores: NDArray[Any], outline: NDArray[Any]) -> float:
    left, top, width, height = cv2.boundingRect(outline)
    inside = np.zeros((height, width), np.uint8)
    cv2.fillPoly(inside, [outline - (left, top)], 1)
    return float(cv2.mean(scores[top : top + height, left : left + width], inside)[0])


def _clockwise(points: NDArray[Any]) -> Corners:
    """Corners from the top left; a box that is nearly upright keeps its longer side level."""
    by_sum, by_difference = points.sum(axis=1), points[:, 1] - points[:, 0]
    order = [by_sum.argmin(), by_difference.argmin(), by_sum.argmax(), by_difference.argmax()]
    return points[order].astype(np.float32)


def crop_box(image: Image, box: tuple[float, float, float, float]) -> Image:
    """The line in an upright box, whose left, top, right and bottom are parts of the page."""
    height, width = image.shape[:2]
    left, top, right, bottom = box[0] * width, box[1] * height, box[2] * width, box[3] * height
    corners = [[left, top], [right, top], [right, bottom], [left, bottom]]
    return crop_line(image, np.array(corners, dtype=np.float32))


def crop_line(image: Image, corners: Corners) -> Image:
    """The line, straightened, at the height the models read, in three planes."""
    width = max(math.dist(corners[0], corners[1]), math.dist(corners[3], corners[2]))
    height = max(math.dist(corners[0], corners[3]), math.dist(corners[1], corners[2]))
    if height > width * 1.5:
        corners = np.roll(corners, -1, axis=0)
        width, height = height, width
    target = min(max(round(width * LINE_HEIGHT / max(height, 1)), 16), _LONGEST_LINE)
    goal = np.array(
        [[0, 0], [target, 0], [target, LINE_HEIGHT], [0, LINE_HEIGHT]], dtype=np.float32
    )
    matrix = cv2.getPerspectiveTransform(corners, goal)
    line = cv2.warpPerspective(
        image,
        matrix,
        (target, LINE_HEIGHT),
        flags=cv2.INTER_AREA if height > 2 * LINE_HEIGHT else cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return cv2.cvtColor(line, cv2.COLOR_GRAY2BGR) if line.ndim == 2 else line


def relative_box(corners: Corners, width: int, height: int) -> tuple[float, float, float, float]:
    """Left, top, right, bottom as parts of the page, 0–1."""
    left, top = corners.min(axis=0)
    right, bottom = corners.max(axis=0)
    return (
        round(max(0.0, float(left) / width), 4),
        round(max(0.0, float(top) / height), 4),
        round(min(1.0, float(right) / width), 4),
        round(min(1.0, float(bottom) / height), 4),
    )
