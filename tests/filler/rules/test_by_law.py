"""Rules that begin or end with a law: each word on both sides of its first day."""

import datetime as dt

import pytest

from tests.filler.one_rule import born, case, paper, refused

BEFORE, SINCE = dt.date(2026, 6, 30), dt.date(2026, 7, 1)
ADULT, SUPPORTER = born(1950), born(1980)
CASE_NO = "DB-103200-2026-0001"
APPLIED = paper("DB-01", CASE_NO, members=[{"m_name": "测试甲", "m_id": ADULT}],
                supporters=[{"s_name": "测试乙", "s_id": SUPPORTER}])  # fmt: skip
SUPPORTERS = "supporters_sign(jiuzhufa, d, checked, rows.a, DB-01, supporters=s_name+s_id)"


def signing(expected, day, checked, *signers):
    rows = [{"a": one} for one in signers]
    known = {"past": (APPLIED,), "case_no": CASE_NO}
    return case(SUPPORTERS, expected, d=day, day=day, checked=checked, rows=rows, **known)


CHECKED = [
    case("demanded_until(jiuzhufa, d, kinds, 甲)", "kinds", d=BEFORE, kinds=("乙",)),
    case("demanded_until(jiuzhufa, d, kinds, 甲)", "", d=BEFORE, kinds=("甲",)),
    case("demanded_until(jiuzhufa, d, kinds, 甲)", "", d=SINCE, kinds=("乙",)),
    case("demanded_until(jiuzhufa, d, kinds, 甲)", "kinds", d=None, kinds=("乙",)),
    case("not_demanded(jiuzhufa, d, rows.a)", "", d=BEFORE, rows=[{"a": "存款证明"}]),
    case("not_demanded(jiuzhufa, d, rows.a)", "", d=None, rows=[{"a": "存款证明"}]),
    case("not_demanded(meiyou, d, rows.a)", "", d=SINCE, rows=[{"a": "存款证明"}]),
    case("not_demanded(jiuzhufa, d, rows.a)", "rows[1].a", d=SINCE,
         rows=[{"a": "病历"}, {"a": "存款证明"}]),
    signing("rows", BEFORE, "否", ADULT),
    signing("", BEFORE, "否", ADULT, SUPPORTER),
    signing("", SINCE, "否", ADULT),
    signing("rows", SINCE, "是", ADULT),
    signing("", SINCE, "是", ADULT, SUPPORTER),
]  # fmt: skip


@pytest.mark.parametrize("one", CHECKED, ids=str)
def test_a_rule_begins_or_ends_with_its_law(one):
    """On its first day, and not the day before."""
    assert refused(one) == ([one.expected] if one.expected else [])
