"""An amount by hand: the parts of its ink, and a point that nobody saw."""

import random
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from archive_indexer.reading.hand.written_amounts import (
    are_with_pence,
    count_digits,
    count_parts,
    stroke_in,
    with_pence_first,
)
from archive_indexer.reading.possible_values import Possible
from script.samples.handwriting import StrokeHand, Writer, write_word


def written(text: str, spacing: float) -> np.ndarray:
    """A crop as high as the models read lines, with a word written by a pen."""
    picture = Image.new("RGB", (220, 48), "white")
    writer = Writer(StrokeHand("pen", Path()), (30, 42, 96), 0.4, 0.05, 0.3, 0.2, spacing)
    picture = picture.resize((660, 144))
    assert write_word(picture, (120, 50, 540, 100), text, writer, random.Random(3))
    return cv2.cvtColor(np.asarray(picture.resize((220, 48))), cv2.COLOR_RGB2BGR)


@pytest.mark.parametrize("text", ["1148.08", "9771.00", "45.50"])
def test_ink_has_a_part_for_every_digit_and_none_for_the_point(text):
    """Of digits that stand apart."""
    assert count_parts(written(text, 0.2)) == count_digits(text)


@pytest.mark.parametrize("text", ["1148.08", "3444.50", "5882.00"])
def test_ink_has_never_more_parts_than_digits(text):
    """Of digits that touch it has fewer."""
    assert count_parts(written(text, -0.35)) <= count_digits(text)


def test_rules_and_specks_are_no_parts():
    """A rule beside an amount is higher than a digit, a speck less than half as high."""
    crop = written("45.50", 0.2)
    crop[:, 4:7] = 20
    crop[20:25, 200:204] = 20
    assert count_parts(crop) == 4
    assert count_parts(np.full((48, 100, 3), 240, np.uint8)) == 0


@pytest.mark.parametrize(
    ("readings", "are"),
    [(("300.00", "1200.50", "588200"), True), (("300", "1200", "58.82"), False), ((), False)],
)
def test_a_page_is_written_with_pence_or_without(readings, are):
    """By most of its amounts."""
    assert are_with_pence(readings) is are


@pytest.mark.parametrize(
    ("read", "may_be"),
    [
        ("588200", ["5882.00", "588200"]),
        ("5882.00", ["5882.00"]),
        ("5882", ["5882"]),
        ("", []),
    ],
)
def test_long_figures_lack_their_point(read, may_be):
    """A person decides, so it is a guess; four digits may be yuan."""
    found = with_pence_first((Possible(read, 1.0),) if read else ())
    assert [one.text for one in found] == may_be
    assert all(one.chance == 0.5 for one in found[:1] if one.text != read)


def test_a_point_that_was_seen_by_one_look_stands_once():
    """What the ink itself offers is not offered twice."""
    found = with_pence_first((Possible("588200", 0.7), Possible("5882.00", 0.3)))
    assert [one.text for one in found] == ["5882.00", "588200"]


@pytest.mark.parametrize(
    ("strokes", "read", "stroke"),
    [
        ([(60, 42, 90, 6)], "1", "/"), ([(60, 42, 120, 6)], "7", "/"), ([(78, 42, 84, 6)], "1", ""),
        ([(40, 24, 160, 22)], "111", "—"), ([(40, 22, 160, 26)], "_", "—"),
        ([(60, 6, 90, 42)], "1", ""), ([], "1", ""), ([(60, 42, 90, 6)], "100", ""),
        ([(60, 42, 90, 6), (100, 42, 130, 6)], "11", ""), ([(60, 42, 90, 6)], "", ""),
    ],
    ids=["slash", "flat", "a 1", "dash", "falling", "the other way", "nothing", "a number", "two",
         "nothing read"],
)  # fmt: skip
def test_a_stroke_through_a_field_is_told_from_a_1(strokes, read, stroke):
    """A 1 stands steeper, and a dash lies level."""
    crop = np.full((48, 220, 3), 250, np.uint8)
    for left, top, right, bottom in strokes:
        cv2.line(crop, (left, top), (right, bottom), (90, 40, 30), 4)
    assert stroke_in(read, [crop]) == stroke


@pytest.mark.parametrize("text", ["1", "7"])
def test_a_digit_by_hand_is_no_stroke(text):
    """However the writer leans."""
    assert stroke_in(text, [written(text, 0.2)]) == ""
