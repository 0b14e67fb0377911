"""What a form is and says itself: each word on both sides of its edge."""

import datetime as dt

import pytest

from tests.filler.one_rule import case, derived

D = dt.date

HOUSE = {"town": "钟宝镇", "village": "旧城村"}

#: Call, what it gives, the fields.
CASES = [
    case("village_code()", "610927103200", **HOUSE),
    case("village_code()", None, town="曾家镇", village="金坪村"),
    case("village_code()", None, town="曾家镇", village="旧城村"),
    case("committee()", "旧城村村民委员会", **HOUSE),
    case("committee()", None, town="钟宝镇", village="外村"),
    case("department(DB)", "民政局", day=D(2014, 1, 1)),
    case("department(XY)", None, day=D(2018, 5, 7)),
    case("seq()", 2, rows=[{"a": "甲"}, {"a": "乙"}], row=2),
    case("seq()", None, rows=[{"a": "甲"}]),
    case("case_no()", "DB-103200-2018-0012", case_no="DB-103200-2018-0012"),
    case("case_no()", None),
    case("copy(a)", 7, a=7),
    case("copy(a)", None, a=None),
    case("fixed(甲)", "甲"),
    case("fixed(乙)", "乙"),
]  # fmt: skip


@pytest.mark.parametrize("one", CASES, ids=str)
def test_a_derivation_gives_what_follows_from_the_form(one):
    """Just so much, and nothing while it cannot be known."""
    assert derived(one) == one.expected
