"""Typed values as the texts that stand on the paper."""

import datetime as dt
from decimal import Decimal

import pytest

from filler.form.forms import Field
from filler.values.print_value import (
    fill_placeholders,
    has_boxes,
    placeholders,
    print_boxes,
    print_value,
)


@pytest.mark.parametrize(
    ("kind", "value", "printed"),
    [
        ("text", None, ""),
        ("text", "甲", "甲"),
        ("multi", ("甲", "乙"), "甲、乙"),
        ("date", dt.date(2018, 5, 7), "2018年5月7日"),
        ("month", dt.date(2018, 5, 1), "2018年5月"),
        ("money", Decimal("1680.5"), "1680.50"),
        ("int", Decimal("100.00"), "100"),
        ("text", Decimal("2.50"), "2.5"),
        ("int", 7, "7"),
    ],
)
def test_a_value_as_it_is_printed(kind, value, printed):
    """By the type of its field."""
    assert print_value(Field("a", "甲", kind), value) == printed


def test_boxes_are_ticked():
    """One of a choice, several of a multi, none of a blank."""
    field = Field("a", "甲", "multi", choices=("甲", "乙", "丙"))
    assert print_boxes(field, ("甲", "丙")) == "☑甲 □乙 ☑丙"
    assert print_boxes(field, "乙") == "□甲 ☑乙 □丙"
    assert print_boxes(field, None) == "□甲 □乙 □丙"


@pytest.mark.parametrize(
    ("kind", "count", "is_so"),
    [("choice", 20, True), ("choice", 21, False), ("multi", 1, True), ("choice", 0, False),
     ("text", 3, False)],
)  # fmt: skip
def test_only_short_lists_have_boxes(kind, count, is_so):
    """A list of villages is no row of boxes."""
    assert has_boxes(Field("a", "甲", kind, choices=tuple("甲" * count))) == is_so


def test_placeholders_are_filled_or_left_as_a_gap():
    """For the pen, or as asked."""
    assert placeholders("{a}和{b}") == ["a", "b"]
    assert fill_placeholders("{a}和{b}", {"a": "甲", "b": ""}.get) == "甲和____"
    assert fill_placeholders("{a}和{b}", {"a": "甲", "b": ""}.get, gap="") == "甲和"


M = Decimal


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("date", dt.date(2018, 5, 7), "2018年5月7日"), ("month", dt.date(2018, 5, 1), "2018年5月"),
        ("money", M("100"), "100.00"), ("int", M("100.50"), "100.5"),
        ("multi", ("甲", "乙"), "甲、乙"),
        ("int", 0, "0"), ("text", None, ""), ("int", M("1E+2"), "100"),
    ],
)  # fmt: skip
def test_a_value_is_printed_by_its_kind(kind, value, text):
    """Money to the cent, other numbers as short as they are."""
    assert print_value(Field("x", "项", kind), value) == text
