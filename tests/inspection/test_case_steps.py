"""How far a case has come is told in one way, whoever asks."""

import datetime as dt

import pytest

from minzheng.county.registry.required_papers import Scheme, Step
from minzheng.inspection.case_steps import (
    Measure,
    Opened,
    Proof,
    dossier_spoken_of,
    is_of_many,
    step_told,
    steps_of,
)
from tests.inspection.papers import COUNTY, SCHEMES

D = dt.date
NONE = frozenset[str]()
#: 2018-05-07 is a Monday; ten working days later is the 21st.
SCHEME = Scheme("DB", (Step("申请", NONE), Step("调查", NONE, within=("线索办结",)),
                       Step("公布", NONE, needed_from=D(2018, 5, 7)),
                       Step("停发", NONE, only_if_needed=True)))  # fmt: skip


def look(today: dt.date, *proofs: Proof, opened: Opened | None = None) -> dict[str, str]:
    opened = opened or Opened(D(2018, 5, 7), D(2018, 5, 7))
    measure = Measure(today, COUNTY.terms, COUNTY.calendar)
    return {one.name: one.state for one in steps_of(SCHEME, proofs, opened, measure)}


@pytest.mark.parametrize(
    ("today", "state"), [(D(2018, 5, 21), "waiting"), (D(2018, 5, 22), "missing")]
)
def test_a_step_is_not_due_until_its_term_is_over(today, state):
    """On the last day there is still time; a step without a term is due at once."""
    assert look(today) == {"申请": "missing", "调查": state, "公布": "missing"}


def test_a_scan_is_there_and_an_issued_document_is_only_issued():
    """It lacks its scan when the term is over, not before."""
    assert look(D(2018, 5, 8), Proof("申请"), Proof("停发"))["申请"] == "there"
    assert look(D(2018, 5, 8), Proof("停发", is_scan=False))["停发"] == "issued"
    measure = Measure(D(2018, 5, 21), COUNTY.terms, COUNTY.calendar)
    opened = Opened(D(2018, 5, 7), D(2018, 5, 7))
    issued = [Proof("调查", D(2018, 5, 8), is_scan=False)]
    (_, early, _) = steps_of(SCHEME, issued, opened, measure)
    scanned = steps_of(SCHEME, [Proof("申请", D(2018, 5, 9))], opened, measure)
    assert [one.told for one in scanned] == ["2018-5-9", "还没到", "缺"]
    assert (early.told, early.due) == ("已出具，没有扫描件", D(2018, 5, 21))
    assert not early.is_lacking
    late = Measure(D(2018, 5, 22), COUNTY.terms, COUNTY.calendar)
    assert steps_of(SCHEME, issued, opened, late)[1].is_lacking


def test_what_is_issued_if_needed_lacks_no_scan():
    """Nobody must have it, so its scan is never overdue."""
    measure = Measure(D(2020, 1, 1), COUNTY.terms, COUNTY.calendar)
    (*_, stop) = steps_of(SCHEME, [Proof("停发", is_scan=False)], Opened(), measure)
    assert (stop.name, stop.state, stop.is_lacking) == ("停发", "issued", False)


def test_whoever_may_be_older_than_a_rule_is_not_accused():
    """A case of which only the year is known may have begun on its first day."""
    assert "公布" not in look(D(2019, 1, 1), opened=Opened.within("2018"))
    assert "公布" in look(D(2020, 1, 1), opened=Opened.within("2019"))
    assert "公布" not in look(D(2020, 1, 1), opened=Opened())


def test_a_year_ends_when_its_first_paper_came():
    """The rest of the year is no time to wait."""
    assert Opened.within("2026", D(2026, 3, 5)).last == D(2026, 3, 5)
    assert Opened.within("2018", D(2026, 3, 5)).last == D(2018, 12, 31)
    assert Opened.within("不明") == Opened()


@pytest.mark.parametrize(
    ("dossier", "title", "about"),
    [
        ("DB", "低保审批表", "DB"),
        ("GS", "旧城村农村低保对象公示单", "DB"),
        ("GS", "公示情况报告", "GS"),
    ],
)
def test_a_notice_speaks_of_the_dossier_its_title_names(dossier, title, about):
    """Every other paper of its own."""
    assert dossier_spoken_of(dossier, title, COUNTY.dossiers) == about


@pytest.mark.parametrize(
    ("form_id", "title", "step"),
    [
        ("DB-01", "随便什么", "申请"),
        ("", "低保申请", "申请"),
        ("", "旧城村低保公示", "公示"),
        ("", "收据", ""),
    ],
)
def test_a_paper_proves_a_step_by_its_form_else_by_its_title(form_id, title, step):
    """A step the dossier does not have is none of its."""
    assert step_told(form_id, title, SCHEMES["DB"], COUNTY.required) == step


@pytest.mark.parametrize(
    ("form_id", "step", "listed"),
    [("DB-03", "发放", True), ("DB-01", "申请", False), ("", "发放", True), ("", "申请", False),
     ("DB-03", "", False)],
)  # fmt: skip
def test_a_list_speaks_of_many(form_id, step, listed):
    """By its form, else by its step; without a step it is no list."""
    assert is_of_many(form_id, step, SCHEMES["DB"]) is listed
    assert not is_of_many(form_id, step, None)
