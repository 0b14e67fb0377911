"""What everybody reads: each word on both sides of its edge."""

import datetime as dt

import pytest

from tests.filler.one_rule import born, case, paper, refused

D = dt.date
DAY = D(2018, 5, 7)

ADULT, CHILD = born(2000, 5, 7), born(2000, 5, 8)  #: on DAY: 18 that day, 17 still

HOUSE = {"town": "钟宝镇", "village": "旧城村"}


def rows(*texts, **columns):
    """Rows of one column, or one row of several."""
    return [columns] if columns else [{"a": text} for text in texts]


ADULTS = "adults_only(rows, name, ET-01, CB-01)"
#: Call, addresses refused (none when it is silent), the fields.
CHECKED = [
    case("tell_apart(rows, name, group)", "rows[1].name",
         rows=[{"name": "甲", "group": "一组"}, {"name": "甲", "group": "一组"}]),
    case("tell_apart(rows, name, group)", "",
         rows=[{"name": "甲", "group": "一组"}, {"name": "甲", "group": "二组"}]),
    case("tell_apart(rows, name, group)", "",
         rows=[{"name": "", "group": "一组"}, {"name": "", "group": "一组"}]),
    case("no_personal_numbers()", "note", note="卡 6217-0000 0000-0000", d=DAY),
    case("no_personal_numbers()", "note", note="11010519491231002X", d=DAY),
    case("no_personal_numbers()", "", note="110105-1949", d=DAY),
    case("no_personal_numbers()", "rows[1].a", rows=rows("甲", ADULT)),
    case("no_personal_numbers()", "", rows=rows("甲", "乙"), amount=10**17),
    *(case(ADULTS, expected, rows=rows(name=name), day=day, **HOUSE,
           past=(paper(form_id, id_no=CHILD, name="测试小明", **HOUSE),))
      for name, day, form_id, expected in (
          ("测试小明", DAY, "ET-01", "rows[0].name"), ("测试小明", D(2018, 5, 8), "ET-01", ""),
          ("测试小红", DAY, "ET-01", ""), ("测试小明", DAY, "COM-01", ""),
          ("测试小明", DAY, "CB-01", "rows[0].name"))),
    case(ADULTS, "", rows=rows(name="测试小明"), day=DAY, **HOUSE,
         past=(paper("ET-01", id_no=CHILD, name="测试小明", town="钟宝镇", village="外村"),)),
    case(ADULTS, "", rows=rows(name="测试小明"), day=DAY, **HOUSE,
         past=(paper("ET-01", name="测试小明", **HOUSE),)),
    case("no_personal_numbers(hotline)", "", hotline="13991500001", note="甲"),
    case("no_personal_numbers(hotline)", "note", hotline="13991500001", note="１３９-9150 0001"),
    case("no_personal_numbers()", "hotline", hotline="13991500001", note="甲"),
]  # fmt: skip


@pytest.mark.parametrize("one", CHECKED, ids=str)
def test_a_check_speaks_beyond_its_edge_and_not_before(one):
    """Where the fault is, and nothing when all is right."""
    assert " ".join(refused(one)) == one.expected
