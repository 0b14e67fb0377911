"""Values, calls and conditions just inside and just outside of what is allowed."""

import datetime as dt
from decimal import Decimal

import pytest

from filler.form.form_data import FormData
from filler.form.forms import Call, Condition, Field
from filler.rules.check import check, holds
from filler.spec.spec_calls import find_argument_faults, parse_call, parse_condition, suggest
from filler.values.derive import Facts, derive
from filler.values.print_value import fill_placeholders, has_boxes, print_boxes, print_value
from filler.values.read_value import WrongValueError, read_value
from minzheng.county.errors import Problem
from tests.filler.conftest import TODAY
from tests.filler.one_rule import form_of

M = Decimal


@pytest.mark.parametrize(
    ("kind", "answer", "value"),
    [
        ("int", "0", 0), ("int", "999999999", 999_999_999), ("int", "12 岁", 12),
        ("int", True, None),
        ("money", "0", M(0)), ("money", "9999999999.99", M("9999999999.99")), ("money", 3.0, M(3)),
        ("month", "2018-05-07", dt.date(2018, 5, 1)), ("bank", "6217 0000-0000", "621700000000"),
        ("phone", "0915-1234567", "0915-1234567"),
        ("date", dt.datetime(2018, 5, 7, 9), dt.date(2018, 5, 7)),
        ("text", "一\t二\r\n三", "一 二 三"), ("longtext", "一\r二", "一\n二"),
        ("text", None, None),
        ("text", False, "否"), ("text", True, "是"), ("multi", [], None), ("multi", " 、", None),
        ("multi", "甲|乙", ("甲", "乙")), ("choice", "甲", "甲"), ("text", 1.5, "1.5"),
    ],
)  # fmt: skip
def test_a_value_may_lie_on_the_edge(kind, answer, value):
    """The least and the most, and every way to write it."""
    field = Field("x", "项", kind)
    if value is None and answer is True:
        with pytest.raises(WrongValueError):
            read_value(field, answer)
    else:
        assert read_value(field, answer) == value


@pytest.mark.parametrize(
    ("kind", "answer", "told"),
    [
        ("int", "1000000000", "不在 0 至"), ("int", "-1", "不在 0 至"),
        ("money", "10000000000", "为负或过大"),
        ("money", "-0.01", "为负或过大"), ("money", float("inf"), "不是数字"),
        ("month", "五月", "不是年月"),
        ("photo", "x.jpg", "不是照片"), ("text", ["甲"], "应为单个值"),
        ("date", ["甲"], "应为单个值"),
        ("text", "甲\x0b乙", "U+000B"), ("text", "\ufffe", "U+FFFE"),
    ],
)  # fmt: skip
def test_beyond_it_the_value_is_refused(kind, answer, told):
    """In words."""
    with pytest.raises(WrongValueError, match=told.replace("+", r"\+")):
        read_value(Field("x", "项", kind), answer)


def test_a_wrong_choice_among_several_is_named_and_no_other():
    """At most twelve are shown."""
    field = Field("x", "项", "multi", choices=tuple(f"项{n}" for n in range(13)))
    with pytest.raises(WrongValueError) as caught:
        read_value(field, "项0、外")
    assert caught.value.what == "“外”不在可选项中"
    assert caught.value.do.endswith("“项11”等 13 项中选")
    few = Field("x", "项", "choice", choices=tuple(f"项{n}" for n in range(12)))
    with pytest.raises(WrongValueError) as caught:
        read_value(few, "外")
    assert "等" not in caught.value.do


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


@pytest.mark.parametrize(
    ("kind", "count", "boxes"),
    [
        ("choice", 1, True),
        ("multi", 20, True),
        ("multi", 21, False),
        ("choice", 0, False),
        ("text", 2, False),
    ],
)
def test_a_choice_of_twenty_has_boxes(kind, count, boxes):
    """More do not fit on paper."""
    field = Field("x", "项", kind, choices=tuple(f"项{n}" for n in range(count)))
    assert has_boxes(field) == boxes


