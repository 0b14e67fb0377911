"""Variables of pages are looked up and written as Django does it, without its detours."""

import datetime as dt
from collections import UserDict, namedtuple
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Engine
from django.template.base import Variable, VariableDoesNotExist, VariableNode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from minzheng.web import quick_variables

_Pair = namedtuple("_Pair", "first second")


@dataclass(frozen=True)
class _Paper:
    name: str = "甲 & 乙"

    @property
    def broken(self) -> str:
        """Fails for want of something of its own."""
        return self.nothing_of_the_kind  # type: ignore[attr-defined, no-any-return]

    @property
    def silent(self) -> str:
        """Fails with something else."""
        raise KeyError("silent")

    def called(self) -> str:
        """A method without arguments."""
        return "called"

    def with_more(self, more: str) -> str:
        """A method that cannot be called from a page."""
        return more


_CONTEXT: dict[str, Any] = {
    "text": "甲 <乙> & \"丙\" '丁'",
    "plain": "甲乙",
    "safe": mark_safe("<b>甲</b>"),
    "number": 1234567,
    "part": 0.5,
    "decimal": Decimal("1234.50"),
    "yes": True,
    "none": None,
    "day": dt.date(2026, 12, 1),
    "moment": dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC),
    "lazy": gettext_lazy("Yes"),
    "paper": _Paper(),
    "kind": _Paper,
    "names": {"a": "<", "items": "own", "0": "naught"},
    "held": UserDict({"a": {"b": "deep"}}),
    "pair": _Pair("one", ["two", "three"]),
    "function": lambda: "said <",
    "get": "of the context",
}
_WRITTEN = (
    *_CONTEXT, "missing", "missing.deeper", "paper.name", "paper.missing", "paper.broken",
    "paper.silent", "paper.called", "paper.with_more", "kind.name", "names.a", "names.items",
    "names.keys", "names.0", "names.missing", "held.a.b", "held.missing", "pair.first",
    "pair.0", "pair.second.1", "pair.second.7", "function", "template", "dicts", "autoescape",
    "update", "'said <'", "17", "_('Yes')", "text|upper", "missing|default:'x'", "none.real",
    "True", "False", "None",
)  # fmt: skip


def _told(source: str, *, autoescape: bool) -> str:
    """What comes of a page, or which failure."""
    template = Engine(libraries={}).from_string(source)
    try:
        return template.render(Context(_CONTEXT, autoescape=autoescape))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is to be the same
        return f"{type(error).__name__}: {error}"


@pytest.fixture
def djangos_own(monkeypatch):
    """Django's own way, and then ours."""
    monkeypatch.setattr(Variable, "resolve", quick_variables._resolve)
    monkeypatch.setattr(VariableNode, "render", quick_variables._write)
    return quick_variables.use_them


@pytest.mark.parametrize("autoescape", [True, False])
@pytest.mark.parametrize("asked", _WRITTEN)
def test_a_page_says_what_it_said(djangos_own, asked, autoescape):
    """Written, asked whether it is there, and compared."""
    source = (
        f"{{{{ {asked} }}}}|{{% if {asked} %}}yes{{% else %}}no{{% endif %}}"
        f"|{{% if {asked} == 17 %}}17{{% endif %}}"
    )
    before = _told(source, autoescape=autoescape)
    djangos_own()
    assert _told(source, autoescape=autoescape) == before


def test_what_is_missing_is_said_with_its_name():
    """Whoever looks for a mistake in a page is told which name it was."""
    with pytest.raises(VariableDoesNotExist, match="missing"):
        quick_variables.look_up(Variable("missing"), Context({}))


def test_a_text_without_signs_of_its_own_is_written_as_it_is():
    """And one that was made safe before is not escaped again."""
    template = Engine().from_string("{{ a }}{{ b }}")
    assert template.render(Context({"a": "甲", "b": SafeString("<i>")})) == "甲<i>"
