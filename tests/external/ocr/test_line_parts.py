"""Parts of a line, cut out and put back."""

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
    part = cut_part(np.zeros((LINE_HEIGHT, 70, 3), np.uint8), line, (2, 5))
    again = replace_span(line, (2, 5), reading("姓名测"))
    assert part.shape[1] == 30
    assert [one.at for one in again] == [one.at for one in line]


def test_a_whole_line_that_was_read_again_stands_where_it_stood():
    """Nothing is cut off before it."""
    again = replace_span(reading("户主姓名"), (0, 4), reading("户主姓氏"))
    assert [one.at for one in again] == [5.0, 15.0, 25.0, 35.0]


def test_a_less_sure_reading_is_not_taken():
    """Nor is one of nothing."""
    line = reading("户主姓名")
    assert text_of(replace_span(line, (2, 4), reading("生明", 0.3))) == "户主姓名"
    assert replace_span(line, (2, 4), ()) == line
