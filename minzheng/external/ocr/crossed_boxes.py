"""Boxes that a pen went over: ticked across their edge, crossed, filled in, ringed.

The models read nothing there, and surely: the choice stands in its line as if no box stood
before it. Where a line has room for a sign before a word and none was read, the four sides of
a printed box tell that it is there; what stands in it or around it, that somebody marked it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import LINE_HEIGHT
from minzheng.external.ocr.ocr_models import Character

_HAN = re.compile("[㐀-鿿]")
Ink = NDArray[Any]  #: 0 or 1; a line as high as the models read it, or a part of it

_HIGHEST, _LOWEST, _FINE = 40, 18, 2  #: pixels of a box, tried in such steps
_WIDTHS = (1.0, 1.12, 1.24)  #: of its height
_RUN = 10  #: pixels of a side that are seen without a gap
_SEEN = 0.86  #: of each side
_BROADEST = 40.0  #: pixels of a sign that is as high as its line
_ROOM = 1.45  #: steps from sign to sign: between two words, and before the first one
_OWN = 0.3  #: of a step, beside the middle of a word's sign, that is its own
#: Signs with four sides and strokes within; their middle may be told where their left is.
_FRAMED, _FRAMED_OWN = frozenset("国回因困园图围固团圆圈囚日目田曰由甲申四西酉百面口"), 0.8
_MIDDLE = (0.3, 0.7)  #: of the line's height: where the middle of a box lies
_INSET = 0.2  #: of a box, to what stands in it
_LEAST_INSIDE = 0.06  #: of the inside
_LEAST_RING = 0.5  #: of a box's height, or of its breadth, that has ink beside it
_BESIDE = 3  #: pixels around a box that are its own
_WITHIN_FRAME = 0.14  #: of a box, to all that stands in it
_ARM = 0.27  #: of a box's height, from where two strokes cross to where their arms are counted
_ARM_OF_MARK = 0.42  #: likewise, of the longer side of what stands in the box
_PARTS_OF_ARM = (0.5, 0.75, 1.0)  #: of it, all with ink
_DIRECTIONS = np.arange(32) * (2 * np.pi / 32)
_ARMS = 4
_MOST_AROUND = 0.7  #: of the directions that have ink: more is a blot
_NEARLY = range(-3, 4)  #: directions beside the opposite one of an arm
_LEAST_OPPOSED = 0.85  #: of what the arms take
_MOST_STROKES = 3  #: that a level line meets: the two of a cross, and one that joins them
_SPREAD = 0.35  #: of a box's height: two strokes cross once
_FEWEST_CROSSINGS = 2  #: pixels


@dataclass(frozen=True, slots=True)
class Frame:
    """The four sides of a box, in pixels."""

    left: int
    top: int
    wide: int
    high: int

    @property
    def middle(self) -> float:
        """From the left."""
        return self.left + self.wide / 2


def rooms_of_boxes(words: Sequence[Character], step: float) -> Iterator[tuple[int, int]]:
    """From and to which pixel there is room for a box before a word.

    Args:
        words: signs of a line that are no boxes, and that no mark is taken for.
        step: from one sign to the next, in pixels; in a line of digits half of a word's.
    """
    step = max(step, _step_of_words(words))
    if words and words[0].at > _ROOM * step and _HAN.match(words[0].text):
        yield 0, round(words[0].at - _OWN * step)
    for before, behind in pairwise(words):
        if behind.at - before.at > _ROOM * step and _HAN.match(behind.text):
            own = _FRAMED_OWN if before.text in _FRAMED else _OWN
            yield round(before.at + own * step), round(behind.at - _OWN * step)


def _step_of_words(words: Sequence[Character]) -> float:
    """From a sign of a word to its next; what fills the height of a line where none stand so."""
    steps = [
        behind.at - before.at
        for before, behind in pairwise(words)
        if _HAN.match(before.text) and _HAN.match(behind.text)
    ]
    return min(median(steps), _BROADEST) if steps else _BROADEST


def find_marked(ink: Ink) -> Frame | None:
    """A box in a part of a line that somebody marked; none if it is empty, or not seen."""
    frame = _find_frame(ink) if may_hold_box(ink) else None
    return frame if frame is not None and _is_marked(ink, frame) else None


def may_hold_box(ink: Ink) -> bool:
    """Whether ink runs level in two rows, and upright in two columns, as the sides of a box do."""
    return (
        ink.shape[1] >= _LOWEST and _has_sides(ink, (1, _RUN), 1) and _has_sides(ink, (_RUN, 1), 0)
    )


def _has_sides(ink: Ink, shape: tuple[int, int], along: int) -> bool:
    at = np.flatnonzero(cv2.erode(ink, np.ones(shape, np.uint8)).any(axis=along))
    return bool(len(at)) and int(at[-1] - at[0]) >= _LOWEST - 2 * _FINE


def _find_frame(ink: Ink) -> Frame | None:
    """The highest box all of whose sides are seen."""
    height, width = ink.shape
    level = _sums(cv2.dilate(ink, np.ones((3, 1), np.uint8)), axis=1)
    upright = _sums(cv2.dilate(ink, np.ones((1, 3), np.uint8)), axis=0)
    for high in range(_HIGHEST, _LOWEST - 1, -_FINE):
        for wide in (round(high * part) for part in _WIDTHS):
            if wide >= width:
                continue
            across = (level[:, wide:] - level[:, :-wide]) / wide
            down = (upright[high:] - upright[:-high]) / high
            seen = np.minimum(across[: height - high], across[high:])
            seen = np.minimum(seen[:, : width - wide], down[:-1, : width - wide])
            seen = np.minimum(seen, down[:-1, wide:])
            first, last = (round(part * LINE_HEIGHT - high / 2) for part in _MIDDLE)
            seen = seen[max(0, first) : max(0, last)]
            if seen.size and float(seen.max()) >= _SEEN:
                top, left = np.unravel_index(int(seen.argmax()), seen.shape)
                return Frame(int(left), int(top) + max(0, first), wide, high)
    return None


def _sums(ink: Ink, axis: int) -> NDArray[np.float32]:
    """Sums along an axis; one more than there are pixels."""
    return np.insert(np.cumsum(ink, axis=axis, dtype=np.float32), 0, 0, axis=axis)


def is_crossed(ink: Ink, frame: Frame) -> bool:
    """Whether two strokes cross in a box, ✗: four arms go out from a place in it.

    Two go out from any place of a ✓, of a single stroke and of a ring; of a scribble more.
    """
    across, down = round(_WITHIN_FRAME * frame.wide), round(_WITHIN_FRAME * frame.high)
    rows = slice(frame.top + down, frame.top + frame.high - down)
    inside = ink[rows, frame.left + across : frame.left + frame.wide - across]
    reach = min(
        _ARM * min(frame.high, frame.wide), _ARM_OF_MARK * max(cv2.boundingRect(inside)[2:])
    )
    room = int(reach) + 1
    roomy = np.pad(inside, room)
    y, x = np.nonzero(roomy)
    arms = np.ones((len(x), len(_DIRECTIONS)), bool)
    for part in _PARTS_OF_ARM:
        right = np.rint(x[:, None] + part * reach * np.cos(_DIRECTIONS)).astype(int)
        below = np.rint(y[:, None] + part * reach * np.sin(_DIRECTIONS)).astype(int)
        arms &= roomy[below, right] > 0
    begun = (arms & ~np.roll(arms, 1, axis=1)).sum(axis=1)
    facing = sum(np.roll(arms, len(_DIRECTIONS) // 2 + by, axis=1) for by in _NEARLY) > 0
    opposed = (arms & facing).sum(axis=1) >= _LEAST_OPPOSED * arms.sum(axis=1)
    crossings = opposed & (begun == _ARMS) & (arms.mean(axis=1) <= _MOST_AROUND)
    if int(crossings.sum()) < _FEWEST_CROSSINGS or _most_strokes(inside) > _MOST_STROKES:
        return False
    spread = max(np.ptp(x[crossings]), np.ptp(y[crossings]))
    return float(spread) <= _SPREAD * frame.high


def _most_strokes(ink: Ink) -> int:
    """How many strokes a level line meets, where it meets most."""
    begun = np.diff(np.pad(ink, ((0, 0), (1, 0))).astype(np.int8), axis=1) > 0
    return int(begun.sum(axis=1).max(initial=0))


def _is_marked(ink: Ink, frame: Frame) -> bool:
    across, down = round(_INSET * frame.wide), round(_INSET * frame.high)
    right, bottom = frame.left + frame.wide, frame.top + frame.high
    inside = ink[frame.top + down : bottom - down, frame.left + across : right - across]
    return float(inside.mean()) >= _LEAST_INSIDE or _is_ringed(ink, frame)


def _is_ringed(ink: Ink, frame: Frame) -> bool:
    """Whether ink stands before a box over half its height, and above or below it likewise."""
    right, bottom = frame.left + frame.wide, frame.top + frame.high
    rows, columns = slice(frame.top, bottom), slice(frame.left, right)
    before = ink[rows, : max(0, frame.left - _BESIDE)].any(axis=1)
    above = ink[: max(0, frame.top - _BESIDE), columns].any(axis=0)
    below = ink[bottom + _BESIDE :, columns].any(axis=0)
    return bool(before.mean() >= _LEAST_RING and max(above.mean(), below.mean()) >= _LEAST_RING)
