"""Filters of templates: dates and amounts written another way, `{{ 申请日期|大写日期 }}`.

Values are texts as forms print them; a filter reads one and writes it anew. What is blank stays
blank.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from filler.errors import RenderError
from filler.word.hidden_values import is_marked
from minzheng.county.writing.chinese_dates import (
    archive_date,
    parse_date,
    parse_month,
    print_date,
    print_date_words,
    print_month,
    print_month_words,
)
from minzheng.county.writing.money_words import amount_words, parse_money

_LARGEST = Decimal(10) ** 10
_DATES, _AMOUNTS = ("date", "month"), ("money", "int")


class ValueFilter(NamedTuple):
    """One filter: for which types of fields it is, and what it does with a text."""

    types: tuple[str, ...]
    write: Callable[[str], str | None]  #: None: the text is no such value


def _of_day(write: Callable[[dt.date], str], write_month: Callable[[dt.date], str]) -> ValueFilter:
    """A month is written as one: nobody said which day."""

    def written(text: str) -> str | None:
        day = parse_date(text)
        if day is not None:
            return write(day)
        month = parse_month(text)
        return write_month(month) if month is not None else None

    return ValueFilter(_DATES, written)


def _of_amount(write: Callable[[Decimal], str]) -> ValueFilter:
    def written(text: str) -> str | None:
        amount = parse_money(text)
        return write(amount) if amount is not None and 0 <= amount < _LARGEST else None

    return ValueFilter(_AMOUNTS, written)


FILTERS: Mapping[str, ValueFilter] = {
    "年月日": _of_day(print_date, print_month),
    "年月": _of_day(print_month, print_month),
    "大写日期": _of_day(print_date_words, print_month_words),
    "iso": _of_day(dt.date.isoformat, lambda month: f"{month:%Y-%m}"),
    "点分日期": _of_day(lambda day: f"{day:%Y.%m.%d}", lambda month: f"{month:%Y.%m}"),
    "紧凑日期": _of_day(archive_date, lambda month: f"{month:%Y%m}"),
    "千分位": _of_amount(lambda amount: f"{amount:,.2f}"),
    "元": _of_amount(lambda amount: f"{amount:.2f}元"),
    "大写金额": _of_amount(amount_words),
}


def apply_filter(name: str, text: str) -> str:
    """A text as a filter writes it.

    Raises:
        RenderError: it is no value the filter is for.
    """
    if not text or is_marked(text):
        return text
    written = FILTERS[name].write(str(text))
    if written is None:
        kind = "日期" if FILTERS[name].types == _DATES else "金额"
        raise RenderError(f"“{text[:20]}”不是{kind}，模板里的“|{name}”写不出来。改正模板的标签。")
    return Markup(written)


def find_wrong_filter(name: str, type_: str) -> str:
    """For what kind of field a filter is instead; empty when it fits, or the type is not known."""
    types = FILTERS[name].types if name in FILTERS else ()
    if not types or not type_ or type_ in types:
        return ""
    return "日期" if types == _DATES else "金额、数"
