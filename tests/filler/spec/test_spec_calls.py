"""Calls, formulas and conditions as specs write them."""

import pytest

from filler.form.forms import Call, Condition
from filler.spec.spec_calls import parse_call, parse_condition, suggest


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("seq()", Call("seq")),
        ("planned", Call("planned")),
        (" not_before( apply_date ) ", Call("not_before", ("apply_date",))),
        ("unique(members.m_id)", Call("unique", ("members", "m_id"))),
        ("between(0.5, 30)", Call("between", ("0.5", "30"))),
        ('fixed("一、二，三, 四")', Call("fixed", ("一、二，三, 四",))),
        ("state_needs(rows, s, 销号=a+b)", Call("state_needs", ("rows", "s", "销号=a+b"))),
        ("= a + sum(rows.b, kind = 增)", Call("formula", ("a + sum(rows.b, kind = 增)",))),
        (" planned() ", Call("planned")),
        ('when(a, "甲,乙", 丙，丁)', Call("when", ("a", "甲,乙", "丙", "丁"))),
        ("between(0.5, -3)", Call("between", ("0.5", "-3"))),
        ("(a)", None),
        ("a(b", None),
        ("a b", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_call_and_its_arguments(text, call):
    """A column counts as two arguments; what begins with = is a formula."""
    assert parse_call(text) == call


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("health = 患重病|残疾", Condition("health", ("患重病", "残疾"))),
        ("apply_mode != 本人申请", Condition("apply_mode", ("本人申请",), negated=True)),
        ("health=患重病", Condition("health", ("患重病",))),
        ("health", None),
        ("= 患重病", None),
        ("health = ", None),
    ],
)
def test_a_condition(text, condition):
    """One field, one or several words."""
    assert parse_condition(text) == condition


def test_the_nearest_name_is_offered():
    """When one is near."""
    assert suggest("lenght", ["length", "phone"]) == "是否为“length”"
    assert suggest("宝", ["length"]) == "改正或删去"
