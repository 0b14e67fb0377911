"""Dates, one by one and in their order: each word on both sides of its edge."""

import datetime as dt

import pytest

from tests.filler.one_rule import TODAY, case, fault, refused

D = dt.date
DAY = D(2018, 5, 7)


def rows(*texts, **columns):
    """Rows of one column, or one row of several."""
    return [columns] if columns else [{"a": text} for text in texts]


ONE_DAY = dt.timedelta(days=1)

#: Call, addresses refused (none when it is silent), the fields.
CHECKED = [
    case("rows_in_order(rows, a, b, c)", "", rows=rows(a=DAY, b=DAY, c=DAY)),
    case("rows_in_order(rows, a, b, c)", "rows[0].c", rows=rows(a=DAY, b=None, c=D(2018, 5, 6))),
    case("rows_in_order(rows, a, b, c)", "rows[0].b",
         rows=rows(a=DAY, b=D(2018, 5, 6), c=D(2018, 5, 6))),
    case("in_order(a, b, c)", "", a=DAY, b=DAY, c=DAY),
    case("in_order(a, b, c)", "c", a=DAY, b=None, c=D(2018, 5, 6)),
]  # fmt: skip

#: Call, words of the fault (none when the value is taken), the value given, the fields.
RULED = [
    case("not_future", "", given=TODAY),
    case("not_future", "晚于今天", given=TODAY + ONE_DAY),
    case("not_future", "", given=None),
    case("planned", "", given=TODAY + ONE_DAY),
    case("not_before(other)", "早于“other”(2018年5月7日)", given=D(2018, 5, 6),
         other=D(2018, 5, 7)),
    case("not_before(other)", "早于“other”(2018年5月)", given=D(2018, 4, 1), other=D(2018, 5, 1),
         months=("other",)),
    case("not_before(other)", "", given=D(2018, 5, 7), other=D(2018, 5, 7)),
    case("not_before(other)", "", given=D(2018, 5, 6), other=None),
    case("after(other)", "应晚于", given=D(2018, 5, 7), other=D(2018, 5, 7)),
    case("after(other)", "", given=D(2018, 5, 8), other=D(2018, 5, 7)),
    case("after(other)", "", given=D(2018, 5, 8), other=None),
    case("not_after(other)", "", given=D(2018, 5, 7), other=D(2018, 5, 7)),
    case("not_after(other)", "晚于", given=D(2018, 5, 8), other=D(2018, 5, 7)),
    case("not_after(other)", "", given=D(2018, 5, 8), other=None),
    case("on_time(other)", "", given=D(2018, 5, 7), other=D(2018, 5, 7)),
    case("on_time(other)", "晚于", given=D(2018, 5, 8), other=D(2018, 5, 7)),
    case("within_working_days(other, 3)", "", given=D(2018, 5, 9), other=D(2018, 5, 4)),
    case("within_working_days(other, 3)", "超过“other”后 3 个工作日", given=D(2018, 5, 10),
         other=D(2018, 5, 4)),
    case("within_working_days(other, 书面告知)", "超过", given=D(2018, 5, 10), other=D(2018, 5, 4),
         day=D(2018, 5, 7)),
    case("within_working_days(other, 没有的期限)", "", given=D(2018, 5, 10), other=D(2018, 5, 4),
         day=D(2018, 5, 7)),
    case("within_working_days(other, 3)", "", given=D(2018, 5, 10), other=None),
    case("within_months(other, 12)", "", given=D(2019, 1, 14), other=D(2018, 1, 15)),
    case("within_months(other, 12)", "超过 12 个月", given=D(2019, 1, 15), other=D(2018, 1, 15)),
    case("within_months(other, 12)", "", given=D(2019, 1, 15), other=None),
    case("within_months(other, n)", "", given=D(2019, 1, 15), other=D(2018, 1, 15), n=None),
    case("review_in_time(other, n)", "", given=D(2018, 7, 15), other=D(2018, 1, 15), n=6),
    case("review_in_time(other, n)", "超过 6 个月", given=D(2018, 7, 16), other=D(2018, 1, 15),
         n=6),
    case("review_in_time(other, n)", "", given=D(2018, 7, 16), other=D(2018, 1, 15), n=None),
    case("review_in_time(other, n)", "", given=D(2018, 7, 16), other=None, n=6),
    case("month_after_at_latest(d)", "", given=D(2018, 6, 1), d=D(2018, 5, 31)),
    case("month_after_at_latest(d)", "晚于“d”的次月", given=D(2018, 7, 1), d=D(2018, 5, 31)),
    case("month_after_at_latest(d)", "", given=D(2018, 7, 1), d=None),
]  # fmt: skip


@pytest.mark.parametrize("one", RULED, ids=str)
def test_a_rule_takes_what_just_keeps_it_and_refuses_the_next(one):
    """What is taken has no fault; what is refused says why."""
    found = fault(one)
    assert bool(found) == bool(one.expected)
    assert one.expected in found


@pytest.mark.parametrize("one", CHECKED, ids=str)
def test_a_check_speaks_beyond_its_edge_and_not_before(one):
    """Where the fault is, and nothing when all is right."""
    assert " ".join(refused(one)) == one.expected
