"""The ink of a page packed close together, so that no paper is looked at between its lines.

Most of what it costs to find lines grows with the picture they are looked for on. Where print is
known and painted over, what is left stands in few places: each is cut out with paper and rules
around it, as it is, and all are laid on one smaller picture. Rules alone are no ink to be read.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import Corners, Image
from minzheng.external.ocr.smaller_pages import shade_at

_STROKE = 15  #: pixels: ink is darker than paper so near
_LEAST_CONTRAST = 8  #: grey levels of ink, however faint, in the mean of nine pixels
_GRAINS = 3.5  #: times the grain of the paper
_LONG, _THICK = 36, 6  #: pixels of a rule, no sign is so long; and what is no rule's breadth
_DEEP = 60  #: grey levels below paper, where ink is as broad as may be
_SPECK = 20  #: pixels of ink; less that stands alone is none
_PAPER = 85  #: percent: what is lighter than ink, also around a code
_EDGE = 3  #: pixels of a page, in which its shadow lies
_GAP = 25  #: pixels between signs of one line
_MARGIN = 9  #: pixels around ink that is cut out
_BETWEEN, _BELOW = 16, 4  #: pixels of paper between what was cut out, beside and below
_LEAST_WITHIN = 6  #: pixels of a line in a part
_RULE_OF_CROP, _AT_EDGE = 20, 2  #: pixels of a line: a rule, and what is at its edge
_PAPER_OF_CROP = 75  #: percent: as light as paper
_MOST_REST = 4  #: pixels of ink that are no rule's
_WIDTHS = (384, 512, 640, 768, 1088)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a page: where it is cut out, and where it is laid."""

    left: int
    top: int
    width: int
    height: int
    name: int  #: of its pixels on the map of all parts
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class PackedInk:
    """A picture of all ink, with sides of whole strides, and what came from where."""

    image: Image
    parts: Sequence[_Part]

    def back(self, corners: Corners) -> Iterator[Corners]:
        """Where a line stands on the page: once in each of the parts it runs through."""
        y = corners[:, 1].mean()
        for one in self.parts:
            if one.y <= y < one.y + one.height:
                inside = _within(corners, one.x, one.x + one.width)
                if inside is not None:
                    yield inside + np.array([one.left - one.x, one.top - one.y], np.float32)


def paint_over(small: Image, lines: Iterable[Corners]) -> Image:
    """A page without some lines: paper in their place, of the shade around them."""
    painted = small.copy()
    for corners in lines:
        low = np.maximum(np.floor(corners.min(axis=0)).astype(int), 0)
        high = np.ceil(corners.max(axis=0)).astype(int) + 1
        around = small[low[1] : high[1], low[0] : high[0]]
        if around.size:
            shade = shade_at(around, _PAPER)
            cv2.fillConvexPoly(painted, np.round(corners).astype(np.int32), shade)
    return painted


def pack_ink(small: Image, stride: int, marks: NDArray[Any] | None = None) -> PackedInk:
    """All that may be ink of a page of one plane, at the size lines are looked for.

    Args:
        small: the page.
        stride: pixels; the sides of the picture are multiples of it.
        marks: 1 where something stands on it, if that is known.
    """
    parts, names = _parts(_ink_but_rules(small) if marks is None else marks)
    if not parts:
        return PackedInk(np.zeros((0, 0), np.uint8), ())
    tries = (_lay(parts, width, stride) for width in _WIDTHS)
    laid, size = min(tries, key=lambda one: math.prod(one[1]))
    image = np.full((size[1], size[0]), round(shade_at(small, 50)), np.uint8)
    for one in laid:
        there = slice(one.top, one.top + one.height), slice(one.left, one.left + one.width)
        here = image[one.y : one.y + one.height, one.x : one.x + one.width]
        cv2.copyTo(small[there], (names[there] == one.name).astype(np.uint8), here)
    return PackedInk(image, laid)


