"""Rules over numbers and amounts: each word on both sides of its edge."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.filler.one_rule import case, fault, refused, said


def rows(*texts, **columns):
    """Rows of one column, or one row of several."""
    return [columns] if columns else [{"a": text} for text in texts]


D = dt.date

M = Decimal

#: Call, addresses refused (none when it is silent), the fields.
CHECKED = [
    case("not_above(a, b)", "", a=10, b=10),
    case("not_above(a, b)", "a", a=11, b=10),
    case("not_above(a, b)", "", a=11, b=None),
    case("not_above(a, b)", "", a=None, b=10),
    case("rows_not_above(rows, a, b)", "", rows=rows(a=10, b=10)),
    case("rows_not_above(rows, a, b)", "rows[0].a", rows=rows(a=11, b=10)),
    *(case("decision_fits(decision, old, new)", expected, decision=decision, old=old, new=new)
      for decision, old, new, expected in (
          ("新增", 0, 1, ""), ("新增", 1, 1, "new"), ("新增", 0, 0, "new"),
          ("增发", 10, 11, ""), ("增发", 10, 10, "new"),
          ("减发", 10, 9, ""), ("减发", 10, 10, "new"), ("减发", 10, 0, "new"),
          ("继续", 10, 10, ""), ("继续", 10, 11, "new"), ("继续", 10, 9, "new"),
          ("停发", 10, 0, ""), ("停发", 10, 1, "new"), ("终止", 10, 1, "new"),
          ("不予批准", 10, 1, "new"), ("不予确认", 10, 1, "new"), ("其他", 10, 1, ""),
          ("停发", None, 1, ""), ("停发", 10, None, ""))),
    case("rows_decision_fits(rows, kind, old, new)", "rows[0].new",
         rows=rows(kind="增发", old=10, new=10)),
    case("rows_decision_fits(rows, kind, old, new)", "", rows=rows(kind="增发", old=10, new=11)),
]  # fmt: skip

#: What a check says, where its words depend on the form.
SAID = [
    case("not_above(first, second)", "第一：11 大于“第二”（10）", first=11, second=10,
         labels={"first": "第一", "second": "第二"}),
    case("not_above(first, 10)", "11 大于“10”（10）", first=11),
]  # fmt: skip

#: Call, words of the fault (none when the value is taken), the value given, the fields.
RULED = [
    case("between(1, 10)", "不在", given=M("0.99")),
    case("between(1, 10)", "", given=1),
    case("between(1, 10)", "", given=10),
    case("between(1, 10)", "不在", given=11),
    case("at_most(a)", "", given=10, a=10),
    case("at_most(a)", "大于“a”(10)", given=11, a=10),
    case("at_most(a)", "", given=11, a=None),
    case("at_least(a)", "", given=10, a=10),
    case("at_least(a)", "少于“a”", given=9, a=10),
    case("at_least(10)", "少于10", given=9),
    case("at_least(a)", "", given=9, a=None),
    case("at_least(评议小组人数)", "少于15", given=14, day=D(2018, 5, 7)),
    case("at_least(评议小组人数)", "", given=15, day=D(2018, 5, 7)),
    case("equals(a)", "", given=M("1.50"), a=M("1.5")),
    case("equals(a)", "不一样", given=M("1.50"), a=M("1.51")),
    case("equals(a)", "", given="测试 甲", a="测试甲"),
    case("equals(a)", "不一样", given="测试甲", a="测试乙"),
    case("equals(a)", "", given="测试甲", a=None),
    case("none_before", "", given=0),
    case("none_before", "本年已救助 1 次", given=1),
    case("none_before", "", given="无"),
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


@pytest.mark.parametrize("one", SAID, ids=str)
def test_a_check_says_what_is_wrong_and_what_to_do(one):
    """In words that fit the form."""
    assert any(one.expected in words for words in said(one)), said(one)
