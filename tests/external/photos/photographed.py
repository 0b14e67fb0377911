"""A sheet photographed on a desk, made here: its corners are known."""

import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

DESK = (60, 95, 140)
CORNERS = ((0.16, 0.10), (0.82, 0.14), (0.90, 0.90), (0.10, 0.86))
_WIDE, _HIGH = 900, 1200


def sheet(rows: int = 18) -> NDArray[np.uint8]:
    """A page of 630 × 891 with a framed table, a seal, and dark rows of text."""
    page = np.full((891, 630, 3), 250, np.uint8)
    cv2.rectangle(page, (60, 120), (570, 800), (30, 30, 30), 2)
    for number in range(rows):
        cv2.rectangle(page, (90, 140 + number * 36), (480, 152 + number * 36), (40, 40, 40), -1)
    cv2.circle(page, (450, 700), 60, (40, 30, 200), 5)
    return page


def photograph(page=None, corners=CORNERS, desk=DESK, shadow: float = 0.3):
    """The page on a desk, seen at a slant, with more shadow to the right."""
    page = sheet() if page is None else page
    high, wide = page.shape[:2]
    ends = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    goal = np.array(corners, np.float32) * np.array([_WIDE, _HIGH], np.float32)
    matrix = cv2.getPerspectiveTransform(ends, goal)
    photo = np.full((_HIGH, _WIDE, 3), desk, np.uint8)
    cv2.warpPerspective(page, matrix, (_WIDE, _HIGH), photo, cv2.INTER_AREA, cv2.BORDER_TRANSPARENT)
    light = np.linspace(1.0, 1.0 - shadow, _WIDE)[None, :, None]
    return (photo * light).astype(np.uint8)


def as_jpeg(image: NDArray[np.uint8]) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(image[:, :, ::-1].copy()).save(stream, "JPEG", quality=90)
    return stream.getvalue()
