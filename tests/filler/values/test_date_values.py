"""Days, months and terms: each word on both sides of its edge."""

import datetime as dt

import pytest

from tests.filler.one_rule import case, derived

D = dt.date

#: Call, what it gives, the fields.
CASES = [
    case("month_of(d)", D(2018, 5, 1), d=D(2018, 5, 31)),
    case("month_of(d)", None, d=None),
    case("month_after(d)", D(2018, 12, 1), d=D(2018, 11, 30)),
    case("month_after(d)", D(2019, 1, 1), d=D(2018, 12, 1)),
    case("month_after(d)", None, d=None),
    case("quarter_text(d)", "2018年第1季度", d=D(2018, 3, 31)),
    case("quarter_text(d)", "2018年第2季度", d=D(2018, 4, 1)),
    case("quarter_text(d)", None, d=None),
    case("month_text(d)", "2018年5月", d=D(2018, 5, 31)),
    case("month_text(d)", None, d=None),
    case("era_word()", "审批", day=D(2021, 6, 30)),
    case("era_word()", "确认", day=D(2021, 7, 1)),
    case("era_word(d)", "审批", d=D(2021, 6, 30), day=D(2021, 7, 1)),
    case("era_word(d)", "确认", d=None, day=D(2021, 7, 1)),
    case("publicity_end(d)", D(2018, 5, 14), d=D(2018, 5, 7)),
    case("publicity_end(d)", D(2018, 5, 10), d=D(2018, 5, 7), publicity=(3, "natural")),
    case("publicity_end(d)", D(2018, 5, 16), d=D(2018, 5, 7),
         publicity=(7, "working")),
    case("publicity_end(d)", None, d=None),
    case("compact_date(d)", "20180507", d=D(2018, 5, 7)),
    case("compact_date(d)", None, d=None),
    case("year_of(d)", 2018, d=D(2018, 12, 31)),
    case("year_of(d)", None, d=None),
    case("months_between(a, b)", 2, a=D(2017, 12, 1), b=D(2018, 2, 1)),
    case("months_between(a, b)", 0, a=D(2018, 3, 1), b=D(2018, 2, 1)),
    case("months_between(a, b)", None, a=D(2018, 3, 1), b=None),
    case("months_between(a, b)", None, a=None, b=D(2018, 3, 1)),
    case("months_inclusive(a, b)", 1, a=D(2018, 3, 1), b=D(2018, 3, 1)),
    case("months_inclusive(a, b)", 3, a=D(2017, 12, 1), b=D(2018, 2, 1)),
    case("months_inclusive(a, b)", None, a=D(2018, 3, 1), b=D(2018, 2, 1)),
    case("months_inclusive(a, b)", None, a=None, b=D(2018, 2, 1)),
    case("months_inclusive(a, b)", None, a=D(2018, 2, 1), b=None),
    case("full_months(a, b)", 0, a=D(2018, 1, 15), b=D(2018, 1, 15)),
    case("full_months(a, b)", 0, a=D(2018, 1, 15), b=D(2018, 2, 14)),
    case("full_months(a, b)", 1, a=D(2018, 1, 15), b=D(2018, 2, 15)),
    case("full_months(a, b)", 13, a=D(2017, 1, 15), b=D(2018, 2, 16)),
    case("full_months(a, b)", None, a=D(2018, 1, 15), b=D(2018, 1, 14)),
    case("full_months(a, b)", None, a=None, b=D(2018, 1, 14)),
    case("full_months(a, b)", None, a=D(2018, 1, 14), b=None),
    case("due(d, 公示异议答复)", D(2018, 5, 17), d=D(2018, 5, 7)),
    case("due(d, 线索办结)", D(2018, 5, 18), d=D(2018, 5, 4)),
    case("due(d, 急难救助补办)", D(2018, 4, 18), d=D(2018, 4, 3)),  # 清明 is no working day
    case("due(d, 自理能力评估)", D(2019, 1, 14), d=D(2018, 1, 15)),
    case("due(d, 自理能力评估)", None, d=D(2016, 10, 9)),
    case("due(d, 老人探访, risk)", D(2018, 5, 14), d=D(2018, 5, 7), risk="高"),
    case("due(d, 老人探访, risk)", D(2018, 5, 22), d=D(2018, 5, 7), risk="中"),
    case("due(d, 老人探访, risk)", None, d=D(2018, 5, 7), risk="无"),
    case("due(d, 老人探访, risk)", None, d=None, risk="高"),
]  # fmt: skip


@pytest.mark.parametrize("one", CASES, ids=str)
def test_a_derivation_gives_what_follows_from_the_form(one):
    """Just so much, and nothing while it cannot be known."""
    assert derived(one) == one.expected
