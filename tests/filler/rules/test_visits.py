"""Rules over visits: each word on both sides of its edge."""

import datetime as dt

import pytest

from tests.filler.one_rule import case, refused

D = dt.date

DAY = D(2018, 5, 7)


def rows(*texts, **columns):
    """Rows of one column, or one row of several."""
    return [columns] if columns else [{"a": text} for text in texts]


VISITS = [{"who": "甲", "d": D(2018, 5, 1), "risk": "高"},
          {"who": "乙", "d": D(2018, 5, 2), "risk": "高"}]  # fmt: skip


def visited(days, risk="高", who="甲"):
    """Two people; the first is seen again after so many days."""
    again = {"who": who, "d": D(2018, 5, 1) + dt.timedelta(days=days), "risk": "低"}
    return [again, {**VISITS[0], "risk": risk}, VISITS[1]]


#: Call, addresses refused (none when it is silent), the fields.
CHECKED = [
    case("a_row_each_month(rows, d, until)", "",
         rows=[{"d": D(2018, 3, 1)}, {"d": D(2018, 4, 30)}], until=D(2018, 4, 30)),
    case("a_row_each_month(rows, d, until)", "rows",
         rows=[{"d": D(2018, 3, 1)}, {"d": D(2018, 4, 30)}], until=D(2018, 5, 1)),
    case("a_row_each_month(rows, d, until)", "rows",
         rows=[{"d": D(2018, 3, 1)}, {"d": D(2017, 4, 30)}], until=D(2018, 4, 30)),
    case("a_row_each_month(rows, d, until)", "rows", rows=[{"d": None}], until=D(2018, 1, 1)),
    case("a_row_each_month(rows, d, until)", "", rows=[], until=None),
    case("visits_in_time(rows, who, d, risk, 老人探访)", "", rows=visited(7), day=DAY),
    case("visits_in_time(rows, who, d, risk, 老人探访)", "rows[0].d", rows=visited(8), day=DAY),
    case("visits_in_time(rows, who, d, risk, 老人探访)", "", rows=visited(15, "中"), day=DAY),
    case("visits_in_time(rows, who, d, risk, 老人探访)", "rows[0].d", rows=visited(16, "中"),
         day=DAY),
    case("visits_in_time(rows, who, d, risk, 老人探访)", "", rows=visited(16, "无"), day=DAY),
    case("visits_in_time(rows, who, d, risk, 老人探访)", "", rows=visited(16, who="丙"), day=DAY),
    case("visits_in_time(rows, who, d, risk, 老人探访)", "", day=DAY,
         rows=[VISITS[0], {**VISITS[0], "d": None}]),
]  # fmt: skip


@pytest.mark.parametrize("one", CHECKED, ids=str)
def test_a_check_speaks_beyond_its_edge_and_not_before(one):
    """Where the fault is, and nothing when all is right."""
    assert " ".join(refused(one)) == one.expected
