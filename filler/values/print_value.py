"""A typed value as the text that stands on the paper."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from filler.form.form_data import Value
from filler.form.forms import Field
from minzheng.county.writing.chinese_dates import print_date, print_month
from minzheng.county.writing.money_words import print_money

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
#: What stands in a title where a value is not known yet, for the pen.
GAP = "____"
COUNTY = "county"  #: in every pattern and template the name of the paper's county
_MOST_BOXES = 20


def print_value(field: Field, value: Value) -> str:
    """The value as printed; empty when blank."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, dt.date):
        return print_month(value) if field.type == "month" else print_date(value)
    if isinstance(value, Decimal):
        return print_money(value) if field.type == "money" else f"{value.normalize():f}"
    return str(value)


@lru_cache(maxsize=4096)  # the same few answers on thousands of papers
def print_boxes(field: Field, value: Value) -> str:
    """The choices with boxes, the chosen ones ticked: ☑农村低保 □城市低保."""
    chosen = value if isinstance(value, tuple) else (value,)
    return " ".join(("☑" if choice in chosen else "□") + choice for choice in field.choices)


def has_boxes(field: Field) -> bool:
    """Whether a field can be printed as boxes to tick."""
    return field.type in ("choice", "multi") and 0 < len(field.choices) <= _MOST_BOXES


def fill_placeholders(pattern: str, text_of: Callable[[str], str], gap: str = GAP) -> str:
    """The pattern with each `{slug}` replaced by its text, or by a gap."""
    pieces = _pieces(pattern)
    if len(pieces) == 1:
        return pattern
    filled = list(pieces)
    filled[1::2] = [text_of(slug) or gap for slug in pieces[1::2]]
    return "".join(filled)


@lru_cache(maxsize=4096)  # titles and names of files are few
def _pieces(pattern: str) -> tuple[str, ...]:
    """What stands between slugs, and the slugs, in turn."""
    return tuple(_PLACEHOLDER.split(pattern))


def placeholders(pattern: str) -> list[str]:
    """The slugs a pattern speaks of."""
    return _PLACEHOLDER.findall(pattern)