def test_boxes_are_ticked_and_gaps_are_left():
    """For the pen, or for nothing."""
    field = Field("x", "项", "choice", choices=("甲", "乙"))
    assert print_boxes(field, "乙") == "□甲 ☑乙"
    assert print_boxes(field, ("甲", "乙")) == "☑甲 ☑乙"
    assert fill_placeholders("{a}{b}", {"a": "甲", "b": ""}.get) == "甲____"
    assert fill_placeholders("{a}{b}", {"a": "甲", "b": ""}.get, gap="") == "甲"


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("planned", Call("planned")), (" planned() ", Call("planned")),
        ("unique(members.m_id)", Call("unique", ("members", "m_id"))),
        ('when(a, "甲,乙", 丙，丁)', Call("when", ("a", "甲,乙", "丙", "丁"))),
        ("between(0.5, -3)", Call("between", ("0.5", "-3"))), ("a(b", None), ("a b", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_call_is_read_as_specs_write_it(text, call):
    """What is none is told apart."""
    assert parse_call(text) == call


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("a = 甲|乙", Condition("a", ("甲", "乙"))), ("a != 甲", Condition("a", ("甲",), True)),
        ("a=甲", Condition("a", ("甲",))), ("a", None), ("= 甲", None), ("a = ", None),
    ],
)  # fmt: skip
def test_a_condition_is_read_as_specs_write_it(text, condition):
    """With or without blanks."""
    assert parse_condition(text) == condition


KNOWN = {
    "a": Field("a", "a", "text"),
    "t": Field("t", "t", "rows", columns=(Field("c", "c", "text"),)),
}


@pytest.mark.parametrize(
    ("kinds", "args", "is_right"),
    [
        (("slug",), ("a",), True), (("slug",), ("b",), False), (("slug",), (), False),
        (("slug",), ("a", "a"), False), (("slug", "slug?"), ("a",), True), ((), (), True), ((),
        ("a",), False),
        (("slug", "slug?"), ("a", "a"), True), (("slug", "slug?"), ("a", "a", "a"), False),
        (("slug*",), (), True), (("slug*",), ("a",) * 99, True), (("slug*",), ("a",) * 100, False),
        (("slug*",), ("a", "b"), False), (("rows", "column"), ("t", "c"), True),
        (("rows", "column"), ("t", "d"), False), (("rows", "column"), ("a", "c"), False),
        (("number",), ("12",), True), (("number",), ("-1.5",), True), (("number",), ("1.",), False),
        (("number",), ("a",), True), (("number",), ("照料协议",), True), (("term",),
        ("老人探访",), True),
        (("term",), ("没有",), False), (("count",), ("3",), True), (("count",), ("-3",), False),
        (("text",), ("任何",), True), (("word",), ("任何",), True),
    ],
)  # fmt: skip
def test_the_arguments_of_a_call_exist(kinds, args, is_right):
    """So many, and of their kinds."""
    assert (not list(find_argument_faults(Call("f", args), kinds, KNOWN))) == is_right


def test_a_wrong_count_says_how_many_there_should_be():
    """Exactly so many, or so many and more."""
    told = [
        next(find_argument_faults(Call("f", ()), kinds, KNOWN))
        for kinds in (("slug",), ("slug", "slug?"))
    ]
    assert told == ["f 应有 1 个参数，读到 0 个", "f 应有 1 个以上参数，读到 0 个"]
    assert suggest("membrs", ["members"]) == "是否为“members”"
    assert suggest("xyz", ["members"]) == "改正或删去"


def problems(fields, values=None, rows=None) -> tuple[list[Problem], list[Problem]]:
    scope = derive(form_of(*fields), FormData(values or {}, rows or {}), Facts(), TODAY)
    wrong, warnings = check(scope)
    return list(wrong), list(warnings)


@pytest.mark.parametrize(
    ("value", "condition", "is_met"),
    [
        ("甲", Condition("a", ("甲", "乙")), True), ("丙", Condition("a", ("甲", "乙")), False),
        ("丙", Condition("a", ("甲",), True), True), ("甲", Condition("a", ("甲",), True), False),
        (None, Condition("a", ("甲",), True), False), (("丙", "甲"), Condition("a", ("甲",)), True),
        (("丙",), Condition("a", ("甲",)), False),
    ],
)  # fmt: skip
def test_a_condition_holds_once_its_field_is_filled(value, condition, is_met):
    """While it is blank nothing follows from it."""
    kind = "multi" if isinstance(value, tuple) else "text"
    field = Field("a", "甲栏", kind)
    needed = Field("b", "乙栏", "text", required_if=condition)
    scope = derive(form_of(field, needed), FormData({"a": value}), Facts(), TODAY)
    assert holds(scope, condition) == is_met
    assert [one.field for one in check(scope)[0]] == (["b"] if is_met else [])


