"""A paper is of no day before its case's application, nor before the paper it rests on."""

import datetime as dt

import pytest

from filler.fill_form import Corrected, read_form
from filler.form.form_data import Refused
from tests.filler.conftest import TODAY
from tests.filler.one_case.papers import CASES, issue_case
from tests.filler.one_case.to_the_stop import WHOLE


@pytest.fixture
def read(catalogue, store):
    """A form read as a clerk would, perhaps as a correction of an issued one."""

    def run(form_id, answers, corrects=None):
        before = corrects and Corrected(corrects, store.case_of(corrects))
        return read_form(catalogue.form(form_id), answers, today=TODAY, catalogue=catalogue,
                         history=store, corrects=before)  # fmt: skip

    return run


def said(problems, words):
    """Whether one of them says so."""
    return any(words in str(one) for one in problems)


@pytest.mark.parametrize(
    "given",
    [
        ("COM-04", "meet_date", "2018-04-02", True), ("COM-04", "meet_date", "2018-04-03", False),
        ("COM-05", "pub_start", "2018-01-02", True), ("COM-05", "pub_start", "2018-04-18", False),
        ("COM-07", "decide_date", "2018-04-02", True), ("COM-01", "sign_date", "2018-04-02", True),
        ("COM-10", "sign_date", "2018-04-02", False),
    ],
)  # fmt: skip
def test_a_day_before_the_application_is_refused(given, read, fill, answers_of):
    """With both places; the day itself will do, and a letter of authority comes first by law."""
    form_id, slug, day, is_early = given
    begun = fill("DB-01", answers_of("DB-01") | {"apply_date": "2018-04-03"})
    told = "早于DB-01（文书号 1）“申请日期”（2018年4月3日）"
    answers = answers_of(form_id) | {slug: day, "case_no": begun.case_no}
    assert said(read(form_id, answers).problems, told) == is_early
    assert not said(read(form_id, answers | {"case_no": ""}).problems, told)


def test_who_was_helped_first_may_apply_afterwards(read, fill, answers_of):
    """先行救助: the case runs from the help, also where an application was made up for later."""
    first = fill("LS-02", answers_of("LS-02"))
    assert not isinstance(first, Refused)
    relief = answers_of("LS-02")["relief_date"]
    later = relief + dt.timedelta(days=10)
    made_up = read("LS-01", answers_of("LS-01") | {"apply_date": later, "case_no": first.case_no})
    assert not said(made_up.problems, "晚于LS-02（文书号")
    visit = answers_of("LS-06") | {"case_no": first.case_no}
    told = "早于LS-02（文书号 1）“先行救助日期”"
    for days, is_early in ((-1, True), (0, False)):
        day = relief + dt.timedelta(days=days)
        assert said(read("LS-06", visit | {"visit_date": day}).problems, told) == is_early


def test_a_death_may_be_before_the_paper_that_tells_it(read, fill, answers_of):
    """What happened is no deed of the office."""
    begun = fill("CB-01", answers_of("CB-01"))
    stop = answers_of("CB-06") | {"case_no": begun.case_no, "event_date": "2017-01-01"}
    assert not said(read("CB-06", stop).problems, "2017年1月1日早于CB-01")


@pytest.mark.parametrize(("died", "is_told"), [("2019-04-17", True), ("2019-04-18", False)])
def test_nobody_is_reviewed_after_death(read, fill, answers_of, died, is_told):
    """Whichever comes first; the paper of the death itself is only pointed out, and issued."""
    case_no = fill("CB-01", answers_of("CB-01")).case_no
    review = answers_of("CB-05") | {"case_no": case_no, "review_date": "2019-04-18"}
    days = {"event_date": died, "fill_date": "2019-06-04", "actual_stop": "2019-07",
            "t_date": "2019-06-10", "f_date": "2019-06-12", "c_date": "2019-06-17"}  # fmt: skip
    stop = answers_of("CB-06") | days | {"case_no": case_no}
    assert not isinstance(fill("CB-05", review), Refused)
    assert said(read("CB-06", stop).warnings, "早于CB-05（文书号 2）“复核日期”") == is_told
    assert not isinstance(fill("CB-06", stop), Refused)
    again = review | {"review_date": "2019-05-06"}
    told = read("CB-05", again).problems
    assert said(told, "晚于CB-06（文书号 3）“情形发生日期”")
    alive = read("CB-05", again, corrects=2)
    assert said(alive.warnings, "晚于CB-06") and not said(alive.problems, "晚于CB-06")


def test_a_letter_rests_on_the_review(read, issue_all, store, answers_of):
    """Before the first review refused, before the newest one pointed out."""
    numbers = issue_all(WHOLE["低保"])
    letter = {**store.issued[numbers["COM-07"] - 1].answers}
    reviews = [one.answers["c_date"] for one in store.issued if one.document.form_id == "COM-09"]
    first, newest = min(reviews), max(reviews)
    early = read("COM-07", letter | {"decide_date": first - dt.timedelta(days=1)})
    assert said(early.problems, "早于COM-09（文书号")
    between = read("COM-07", letter | {"decide_date": newest - dt.timedelta(days=1)})
    assert said(between.warnings, f"“县民政局日期”（{newest.year}年")
    assert not said(between.problems, "早于COM-09")


def test_a_correction_that_comes_behind_later_papers_is_pointed_out(read, issue_all, store):
    """It is not refused for them: they are corrected after it."""
    numbers = issue_all(CASES["特困"])
    applied = {**store.issued[numbers["TK-01"] - 1].answers}
    moved = read("TK-01", applied | {"apply_date": dt.date(2018, 5, 25)}, numbers["TK-01"])
    assert said(moved.warnings, f"晚于COM-05（文书号 {numbers['COM-05']}）“公示开始”")
    level = {**store.issued[numbers["TK-02"] - 1].answers}
    late = read("TK-02", level | {"eval_date": dt.date(2018, 8, 1)}, numbers["TK-02"])
    assert said(late.warnings, f"晚于TK-03（文书号 {numbers['TK-03']}）")


def test_an_application_behind_the_papers_of_its_case_is_refused(read, fill, answers_of):
    """When none was before them: the survey cannot have been first."""
    survey = fill("COM-03", answers_of("COM-03") | {"case_no": "DB-103200-2018-0031"})
    assert not isinstance(survey, Refused)
    day = answers_of("COM-03")["survey_date"] + dt.timedelta(days=1)
    other = answers_of("DB-01") | {"case_no": survey.case_no, "apply_date": day}
    assert said(read("DB-01", other).problems, "晚于COM-03（文书号 1）“调查日期”")


@pytest.fixture
def issue_all(fill, answers_of):
    return lambda papers: issue_case(papers, fill, answers_of)


def test_a_case_of_no_scheme_is_left_alone(read, answers_of):
    """Its papers follow no order of days."""
    other = answers_of("GS-07") | {"case_no": "GS-103200-2018-0001"}
    assert not said(read("GS-07", other).problems, "早于")
