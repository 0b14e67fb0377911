"""Bands, levels and what the registry says of them: each word on both sides of its edge."""

import datetime as dt

import pytest

from tests.filler.one_rule import case, derived

D = dt.date

VISITS = [{"d": D(2018, 1, 1), "kind": "甲类"}, {"d": D(2018, 12, 31), "kind": "乙类"},
          {"d": D(2017, 12, 31), "kind": "甲类"}, {"d": None, "kind": "甲类"}]  # fmt: skip

#: Call, what it gives, the fields.
CASES = [
    case("count_fields(是, a, b)", 1, a="是", b="否"),
    case("count_fields(是, a, b)", 2, a="是", b="是"),
    case("count_fields(是, a, b)", None, a="是", b=""),
    *(case("band(n, 1-3=少, 4-9=多)", expected, n=n)
      for n, expected in ((0, None), (1, "少"), (3, "少"), (4, "多"), (9, "多"), (10, None))),
    case("band(n, 1-3=少, 4-9=多)", None, n=None),
    case("term_of(低保核查, kind)", 6, kind="每半年", day=D(2018, 5, 7)),
    case("term_of(低保核查, kind)", 12, kind="每年", day=D(2012, 12, 12)),
    case("term_of(低保核查, kind)", None, kind="每年", day=D(2012, 12, 11)),
    case("term_of(低保核查, kind)", None, kind="每月", day=D(2018, 5, 7)),
    *(case("band_by_age(高龄补贴, age)", expected, age=age, day=D(2018, 5, 7))
      for age, expected in ((69, None), (70, "70-79周岁"), (79, "70-79周岁"), (80, "80-89周岁"),
                            (99, "90-99周岁"), (100, "100周岁以上"), (None, None))),
    case("rows_in_year(rows, d, day)", 2, rows=VISITS, day=D(2018, 5, 7)),
    case("rows_in_year(rows, d, day)", 1, rows=VISITS, day=D(2017, 5, 7)),
    case("rows_in_year(rows, d, day)", 0, rows=VISITS, day=D(2016, 5, 7)),
    case("rows_in_year(rows, d, day, kind, 甲)", 1, rows=VISITS, day=D(2018, 5, 7)),
    case("rows_in_year(rows, d, day, kind, 类)", 2, rows=VISITS, day=D(2018, 5, 7)),
    case("rows_in_year(rows, d, day)", None, rows=VISITS, day=None),
    *(case("is_severe(低保单人户, kind, level)", expected, kind=kind, level=level,
           day=D(2018, 5, 7))
      for kind, level, expected in (("肢体", "二级", "是"), ("肢体", "三级", "否"),
                                    ("精神", "三级", "是"), ("", "", "否"))),
    case("is_severe(特困, kind, level)", "否", kind="听力", level="一级", day=D(2018, 5, 7)),
    case("is_severe(特困, kind, level)", "否", kind="肢体", level="一级", day=D(2006, 2, 28)),
    case("is_severe(特困, kind, level)", "是", kind="肢体", level="一级", day=D(2006, 3, 1)),
]  # fmt: skip


@pytest.mark.parametrize("one", CASES, ids=str)
def test_a_derivation_gives_what_follows_from_the_form(one):
    """Just so much, and nothing while it cannot be known."""
    assert derived(one) == one.expected
