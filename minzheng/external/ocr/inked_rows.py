"""Rows of print told by their ink: signs side by side that nothing else touches.

A detector looks at every pixel of a page to find what lies in plain rows anyway. Rows of ink
are proposed here; whoever reads them keeps those that are read surely, and shows the detector
what is left. What is struck out or underlined, large, set in columns or close to other ink is
not proposed, and stays with the rest.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import Corners, Image
from minzheng.external.ocr.packed_ink import thin_runs
from minzheng.external.ocr.smaller_pages import make_smaller, shade_at

Mask = NDArray[Any]  #: 0 or 1
Outline = NDArray[Any]  #: n x 1 x 2, pixels
Rect = tuple[float, float, float, float]  #: left, top, right, bottom, pixels of the page
Frame = NDArray[np.float32]  #: 2 x 2; coordinates @ frame.T lie level where the page leans

_AROUND = 31  #: pixels that tell how bright the paper is
_DARKER = 18  #: grey levels below it: ink
_RULE = 38  #: pixels of ink in a row: a rule, or a stroke as long
_THICK = 7  #: pixels across; no rule is so broad
_LONG = 120  #: pixels of a rule with the rules it meets; less may be a stroke
_BESIDE = 6  #: pixels by which signs are widened on both sides
_LOWEST, _HIGHEST, _NARROWEST = 7, 40, 2  #: pixels of a row's ink
_LOW = 8.0  #: pixels; where a quarter of the rows is no higher, print is small
_GAP = 1.2  #: of the height of a row, between two parts of it
_ROOM = 0.3  #: of the height of a row, around its ink
_SHARED = 0.5  #: of the lower one's height, that two parts of a row share
_LEVEL = 5  #: breadth to height of a part that tells how the page leans
_BROAD = 4  #: breadth to height of a row that is more than a word
_MOST_LEAN, _MOST_BENT = math.radians(4), math.radians(1.5)
_MOST_PARTS = 1200  #: more is noise
_FEWEST_ROWS = 5
_FOREIGN = 4  #: pixels of ink in a row's room that are not its own
_LEAST_USUAL, _MOST_USUAL = 0.7, 1.4  #: times the height of most rows
_DOUBT_BESIDE, _DOUBT_SHARED = 1.5, 0.25  #: of a row's height: ink that may belong to it
_SINGLE, _COLUMN = 1.5, 2.6  #: of its height: one sign's breadth, the next one's distance below
_FAINT_STEP = 8.0  #: grey levels between neighbours, of ink however faint
_ABOVE_GRAIN = 3.5  #: times the step between most neighbours


@dataclass(frozen=True, slots=True)
class Row:
    """A row of signs, in a frame that lies as the page leans; pixels of the smaller picture."""

    left: float
    top: float
    right: float
    bottom: float
    parts: tuple[int, ...]  #: numbers of the outlines it is made of
    is_stacked: bool = False  #: no broader than one sign, with another one above or below

    @property
    def high(self) -> float:
        """Height of the ink."""
        return self.bottom - self.top

    @property
    def is_single(self) -> bool:
        """Whether it is no broader than one sign."""
        return self.right - self.left < _SINGLE * self.high


@dataclass(frozen=True)
class InkedPage:
    """The ink of a page at a smaller size, and the rows that it makes."""

    small: Image  #: grey
    stretch: NDArray[np.float32]  #: pixels of the page for one of the smaller picture, x and y
    rules: Mask  #: a pixel wider than they are
    walls: Mask  #: of them, the upright ones
    frame: Frame
    parts: Sequence[Row]  #: what stands closely together
    rows: Sequence[Row]  #: that may be lines

    @cached_property
    def high(self) -> float:
        """Height of most rows."""
        return sorted(row.high for row in self.rows)[len(self.rows) // 2]

    def is_usual(self, row: Row) -> bool:
        """Whether a row is about as high as most."""
        return _LEAST_USUAL * self.high <= row.high <= _MOST_USUAL * self.high

    def goes_on(self, row: Row, taken: Sequence[Row]) -> bool:
        """Whether a row stands close below one that was taken, and begins or ends as it does."""
        left, top, right, bottom = _sides(taken)
        below = (row.top > top) & (row.top - bottom < _COLUMN * self.high)
        beside = np.minimum(np.abs(left - row.left), np.abs(right - row.right))
        return bool((below & (beside < _SHARED * self.high)).any())

    def without_places(self, places: Sequence[Rect]) -> "InkedPage":
        """The page without the rows that reach into some places."""
        rows = [row for row in self.rows if not is_within_reach(self.corners(row), places)]
        return replace(self, rows=rows)

    def corners(self, row: Row) -> Corners:
        """Where a row stands on the page, with the paper around it that the models want."""
        return (self.outline(row) * self.stretch).astype(np.float32)

    def outline(self, row: Row) -> NDArray[np.float32]:
        """The same on the smaller picture: 4 x 2, clockwise from the top left."""
        return _outline(row, self.frame, _ROOM * row.high)

    def without_doubt_beside(self, taken: Sequence[Row]) -> list[Row]:
        """Rows beside which nothing stands that is not taken: a line may go on there."""
        known = {at for row in taken for at in row.parts}
        others = [one for at, one in enumerate(self.parts) if at not in known and one.high > 0]
        left, top, right, bottom = _sides(others)
        kept: list[Row] = []
        for row in taken:
            away = np.maximum(left - row.right, row.left - right)
            shared = np.minimum(bottom, row.bottom) - np.maximum(top, row.top)
            beside = (away < _DOUBT_BESIDE * row.high) & (shared > _DOUBT_SHARED * row.high)
            near = [others[at] for at in np.flatnonzero(beside).tolist()]
            if all(self._is_walled(row, one) for one in near):
                kept.append(row)
        return kept

    def _is_walled(self, row: Row, other: Row) -> bool:
        one, next_one = sorted((row, other), key=_left)
        return _is_walled(one, next_one, self.walls, self.frame)

    def left_marks(self, taken: Sequence[Row]) -> Mask:
        """Where anything stands, be it faint or light on dark, that is no rule and no row taken.

        Told by steps of brightness, since ink has them on any paper.
        """
        soft = cv2.blur(self.small, (3, 3))
        steps = cv2.morphologyEx(soft, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
        least = max(_FAINT_STEP, _ABOVE_GRAIN * shade_at(steps, 50))
        marks = cv2.threshold(steps, least, 1, cv2.THRESH_BINARY)[1]
        marks[cv2.dilate(self.rules, np.ones((5, 5), np.uint8)) > 0] = 0
        for row in taken:
            cv2.fillConvexPoly(marks, np.rint(self.outline(row)).astype(np.int32), 0)
        return marks


def is_within_reach(corners: Corners, places: Sequence[Rect]) -> bool:
    """Whether a line reaches into one of some places."""
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    return any(
        left < one[2] and one[0] < right and top < one[3] and one[1] < bottom for one in places
    )


def see_rows(image: Image, side: int) -> InkedPage | None:
    """The ink of a page, and its rows that may be lines; nothing of a page with few plain ones.

    Args:
        image: an upright page, BGR or grey.
        side: pixels of its longer side, at which it is looked at.
    """
    height, width = image.shape[:2]
    scale = min(1.0, side / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    small = make_smaller(grey, size)
    seen = cv2.adaptiveThreshold(
        small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _AROUND, _DARKER
    )
    rules, walls = _rules(seen)
    ink = cv2.subtract(seen, rules)
    smeared = cv2.dilate(ink, np.ones((3, 2 * _BESIDE + 1), np.uint8))
    smeared[walls > 0] = 0
    outlines, _ = cv2.findContours(smeared, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    frame = _frame(outlines) if len(outlines) <= _MOST_PARTS else None
    if frame is None:
        return None
    parts = [_part(outline, ink, frame, number) for number, outline in enumerate(outlines)]
    rows = _with_stacks([row for row in _joined(parts, walls, frame) if _may_be_line(row)])
    rows = [row for row in rows if not _is_mixed(row, frame, outlines, (ink, rules))]
    if len(rows) < _FEWEST_ROWS or _is_small_print(rows) or _is_in_columns(rows):
        return None
    stretch = np.array([width / size[0], height / size[1]], np.float32)
    return InkedPage(small, stretch, rules, walls, frame, parts, rows)


def _rules(seen: Mask) -> tuple[Mask, Mask]:
    """Where rules lie, a pixel wider than they are, and where the upright ones of them do.

    What is no longer than a stroke and meets no other is none.
    """
    level = thin_runs(seen, (1, _RULE), (_THICK, 1))
    upright = thin_runs(seen, (_RULE, 1), (1, _THICK))
    wide = cv2.dilate(cv2.bitwise_or(level, upright), np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(wide)
    is_rule = (stats[:, 2:4].max(axis=1) >= _LONG).astype(np.uint8)
    is_rule[0] = 0
    rules = is_rule[labels]
    return rules, cv2.bitwise_and(cv2.dilate(upright, np.ones((1, 3), np.uint8)), rules)


def _frame(outlines: Sequence[Outline]) -> Frame | None:
    """How the page leans, by its broad parts; nothing where none is broad, or it leans much.

    Nor where the paper is bent, so that they do not lean alike.
    """
    leans: list[float] = []
    for outline in outlines:
        _, _, width, height = cv2.boundingRect(outline)
        if width >= _LEVEL * height or (width >= _LEVEL * _HIGHEST and height < 2 * _HIGHEST):
            angle = cv2.minAreaRect(outline)[2]
            leans.append(math.radians((angle + 45) % 90 - 45))
    if not leans:
        return None
    leans.sort()
    few, count = max(1, len(leans) // 10), len(leans)
    lean = leans[count // 2]
    if (
        abs(lean) > _MOST_LEAN
        or leans[max(0, count - 1 - few)] - leans[min(few, count - 1)] > _MOST_BENT
    ):
        return None
    cos, sin = math.cos(lean), math.sin(lean)
    return np.array([[cos, sin], [-sin, cos]], np.float32)


def _part(outline: Outline, ink: Mask, frame: Frame, number: int) -> Row:
    """The ink within an outline, which was widened, but not over walls."""
    x, y, wide, high = cv2.boundingRect(outline)
    columns = np.flatnonzero(ink[y : y + high, x : x + wide].any(axis=0))
    before, behind = (columns[0], wide - 1 - columns[-1]) if len(columns) else (0, 0)
    level = outline[:, 0].astype(np.float32) @ frame.T
    (left, top), (right, bottom) = level.min(axis=0).tolist(), level.max(axis=0).tolist()
    return Row(left + int(before), top + 1, right + 1 - int(behind), bottom, (number,))


def _joined(parts: Sequence[Row], walls: Mask, frame: Frame) -> Iterator[Row]:
    """Parts of one row put together, where no wall stands between them."""
    left, top, right, bottom = _sides(parts)
    high = bottom - top
    rows = list(range(len(parts)))  # for every part another one of its row, or itself
    for number, one in enumerate(parts):
        shared = np.minimum(bottom, one.bottom) - np.maximum(top, one.top)
        is_next = (left > one.left) & (left - one.right < _GAP * np.maximum(high, one.high))
        is_next &= shared >= _SHARED * np.minimum(high, one.high)
        is_next &= np.maximum(high, one.high) <= _HIGHEST
        for other in np.flatnonzero(is_next).tolist():
            if not _is_walled(one, parts[other], walls, frame):
                rows[_first(rows, other)] = _first(rows, number)
    together: dict[int, list[int]] = {}
    for number in range(len(parts)):
        together.setdefault(_first(rows, number), []).append(number)
    for numbers in together.values():
        yield Row(
            float(left[numbers].min()),
            float(top[numbers].min()),
            float(right[numbers].max()),
            float(bottom[numbers].max()),
            tuple(numbers),
        )


def _sides(rows: Sequence[Row]) -> NDArray[np.float32]:
    """4 x n: left, top, right, bottom."""
    sides = [(row.left, row.top, row.right, row.bottom) for row in rows]
    return np.array(sides, np.float32).reshape(-1, 4).T


def _left(row: Row) -> float:
    return row.left


def _first(rows: list[int], number: int) -> int:
    while rows[number] != number:
        rows[number] = number = rows[rows[number]]
    return number


def _is_walled(one: Row, other: Row, walls: Mask, frame: Frame) -> bool:
    """Whether an upright rule stands between two parts of a row."""
    middle = (max(one.top, other.top) + min(one.bottom, other.bottom)) / 2
    ends = np.array([[one.right - 2, middle], [other.left + 2, middle]], np.float32) @ frame
    (left, top), (right, bottom) = (
        np.maximum(np.rint(side(axis=0)).astype(int), 0) for side in (ends.min, ends.max)
    )
    return bool(walls[max(0, top - 1) : bottom + 2, left : right + 1].any())


def _may_be_line(row: Row) -> bool:
    return _LOWEST <= row.high <= _HIGHEST and row.right - row.left >= _NARROWEST


def _with_stacks(rows: Sequence[Row]) -> list[Row]:
    """Single signs above one another said to be so: they may be a column of text."""
    left, top, right, bottom = _sides(rows)
    high, middle = bottom - top, (left + right) / 2
    single = np.array([row.is_single for row in rows], bool)
    near = np.abs(top[:, None] - top) < _COLUMN * high[:, None]
    near &= np.abs(middle[:, None] - middle) < _SHARED * high[:, None]
    near &= single[:, None] & single
    stacked = np.count_nonzero(near, axis=1) > 1  # each is near itself
    return [
        replace(row, is_stacked=is_stacked)
        for row, is_stacked in zip(rows, stacked.tolist(), strict=True)
    ]


def _is_mixed(row: Row, frame: Frame, outlines: Sequence[Outline], seen: tuple[Mask, Mask]) -> bool:
    """Whether other ink stands in the room of a row, or a rule in the row itself."""
    ink, rules = seen
    room = np.rint(_outline(row, frame, _ROOM * row.high)).astype(np.int32)
    (left, top), (right, bottom) = np.maximum(room.min(axis=0), 0), room.max(axis=0) + 1
    shape = ink[top:bottom, left:right].shape
    own, near, core = (np.zeros(shape, np.uint8) for _ in range(3))
    moved = (-int(left), -int(top))
    cv2.drawContours(own, [outlines[at] for at in row.parts], -1, 1, cv2.FILLED, offset=moved)
    cv2.fillConvexPoly(near, room + moved, 1)
    near[own > 0] = 0
    foreign = cv2.countNonZero(cv2.bitwise_and(ink[top:bottom, left:right], near))
    cv2.fillConvexPoly(core, np.rint(_outline(row, frame, -1)).astype(np.int32) + moved, 1)
    crossed = cv2.countNonZero(cv2.bitwise_and(rules[top:bottom, left:right], core))
    return max(foreign, crossed) > _FOREIGN


def _outline(row: Row, frame: Frame, room: float) -> NDArray[np.float32]:
    left, right = row.left - room, row.right + room
    top, bottom = row.top - room, row.bottom + room
    level = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    outline: NDArray[np.float32] = level @ frame
    return outline


def _is_in_columns(rows: Sequence[Row]) -> bool:
    """Whether more signs stand above one another than broad rows do: text runs down."""
    broad = sum(row.right - row.left > _BROAD * row.high for row in rows)
    return sum(row.is_stacked for row in rows) > broad


def _is_small_print(rows: Sequence[Row]) -> bool:
    return sorted(row.high for row in rows)[len(rows) // 4] < _LOW
