"""The cells of ruled tables on a page image."""

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import Corners, Image
from minzheng.external.ocr.packed_ink import long_runs
from minzheng.external.ocr.smaller_pages import make_nearly_smaller, shade_at

PixelBox = tuple[int, int, int, int]  #: left, top, width, height

_WORK_SIDE = 1400
_SHORTEST_RULE = 46  #: pixels at the working size; longer than a stroke of a title
_SMALLEST_CELL = 250  #: pixels of area
_SLIT = 8  #: pixels: no cell is so low or narrow
_LARGEST_CELL = 0.6  #: of the page
_LEAST_FILLED = 0.75  #: a cell fills its rectangle
_INK = 22  #: grey levels below the paper
_LEAST_INK = 8  #: of a faint page
_PART_OF_INK, _DARKEST = 0.4, 99.5  #: of what its darkest two hundredth has


@dataclass(frozen=True, slots=True)
class Cells:
    """Which cell covers a place of the page; places are parts of the page, 0–1."""

    labels: NDArray[Any]
    boxes: dict[int, tuple[float, float, float, float]]  #: number → straightened rectangle
    turn: NDArray[Any]  #: 2 x 3, from page pixels to straightened working pixels
    size: tuple[int, int]  #: width and height of the page
    rules: Image  #: 255 where a line is ruled, in straightened working pixels
    darkness: Image  #: grey levels below the paper around, likewise

    def straighten(self, x: float, y: float) -> tuple[float, float]:
        """A place as it would be on the page without skew."""
        place = self.turn @ np.array([x * self.size[0], y * self.size[1], 1.0])
        return float(place[0] / self.labels.shape[1]), float(place[1] / self.labels.shape[0])

    def corners(self, box: tuple[float, float, float, float]) -> Corners:
        """A straightened box on the page as it lies, in pixels."""
        height, width = self.labels.shape
        back = cv2.invertAffineTransform(self.turn)
        left, top, right, bottom = box
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        places = np.array([[x * width, y * height, 1.0] for x, y in corners])
        return (places @ back.T).astype(np.float32)

    def ruled_part(self, box: tuple[float, float, float, float]) -> float:
        """How much of a straightened box's width has a ruled line over or under it."""
        height, width = self.rules.shape[:2]
        left, right = round(max(0.0, box[0]) * width), round(box[2] * width)
        part = self.rules[round(max(0.0, box[1]) * height) : round(box[3] * height), left:right]
        return float((part > 0).any(axis=0).mean()) if part.size else 0.0

    def at(self, x: float, y: float) -> int:
        """The number of the cell at a straightened place, or 0."""
        height, width = self.labels.shape
        column, row = int(x * width), int(y * height)
        if not (0 <= column < width and 0 <= row < height):
            return 0
        label = int(self.labels[row, column])
        return label if label in self.boxes else self._box_around(x, y)

    def _box_around(self, x: float, y: float) -> int:
        """The cell whose box a place lies in: blurred words at a rule count as a part of it."""
        around = [
            number
            for number, box in self.boxes.items()
            if box[0] < x < box[2] and box[1] < y < box[3]
        ]
        return min(around, key=lambda number: _area(self.boxes[number]), default=0)


def find_cells(image: Image, skew: float) -> Cells:
    """Areas closed in by ruled lines; `skew` in radians is taken out first."""
    height, width = image.shape[:2]
    scale = _WORK_SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    grey = make_nearly_smaller(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), size)
    middle = (size[0] / 2, size[1] / 2)
    turn = cv2.getRotationMatrix2D(middle, math.degrees(skew), 1.0)
    level = cv2.warpAffine(grey, turn, size, borderMode=cv2.BORDER_REPLICATE)
    darkness = _darker_than_paper(level)
    rules = _find_rules(darkness)
    labels, boxes = _between(_crossing(rules))
    turn[:, :2] *= scale
    return Cells(labels, boxes, turn, (width, height), rules, darkness)


