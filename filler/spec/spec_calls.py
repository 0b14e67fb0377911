"""Calls and conditions as specs write them, and whether their arguments exist."""

import difflib
import re
from collections.abc import Iterable

from filler.form.forms import Call, Condition
from filler.values.language import split_arguments

_CALL = re.compile(r"^\s*(\w+)\s*(?:\((.*)\))?\s*$", re.DOTALL)
_FORMULA = "="
_CONDITION = re.compile(r"^\s*(\w+)\s*(!=|=)\s*(\S.*?)\s*$")


def parse_call(text: str) -> Call | None:
    """`not_before(apply_date)`; `members.m_id` counts as two arguments; `= a + b`, a formula."""
    if text.lstrip().startswith(_FORMULA):
        return Call("formula", (text.lstrip().removeprefix(_FORMULA).strip(),))
    match = _CALL.match(text)
    return Call(match[1], split_arguments(match[2] or "")) if match else None


def parse_condition(text: str) -> Condition | None:
    """`health = 患重病|残疾` or `apply_mode != 本人申请`."""
    match = _CONDITION.match(text)
    if match is None:
        return None
    values = tuple(value.strip() for value in match[3].split("|"))
    return Condition(match[1], values, match[2] == "!=")


def suggest(name: str, known: Iterable[str]) -> str:
    """What to do about an unknown name: the nearest known one, if any is near."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"是否为“{close[0]}”" if close else "改正或删去"
