"""Parts of a picture laid close together, and places carried back."""

import numpy as np

from minzheng.external.ocr.packed_parts import pack_parts, parts_around

PICTURE = np.arange(200 * 300, dtype=np.uint32).reshape(200, 300).astype(np.uint8)
PARTS = [(10, 10, 60, 30), (200, 100, 290, 110), (100, 50, 140, 90)]


def place(left: float, top: float, right: float, bottom: float) -> np.ndarray:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)


def test_every_part_stands_on_the_sheet_as_it_was():
    """And nowhere is the paper between two of them less than eight pixels."""
    packed = pack_parts(PICTURE, PARTS, 255)
    taken = np.zeros(packed.sheet.shape, int)
    for (left, top, right, bottom), (x, y) in zip(packed.parts, packed.places, strict=True):
        there = packed.sheet[y : y + bottom - top, x : x + right - left]
        assert (there == PICTURE[top:bottom, left:right]).all()
        taken[y - 4 : y + bottom - top + 4, x - 4 : x + right - left + 4] += 1
    assert taken.max() == 1
    assert packed.sheet.size < PICTURE.size


def test_what_is_found_on_the_sheet_is_carried_back():
    """To the place that its part had."""
    packed = pack_parts(PICTURE, PARTS, 255)
    for (left, top, right, bottom), (x, y) in zip(packed.parts, packed.places, strict=True):
        found = place(x + 2, y + 3, x + right - left - 2, y + bottom - top - 3)
        (back,) = packed.carried_back([found])
        assert (back == place(left + 2, top + 3, right - 2, bottom - 3)).all()


def test_what_is_found_between_parts_is_nothing():
    """Its middle lies on the paper that was laid there."""
    packed = pack_parts(PICTURE, PARTS, 255)
    assert packed.carried_back([place(0, 0, 4, 4)]) == []


def test_marks_close_to_one_another_are_one_part_with_paper_around():
    """Others are parts of their own; none meets another."""
    marks = np.zeros((200, 300), np.uint8)
    marks[50:60, 50:60] = marks[50:60, 70:80] = marks[150:160, 200:230] = 1
    assert sorted(parts_around(marks, 12, 12)) == [(38, 38, 92, 72), (188, 138, 242, 172)]


def test_a_speck_is_no_part():
    """It has fewer marks than are asked for."""
    marks = np.zeros((200, 300), np.uint8)
    marks[50:53, 50:53] = 1
    assert parts_around(marks, 12, 12) == []
    assert parts_around(marks, 12, 9) == [(38, 38, 65, 65)]


def test_parts_at_an_edge_end_with_the_picture():
    """There is no paper beyond it."""
    marks = np.zeros((40, 40), np.uint8)
    marks[0:10, 30:40] = 1
    assert parts_around(marks, 12, 12) == [(18, 0, 40, 22)]
