"""What a month brings for the cases of a place."""

import datetime as dt

import pytest

from filler.carry_over.month import MonthChange
from filler.fill_form import month_of, offered_answers, read_form
from filler.form.form_data import Refused
from tests.filler.conftest import TODAY
from tests.filler.one_case.papers import DIBAO, GAOLING, LIANGBU, TEKUN, ZHAO, issue_case
from tests.filler.one_rule import born

PLACE = {"town": "钟宝镇"}


@pytest.fixture
def month(catalogue, store):
    """What a month brings: kind, name, form, money before and after."""

    def run(year, number, **where):
        found = month_of(PLACE | where, dt.date(year, number, 1), catalogue, store)
        return [(one.kind, one.name, one.form_id, one.old_amount, one.new_amount) for one in found]

    return run


@pytest.fixture
def one_case(fill, answers_of):
    """A case from application to reduction, issued."""
    return lambda count=None: issue_case(DIBAO[:count], fill, answers_of)


def test_a_case_begins_in_its_month(one_case, month):
    """The month after the decision, with what is paid; in no other."""
    one_case(6)
    assert month(2018, 6) == [("新增", "测试周桂兰", "", "0.00", "285.62")]
    assert month(2018, 5) == []
    assert month(2018, 7) == []


def test_a_reduction_asks_for_its_letter(one_case, month):
    """Until that is issued."""
    one_case(9)
    assert month(2018, 12) == [("减发", "测试周桂兰", "COM-07", "285.62", "175.00")]


def test_a_rise_asks_for_its_letter(one_case, month, fill, answers_of):
    """As the page of the case does: the review says that it is to be told."""
    one_case(8)
    rise = next(other for form_id, other, _ in DIBAO if form_id == "COM-09")
    case_no = {"case_no": "DB-103200-2018-0001", "decision": "增发", "new_amount": "310.00"}
    issued(fill, "COM-09", answers_of("COM-09") | rise | case_no)
    assert month(2018, 12) == [("增发", "测试周桂兰", "COM-07", "285.62", "310.00")]


def test_after_a_death_the_form_that_ends_the_case_is_asked(fill, answers_of, month):
    """特困 ends by a form of its own."""
    count = next(at for at, (one, *_) in enumerate(TEKUN, 1) if one == "TK-03")
    issue_case(TEKUN[:count], fill, answers_of)
    dead = {
        "name": ZHAO["name"], "id_no": ZHAO["id_no"], "death_date": "2018-08-03",
        "report_date": "2018-08-04", "held": ["特困"], "stop_sent": "是",
    }  # fmt: skip
    issued(fill, "BZ-01", answers_of("BZ-01") | dead)
    assert [(kind, form_id) for kind, _, form_id, *_ in month(2018, 8)] == [("死亡", "TK-06")]
    assert "到期复核" not in [one[0] for one in month(2020, 1)]  # the dead are not reviewed


@pytest.mark.parametrize(
    ("reason", "letter"),
    [({"end_reason": "自愿退出", "death_date": "", "funeral_fee": ""}, "COM-07"), ({}, "")],
)
def test_an_end_is_told_in_writing_unless_by_death(fill, answers_of, month, reason, letter):
    """TK-06 asks for the letter itself; nobody writes to the dead."""
    last, other, is_own = TEKUN[-1]
    assert last == "TK-06"
    issue_case([*TEKUN[:-1], (last, other | reason, is_own)], fill, answers_of)
    assert month(2019, 1) == [("停发", "测试赵明义", letter, "740.00", "0.00")]


def test_a_letter_that_was_issued_is_not_asked_for(one_case, month):
    """The change is shown, nothing is left to do."""
    one_case()
    assert month(2018, 12) == [("减发", "测试周桂兰", "", "285.62", "175.00")]
    assert month(2019, 1) == []


def test_another_place_has_a_month_of_its_own(one_case, month):
    """Of the village, or of the town."""
    one_case(6)
    assert month(2018, 6, village="旧城村")
    assert month(2018, 6, village="民主村") == []


def test_a_review_falls_due(one_case, month):
    """Twelve months after the last; it stays until it is done."""
    one_case()
    assert month(2019, 10) == []
    due = [("到期复核", "测试周桂兰", "COM-09", "", "")]
    assert month(2019, 11) == due
    assert due[0] in month(2019, 12)


_ZHAO_KEPT = ZHAO | {
    "scheme": "特困", "review_date": dt.date(2019, 5, 20), "decision": "继续", "old_insured": 1,
    "new_insured": 1, "old_amount": "740.00", "new_amount": "740.00",
}  # fmt: skip
_ALIVE = {
    "name": "测试赵明义", "id_no": ZHAO["id_no"], "d": dt.date(2019, 5, 12), "mode": "见面",
    "alive": "是", "certifier": "测试王秀英",
}  # fmt: skip


@pytest.mark.parametrize(
    "case",
    [
        (TEKUN, "TK-03", "COM-09", _ZHAO_KEPT),
        (LIANGBU, "CB-01", "CB-05", {"review_date": dt.date(2019, 4, 18)}),
        (GAOLING, "GL-01", "GL-03", {"as_of": dt.date(2019, 6, 30), "rows": [_ALIVE]}),
    ],
    ids=lambda case: case[1],
)
def test_every_work_with_a_yearly_review_falls_due(fill, answers_of, catalogue, store, case):
    """Each asks for its own form; a list counts for whom it names."""
    papers, approval, review, other = case

    def due(day: dt.date) -> list[MonthChange]:
        found = month_of(PLACE, day, catalogue, store)
        return [one for one in found if one.kind == "到期复核"]

    count = next(at for at, (one, *_) in enumerate(papers, 1) if one == approval)
    issue_case(papers[:count], fill, answers_of)
    assert due(dt.date(2018, 12, 1)) == []
    (asked,) = due(dt.date(2020, 1, 1))
    assert asked.form_id == review
    own = {"case_no": asked.case_no} if asked.joins else {}
    made = fill(review, answers_of(review) | other | own)
    assert not isinstance(made, Refused), [str(one) for one in made.problems]
    assert due(dt.date(2020, 1, 1)) == []


