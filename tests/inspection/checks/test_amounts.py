"""Decisions beside rosters, notices and payments."""

import pytest

from minzheng.inspection.checks.amounts import (
    amounts_differ,
    listed_people,
    paid_before_decision,
    papers_listed,
    people_differ,
)
from minzheng.inspection.checks.decided import what_is_held
from tests.inspection.checks.made_papers import A, asked, decided, record, roster, told, village


def notice(form_id: str, amount: str, day: str = "2018-06-30", persons: str = "1", **more: str):
    row = {"name": "测试甲", "insured": persons, "amount": amount, **more}
    return record(form_id, day, [row], scheme="低保")


def run(check, name, *papers):
    here = village(*papers)
    return told(check(here, what_is_held(here), asked(name)))


@pytest.mark.parametrize(
    ("papers", "words"),
    [
        ([roster(6)], None),
        ([roster(6, "245.00")], "批准195.00元 与 2018年6月花名册245.00元 不一致"),
        ([roster(5, "245.00")], None),  # before it was decided
        ([notice("GS-01", "245.00")], "公示表245.00元"),
        ([notice("GS-04", "585.00")], None),  # a quarter is paid at once
        ([notice("GS-04", "590.00")], "发放公示590.00元"),
        ([notice("GS-03", "245.00", "2018-05-08", start_month="2018-06")], "公布单245.00元"),
        ([roster(6, "245.00"), roster(7, "245.00")], "另有 1 处"),
    ],
)
def test_one_amount_everywhere(papers, words):
    """Of the months it holds in; whoever stands by name is known by the rosters."""
    known = roster(6)
    found = run(amounts_differ, "amounts_differ", decided(), known, *papers)
    assert bool(found) == bool(words)
    assert not words or (found[0][0] == "测试甲" and words in found[0][1])


def test_a_review_changes_what_is_right():
    """From its month on."""
    review = record(
        "COM-09", "2018-08-20", case_no="DB-103200-2018-0001", decision="增发", id_no=A,
        effective_month="2018年9月", new_amount="245.00", new_insured="1",
    )  # fmt: skip
    papers = (decided(), review, roster(8), roster(9, "245.00"))
    assert run(amounts_differ, "amounts_differ", *papers) == []
    ((_, what),) = run(amounts_differ, "amounts_differ", *papers, roster(10, "195.00"))
    assert "批准245.00元 与 2018年10月花名册195.00元" in what


def test_so_many_people_everywhere():
    """As decided, as the lists say, as the members are counted."""
    assert run(people_differ, "people_differ", decided(), roster(6)) == []
    found = run(people_differ, "people_differ", decided(), roster(6, insured="2"))
    assert "批准保障1人 与 2018年6月花名册2人 不一致" in found[0][1]
    members = [{"m_name": "测试甲", "m_id": A, "m_insured": "是"}] * 2
    counted = record("DB-02", "2018-05-07", members, "members", **decided().values)
    ((_, what),) = run(people_differ, "people_differ", counted)
    assert "保障人数1人 与 成员中保障的2人 不一致" in what


@pytest.mark.parametrize(
    ("month", "start", "count"), [(6, "2018年6月", 0), (5, "", 1), (6, "2018年5月", 1)]
)
def test_nobody_is_listed_before_the_decision(month, start, count):
    """By the month of the list, and by the month the list names."""
    more = {"start_month": start} if start else {}
    found = run(paid_before_decision, "paid_before_decision", decided(), roster(month, **more))
    assert len(found) == count
    assert not found or "先发后批" in found[0][1]


def test_an_earlier_decision_is_the_one_that_counts():
    """Of a household that was decided of again."""
    earlier = decided(case_no="DB-103200-2017-0009", start_month="2017年1月")
    papers = (earlier, decided(), roster(3))
    assert run(paid_before_decision, "paid_before_decision", *papers) == []


@pytest.mark.parametrize(("paid", "count"), [("2018年5月9日", 0), ("2018年5月4日", 1)])
def test_relief_is_paid_after_its_decision(paid, count):
    """An emergency is helped first."""
    who = {"id_no": A, "name": "测试甲", "ok_amount": "500.00"}
    granted = record("LS-01", "2018-05-07", c_date="2018年5月7日", relief_type="支出型", **who)
    urgent = record("LS-01", "2018-05-07", c_date="2018年5月7日", relief_type="急难型", **who)
    row = {"name": "测试甲", "id_no": A, "amount": "500.00", "pay_date": paid, "village": "旧城村"}
    sheet = record("LS-04", "2018-05-31", [row], village="")
    assert len(run(paid_before_decision, "paid_before_decision", granted, sheet)) == count
    assert run(paid_before_decision, "paid_before_decision", urgent, sheet) == []


def test_rows_of_a_town_belong_to_their_village():
    """Others are another's; the rows are gathered once."""
    rows = [
        {"name": "测试甲", "id_no": A, "amount": "80.00", "village": one}
        for one in ("旧城村", "红星村")
    ]
    here = village(record("CB-07", "2018-06-30", rows, village=""))
    (one,) = listed_people(here)
    assert (one.id_no, one.dossier, one.month, str(one.amount)) == (A, "CB", (2018, 6), "80.00")
    assert papers_listed(here) is papers_listed(here)
