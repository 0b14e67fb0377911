"""What a form may give, its taker takes."""

from dataclasses import replace
from pathlib import Path

import pytest

from filler.form.forms import Call, Field, FormSpec, Section, StatedCheck
from filler.spec.fitting_values import find_misfits, find_offer_misfits
from filler.spec.offered import Offer, OfferedRows, OfferedTable, Offers
from filler.spec.taken_from import ColumnSource, Gather, Take


def form(form_id, *fields, stated=()):
    return FormSpec(
        form_id, "表", "1", "制式", "L-TABLE", "", (Section("", fields),), Path("x.docx"),
        stated=tuple(stated),
    )  # fmt: skip


def misfits(own, theirs, *, words=None, stated=()):
    """What is said of a column gathered from a field, and of the same taken over."""
    table = Field("members", "表", "rows", least=1, most=20, columns=(Field("a", "甲", "text"),))
    source = form("AA-01", theirs, table, stated=stated)
    rows = Field("rows", "表", "rows", columns=(own,))
    gather = Gather(
        "BB-01", "rows", "AA-01", {}, (), (own.slug,), {own.slug: ColumnSource("", theirs.slug)},
        words={own.slug: words} if words else {},
    )  # fmt: skip
    forms = {"AA-01": source, "BB-01": form("BB-01", rows, own)}
    take = Take("BB-01", "AA-01", {own.slug: theirs.slug})
    gathered = [one.what for one in find_misfits(forms, (), (gather,))]
    taken = [] if words else [one.what for one in find_misfits(forms, (take,), ())]
    assert words or [bool(gathered)] == [bool(taken)]
    return gathered


def choice(*choices, slug="x", derived=None):
    return Field(slug, "项", "choice" if not derived else "text", choices=choices, derived=derived)


def number(low=None, high=None, slug="x", derived=None):
    rules = (Call("between", (str(low), str(high))),) if low is not None else ()
    return Field(slug, "数", "int", rules=rules, derived=derived)


def text(low=None, high=None, kind="text", rule="length"):
    rules = (Call(rule, (str(low), str(high)) if low else ()),) if rule != "length" or low else ()
    return Field("x", "文", kind, rules=rules)  # type: ignore[arg-type]


BAND = Call("band", ("n", "0-0=甲", "1-9=乙"))
IFS = Call("formula", ("if(a = 一, 甲, if(a = 二, 乙, 丙))",))
ROWS, WHERE = Call("row_count", ("members",)), Call("count_where", ("members", "a", "是"))
#: Taking field, giving field, whether it is said.
FITTING = [
    (choice("否", "是"), choice("否", "是"), False),
    (choice("否", "是"), choice("否", "建档立卡"), True),
    (choice("甲", "乙"), choice(derived=BAND), False), (choice("甲"), choice(derived=BAND), True),
    (choice("甲", "乙", "丙"), choice(derived=IFS), False),
    (choice("甲"), choice(derived=IFS), True),
    (choice("甲"), choice(derived=Call("copy", ("y",))), True), (choice("甲"), text(), True),
    (number(1, 30), number(derived=ROWS), False), (number(1, 9), number(derived=ROWS), True),
    (number(1, 30), number(derived=WHERE), True), (number(0, 30), number(derived=WHERE), False),
    (number(1, 30), number(1, 30), False), (number(1, 30), number(0, 30), True),
    (number(1, 30), number(), True), (number(), number(), False),
    (text(2, 20), text(2, 20), False), (text(2, 20), text(1, 20), True),
    (text(2, 20), text(rule="person_name"), True), (text(1, 50), text(rule="person_name"), False),
    (text(2, 20), text(), True), (text(2, 3), choice("两个", "三个字"), False),
    (text(2, 2), choice("两个", "三个字"), True), (text(), text(kind="idcard"), False),
    (text(kind="date"), text(kind="date"), False), (text(kind="date"), text(kind="month"), True),
    (text(kind="money"), number(), False), (number(), text(kind="money"), True),
]  # fmt: skip


