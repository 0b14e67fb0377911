"""The values of a form and its rows: asked once, derived in any order."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from filler.form.case_history import NoHistory
from filler.form.form_data import FormData, Value
from filler.form.forms import Call, Field, FormSpec, Section
from filler.rules.check import check
from filler.values.derive import derive, derived_texts
from filler.values.read_answers import read_answers
from filler.values.scope import Background, Scope
from filler.word.page_texts import page_texts

TODAY = dt.date(2018, 6, 1)
TODAY_OF_SAMPLES = dt.date(2026, 11, 23)
ROWS = Field("rows", "各行", "rows", columns=(
    Field("paid", "金额", "money"), Field("more", "更多", "money", derived=Call("more")),
))  # fmt: skip
FIELDS = (
    Field("day", "日期", "date"),
    Field("amount", "金额", "money"),
    Field("kinds", "类别", "multi", choices=("甲", "乙")),
    Field("twice", "两倍", "money", derived=Call("twice", ("amount",))),
    Field("loop", "自己", "money", derived=Call("twice", ("loop",))),
    Field("note", "说明", "text", default="共{amount}元"),
    Field("said", "话", "text", derived=Call("said")),
    ROWS,
)


def twice(scope: Scope, slug: str) -> Decimal | None:
    number = scope.number(slug)
    return None if number is None else number * 2


HANDED = {
    "twice": twice,
    "more": lambda scope: (scope.number("paid") or 0) + (scope.number("amount") or 0),
    "said": lambda scope: "说过",
}


@pytest.fixture
def scope_of(catalogue):
    """A form whose functions are handed in."""

    def make(is_blank=False, rows=(), **values):
        spec = FormSpec("XX-01", "{note}的表", "1", "制式", "L-TABLE", "",
                        (Section("", FIELDS),), Path("x"), reference_date="day")  # fmt: skip
        facts = catalogue.facts
        background = Background(facts, NoHistory(), TODAY, HANDED, facts.term_names, is_blank)
        return Scope(spec, FormData(values, {"rows": rows}), background)

    return make


def test_the_functions_are_those_handed_in(scope_of):
    """The scope itself knows none; a field that asks for itself gets nothing."""
    scope = scope_of(amount=Decimal(3))
    assert scope.value("twice") == Decimal(6)
    assert scope.value("loop") is None
    assert scope.value("nowhere") is None


def test_a_row_is_asked_before_its_form(scope_of):
    """Its own columns, its number; all else is the form's."""
    scope = scope_of(rows=({"paid": Decimal(1)}, {"paid": Decimal(2)}), amount=Decimal(10))
    assert [(row.row_number, row.value("more")) for row in scope.rows("rows")] == [(1, 11), (2, 12)]
    assert scope.rows("rows")[0].rows("rows") == scope.rows("rows")


def test_the_forms_day_is_its_reference_date(scope_of):
    """Today while nobody gave one."""
    day = dt.date(2018, 5, 7)
    assert (scope_of(day=day).day, scope_of().day) == (day, TODAY)
    assert scope_of(day=day, rows=({},)).rows("rows")[0].day == day


@pytest.mark.parametrize(
    ("arg", "number"),
    [("amount", Decimal("1.5")), ("-2.5", Decimal("-2.5")), ("成年年龄", Decimal(18)),
     ("没有的期限", None), ("kinds", None)],
)  # fmt: skip
def test_a_number_is_a_field_a_figure_or_a_term(scope_of, arg, number):
    """Of the registry, on the form's day."""
    assert scope_of(amount=Decimal("1.5"), kinds=("甲",)).number(arg) == number


def test_a_default_waits_for_all_it_speaks_of(scope_of):
    """And fills the title."""
    assert scope_of(amount=Decimal(3)).title == "共3.00元的表"
    assert scope_of().text("note") == ""
    assert scope_of().title == "____的表"


def test_of_a_blank_form_no_figure_is_computed(scope_of):
    """A nought would be in the pen's way; texts stay."""
    blank = scope_of(is_blank=True, amount=Decimal(3))
    assert (blank.value("twice"), blank.value("said")) == (None, "说过")


def test_the_same_form_under_a_number(scope_of):
    """The first one keeps none."""
    scope = scope_of(amount=Decimal(3))
    numbered = scope.under("ZH-103200-2018-0001")
    assert (scope.case_no, numbered.case_no) == ("", "ZH-103200-2018-0001")
    assert numbered.value("twice") == Decimal(6)


