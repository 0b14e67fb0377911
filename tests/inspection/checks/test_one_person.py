"""Checks of one person in the whole county."""

import pytest

from minzheng.inspection.checks.asked import cite
from minzheng.inspection.checks.one_person import (
    OnePerson,
    held_twice,
    numbers_wrong,
    one_village,
    paid_after_death,
    relief_repeated,
    shared_place,
)
from minzheng.inspection.checks.papers import Looks, mentions_on
from tests.inspection.checks.made_papers import A, asked, decided, record, roster, scan, told


def person(*papers) -> OnePerson:
    found = [one for paper in papers for one in mentions_on(paper) if one.id_no == A]
    return OnePerson(A, found)


def dead(day: str = "2018年5月31日"):
    return record("BZ-01", "2018-06-01", id_no=A, name="测试甲", death_date=day)


@pytest.mark.parametrize(("month", "count"), [(5, 0), (6, 1), (7, 1)])
def test_who_died_is_paid_until_the_month_ends(month, count):
    """The month of death is paid, the next is not."""
    found = told(paid_after_death(person(dead(), roster(month)), asked("paid_after_death")))
    assert len(found) == count
    assert not found or f"2018年{month}月的名单上还有" in found[0][1]


def test_a_quarter_that_began_before_the_death_is_paid():
    """Its list is of the last month."""
    row = {"name": "测试甲", "id_no": A}
    june, september = (record("GL-02", f"2018-{month}-30", [row]) for month in ("06", "09"))
    assert not list(paid_after_death(person(dead("2018年4月2日"), june), asked("paid_after_death")))
    found = person(dead("2018年4月2日"), june, september)
    assert "2018年9月" in told(paid_after_death(found, asked("paid_after_death")))[0][1]


def test_a_survey_of_the_living_tells_a_death_too():
    """Whoever registered it knows the day better; nobody dead, nobody in doubt."""
    survey = record(
        "GL-03", "2018-06-30", [{"name": "测试甲", "id_no": A, "alive": "否", "d": "2018年6月20日"}]
    )
    found = person(survey, roster(7))
    assert "2018年6月20日" in told(paid_after_death(found, asked("paid_after_death")))[0][1]
    both = person(survey, dead(), roster(7))
    assert "2018年5月31日" in told(paid_after_death(both, asked("paid_after_death")))[0][1]
    assert list(paid_after_death(person(roster(7)), asked("paid_after_death"))) == []


def other(form_id: str, **more: str):
    told_ = {"case_no": "TK-103200-2018-0001", "id_no": A, "name": "测试甲",
             "start_month": "2018年7月", "c_date": "2018年6月20日"}  # fmt: skip
    return record(form_id, "2018-06-20", **(told_ | more))


@pytest.mark.parametrize(
    ("paper", "count"),
    [
        (other("TK-03"), 1),
        (other("CB-01", case_no="CB-103200-2018-0001"), 0),  # with 低保 one may have it
        (other("DB-02", case_no="DB-103200-2018-0002"), 0),  # the same household again
        (other("DB-02", case_no="DB-104200-2018-0002", village="红星村"), 1),
    ],
)
def test_nobody_has_both(paper, count):
    """By the pairs of the registry; a renewal is no second benefit."""
    found = told(held_twice(person(decided(), paper), asked("held_twice")))
    assert len(found) == count
    assert not found or "不得同时享受" in found[0][1]


@pytest.mark.parametrize(("kinds", "count"), [("困难残疾人生活补贴", 1), ("重度残疾人护理补贴", 0)])
def test_an_orphan_has_no_living_subsidy(kinds, count):
    """The nursing one may be."""
    orphan = other("ET-01", case_no="ET-103200-2018-0001")
    subsidy = other("CB-01", case_no="CB-103200-2018-0001", kinds=kinds)
    assert len(list(held_twice(person(orphan, subsidy), asked("held_twice")))) == count


def test_one_number_has_one_name():
    """What was misread is no doubt about a paper; a sex is the number's."""
    namesake = scan("DB-01", "2018-04-02", id_no=A, name="测试丙")
    ((_, what),) = told(numbers_wrong(person(decided(), namesake), asked("numbers_wrong")))
    assert "测试丙" in what and "测试甲" in what
    misread = scan("DB-01", "2018-04-02", id_no=A, name="测试丙", looks=Looks(confidence=0.8))
    assert list(numbers_wrong(person(decided(), misread), asked("numbers_wrong"))) == []
    ((_, what),) = told(numbers_wrong(person(decided(gender="男")), asked("numbers_wrong")))
    assert "按身份证号性别是女，写的是男" in what
    assert list(numbers_wrong(person(decided(gender="女")), asked("numbers_wrong"))) == []


@pytest.mark.parametrize(
    ("cause", "day", "count"),
    [("重大疾病", "2018年9月3日", 1), ("火灾", "2018年9月3日", 0), ("重大疾病", "2019年1月3日", 0)],
)
def test_one_cause_one_relief_a_year(cause, day, count):
    """Another cause, or another year, is another matter."""

    def relief(number: str, cause: str, day: str):
        return record("LS-01", "2018-05-07", case_no=f"LS-103200-2018-{number}", id_no=A,
                      name="测试甲", hard_type=cause, apply_date=day)  # fmt: skip

    papers = relief("0001", "重大疾病", "2018年5月7日"), relief("0002", cause, day)
    assert len(list(relief_repeated(person(*papers), asked("relief_irregular")))) == count


def test_the_place_of_several_papers():
    """Their village, their town, or the county."""
    papers = [record("DB-02", village=one) for one in ("旧城村", "红星村")]
    papers.append(record("DB-02", town="城关镇"))
    cited = [cite(asked("held_twice"), one) for one in papers]
    assert shared_place(cited[:1]) == ("钟宝镇", "旧城村")
    assert shared_place(cited[:2]) == ("钟宝镇", "")
    assert shared_place(cited) == ("全县", "")
    assert one_village([]) == ""
