"""Formulas of specs: what they come to, what is not known, what is wrong with them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filler.form.forms import Call, Field
from filler.values.derive import DERIVATIONS
from filler.values.formula import (
    FormulaError,
    calls_in,
    fill_in,
    find_formula_faults,
    is_met,
    read_formula,
)
from filler.values.language import Around
from tests.filler.one_formula import FIELDS, KNOWN, scope_of
from tests.filler.one_rule import case, derived


def test_this_is_the_field_a_check_stands_at():
    """One condition for several fields."""
    assert is_met("blank(this)", scope_of(), "nothing")
    assert not is_met("blank(this)", scope_of(), "a")


def test_a_pattern_is_filled_in_as_printed():
    """Fields in their own print, amounts and days too."""
    text = "{name}的{label(b)}{b}，{end}止，{a * 2} 天，{held}{nothing}"
    assert fill_in(text, scope_of()) == "测试张三的乙12.50，2018年5月8日止，14 天，低保、特困"


def test_a_derived_field_may_be_a_formula():
    """To the cent, half up; a condition is 是 or 否."""
    third = Field("third", "三分", "money", derived=Call("formula", ("b / 8",)))
    is_so = Field("is_so", "是否", "text", derived=Call("formula", ("a > b",)))
    scope = scope_of((*FIELDS, third, is_so))
    assert (scope.value("third"), scope.value("is_so")) == (Decimal("1.56"), "否")
    assert scope_of((*FIELDS, third), b=Decimal("0.36")).value("third") == Decimal("0.05")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a + foo", "“foo”不是本表字段"),
        ("state = 已消号", "“已消号”不是“state”的可选项"),
        ("state = 登记|消号", "“消号”不是“state”的可选项"),
        ("count(rows, kind = 平)", "“平”不是“kind”的可选项"),
        ("count(rows, foo = 1)", "“foo”不是本表字段"),
        ("count(a)", "“a”既不是表格字段，也不是多选字段"),
        ("sum(rows.amount)", "“amount”不是表格“rows”的列"),
        ("sum(rows)", "“?”不是表格“rows”的列"),
        ("sum(held.sum)", "“held”不是本表的表格字段"),
        ("blank(3)", "参数应为字段"),
        ("if(a)", "if 的参数个数不对"),
        ("a > 成年年令", "“成年年令”既不是本表字段、数字"),
        ("a = 十八", "“十八”既不是本表字段、数字"),
        ("start > 今天", "“今天”既不是本表字段、数字"),
        ("a + 成年年令", "“成年年令”既不是本表字段、数字"),
        ("max(a, 成年年令)", "“成年年令”既不是本表字段、数字"),
        ("登记 = state", "“登记”既不是本表字段、数字"),
        ("a and state = 登记", "应为条件"),
        ("not a", "应为条件"),
        ("if(a, 1, 2)", "应为条件"),
        ("count(rows, kind)", "应为条件"),
        ("age(id_no)", "没有名为“age”的算法"),
        ("age_on()", "age_on 应有"),
        ("age_on(number)", "age_on 的参数“number”不是本表字段"),
        ("a +", "没有写完"),
        ("a + )", "读到“)”处不明白"),
        ("a b", "读到“b”处不明白"),
        ("(a", "没有写完"),
        ("if(a > 1, 2", "没有写完"),
        ("a ? b", "读到“? b”处不明白"),
        ("60周岁以上 = a", "读到“60周岁以上 = a”处不明白"),
        ("age_on(id_no", "没有写完"),
    ],
)
def test_every_mistake_is_told_with_its_place(text, words):
    """At start, in Chinese."""
    found = list(find_formula_faults(text, Around(KNOWN, words=DERIVATIONS)))
    assert [words in fault for fault in found] == [True]


#: As a derivation: the field is computed, or not yet.
CASES = [
    case('formula("a * 2")', Decimal("3.00"), a=Decimal("1.50")),
    case('formula("a * 2")', None, a=None),
]


@pytest.mark.parametrize("one", CASES, ids=str)
def test_a_formula_is_a_derivation_like_others(one):
    """Called by `derived`."""
    assert derived(one) == one.expected


def test_the_derivations_of_a_formula_are_known():
    """Those asked of rows too."""
    text = "if(age_on(id_no) > 3, count(rows, era_word(start) = 审批))"
    calls = sorted((call.name, call.args) for call in calls_in(text))
    assert calls == [("age_on", ("id_no",)), ("era_word", ("start",))]


@given(st.text(alphabet='ab 1.0+-*/&()=<>!|,"人and orif', max_size=30))
def test_any_text_is_a_formula_or_a_mistake(text):
    """Nothing else is ever raised, whatever stands in a spec."""
    try:
        read_formula(text).value(scope_of())
    except FormulaError:
        assert list(find_formula_faults(text, Around(KNOWN, words=DERIVATIONS)))
    except KeyError:
        assert list(find_formula_faults(text, Around(KNOWN, words=DERIVATIONS)))