def test_a_death_is_shown_while_the_case_runs(one_case, month, fill, answers_of):
    """By the ID number of anybody of the household."""
    one_case(6)
    dead = fill("BZ-01", answers_of("BZ-01") | {
        "name": "测试周桂兰", "id_no": "11010519491231002X", "town": "钟宝镇", "village": "旧城村",
        "death_date": "2018-08-03", "report_date": "2018-08-04",
    })  # fmt: skip
    assert not isinstance(dead, Refused), [str(one) for one in dead.problems]
    assert ("死亡", "测试周桂兰", "COM-09", "", "") in month(2018, 8)
    assert month(2018, 7) == []


def test_somebody_comes_of_an_age(one_case, month):
    """The month of the birthday alone: 18 years asks for a review, 70 for an application."""
    one_case(6)
    found = [
        (year, number, one[1], one[2])
        for year in range(2018, 2034)
        for number in range(1, 13)
        for one in month(year, number)
        if one[0] == "满年龄"
    ]
    ages = {(name, form_id) for _, _, name, form_id in found}
    assert len(found) == len(ages)
    assert {form_id for _, form_id in ages} <= {"COM-09", "GL-01"}
    assert found


def test_an_orphan_comes_of_age(fill, answers_of, month):
    """In the month of the birthday its end is to be issued; no money stands on the papers."""
    child = {"name": "测试陈小梅", "id_no": born(2000, 7, 11)}
    issued(fill, "ET-01", answers_of("ET-01") | child)
    assert month(2018, 5) == [("新增", "测试陈小梅", "", "", "")]
    assert month(2018, 6) == []
    assert month(2018, 7) == [("满年龄", "测试陈小梅", "ET-08", "", "")]
    end = answers_of("ET-08") | child | {
        "case_no": "ET-103200-2018-0001", "kind": "孤儿基本生活费", "reason": "年满18周岁",
        "event_date": "2018-07-11", "fill_date": "2018-07-12", "t_date": "2018-07-16",
        "c_date": "2018-07-17",
    }  # fmt: skip
    issued(fill, "ET-08", end)
    assert month(2018, 8) == [("停发", "测试陈小梅", "", "", "")]


def test_who_gets_a_pension_dies_or_is_to_be_confirmed(fill, answers_of, month):
    """优抚: the yearly confirmation, and the report of a death."""
    issued(fill, "YF-01", answers_of("YF-01"))
    due = [one for one in month(2019, 12) if one[0] == "到期复核"]
    assert due == [("到期复核", "测试何明山", "YF-03", "", "")]
    dead = {
        "name": "测试何明山", "id_no": "610927195708010315", "death_date": "2018-08-03",
        "report_date": "2018-08-04", "held": ["优抚"], "stop_sent": "是",
    }  # fmt: skip
    issued(fill, "BZ-01", answers_of("BZ-01") | dead)
    assert ("死亡", "测试何明山", "YF-07", "", "") in month(2018, 8)


def issued(fill, form_id, answers):
    """Issue a paper that must be issued."""
    made = fill(form_id, answers)
    assert not isinstance(made, Refused), [str(one) for one in made.problems]


def test_a_stopped_case_is_shown_once(one_case, month, fill, answers_of):
    """In the month its stop takes effect; then it is in no month's payments."""
    numbers = one_case(8)
    stop = next(other for form_id, other, _ in DIBAO if form_id == "COM-09")
    case_no = "DB-103200-2018-0001"
    stopped = fill("COM-09", answers_of("COM-09") | stop | {
        "case_no": case_no, "decision": "停发", "new_amount": "0", "new_insured": "0",
        "stop_cause": "自愿退出",
    })  # fmt: skip
    assert not isinstance(stopped, Refused), [str(one) for one in stopped.problems]
    assert numbers
    assert month(2018, 12) == [("停发", "测试周桂兰", "COM-07", "285.62", "0.00")]
    assert month(2019, 12) == []


def test_the_summary_of_a_town_is_made_of_its_month(one_case, catalogue, store):
    """DB-04: every change with people, money and reason; and it can be issued so."""
    one_case()
    spec = catalogue.form("DB-04")
    answers = {"town": "钟宝镇", "month": "2018-12", "decide_to": "2018-12-25"}
    opened = read_form(spec, answers, today=TODAY, catalogue=catalogue, history=store)
    offered = {slug: one for slug, (one, _) in offered_answers(opened, store).items()}
    (row,) = offered["rows"]
    assert (row["kind"], row["old_a"], row["new_a"], row["old_n"]) == (
        "减发", "285.62", "175.00", "2",
    )  # fmt: skip
    read = read_form(spec, answers | offered, today=TODAY, catalogue=catalogue, history=store)
    assert read.problems == ()


def test_a_month_without_changes_offers_no_rows(one_case, catalogue, store):
    """Nor does one that is not told."""
    one_case(6)
    spec = catalogue.form("DB-04")
    for answers in (
        {"town": "钟宝镇", "month": "2018-09"},
        {"town": "钟宝镇"},
        {"month": "2018-06"},
    ):
        opened = read_form(spec, answers, today=TODAY, catalogue=catalogue, history=store)
        assert "rows" not in offered_answers(opened, store)