def holds_rules_only(crop: Image) -> bool:
    """Whether all ink of a line is straight rules that run on beyond it.

    The corner of a cell looks like T, 一 or H to a detector; signs have paper around them. Ink
    that hardly differs from its paper is not judged.

    Args:
        crop: the line, at the models' height, three planes.
    """
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    paper = int(shade_at(grey, _PAPER_OF_CROP))
    if paper - int(grey.min()) < _DEEP:
        return False
    ink = (grey < paper - _DEEP // 2).astype(np.uint8)
    both = [long_runs(ink, shape) for shape in ((1, _RULE_OF_CROP), (_RULE_OF_CROP, 1))]
    if _beside_rules(ink, cv2.max(*both)) > _MOST_REST:
        return False  # whichever of them are rules
    edge = np.zeros_like(ink)
    edge[:, :_AT_EDGE] = edge[:, -_AT_EDGE:] = edge[:_AT_EDGE] = edge[-_AT_EDGE:] = 1
    rules: NDArray[Any] = np.zeros_like(ink)
    for runs in both:
        names = cv2.connectedComponents(runs, connectivity=8)[1]
        is_at_edge = np.isin(names, names[(edge > 0) & (runs > 0)])
        rules = cv2.max(rules, np.where(is_at_edge, runs, 0).astype(np.uint8))
    return bool(rules.any()) and _beside_rules(ink, rules) <= _MOST_REST


def _beside_rules(ink: NDArray[Any], rules: NDArray[Any]) -> int:
    """Pixels of ink that no rule runs through or beside."""
    return cv2.countNonZero(cv2.subtract(ink, cv2.dilate(rules, np.ones((5, 5), np.uint8))))


def _within(corners: Corners, left: float, right: float) -> Corners | None:
    """What of a line lies between two columns; none if that is next to nothing."""
    low, high = corners[:, 0].min(), corners[:, 0].max()
    if left <= low and high <= right:
        return corners
    start, end = corners[:2]
    if min(high, right) - max(low, left) < _LEAST_WITHIN:
        return None
    run = max(float(end[0] - start[0]), 1e-3)
    parts = np.clip((np.array([left, right]) - start[0]) / run, 0, 1)
    level, lower = (
        one[0] + parts[:, None] * (one[1] - one[0]) for one in (corners[:2], corners[[3, 2]])
    )
    return np.array([*level, *lower[::-1]], np.float32)


def _ink_but_rules(small: Image) -> NDArray[Any]:
    """1 where a page is darker than its paper, but for long thin rules."""
    ink = _darker(cv2.blur(small, (3, 3)), _LEAST_CONTRAST)
    sharp = _darker(small, 2 * _LEAST_CONTRAST)
    # What is broader than a stroke: a thick marker, a dark label with light print on it.
    deep = cv2.threshold(small, shade_at(small, 50) - _DEEP, 1, cv2.THRESH_BINARY_INV)[1]
    ink = cv2.max(ink, deep)
    for is_level in (True, False):
        ink = cv2.subtract(ink, _rules(sharp, is_level=is_level))
    return cv2.rectangle(ink, (0, 0), (ink.shape[1] - 1, ink.shape[0] - 1), 0, 2 * _EDGE - 1)


def _darker(small: Image, least: int) -> NDArray[Any]:
    """1 where a page is so much darker than the paper near, and more than its grain is."""
    dark = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((_STROKE, _STROKE), np.uint8))
    grain = _middle_of(dark)
    return cv2.threshold(dark, max(least, _GRAINS * grain), 1, cv2.THRESH_BINARY)[1]


def _middle_of(dark: NDArray[Any]) -> float:
    """The median of whole numbers, between them by how many there are."""
    counts = cv2.calcHist([dark], [0], None, [256], [0, 256]).ravel()
    summed = np.cumsum(counts, dtype=np.float64)
    at = int(np.searchsorted(summed, dark.size / 2))
    return float(at - 0.5 + (dark.size / 2 - summed[at] + counts[at]) / counts[at])


