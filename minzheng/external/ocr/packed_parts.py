"""Parts of a picture laid close together, so that a detector looks at little paper.

A detector costs as much for paper as for print. What it finds on the packed sheet is carried
back to the picture.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import Corners, Image

Rect = tuple[int, int, int, int]  #: left, top, right, bottom, pixels

_APART = 8  #: pixels of paper around a part
_ROOMIER = 1.15  #: times the parts' area: what a sheet of shelves takes


@dataclass(frozen=True, slots=True)
class PackedParts:
    """Parts of a picture on a smaller sheet."""

    sheet: Image
    parts: Sequence[Rect]  #: on the picture
    places: Sequence[tuple[int, int]]  #: of the upper left corner of each on the sheet

    def carried_back(self, found: Iterable[Corners]) -> list[Corners]:
        """Places on the sheet as places on the picture; what lies between parts is nothing."""
        return [moved for one in found if (moved := self._moved(one)) is not None]

    def _moved(self, corners: Corners) -> Corners | None:
        x, y = corners.mean(axis=0)
        for (left, top, right, bottom), (at_x, at_y) in zip(self.parts, self.places, strict=True):
            if at_x <= x < at_x + right - left and at_y <= y < at_y + bottom - top:
                moved: Corners = corners + np.array([left - at_x, top - at_y], np.float32)
                return moved
        return None


def pack_parts(picture: Image, parts: Sequence[Rect], paper: int) -> PackedParts:
    """Lay parts of a grey picture on shelves, the highest first.

    Args:
        picture: grey.
        parts: one at least.
        paper: the shade between them.
    """
    ordered = sorted(parts, key=lambda part: part[1] - part[3])
    sizes = [(right - left, bottom - top) for left, top, right, bottom in ordered]
    area = sum((wide + _APART) * (high + _APART) for wide, high in sizes)
    width = max(max(wide for wide, _ in sizes) + 2 * _APART, round((_ROOMIER * area) ** 0.5))
    places: list[tuple[int, int]] = []
    x, y, shelf = _APART, _APART, 0
    for wide, high in sizes:
        if x > _APART and x + wide + _APART > width:
            x, y, shelf = _APART, y + shelf + _APART, 0
        places.append((x, y))
        x, shelf = x + wide + _APART, max(shelf, high)
    sheet = np.full((y + shelf + _APART, width), paper, np.uint8)
    for (left, top, right, bottom), (at_x, at_y) in zip(ordered, places, strict=True):
        part = picture[top:bottom, left:right]
        sheet[at_y : at_y + part.shape[0], at_x : at_x + part.shape[1]] = part
    return PackedParts(sheet, ordered, places)


def parts_around(marks: NDArray[np.uint8], margin: int, fewest: int) -> list[Rect]:
    """Rectangles around marks, none of which meets another; specks are left out.

    Args:
        marks: 1 where something stands.
        margin: pixels of paper around it.
        fewest: marks of a part.
    """
    near = cv2.dilate(marks, np.ones((2 * margin + 1, 2 * margin + 1), np.uint8))
    covered = 0
    boxes: list[Rect] = []
    while (now := cv2.countNonZero(near)) != covered:
        covered = now
        stats = cv2.connectedComponentsWithStats(near)[2][1:, :4].tolist()
        boxes = [(left, top, left + wide, top + high) for left, top, wide, high in stats]
        for left, top, right, bottom in boxes:
            near[top:bottom, left:right] = 1
    return [
        box for box in boxes if cv2.countNonZero(marks[box[1] : box[3], box[0] : box[2]]) >= fewest
    ]
