"""Cells: one writing for a value, whoever typed it, and back to what formulas reckon with."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from filler.form.form_data import Value
from filler.form.forms import Field
from filler.form.photo_names import named_photo
from minzheng.county.writing.chinese_dates import parse_date, parse_month
from minzheng.county.writing.id_card import normalise_id, to_eighteen
from minzheng.county.writing.money_words import parse_money
from minzheng.registers.register import ColumnType

#: Between several values in one cell.
BETWEEN = "、"
_WEEK = 7


def as_cell(field: Field, given: Any) -> str:
    """An answer as it stands in a register: 2018年4月2日 is 2018-04-02, 285 is 285.00."""
    if given in (None, ""):
        return ""
    if isinstance(given, list | tuple):
        return BETWEEN.join(str(one).strip() for one in given)
    if field.type == "photo":
        return "有" if named_photo(given) else ""
    text = str(given).strip()
    return _WRITINGS.get(field.type, str)(text)


def value_of(kind: ColumnType, text: str) -> Value:
    """What a cell is worth in a formula; None when it is blank or no such value."""
    return _VALUES.get(kind, str)(text) if text else None


def week_of(text: str) -> str:
    """The week of a date, named so that weeks sort: 2018-05-07 起一周."""
    day = _day(text)
    if not isinstance(day, dt.date):
        return ""
    return f"{day - dt.timedelta(days=day.weekday())} 起一周"


def _written_date(text: str) -> str:
    day = parse_date(text)
    return str(day) if day else text


def _written_month(text: str) -> str:
    day = parse_month(text) or parse_date(text)
    return f"{day:%Y-%m}" if day else text


def _written_money(text: str) -> str:
    amount = parse_money(text)
    return f"{amount:.2f}" if amount is not None else text


def _written_number(text: str) -> str:
    return to_eighteen(normalise_id(text))[:18]


def _day(text: str) -> Value:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return parse_date(text) or parse_month(text)


def _month(text: str) -> Value:
    return parse_month(text)


def _number(text: str) -> Value:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


_WRITINGS: Mapping[str, Callable[[str], str]] = {
    "date": _written_date, "month": _written_month, "money": _written_money,
    "idcard": _written_number,
}  # fmt: skip
_VALUES: Mapping[str, Callable[[str], Value]] = {
    "date": _day, "month": _month, "money": _number, "int": _number,
}  # fmt: skip
