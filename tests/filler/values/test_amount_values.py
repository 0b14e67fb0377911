"""Amounts, counts and standards: each word on both sides of its edge."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.filler.one_rule import case, derived

D = dt.date

M = Decimal

PAID = [{"kind": "甲", "amount": M("1.50")}, {"kind": "乙", "amount": None},
        {"kind": "甲", "amount": M("2.00")}, {"kind": "乙", "amount": M("4.00")}]  # fmt: skip

BOOK = [{"income": M("5.00"), "spent": None}, {"income": None, "spent": M("3.00")}]

#: Call, what it gives, the fields.
CASES = [
    case("amount_words(a)", "壹拾元整", a=M("10.00")),
    case("amount_words(a)", "零元整", a=M("0.00")),
    case("amount_words(a)", None, a=M("-0.01")),
    case("amount_words(a)", None, a=None),
    case("row_count(rows)", 4, rows=PAID),
    case("row_count(rows)", None, rows=[]),
    case("count_where(rows, kind, 甲)", 2, rows=PAID),
    case("count_where(rows, kind, 丙)", 0, rows=PAID),
    case("count_where(rows, kind, 甲)", None, rows=[]),
    case("row_sum(rows, amount)", M("7.50"), rows=PAID),
    case("row_sum(rows, amount)", 0, rows=[]),
    case("sum_of(a, b)", M("3.50"), a=M("1.50"), b=2),
    case("sum_of(a, b)", 2, a=None, b=2),
    case("sum_of(a, b)", None, a=None, b=None),
    case("subtract(a, b, c)", 5, a=10, b=3, c=2),
    case("subtract(a, b, 1)", 9, a=10, b=None),
    case("subtract(a, b)", None, a=None, b=3),
    case("standard_month(低保, 农村)", None, day=D(2017, 12, 31)),
    case("standard_month(低保, 农村)", 295, day=D(2018, 1, 1)),
    case("standard_month(低保, 农村)", 295, day=D(2018, 12, 31)),
    case("standard_month(低保, 农村)", 335, day=D(2019, 1, 1)),
    case("standard_month(低保, 城镇)", 510, day=D(2018, 5, 7)),
    case("standard_month(scheme, at)", 295, day=D(2018, 5, 7), scheme="农村低保", at="农村"),
    case("standard_month(农村最低生活保障, 农村)", 295, day=D(2018, 5, 7)),
    case("standard_month(特困, 农村)", None, day=D(2018, 5, 7)),
    case("standard_note(低保)", None, day=D(2017, 12, 31)),
    case("standard_note(低保)", "农村低保标准：295.00元/人·月；城镇低保标准：510.00元/人·月",
         day=D(2018, 1, 1)),
    case("standard_note(城市低保)", "农村低保标准：295.00元/人·月；城镇低保标准：510.00元/人·月",
         day=D(2018, 12, 31)),
    case("standard_note(残疾人两项补贴)", None, day=D(2015, 12, 31)),
    case("standard_note(残疾人两项补贴)", "残疾人生活补贴（困难残疾人）标准：60.00元/人·月；"
         "残疾人护理补贴（一级）标准：120.00元/人·月；残疾人护理补贴（二级）标准：80.00元/人·月；"
         "残疾人护理补贴（三级）标准：80.00元/人·月", day=D(2016, 1, 1)),
    case("standard_note(nothing)", None, day=D(2018, 5, 7), nothing=""),
    case("policy_note(残疾人两项补贴)", None, day=D(2015, 12, 31)),
    case("policy_note(残疾人两项补贴)", "《国务院关于全面建立困难残疾人生活补贴和重度残疾人护理"
         "补贴制度的意见》（国发〔2015〕52号）", day=D(2016, 1, 1)),
    case("policy_note(低保边缘家庭)", None, day=D(2026, 6, 30)),
    case("policy_note(低保边缘家庭)", "《中华人民共和国社会救助法》（2026年4月30日公布）",
         day=D(2026, 7, 1)),
    case("policy_note(残疾人两项补贴, d)", None, day=D(2018, 5, 7), d=None),
    case("policy_note(残疾人两项补贴, d)", None, day=D(2018, 5, 7), d=D(2015, 12, 31)),
    case("policy_note(残疾人两项补贴, d)", "《国务院关于全面建立困难残疾人生活补贴和重度残疾人"
         "护理补贴制度的意见》（国发〔2015〕52号）", day=D(2015, 5, 7), d=D(2016, 1, 1)),
    case("limit(镇级临时救助限额)", None, day=D(2013, 12, 31)),
    case("limit(镇级临时救助限额)", 1000, day=D(2014, 1, 1)),
    case("limit(医疗救助比例, kind)", 70, day=D(2018, 5, 7), kind="低保"),
    case("limit(医疗救助比例, kind)", None, day=D(2018, 5, 7), kind=""),
    case("years_up(served, 6)", 1, served=17),
    case("years_up(served, 6)", 2, served=18),
    case("years_up(served, over)", 2, served=13, over=1),
    case("years_up(served, 1)", None, served=None),
    case("years_up(served, over)", None, served=13, over=None),
    case("running_balance(opening, rows, income, spent)", 15, opening=10, rows=BOOK, row=1),
    case("running_balance(opening, rows, income, spent)", 12, opening=10, rows=BOOK, row=2),
    case("running_balance(opening, rows, income, spent)", 5, opening=None, rows=BOOK, row=1),
]  # fmt: skip


@pytest.mark.parametrize("one", CASES, ids=str)
def test_a_derivation_gives_what_follows_from_the_form(one):
    """Just so much, and nothing while it cannot be known."""
    assert derived(one) == one.expected