def _rules(sharp: NDArray[Any], *, is_level: bool) -> NDArray[Any]:
    """Long runs of ink that are thin across, with what they touch."""
    long, thick = ((1, _LONG), (_THICK, 1)) if is_level else ((_LONG, 1), (1, _THICK))
    return cv2.dilate(thin_runs(sharp, long, thick), np.ones((5, 5), np.uint8))


def thin_runs(marks: NDArray[Any], along: tuple[int, int], across: tuple[int, int]) -> NDArray[Any]:
    """Long runs of ink without those that are broad across: a dark band bears light signs."""
    runs = long_runs(marks, along)
    return cv2.subtract(runs, cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones(across, np.uint8)))


def long_runs(marks: NDArray[Any], along: tuple[int, int]) -> NDArray[Any]:
    """What is left of marks that are opened by a straight line: 1 x length, or length x 1.

    By pieces that double, as an opening by OpenCV to the pixel, in half its time.
    """
    return _over_runs(_over_runs(marks, along, cv2.min, 255), along, cv2.max, 0)


def _over_runs(
    marks: NDArray[Any],
    along: tuple[int, int],
    of_two: Callable[[NDArray[Any], NDArray[Any]], NDArray[Any]],
    beyond: int,
) -> NDArray[Any]:
    """The least or the most of each run of pixels; beyond the edge lies a given shade."""
    length, is_level = max(along), along[0] == 1
    before, after = length // 2, length - 1 - length // 2
    edges = (0, 0, before, after) if is_level else (before, after, 0, 0)
    runs = cv2.copyMakeBorder(marks, *edges, cv2.BORDER_CONSTANT, value=(beyond,))
    done = 1
    while done < length:
        step = min(done, length - done)
        runs = (
            of_two(runs[:, :-step], runs[:, step:])
            if is_level
            else of_two(runs[:-step], runs[step:])
        )
        done += step
    return runs


def _parts(ink: NDArray[Any]) -> tuple[list[_Part], NDArray[Any]]:
    """What is cut out, and for each pixel the name of its part, or 0."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, _GAP), np.uint8))
    cover = np.zeros_like(ink)
    for (left, top, wide, high), _ in _pieces(joined):
        if wide * high >= _SPECK:
            cover[
                max(0, top - _MARGIN) : top + high + _MARGIN,
                max(0, left - _MARGIN) : left + wide + _MARGIN,
            ] = 1
    names = cv2.connectedComponents(cover, connectivity=8)[1]
    parts = [
        _Part(left, top, wide, high, int(names[y, x]))
        for (left, top, wide, high), (x, y) in _pieces(cover)
    ]
    return parts, names


def _pieces(cover: NDArray[Any]) -> Iterator[tuple[tuple[int, int, int, int], tuple[int, int]]]:
    """What hangs together: left, top, width, height and one of its pixels.

    Told by outlines, for to count its pixels takes ten times as long.
    """
    outlines, kinds = cv2.findContours(cover, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    for outline, kind in zip(outlines, kinds[0] if outlines else (), strict=True):
        if kind[3] < 0:  # else it is a hole
            left, top, wide, high = cv2.boundingRect(outline)
            x, y = outline[0, 0].tolist()
            yield (left, top, wide, high), (x, y)


def _lay(parts: Sequence[_Part], width: int, stride: int) -> tuple[list[_Part], tuple[int, int]]:
    """Parts on shelves, the highest first; and the size of the picture."""
    width = max(width, *(one.width for one in parts))
    laid: list[_Part] = []
    x = y = shelf = widest = 0
    for one in sorted(parts, key=lambda one: -one.height):
        if x and x + one.width > width:
            x, y, shelf = 0, y + shelf + _BELOW, 0
        laid.append(_Part(one.left, one.top, one.width, one.height, one.name, x, y))
        widest, shelf = max(widest, x + one.width), max(shelf, one.height)
        x += one.width + _BETWEEN
    return laid, (-(-widest // stride) * stride, -(-(y + shelf) // stride) * stride)