def _darker_than_paper(grey: Image) -> Image:
    paper = cv2.dilate(cv2.medianBlur(grey, 5), np.ones((9, 9), np.uint8))
    return np.asarray(cv2.subtract(cv2.blur(paper, (41, 41)), grey), np.uint8)


def _find_rules(below: Image) -> Image:
    darkest = shade_at(np.ascontiguousarray(below[::3, ::3]), _DARKEST)
    least = np.clip(_PART_OF_INK * darkest, _LEAST_INK, _INK)
    ink = cv2.threshold(below, float(least), 255, cv2.THRESH_BINARY)[1]
    rules = np.zeros_like(below)
    for length, thickness in ((_SHORTEST_RULE, 1), (1, _SHORTEST_RULE)):
        # A rule that leans by a degree still runs through the thickened ink.
        thick = cv2.dilate(ink, np.ones((3, 1) if thickness == 1 else (1, 3), np.uint8))
        rules |= long_runs(thick, (thickness, length))
    return cv2.dilate(rules, np.ones((3, 3), np.uint8))


def _crossing(rules: Image) -> Image:
    """The rules that meet others at a corner: a line of blurred words is straight, too."""
    kept = rules.copy()
    outlines, tree = cv2.findContours(rules, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    parents = tree[0, :, 3] if outlines else ()
    for outline, parent in zip(outlines, parents, strict=True):
        if parent < 0 and min(cv2.boundingRect(outline)[2:]) <= _SHORTEST_RULE:
            cv2.drawContours(kept, [outline], -1, 0, cv2.FILLED)
    return kept


def _between(walls: Image) -> tuple[NDArray[Any], dict[int, tuple[float, float, float, float]]]:
    """The cells that rules close in: which of them each pixel belongs to, and where they are.

    They are the holes in the rules: to number every area between them takes five times as long.
    """
    labels = np.zeros(walls.shape, np.int32)
    holes = list(enumerate(_holes(walls), start=1))
    for number, outline in holes:
        cv2.drawContours(labels, [outline], -1, number, cv2.FILLED)
    labels[walls > 0] = 0
    size = walls.shape[1], walls.shape[0]
    boxes = {
        number: _box(place, size)
        for number, outline in holes
        if (place := _within(outline))
        and _is_cell((*place, _pixels_of(number, labels, place)), size)
    }
    return labels, boxes


def _holes(walls: Image) -> list[NDArray[Any]]:
    """The outlines of all areas closed in, what lies within another after it."""
    outlines, tree = cv2.findContours(walls, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    parents = tree[0, :, 3] if outlines else ()
    holes = [one for one, parent in zip(outlines, parents, strict=True) if parent >= 0]
    return sorted(holes, key=cv2.contourArea, reverse=True)


def _within(outline: NDArray[Any]) -> PixelBox | None:
    """Where an area lies by the rules around it; nowhere if it is a slit."""
    left, top, width, height = cv2.boundingRect(outline)
    return (left + 1, top + 1, width - 2, height - 2) if min(width, height) - 2 > _SLIT else None


def _area(box: tuple[float, float, float, float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _touches_edge(place: PixelBox, size: tuple[int, int]) -> bool:
    left, top, width, height = place
    return left == 0 or top == 0 or left + width == size[0] or top + height == size[1]


def _pixels_of(number: int, labels: NDArray[Any], place: PixelBox) -> int:
    left, top, width, height = place
    return int(np.count_nonzero(labels[top : top + height, left : left + width] == number))


def _is_cell(stats: tuple[int, int, int, int, int], size: tuple[int, int]) -> bool:
    """Whether an area is a cell: its place, and how many pixels belong to it."""
    left, top, width, height, area = stats
    return (
        not _touches_edge((left, top, width, height), size)
        and _SMALLEST_CELL <= area <= _LARGEST_CELL * size[0] * size[1]
        and area >= _LEAST_FILLED * width * height
        and min(width, height) > _SLIT
    )


def _box(place: PixelBox, size: tuple[int, int]) -> tuple[float, float, float, float]:
    left, top, width, height = place
    return (
        left / size[0],
        top / size[1],
        (left + width) / size[0],
        (top + height) / size[1],
    )
