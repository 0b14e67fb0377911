"""Checks of one case: dates, signatures, papers, relatives, reviews, numbers, letters."""

import datetime as dt

import pytest

from minzheng.inspection.checks.cases import (
    agreements_ended,
    dates_reversed,
    letters_without_receipt,
    paid_without_approval,
    papers_missing,
    relatives_not_filed,
    reviews_overdue,
    signatures_missing,
    unsound_numbers,
)
from minzheng.inspection.checks.decided import what_is_held
from minzheng.inspection.checks.papers import Looks
from tests.inspection.checks.made_papers import (
    A,
    B,
    C,
    asked,
    decided,
    record,
    roster,
    scan,
    told,
    village,
)

CASE = decided().case_no


def run(check, name, *papers, today=dt.date(2018, 12, 3)):
    return told(check(village(*papers), asked(name, today)))


@pytest.mark.parametrize(
    ("survey", "words"),
    [
        ("2018年4月9日", None),
        ("2018年3月30日", "申请日期2018年4月2日，调查日期2018年3月30日，先后颠倒"),
    ],
)
def test_one_step_follows_the_other(survey, words):
    """Each day as the paper of its step tells it; both papers are shown."""
    applied = record("DB-01", "2018-04-02", case_no=CASE, name="测试甲", apply_date="2018年4月2日")
    surveyed = record("COM-03", "2018-04-09", case_no=CASE, survey_date=survey)
    here = village(applied, surveyed, decided())
    found = list(dates_reversed(here, asked("dates_reversed")))
    assert [words in one.what for one in found] == ([True] if words else [])
    assert all(len(one.papers) == 2 for one in found)


def test_a_town_signs_on_working_days():
    """Another day is only a hint; a scan may be misread."""
    off = decided(t_date="2018年5月5日")
    (one,) = dates_reversed(village(off), asked("dates_reversed"))
    assert one.is_warning and "节假日" in one.what
    assert run(dates_reversed, "dates_reversed", decided(t_date="2018年5月4日")) == []


@pytest.mark.parametrize(
    ("looks", "words"),
    [
        (Looks(True, 2), None),
        (Looks(True, 2, ("县负责人",)), "没有县负责人"),
        (Looks(True, 0), "没有盖章"),
        (Looks(False, 0), None),  # no picture: nobody saw whether there is a seal
    ],
)
def test_a_closed_case_is_signed_and_sealed(looks, words):
    """By what was seen on its scans; an open one need not be yet."""
    paper = scan("DB-02", "2018-05-07", looks=looks, case_no=CASE)
    found = run(signatures_missing, "signatures_missing", decided(), paper)
    assert [words in what for _, what in found] == ([True] if words else [])
    waiting = scan("DB-01", "2018-05-07", looks=Looks(True, 0, ("受理人",)), case_no="DB-1-2018-9")
    assert run(signatures_missing, "signatures_missing", waiting) == []


def whole_case(*without: str):
    """Every paper a case of 2018 must have by the winter."""
    papers = {
        "DB-01": record(
            "DB-01", "2018-04-02", case_no=CASE, name="测试甲", apply_date="2018年4月2日"
        ),
        "COM-01": record("COM-01", "2018-04-02", case_no=CASE),
        "COM-03": record("COM-03", "2018-04-09", case_no=CASE),
        "COM-04": record("COM-04", "2018-04-12", [{"c_name": "测试甲"}], "cases"),
        "COM-05": record(
            "COM-05", "2018-04-16", [{"name": "测试甲"}], case_no="DB-103200-2018-0009"
        ),
        "DB-02": decided(),
        "DB-03": roster(6),
    }
    return [paper for form_id, paper in papers.items() if form_id not in without]


@pytest.mark.parametrize(
    ("without", "words"),
    [
        ((), None),
        (("COM-03",), "“调查”"),
        (("COM-04", "COM-05"), "“评议、公示”"),
        (("DB-03",), "“发放”"),
    ],
)
def test_a_closed_case_has_its_papers(without, words):
    """Those that speak of many count for whom they name; the missing form is told."""
    found = list(papers_missing(village(*whole_case(*without)), asked("papers_missing")))
    assert [words in one.what for one in found] == ([True] if words else [])
    assert not found or found[0].form_id in (*without, "GS-04", "DB-03", "COM-05")


def test_a_case_that_is_not_closed_lacks_nothing_yet():
    """And one that is not due has time."""
    assert run(papers_missing, "papers_missing", *whole_case("DB-02", "COM-03")) == []
    early = dt.date(2018, 5, 10)
    assert run(papers_missing, "papers_missing", *whole_case("DB-03"), today=early) == []


@pytest.mark.parametrize(("form_id", "words"), [("LS-02", "“发放”"), ("LS-01", "“公示、发放”")])
def test_help_first_lacks_no_notice_before_it(form_id, words):
    """7.3: it lacks its payment like every other; its days are counted from the help."""
    days = {"relief_date": "2018年5月7日", "apply_date": "2018年5月7日"}
    paper = record(form_id, "2018-05-16", case_no="LS-103200-2018-0001", name="测试甲", **days)
    (found,) = run(papers_missing, "papers_missing", paper)
    assert words in found[1]


