"""Formulas of specs: what they come to, what is not known, what is wrong with them."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filler.form.county_facts import CountyFacts
from filler.form.form_data import FormData
from filler.form.forms import Call, Field, FormSpec, Section
from filler.values.derive import DERIVATIONS, derive
from filler.values.formula import (
    FormulaError,
    calls_in,
    fill_in,
    find_formula_faults,
    is_met,
    read_formula,
)
from filler.values.language import Around
from minzheng.county.publicity import Publicity
from minzheng.county.registry.working_days import load_calendar
from tests.filler.one_rule import case, derived

TODAY = dt.date(2018, 6, 1)
FIELDS = (
    Field("a", "甲", "int"),
    Field("b", "乙", "money"),
    Field("nothing", "空", "int"),
    Field("start", "开始", "date"),
    Field("end", "结束", "date"),
    Field("state", "状态", "choice", choices=("登记", "已销号", "退回")),
    Field("held", "待遇", "multi", choices=("无", "低保", "特困")),
    Field("name", "姓名", "text"),
    Field("id_no", "身份证号", "idcard"),
    Field("rows", "各行", "rows", columns=(Field("kind", "类", "choice", choices=("增", "减")),
                                           Field("sum", "金额", "money"))),
)  # fmt: skip
VALUES = {
    "a": 7, "b": Decimal("12.50"), "start": dt.date(2018, 5, 1), "end": dt.date(2018, 5, 8),
    "state": "登记", "held": ("低保", "特困"), "name": "测试张三", "id_no": "610927194506150012",
}  # fmt: skip
ROWS = (
    {"kind": "增", "sum": Decimal(3)},
    {"kind": "减", "sum": Decimal(4)},
    {"kind": "增", "sum": None},
)
KNOWN = {field.slug: field for field in FIELDS}


def scope_of(fields=FIELDS, **values):
    spec = FormSpec("XX-01", "表", "1", "制式", "L-TABLE", "", (Section("", fields),), Path("x"))
    data = FormData(VALUES | values, {"rows": ROWS})
    return derive(spec, data, CountyFacts(Publicity(7, "natural", load_calendar())), TODAY)


def value_of(text, **values):
    return read_formula(text).value(scope_of(**values))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a + b * 2", Decimal("32.00")),
        ("(a + b) * 2", Decimal("39.00")),
        ("a - 2 - 1", Decimal(4)),
        ("a / 2", Decimal("3.5")),
        ("a / 0", None),
        ("-a + 8", Decimal(1)),
        ("a + nothing", None),
        ("end - start", 7),
        ("start - a", None),
        ("max(0, a - 9)", Decimal(0)),
        ("min(a, b, 3)", Decimal(3)),
        ("max(a, nothing)", None),
        ("sum(rows.sum)", Decimal(7)),
        ("sum(rows.sum, kind = 增)", Decimal(3)),
        ("count(rows)", 3),
        ("count(rows, kind = 增)", 2),
        ("count(rows, sum > 3)", 1),
        ("count(held)", 2),
        ("if(a > 6, b)", Decimal("12.50")),
        ("if(a > 7, b)", None),
        ("if(a > 7, b, 0)", Decimal(0)),
        ("if(nothing > 7, b, 0)", None),
        ("name & 人民政府", "测试张三人民政府"),
        ('"MZ-" & a', "MZ-7"),
        ("name & nothing", None),
        ("month(end)", 5),
        ("without(held, 低保)", "特困"),
        ("label(state)", "状态"),
        ("成年年龄", Decimal(18)),
        ("age_on(id_no)", 72),
        ("age_on(id_no) - 成年年龄", Decimal(54)),
    ],
)
def test_what_a_formula_comes_to(text, value):
    """As in a spreadsheet; what rests on a blank field is not known."""
    assert value_of(text) == value


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("a > 6", True), ("a > 7", False), ("a >= 7", True), ("a < 7", False), ("a <= 7", True),
        ("a = 7", True), ("a != 7", False), ("a = 7.0", True),
        ("end > start", True), ("start > end", False), ("start >= start", True),
        ("state = 登记", True), ("state = 已销号|登记", True), ("state = 已销号|退回", False),
        ("state != 已销号|退回", True), ("state != 已销号|登记", False), ('state = "登记"', True),
        ("held = 低保", True), ("held != 低保", False), ("held = 无", False), ("held != 无", True),
        ("a = 7 and state = 登记", True), ("a = 7 and state = 退回", False),
        ("a = 8 or state = 登记", True), ("a = 8 or state = 退回", False),
        ("a = 8 and a = 8 or a = 7", True), ("not a = 8", True), ("not (a = 7 or a = 8)", False),
        ("blank(nothing)", True), ("blank(a)", False), ("filled(a)", True), ("blank(rows)", False),
        ("has(name, 张)", True), ("has(name, 镇)", False), ("not has(name, 镇)", True),
        ("nothing = 7", None), ("nothing != 7", None), ("a > nothing", None),
        ("not nothing = 7", None), ("nothing = 7 and a = 7", None), ("nothing = 7 or a = 7", True),
        ("nothing = 7 and a = 8", False), ("nothing = 7 or a = 8", None), ("start > a", None),
    ],
)  # fmt: skip
def test_whether_a_condition_holds(text, is_so):
    """It does, it does not, or nobody can say yet."""
    assert value_of(text) is is_so
    assert is_met(text, scope_of()) is (is_so is True)


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
