"""The boxes of a line that are ticked or not: seen as squares, not read as signs.

The models see a box now and then, and its tick seldom; both cost a second reading of the
whole line. What is no clean square (a tick drawn over its edge) is sought where a sign is missing
before a word.
"""

import itertools
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.crossed_boxes import (
    Frame,
    find_marked,
    is_crossed,
    may_hold_box,
    rooms_of_boxes,
)
from minzheng.external.ocr.line_boxes import LINE_HEIGHT, Image
from minzheng.external.ocr.ocr_models import Character, Reading

EMPTY, TICKED, CROSSED = "□", "☑", "☒"
_SIGNS = f"{EMPTY}{TICKED}■☐☒"
_HAN = re.compile("[㐀-鿿]")
#: What the mark of a pen in a box is read as; the signs only where they are not sure.
_SCRAPS, _LIKE_MARKS = frozenset("VvWwMmNXxYy/\\|√✓✔×✗✘〇○●^_~ "), frozenset("口囗凶囟区又乂")
_NO_WORDS = frozenset(_SIGNS) | _SCRAPS | _LIKE_MARKS
_SIDES = (0.38, 0.85)  #: of the line's height
_LEAST_SQUARE, _MOST_SQUARE = 0.8, 1.25  #: width to height
_FRAME = 3  #: pixels in which each side must be seen
_LEAST_FRAME = 0.9  #: of a side
_INSET = 0.24  #: of the box, to what stands in it
_LEAST_TICK = 0.08  #: of the inside
_SURE = 0.92  #: a sign that is read so surely is no box: 口, 因, 田
_NEAR = 0.4  #: of the step from sign to sign
_APART = 1.25  #: steps from the sign before a box


@dataclass(frozen=True, slots=True)
class TickBox:
    """A square of a line: where its middle is, in pixels, and whether something stands in it."""

    at: float
    is_ticked: bool
    is_crossed: bool = False  #: by a ✗, which may say that it is chosen or that it is not

    @property
    def sign(self) -> str:
        """What stands for it in a line."""
        return CROSSED if self.is_crossed else TICKED if self.is_ticked else EMPTY


def with_boxes(crop: Image, reading: Reading, *, has_choices: bool = False) -> Reading:
    """A reading in whose line boxes stand, with all of them as they are seen.

    Args:
        crop: the line.
        reading: of it.
        has_choices: whether boxes may stand in a line of which none was read; else words of
            four sides would be taken for marked ones (主, 国, 领).
    """
    signs = {one.text for one in reading}
    is_told = not signs.isdisjoint(_SIGNS)
    if not (is_told or has_choices) or not any(map(_HAN.match, signs)):
        return reading
    step = _step_of(reading)
    is_plain = signs.isdisjoint(_NO_WORDS)
    words = reading if is_plain else [one for one in reading if not _may_be_box(one)]
    rooms = list(rooms_of_boxes(words, step))
    if not is_plain:
        scraps = [one.at for one in reading if _is_scrap(one)]
        rooms = [room for room in rooms if sum(room[0] < at < room[1] for at in scraps) <= 1]
    if not rooms and not is_told:
        return reading
    ink = _ink_of(crop)
    if not is_told and not any(may_hold_box(ink[:, start:end]) for start, end in rooms):
        return reading
    clean = [box for box in _clean_boxes(ink) if not _is_sign(box, reading, step)]
    if not is_told:
        clean = [box for box in clean if any(start < box.at < end for start, end in rooms)]
        clean = [box for box in clean if box.is_ticked or not _is_mouth(box, reading, step)]
    boxes = [*clean, *_marked_in(ink, rooms, clean)]
    kept = [one for one in reading if not any(abs(one.at - box.at) < _NEAR * step for box in boxes)]
    seen = [Character(box.sign, 1.0, box.at) for box in boxes]
    return tuple(sorted((*kept, *seen), key=lambda one: one.at))


def find_tick_boxes(crop: Image) -> Iterator[TickBox]:
    """All squares of a line that may be boxes, from the left."""
    return _clean_boxes(_ink_of(crop))


def _ink_of(crop: Image) -> NDArray[Any]:
    grey = cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)
    return cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1]


def _clean_boxes(ink: NDArray[Any]) -> Iterator[TickBox]:
    outlines = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]
    for left, top, width, height in sorted(tuple(cv2.boundingRect(one)) for one in outlines):
        part = ink[top : top + height, left : left + width]
        if _is_square(part):
            y, x = round(_INSET * height), round(_INSET * width)
            inside = part[y : height - y, x : width - x]
            is_ticked = float(inside.mean()) >= _LEAST_TICK
            frame = Frame(left, top, width, height)
            yield TickBox(left + width / 2, is_ticked, is_ticked and is_crossed(ink, frame))


def _marked_in(
    ink: NDArray[Any], rooms: Sequence[tuple[int, int]], clean: Sequence[TickBox]
) -> Iterator[TickBox]:
    """Boxes that a pen went over, where there is room for one and no clean one stands."""
    for start, end in rooms:
        if not any(start < box.at < end for box in clean):
            frame = find_marked(ink[:, start:end])
            if frame is not None:
                crossed = is_crossed(ink[:, start:end], frame)
                yield TickBox(start + frame.middle, is_ticked=True, is_crossed=crossed)


def _is_mouth(box: TickBox, reading: Reading, step: float) -> bool:
    """Whether an empty square is a sign that was read, not surely: 口 in 户口."""
    return any(one.text in _LIKE_MARKS and abs(one.at - box.at) < _NEAR * step for one in reading)


def _is_scrap(one: Character) -> bool:
    return _may_be_box(one) and one.text != " " and one.text not in _SIGNS


def _may_be_box(one: Character) -> bool:
    """Whether a sign is a box, or what the mark in one may have been read as."""
    if one.text in _SIGNS or one.text in _SCRAPS:
        return True
    return one.text in _LIKE_MARKS and one.sure < _SURE


def _is_square(part: NDArray[Any]) -> bool:
    height, width = part.shape
    if not _SIDES[0] <= height / LINE_HEIGHT <= _SIDES[1]:
        return False
    if not _LEAST_SQUARE <= width / height <= _MOST_SQUARE:
        return False
    sides = (part[:_FRAME].any(0), part[-_FRAME:].any(0), part[:, :_FRAME].any(1),
             part[:, -_FRAME:].any(1))  # fmt: skip
    return all(float(np.mean(side)) >= _LEAST_FRAME for side in sides)


def _is_sign(box: TickBox, reading: Reading, step: float) -> bool:
    """Whether a sign was read there: some look like boxes."""
    return any(
        abs(one.at - box.at) < _NEAR * step
        and one.text not in f"{_SIGNS} "
        and (one.sure >= _SURE or _is_within_word(before, one, step))
        for before, one in itertools.pairwise((None, *reading))
        if one is not None
    )


def _is_within_word(before: Character | None, one: Character, step: float) -> bool:
    """A 口 that follows a sign without a gap, as in 户口; a box stands apart."""
    if before is None or not _HAN.match(before.text):
        return False
    return one.text == "口" and one.at - before.at < _APART * step


def _step_of(reading: Reading) -> float:
    """From one sign to the next."""
    steps = [after.at - before.at for before, after in itertools.pairwise(reading)]
    return statistics.median(steps) if steps else float(LINE_HEIGHT)