def test_only_what_asks_for_the_number_is_derived_again(catalogue):
    """Or what rests on it, or on other papers, in rows as well; all else stays as it was."""
    asked: list[str] = []

    def told(name: str, tell: Callable[[Scope], Value]) -> Callable[[Scope], Value]:
        return lambda scope: (asked.append(name), tell(scope))[1]

    handed = {
        "number": told("number", lambda scope: scope.case_no or None),
        "rests": told("rests", lambda scope: f"{scope.text('fixed')}{scope.text('number')}"),
        "fixed": told("fixed", lambda scope: "不变"),
        "papers": told("papers", lambda scope: len(scope.history.issued_for(""))),
        "cell": told("cell", lambda scope: scope.case_no or None),
        "own": told("own", lambda scope: scope.text("fixed")),
    }
    columns = tuple(Field(one, one, "text", derived=Call(one)) for one in ("cell", "own"))
    fields = (
        *(Field(one, one, "text", derived=Call(one)) for one in ("rests", "number", "fixed")),
        Field("papers", "papers", "int", derived=Call("papers")),
        Field("rows", "rows", "rows", columns=columns),
    )
    spec = FormSpec("XX-01", "表", "1", "制式", "L-TABLE", "", (Section("", fields),), Path("x"))
    facts = catalogue.facts
    background = Background(facts, NoHistory(), TODAY, handed, facts.term_names)
    scope = Scope(spec, FormData({}, {"rows": ({}, {})}), background)
    before = _all_texts(scope)
    assert before == ["不变", "", "不变", "0", "", "不变", "", "不变"]
    asked.clear()
    assert _all_texts(scope) == before
    assert asked == []
    numbered = scope.under("DB-103200-2018-0001")
    case = "DB-103200-2018-0001"
    assert _all_texts(numbered) == [f"不变{case}", case, "不变", "0", case, "不变", case, "不变"]
    assert sorted(asked) == ["cell", "cell", "number", "papers", "rests"]


def _all_texts(scope: Scope) -> list[str]:
    cells = [row.text(slug) for row in scope.rows("rows") for slug in ("cell", "own")]
    return [scope.text(slug) for slug in ("rests", "number", "fixed", "papers")] + cells


def test_every_form_under_its_number_is_as_if_it_had_been_read_with_it(
    catalogue, answers_of, fill, store
):
    """What stays is what would be derived again, whatever was issued before."""
    for spec in catalogue.forms:
        answers = answers_of(spec.id)
        fill(spec.id, answers)
        case_no = store.issued[-1].document.case_no
        data = read_answers(spec, answers)[0]
        read = derive(spec, data, catalogue.facts, TODAY_OF_SAMPLES)
        check(read)
        whole = replace(data, case_no=case_no)
        anew = derive(spec, whole, catalogue.facts, TODAY_OF_SAMPLES, store)
        assert page_texts(read.under(case_no, store)) == page_texts(anew), spec.id


def test_texts_of_a_choice_and_of_many(scope_of):
    """None when nothing is chosen."""
    assert scope_of(kinds=("甲", "乙")).texts("kinds") == ("甲", "乙")
    assert scope_of(amount=Decimal(3)).texts("note") == ("共3.00元",)
    assert scope_of().texts("kinds") == ()


def test_what_is_finished_holds_derived_values_too(scope_of):
    """Of the form and of its rows."""
    data = scope_of(rows=({"paid": Decimal(1)},), amount=Decimal(10)).finished()
    assert data.values["twice"] == Decimal(20)
    assert data.rows["rows"] == ({"paid": Decimal(1), "more": Decimal(11)},)


def test_derived_texts_are_named_by_their_address(catalogue):
    """Of rows by table, number and column."""
    data = FormData({"scheme": "低保"}, {"rows": ({"name": "测试"}, {"name": "测试乙"})})
    texts = dict(derived_texts(derive(catalogue.form("GS-01"), data, catalogue.facts, TODAY)))
    assert (texts["total_hh"], texts["rows[1].seq"]) == ("2", "2")
    assert "name" not in texts


def test_what_was_typed_stands_before_a_default(scope_of):
    """A default that speaks of other fields is for a blank."""
    assert scope_of(amount=Decimal(3), note="另写").value("note") == "另写"
    assert scope_of(amount=Decimal(3)).value("note") == "共3.00元"


def test_papers_of_one_form_share_its_fields(catalogue):
    """A batch holds thousands of them."""
    spec = catalogue.form("ZF-01")
    one, other = (derive(spec, FormData(), catalogue.facts, TODAY) for _ in range(2))
    assert one.fields is other.fields
    assert set(one.fields) == {field.slug for field in spec.fields}