@pytest.mark.parametrize(("count", "told"), [(0, "至少要 2 行"), (1, "至少要 2 行"), (2, ""),
(3, ""),
                                             (4, "最多 3 行")])  # fmt: skip
def test_a_table_has_its_least_and_most_rows(count, told):
    """Both may just be there."""
    table = Field("t", "表", "rows", least=2, most=3, columns=(Field("c", "列", "text"),))
    wrong, _ = problems([table], rows={"t": ({"c": "甲"},) * count})
    assert len(wrong) == bool(told)
    assert told in "".join(one.what for one in wrong)


@pytest.mark.parametrize(("required", "count", "is_wrong"), [(True, 0, True), (True, 1, False),
                                                             (False, 0, False)])  # fmt: skip
def test_a_required_table_has_a_row(required, count, is_wrong):
    """Another may be empty."""
    table = Field("t", "表", "rows", required=required, columns=(Field("c", "列", "text"),))
    wrong, _ = problems([table], rows={"t": ({"c": "甲"},) * count})
    assert [one.field for one in wrong] == (["t"] if is_wrong else [])


def test_a_required_cell_is_named_with_its_row():
    """A choice shows what may be chosen, eight at most."""
    choices = tuple(f"项{n}" for n in range(9))
    columns = (Field("c", "列", "text", required=True), Field("d", "选", "choice", required=True,
                                                             choices=choices))  # fmt: skip
    wrong, _ = problems([Field("t", "表", "rows", columns=columns)],
                        rows={"t": ({"c": "甲", "d": "项0"}, {"c": None, "d": None})})  # fmt: skip
    assert [(one.where, one.field) for one in wrong] == [
        ("表第 2 行列", "t[1].c"), ("表第 2 行选", "t[1].d")
    ]  # fmt: skip
    assert [one.do for one in wrong] == ["请填写", f"从{'、'.join(choices[:8])}…中选"]
    few = Field("d", "选", "choice", required=True, choices=choices[:8])
    assert problems([few])[0][0].do == f"从{'、'.join(choices[:8])}中选"


def test_each_name_of_a_table_stands_there_once():
    """Twice is one too many."""
    named = Field("t", "表", "rows", one_row_each="c",
                  columns=(Field("c", "列", "choice", choices=("甲", "乙")),))  # fmt: skip
    wrong, _ = problems([named], rows={"t": ({"c": "甲"}, {"c": "乙"})})
    assert wrong == []
    wrong, _ = problems([named], rows={"t": ({"c": "甲"}, {"c": "甲"})})
    assert [one.what for one in wrong] == ["“甲”填了 2 行"]


def test_rules_come_with_a_type_and_with_the_field():
    """A planned day may lie ahead; what is computed is not held to its type's rules."""
    ahead = {"d": TODAY + dt.timedelta(days=1)}
    assert [one.field for one in problems([Field("d", "日", "date")], ahead)[0]] == ["d"]
    planned = Field("d", "日", "date", rules=(Call("planned"),))
    assert problems([planned], ahead)[0] == []
    computed = Field("d", "日", "date", derived=Call("days_later", ("a", "1")))
    assert problems([Field("a", "日", "date"), computed], {"a": TODAY})[0] == []
    region = Field("i", "证", "text", rules=(Call("known_region"),))
    wrong, warnings = problems([region], {"i": "00"})
    assert (wrong, [one.field for one in warnings]) == ([], ["i"])


@pytest.mark.parametrize(
    ("reference", "day", "is_wrong"),
    [
        ("apply_date", dt.date(2018, 5, 8), True), ("apply_date", dt.date(2018, 5, 7), False),
        ("start_date", dt.date(2018, 5, 8), False),
    ],
)  # fmt: skip
def test_opinions_come_after_the_application(reference, day, is_wrong):
    """Village, town, county, each not before the one in front of it."""
    fields = [Field(slug, slug, "date") for slug in (reference, "v_date", "t_date", "c_date")]
    spec = form_of(*fields, reference_date=reference)
    values = {reference: day, "v_date": dt.date(2018, 5, 7), "c_date": dt.date(2018, 5, 7)}
    wrong, _ = check(derive(spec, FormData(values), Facts(), TODAY))
    assert [one.field for one in wrong] == (["v_date"] if is_wrong else [])
    early = {**values, reference: dt.date(2018, 5, 7), "c_date": dt.date(2018, 5, 6)}
    wrong, _ = check(derive(spec, FormData(early), Facts(), TODAY))
    assert [one.field for one in wrong] == ["c_date"]
