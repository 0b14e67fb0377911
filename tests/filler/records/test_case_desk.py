"""On whose desk a case lies, read from its papers."""

import datetime as dt

import pytest

from filler.fill_form import fill_form
from filler.form.case_history import PastForm
from filler.form.form_data import Refused
from filler.records.case_desk import DeskBook, papers_of_case, waiting_cases
from filler.records.case_store import DatabaseCaseStore
from tests.filler.conftest import TODAY

CASE = "DB-103200-2018-0001"
COUNTY = ("c_opinion", "c_date", "c_amount", "cert_no")
D = dt.date


@pytest.fixture
def book(catalogue):
    return DeskBook(catalogue.by_id, catalogue.facts, TODAY)


def paper(form_id, number, waits_for="", edition=1, **answers):
    return PastForm(form_id, CASE, answers, number, D(2018, 5, 2), edition, waits_for)


APPLIED = paper("DB-01", 1, accept_date="2018-04-04")
SENT = paper("DB-02", 2, "c")
#: The papers, whose desk, why, since when, until when.
LYING = [
    ([], None),
    ([APPLIED], ("t", "待调查审核", D(2018, 4, 4), D(2018, 5, 4))),
    ([paper("COM-03", 1)], None),
    ([APPLIED, paper("COM-03", 2)], ("t", "待调查审核", D(2018, 4, 4), D(2018, 5, 4))),
    ([APPLIED, paper("DB-02", 2, "t")], ("t", "待填写意见", D(2018, 5, 2), D(2018, 5, 30))),
    ([APPLIED, SENT], ("c", "待填写意见", D(2018, 5, 2), D(2018, 5, 9))),
    ([APPLIED, paper("DB-02", 3)], None),
    ([APPLIED, paper("DB-02", 3, edition=2)], ("t", "已批回", D(2018, 5, 2), None)),
    ([APPLIED, paper("DB-02", 3, edition=2), paper("COM-09", 4)], None),
    ([APPLIED, paper("DB-02", 3), paper("COM-09", 4, "c", decision="停发")],
     ("c", "待填写意见", D(2018, 5, 2), D(2018, 5, 9))),
    ([APPLIED, SENT, paper("COM-07", 3, decision="不予批准")], None),
    ([APPLIED, paper("DB-02", 3, edition=2), paper("COM-07", 4, decision="停发")], None),
]  # fmt: skip


@pytest.mark.parametrize(("papers", "lies"), LYING)
def test_a_case_lies_where_its_papers_say(book, papers, lies):
    """Village, town, county and back; ended, it lies nowhere."""
    desk = book.desk_of(papers)
    told = desk and (desk.level, desk.why, desk.since, desk.due)
    assert told == lies
    assert not desk or desk.is_overdue(TODAY) == (desk.due is not None)


@pytest.fixture
def issue(db, tmp_path, catalogue, answers_of):
    """Issues into the database as a clerk would."""
    store = DatabaseCaseStore(tmp_path)

    def run(form_id, *blank, **other):
        answers = answers_of(form_id) | dict.fromkeys(blank, "") | other
        made = fill_form(
            form_id, answers, issued_by="测试员", today=TODAY, catalogue=catalogue, store=store
        )
        assert not isinstance(made, Refused), [str(one) for one in made.problems]
        return made

    return run


def lying(book, *levels, sees=None):
    return [(one.case_no, one.level, one.why)
            for one in waiting_cases(frozenset(levels), book, sees)]  # fmt: skip


def test_a_case_goes_from_desk_to_desk(issue, book):
    """Application, 送审稿 to the county, 定稿, back to the town."""
    case_no = issue("DB-01").case_no
    assert lying(book, "t") == [(case_no, "t", "待调查审核")]
    assert lying(book, "c") == []
    issue("DB-02", *COUNTY, case_no=case_no)
    assert lying(book, "c") == [(case_no, "c", "待填写意见")]
    assert lying(book, "t") == []
    issue("DB-02", case_no=case_no)
    assert lying(book, "c") == []
    assert lying(book, "t") == [(case_no, "t", "已批回")]
    assert [one.form_id for one in papers_of_case(case_no)] == ["DB-01", "DB-02"]


def test_what_came_back_leaves_the_desk_when_it_is_published(issue, book):
    """The list that names the person follows from the decision."""
    case_no = issue("DB-02", *COUNTY).case_no
    issue("DB-02", case_no=case_no)
    assert lying(book, "t") == [(case_no, "t", "已批回")]
    row = {"name": "测试周桂兰", "group_no": 3, "insured": 2, "amount": "285.62",
           "start_month": "2018-06"}  # fmt: skip
    issue("GS-03", rows=[row])
    assert lying(book, "t") == []


def test_nobody_is_told_of_what_may_not_be_seen(issue, book):
    """A gate stands before every paper."""
    issue("DB-02", *COUNTY)
    assert lying(book, "c", sees=lambda issued: False) == []
