"""The cells of ruled tables on a page image."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import Corners, Image
from minzheng.external.ocr.smaller_pages import make_smaller, shade_at

PixelBox = tuple[int, int, int, int]  #: left, top, width, height

_WORK_SIDE = 1400
_SHORTEST_RULE = 46  #: pixels at the working size; longer than a stroke of a title
_SMALLEST_CELL = 250  #: pixels of area
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
    grey = make_smaller(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), size)
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
        rules |= cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((thickness, length), np.uint8))
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
    """The areas that rules close in: which of them each pixel belongs to, and where they are."""
    if not cv2.hasNonZero(walls):
        return np.zeros(walls.shape, np.int32), {}
    labels = cv2.connectedComponents(255 - walls, connectivity=4)[1]
    size = walls.shape[1], walls.shape[0]
    boxes = {
        number: _box(place, size)
        for number, place in _places(labels, walls)
        if not _touches_edge(place, size)
        and _is_cell((*place, _pixels_of(number, labels, place)), size)
    }
    return labels, boxes


def _places(labels: NDArray[Any], walls: Image) -> Iterator[tuple[int, PixelBox]]:
    """The number of each area between walls, and where it is: as its outline tells.

    To ask for it with the areas takes three times as long as to find them.
    """
    outlines = cv2.findContours(255 - walls, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)[0]
    if not outlines:
        return
    places = np.concatenate([one.reshape(-1, 2) for one in outlines])
    numbers = labels[places[:, 1], places[:, 0]]
    order = np.argsort(numbers, kind="stable")
    found, starts = np.unique(numbers[order], return_index=True)
    first = np.minimum.reduceat(places[order], starts)
    last = np.maximum.reduceat(places[order], starts)
    for number, (left, top), (right, bottom) in zip(
        found.tolist(), first.tolist(), last.tolist(), strict=True
    ):
        yield number, (left, top, right + 1 - left, bottom + 1 - top)


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
        and min(width, height) > 8
    )


def _box(place: PixelBox, size: tuple[int, int]) -> tuple[float, float, float, float]:
    left, top, width, height = place
    return (
        left / size[0],
        top / size[1],
        (left + width) / size[0],
        (top + height) / size[1],
    )