@pytest.mark.parametrize(("own", "theirs", "is_said"), FITTING)
def test_a_value_that_would_be_refused_is_said(own, theirs, is_said):
    """Kinds, choices, ranges and lengths; of a computed value all it may come to."""
    assert bool(misfits(own, theirs)) == is_said


def test_a_count_that_the_form_refuses_is_not_nought():
    """Nobody insured is refused where it is counted."""
    none = StatedCheck(("members",), "x = 0", "没有", "核对")
    assert not misfits(number(1, 30), number(derived=WHERE), stated=(none,))


def test_words_put_one_forms_choices_into_anothers():
    """建档立卡 and all else is 是, 否 stays 否."""
    theirs = choice("否", "建档立卡", "监测户")
    assert not misfits(choice("否", "是"), theirs, words={"否": "否", "*": "是"})
    assert misfits(choice("否", "是"), theirs, words={"建档立卡": "是"})


@pytest.mark.parametrize(("own", "theirs", "is_said"), FITTING)
def test_an_offered_value_that_would_be_refused_is_said(catalogue, own, theirs, is_said):
    """Of a field, of a column of its tables, and of a list's rows made of cases: the same."""
    column = replace(theirs, slug="c") if not theirs.derived else theirs
    table = Field("members", "表", "rows", least=1, most=20, columns=(Field("a", "甲", "text"),))
    rows = Field("rows", "表", "rows", columns=(own,))
    source = form("AA-01", theirs, table, Field("more", "表", "rows", columns=(column,)))
    forms = {"AA-01": source, "BB-01": form("BB-01", rows, own)}
    gather = Gather(
        "BB-01", "rows", "AA-01", {}, (), (own.slug,), {own.slug: ColumnSource("", theirs.slug)}
    )
    by_field = Offers((Offer("BB-01", "AA-01", fields={own.slug: theirs.slug}),))
    by_rows = Offers(lists=(OfferedRows(gather),))
    cells = OfferedTable("rows", (("more", {own.slug: column.slug}),))
    by_cells = Offers((Offer("BB-01", "AA-01", tables=(cells,)),))
    law = catalogue.facts.county.eligibility
    for offers in (by_field, by_rows, *(() if theirs.derived else (by_cells,))):
        assert bool([*find_offer_misfits(forms, offers, law)]) == is_said


def test_an_offer_gives_what_it_is_made_for(catalogue):
    """`of`: only what the paper must say counts; a band has the names of the registry."""
    source = form("AA-01", choice("继续", "停发", slug="d"), choice(slug="b", derived=Call(
        "band_by_age", ("高龄补贴", "age"))))  # fmt: skip
    own = [choice("停发", slug="d"), replace(text(1, 10), slug="b")]
    forms = {"AA-01": source, "BB-01": form("BB-01", *own)}
    law = catalogue.facts.county.eligibility
    given = Offer("BB-01", "AA-01", fields={"d": "d", "b": "b"})
    assert len([*find_offer_misfits(forms, Offers((given,)), law)]) == 1
    given = replace(given, of={"d": ("停发",)})
    assert not [*find_offer_misfits(forms, Offers((given,)), law)]


def test_nothing_that_is_offered_here_is_then_refused(catalogue):
    """Every `[[offer]]` and every `[[offer_rows]]` of registry/copies.toml."""
    offers = catalogue.offers
    assert len(offers.papers) > 30
    assert len(offers.lists) > 15
    found = find_offer_misfits(catalogue.by_id, offers, catalogue.facts.county.eligibility)
    assert not [str(one) for one in found]


def test_nothing_that_is_taken_over_here_is_then_refused(catalogue):
    """Every copy and every gather of registry/copies.toml."""
    taking = catalogue.taking_over
    assert len(taking.takes) > 10
    assert not [str(one) for one in find_misfits(catalogue.by_id, taking.takes, taking.gathers)]
