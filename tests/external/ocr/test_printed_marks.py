"""Digits that have a mark of ink each."""

import re

import cv2
import numpy as np
import pytest

from minzheng.external.ocr.line_boxes import LINE_HEIGHT
from minzheng.external.ocr.ocr_models import Character
from minzheng.external.ocr.printed_marks import without_marks

STEP = 20


def strip(text: str, step: int = STEP) -> np.ndarray:
    """Digits as bars of one height, a 1 as a thin one, points and strokes low."""
    line = np.full((LINE_HEIGHT, step * len(text) + 20, 3), 235, np.uint8)
    for number, sign in enumerate(text):
        left = 10 + step * number
        if sign in ".-":
            line[30 if sign == "." else 22 :][:5, left + 4 : left + 9] = 40
        elif sign != " ":
            line[10:36, left : left + (6 if sign == "1" else 14)] = 40
    return line


def read_as(text: str, step: int = STEP) -> tuple[Character, ...]:
    return tuple(
        Character(sign, 1.0, 17.0 + step * number)
        for number, sign in enumerate(text)
        if sign != "_"
    )


def numbers_of(reading: tuple[Character, ...]) -> list[tuple[int, int]]:
    text = "".join(one.text for one in reading)
    return [match.span() for match in re.finditer(r"\d[\d.\- ]*", text)]


def unproven(stands: str, said: str) -> list[tuple[int, int]]:
    reading = read_as(said)
    return without_marks(strip(stands), reading, numbers_of(reading))


@pytest.mark.parametrize("text", ["2811", "511.50", "2018-03-11", "610927"])
def test_print_in_which_each_digit_stands_apart_is_proven(text):
    """As many marks as signs, tall and low in the same order."""
    assert not unproven(text, text)


@pytest.mark.parametrize(
    ("stands", "said"),
    [("5111.50", "5_11.50"), ("25.50", "25_50"), ("2550", "25.0"), ("2800", "280_")],
    ids=["a digit folded away", "a point lost", "a digit seen as a point", "the last one lost"],
)
def test_a_number_with_another_count_of_marks_is_not_proven(stands, said):
    """Whatever was lost between its digits."""
    assert unproven(stands, said)


@pytest.mark.parametrize("said", ["5_11550", "52_1550"], ids=["two ones", "two others"])
def test_two_digits_that_touch_are_no_one_digit(said):
    """Their mark is broader than a digit, or has more ink than a 1."""
    crop = strip(said.replace("_", "5"))
    lone = strip(said.replace("_", " "))
    at = 10 + STEP * said.index("_")
    lone[10:36, at - 8 : at + 14] = 40  # one mark of what were two
    reading = read_as(said)
    assert without_marks(lone, reading, numbers_of(reading))
    assert crop.shape == lone.shape


def test_digits_of_several_heights_are_no_print():
    """A hand's digits prove nothing."""
    crop = strip("2850")
    crop[10:18, 30:46] = 235
    assert without_marks(crop, read_as("2850"), [(0, 4)]) == [(0, 4)]


def test_a_number_whose_ink_is_hardly_seen_is_not_proven():
    """Noise would be taken for its marks."""
    pale = np.clip(strip("2850").astype(int) + 160, 0, 235).astype(np.uint8)
    assert without_marks(pale, read_as("2850"), [(0, 4)]) == [(0, 4)]


def test_the_wall_of_a_cell_is_no_digit():
    """Nor are rules above and below."""
    crop = strip("2850")
    crop[2:46, 1:3] = 40
    crop[45:47] = 40
    assert not without_marks(crop, read_as("2850"), [(0, 4)])


def test_what_was_cut_off_a_sign_beside_the_number_is_none_of_it():
    """A number is cut out half way to its neighbours."""
    crop = strip("共2850元")
    crop[8:40, 10:29] = 40  # broad signs reach over the cut
    assert not without_marks(crop, read_as("共2850元"), [(1, 5)])


def test_a_digit_alone_is_measured_by_the_others_of_its_line():
    """Two digits that touch would be taken for one."""
    reading = read_as("第2组28户")
    assert not without_marks(strip("第2组28户"), reading, numbers_of(reading))
    alone = read_as("第2组")
    assert without_marks(strip("第2组"), alone, numbers_of(alone)) == [(1, 2)]


def test_a_grey_line_is_looked_at_like_a_coloured_one():
    """Crops have three planes, as a rule."""
    grey = cv2.cvtColor(strip("2850"), cv2.COLOR_BGR2GRAY)
    assert not without_marks(grey, read_as("2850"), [(0, 4)])
