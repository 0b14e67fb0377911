"""Parts of a line, cut out and put back."""

from dataclasses import replace

import numpy as np
import pytest

from minzheng.external.ocr.line_boxes import LINE_HEIGHT
from minzheng.external.ocr.line_parts import cut_part, replace_span, spans_around, text_of
from minzheng.external.ocr.ocr_models import Character, Reading


def reading(text: str, sure: float = 0.99) -> Reading:
    return tuple(Character(one, sure, 10.0 * number + 5) for number, one in enumerate(text))


@pytest.mark.parametrize(
    ("places", "spans"),
    [([], []), ([4], [(2, 7)]), ([4, 7], [(2, 10)]), ([0, 15], [(0, 3), (13, 18)]),
     (range(3, 17), [(0, 20)])],
    ids=["nothing", "one", "near each other", "apart", "most of the line"],
)  # fmt: skip
def test_places_are_read_again_with_their_neighbours(places, spans):
    """One part where it would be most of the line."""
    assert spans_around(places, reading("01234567890123456789")) == spans


def test_a_part_is_put_back_where_it_was_cut_out():
    """Its first sign stands as far from the cut as it was read."""
    line = reading("户主姓名测试甲")
    part, left = cut_part(np.zeros((LINE_HEIGHT, 70, 3), np.uint8), line, (2, 5))
    again = replace_span(line, (2, 5), reading("姓名测"), left)
    assert (part.shape[1], left) == (30, 20)
    assert [one.at for one in again] == [one.at for one in line]


def test_a_whole_line_that_was_read_again_stands_where_it_stood():
    """Nothing is cut off before it."""
    again = replace_span(reading("户主姓名"), (0, 4), reading("户主姓氏"), 0)
    assert [one.at for one in again] == [5.0, 15.0, 25.0, 35.0]


def test_a_less_sure_reading_is_not_taken():
    """Nor is one of nothing."""
    line = reading("户主姓名")
    assert text_of(replace_span(line, (2, 4), reading("生明", 0.3), 20)) == "户主姓名"
    assert replace_span(line, (2, 4), (), 20) == line


def test_a_part_is_cut_where_no_ink_stands():
    """Half way from a point to a digit part of the digit stands already."""
    line, crop = reading("2.57"), np.full((LINE_HEIGHT, 40, 3), 250, np.uint8)
    for left, right in ((1, 9), (13, 17), (19, 30), (33, 39)):  # the 5 is broad
        crop[8:40, left:right] = 20
    assert [cut_part(crop, line, (start, 4))[1] for start in (1, 2, 3)] == [12, 18, 30]
    light = 255 - crop
    assert [cut_part(light, line, (start, 4))[1] for start in (1, 2, 3)] == [12, 18, 30]


@pytest.mark.parametrize(
    ("again", "stands"),
    [("–2.5", "0.57–2.57"), ("–2.3", "0.57–2.57"), ("-2.", "0.57-2.57"), ("-.", "0.57–2.57"),
     ("-22.", "0.57–2.57"), ("12.", "0.5712.57"), ("2.", "0.57–2.57")],
    ids=["part of the next sign", "of another", "whole", "one lost", "one more", "in doubt",
         "nothing in its place"],
)  # fmt: skip
def test_digits_beside_what_was_in_doubt_stay_as_they_were_read(again, stands):
    """The part of a digit at the cut is none; a digit in the place of the doubted sign may be."""
    line = tuple(replace(one, sure=0.6) if one.text == "–" else one for one in reading("0.57–2.57"))
    assert text_of(replace_span(line, (4, 7), reading(again), 40)) == stands


def test_words_part_half_way():
    """情 has a column without ink within, and is told some pixels beside its middle."""
    crop = np.full((LINE_HEIGHT, 120, 3), 250, np.uint8)
    for left, right in ((2, 30), (34, 42), (46, 62), (66, 94)):
        crop[8:40, left:right] = 20
    line = tuple(Character(one, 0.9, at) for one, at in (("实", 16.0), ("情", 48.0), ("况", 80.0)))
    assert [cut_part(crop, line, (start, 3))[1] for start in (1, 2)] == [32, 64]


def test_the_sign_at_a_cut_is_not_taken_twice():
    """It was seen where the next one stands."""
    line = reading("户主姓名测试甲")
    again = (*reading("姓名测"), Character("试", 0.9, 31))
    assert text_of(replace_span(line, (2, 5), again, 20)) == "户主姓名测试甲"
    again = (Character("主", 0.9, 1), *reading("姓名测"))
    assert text_of(replace_span(line, (2, 5), again, 14)) == "户主姓名测试甲"


@pytest.mark.parametrize(
    ("said", "again", "stands"),
    [("〔2018〕21号", "8 21", "〔2018〕21号"), ("〔2018〕21号", "8)21", "〔2018〕21号"),
     ("(2018）21号", "8)21", "(2018)21号"), ("〔2018)21号", "8]21", "〔2018]21号")],
    ids=["lost", "of another kind", "as broad or not", "alone before, too"],
)  # fmt: skip
def test_a_bracket_that_has_its_other_half_keeps_it(said, again, stands):
    """The number of an official paper is searched with both."""
    line = tuple(replace(one, sure=0.7) if at == 5 else one for at, one in enumerate(reading(said)))
    assert text_of(replace_span(line, (4, 8), reading(again), 40)) == stands
