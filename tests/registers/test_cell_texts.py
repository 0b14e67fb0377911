"""Cells: one writing for a value, and what it is worth."""

import datetime as dt
from decimal import Decimal

import pytest

from filler.form.forms import Field
from minzheng.registers.cell_texts import as_cell, value_of, week_of

PHOTO = f"photo:{'0' * 64}:1200x900"


@pytest.mark.parametrize(
    ("kind", "given", "cell"),
    [
        ("date", "2018年4月2日", "2018-04-02"),
        ("date", "2018.4.2", "2018-04-02"),
        ("date", "春天", "春天"),
        ("month", "2018年4月", "2018-04"),
        ("month", "2018-04-02", "2018-04"),
        ("money", "1,285.5", "1285.50"),
        ("money", "很多", "很多"),
        ("idcard", " 61092719620315121x ", "61092719620315121X"),
        ("multi", ["就医", "住房"], "就医、住房"),
        ("photo", PHOTO, "有"),
        ("photo", "", ""),
        ("photo", "没有", ""),
        ("int", 3, "3"),
        ("text", None, ""),
        ("text", "  甲 ", "甲"),
    ],
)
def test_a_value_has_one_writing(kind, given, cell):
    """However it was typed; what is no such value stays as it is."""
    assert as_cell(Field("slug", "名称", kind), given) == cell


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("date", "2018-04-02", dt.date(2018, 4, 2)),
        ("date", "2018-04", dt.date(2018, 4, 1)),
        ("date", "春天", None),
        ("month", "2018-04", dt.date(2018, 4, 1)),
        ("money", "285.00", Decimal("285.00")),
        ("int", "x", None),
        ("text", "甲", "甲"),
        ("text", "", None),
    ],
)
def test_a_cell_is_worth_something(kind, cell, value):
    """Or nothing."""
    assert value_of(kind, cell) == value


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ("2018-05-07", "2018-05-07 起一周"),
        ("2018-05-13", "2018-05-07 起一周"),
        ("", ""),
        ("春", ""),
    ],
)
def test_a_week_begins_on_monday(day, week):
    """And is named by it."""
    assert week_of(day) == week
