"""A box whose edge a pen crosses is still seen."""

import cv2
import numpy as np
import pytest

from minzheng.external.ocr.crossed_boxes import (
    Frame,
    find_marked,
    is_crossed,
    may_hold_box,
    rooms_of_boxes,
)
from minzheng.external.ocr.line_boxes import LINE_HEIGHT
from minzheng.external.ocr.ocr_models import Character


def part(wide: int = 80) -> np.ndarray:
    return np.zeros((LINE_HEIGHT, wide), np.uint8)


def box(ink: np.ndarray, left: int = 24, size: tuple[int, int] = (28, 28)) -> np.ndarray:
    """A box of so many pixels across and down, in the middle of the line."""
    top = (LINE_HEIGHT - size[1]) // 2
    cv2.rectangle(ink, (left, top), (left + size[0] - 1, top + size[1] - 1), 1, 2)
    return ink


def stroke(ink: np.ndarray, *places: tuple[int, int], thick: int = 3) -> np.ndarray:
    cv2.polylines(ink, [np.array(places, np.int32)], False, 1, thick)
    return ink


@pytest.mark.parametrize(
    ("ats", "rooms"),
    [
        ((20, 60, 100), []), ((60, 100), [(0, 48)]), ((20, 60, 140), [(72, 128)]),
        ((20, 77), []), ((20, 79), [(32, 67)]), ((), []),
    ],
)  # fmt: skip
def test_a_box_has_room_where_words_stand_apart(ats, rooms):
    """Before the first one, or between two, of which each has its own breadth."""
    words = [Character("字", 1.0, float(at)) for at in ats]
    assert list(rooms_of_boxes(words, 40)) == rooms


def test_a_box_stands_before_a_word():
    """Not before a number or a bracket."""
    words = [Character(text, 1.0, at) for text, at in (("1", 60.0), ("字", 140.0), ("-", 240.0))]
    assert list(rooms_of_boxes(words, 40)) == [(72, 128)]


def test_the_signs_of_a_word_have_no_room_between_them_beside_many_digits():
    """赵国春 610927195903113738: from digit to digit it is half as far."""
    name = [Character(one, 1.0, 36.0 + 32 * at) for at, one in enumerate("赵国春")]
    digits = [Character("6", 1.0, 132.0 + 16 * at) for at in range(18)]
    assert list(rooms_of_boxes([*name, *digits], 16)) == []
    shaken = [
        Character(one, 1.0, at)
        for one, at in zip("，该户口粮", (30, 64, 88, 128, 160), strict=True)
    ]
    assert list(rooms_of_boxes(shaken, 16)) == []
    words = [*digits[:9], Character("是", 1.0, 300.0), Character("否", 1.0, 400.0)]
    assert list(rooms_of_boxes(words, 16)) == [(312, 388)]


def test_a_sign_that_looks_like_a_marked_box_keeps_its_right_half():
    """国 is told some pixels beside its middle."""
    words = [Character(one, 1.0, at) for one, at in (("国", 30.0), ("补", 110.0), ("元", 150.0))]
    assert list(rooms_of_boxes(words, 16)) == [(62, 98)]


@pytest.mark.parametrize("size", [(28, 28), (20, 20), (34, 28), (38, 38)])
def test_a_box_that_is_crossed_is_found_where_it_stands(size):
    """It may be a little broader than high."""
    middle = 24 + size[0] // 2
    ink = stroke(box(part(), 24, size), (16, 24), (middle, 32), (middle + 30, 2))
    found = find_marked(ink)
    assert found is not None
    assert found.middle == pytest.approx(24 + size[0] / 2, abs=3)
    assert found.high == pytest.approx(size[1], abs=3)


def test_an_empty_box_is_not_marked():
    """Not if a sign or a rule touches it, either."""
    assert find_marked(box(part())) is None
    assert find_marked(stroke(box(part()), (0, 38), (79, 38), thick=2)) is None


@pytest.mark.parametrize("size", [(14, 14), (46, 46), (50, 28)])
def test_what_has_another_size_is_no_box(size):
    """A dot, the cell around a line, a blank to be written in."""
    assert find_marked(stroke(box(part(), 16, size), (10, 10), (50, 40))) is None


def test_a_box_without_a_side_is_none():
    """An 11, a U, a signature."""
    ink = stroke(box(part()), (30, 24), (40, 30), (48, 14))
    ink[8:16, 26:50] = 0
    assert find_marked(ink) is None


def test_a_ring_is_a_mark_and_a_stroke_beside_is_none():
    """A ring stands before the box and above or below it."""
    ringed = box(part())
    cv2.ellipse(ringed, (38, 24), (26, 22), 0, 0, 360, 1, 3)
    assert find_marked(ringed) is not None
    assert find_marked(stroke(box(part()), (12, 6), (12, 40))) is None


def test_ink_that_runs_one_way_only_is_not_looked_at():
    """An underline, a wall, both of them; a box has two of each."""
    assert may_hold_box(box(part()))
    assert not may_hold_box(stroke(part(), (0, 40), (79, 40)))
    assert not may_hold_box(stroke(part(), (40, 0), (40, 47)))
    assert not may_hold_box(box(part())[:, 20:34])
    assert not may_hold_box(stroke(stroke(part(), (0, 40), (79, 40)), (40, 0), (40, 47)))


IN_BOX = Frame(24, 10, 28, 28)
ZIGZAG = [(27 + 4 * at, 12 if at % 2 else 35) for at in range(6)]


@pytest.mark.parametrize(
    ("strokes", "is_cross"),
    [
        ([[(28, 14), (48, 34)], [(48, 14), (28, 34)]], True),
        ([[(16, 2), (60, 46)], [(60, 2), (16, 46)]], True),
        ([[(34, 20), (44, 30)], [(44, 20), (34, 30)]], True),
        ([[(28, 14), (48, 34), (49, 20), (48, 14), (28, 34)]], True),
        ([[(28, 22), (34, 33), (48, 14)]], False), ([[(20, 30), (60, 4)]], False),
        ([ZIGZAG], False), ([], False),
    ],
    ids=["in", "over", "small", "in one stroke", "tick", "stroke", "scribble", "empty"],
)  # fmt: skip
def test_a_cross_is_told_from_a_tick(strokes, is_cross):
    """Two strokes that cross, within the box or over its edge; nothing else."""
    ink = box(part())
    for places in strokes:
        stroke(ink, *places)
    assert is_crossed(ink, IN_BOX) is is_cross