@pytest.mark.parametrize(("told_", "filed", "count"), [("否", "", 0), ("是", "", 1), ("是", A, 0)])
def test_a_relation_that_was_declared_is_filed(told_, filed, count):
    """By the number of whom it is about."""
    papers = [
        record("COM-01", "2018-04-02", case_no=CASE, id_no=A, name="测试甲", relative_decl=told_)
    ]
    if filed:
        papers.append(
            record("COM-08", "2018-04-02", [{"obj_id": filed, "obj_name": "测试甲"}], "objects")
        )
    assert len(run(relatives_not_filed, "relatives_not_filed", *papers)) == count


def test_an_official_in_a_household_is_filed():
    """As one who owes support, by the same number."""
    row = {"s_name": "测试何干部", "s_id": B}
    household = record(
        "DB-01", "2018-04-02", [row], "supporters", case_no=CASE, id_no=A, name="测试甲"
    )
    sheet = record("COM-08", "2018-04-02", staff_id=B, staff_name="测试何干部", staff_post="支书")
    ((_, what),) = run(relatives_not_filed, "relatives_not_filed", household, sheet)
    assert "义务人测试何干部" in what
    filed = record("COM-08", "2018-04-02", [{"obj_id": A}], "objects", staff_id=B)
    assert run(relatives_not_filed, "relatives_not_filed", household, filed) == []


@pytest.mark.parametrize(
    ("reviews", "today", "count"),
    [
        ([], dt.date(2019, 5, 6), 0),
        ([], dt.date(2019, 5, 7), 1),
        ([("2019-04-20", "每半年")], dt.date(2019, 10, 19), 0),
        ([("2019-04-20", "每半年")], dt.date(2019, 10, 20), 1),
        ([("2019-04-20", "每年")], dt.date(2019, 10, 20), 0),
    ],
)
def test_a_benefit_is_reviewed_in_its_term(reviews, today, count):
    """By the class of the last review; what has ended need not be."""
    papers = [decided()]
    papers += [record("DB-05", day, case_no=CASE, **{"class": kind}) for day, kind in reviews]
    here = village(*papers)
    found = list(reviews_overdue(here, what_is_held(here), asked("reviews_overdue", today)))
    assert len(found) == count
    stop = record(
        "COM-07", "2018-09-20", case_no=CASE, decision="停发", effective_month="2018年10月"
    )
    over = village(*papers, stop)
    assert list(reviews_overdue(over, what_is_held(over), asked("reviews_overdue", today))) == []


def test_a_number_is_sound_and_one_person_has_one():
    """A misread one is no doubt."""
    wrong = scan("DB-01", "2018-04-02", case_no=CASE, unsound="610927196503120117", name="测试甲")
    ((_, what),) = run(unsound_numbers, "numbers_wrong", wrong)
    assert "至少有一位写错" in what
    misread = scan("DB-01", "2018-04-02", case_no=CASE, unsound="1", looks=Looks(confidence=0.9))
    assert run(unsound_numbers, "numbers_wrong", misread) == []
    other = record("DB-01", "2018-04-02", case_no=CASE, id_no=C, name="测试甲")
    ((_, what),) = run(unsound_numbers, "numbers_wrong", decided(), other)
    assert "同一案件中测试甲写了不同的身份证号" in what
    agent = record("DB-01", "2018-04-02", case_no=CASE, id_no=C, name="测试丁")
    assert run(unsound_numbers, "numbers_wrong", decided(), agent) == []


@pytest.mark.parametrize(("receipt", "count"), [("", 1), ("2018年6月1日", 0)])
def test_a_letter_is_received_on_a_day(receipt, count):
    """As its scan tells; before it came back nobody knows."""
    letter = {"case_no": CASE, "addressee": "测试甲"}
    back = scan("COM-07", "2018-06-01", **letter, receive_date=receipt)
    issued = record("COM-07", "2018-06-01", **letter)
    assert len(run(letters_without_receipt, "letters_without_receipt", back)) == count
    assert len(run(letters_without_receipt, "letters_without_receipt", issued, back)) == count
    assert run(letters_without_receipt, "letters_without_receipt", issued) == []


@pytest.mark.parametrize(("end", "count"), [("2018年12月2日", 1), ("2018年12月3日", 0)])
def test_an_agreement_on_care_goes_on(end, count):
    """The last one of each person."""
    first = record("TK-04", "2017-06-01", b_name="测试甲", to_date="2018年5月31日")
    last = record("TK-04", "2018-06-01", b_name="测试甲", to_date=end)
    assert len(run(agreements_ended, "agreements_ended", first, last)) == count


def test_who_is_on_a_list_was_approved():
    """In the village, for that dossier, by number."""
    assert run(paid_without_approval, "paid_without_approval", decided(), roster(6)) == []
    ((about, _),) = run(paid_without_approval, "paid_without_approval", roster(6))
    assert about == "测试甲"
    elsewhere = record("CB-01", "2018-05-07", id_no=A, name="测试甲")
    assert len(run(paid_without_approval, "paid_without_approval", elsewhere, roster(6))) == 1
