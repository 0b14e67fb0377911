"""Names beside the numbers of children."""

import datetime as dt

import pytest

from minzheng.county.minors import Beside, day_of_majority, names_beside_numbers
from minzheng.county.registry.paper_words import load_paper_words

WORDS = load_paper_words()
CHILD, ADULT = "110105201501010033", "11010519491231002X"
BORN_AFTER = dt.date(2008, 11, 28)


@pytest.mark.parametrize(
    ("text", "children", "adults"),
    [
        (f"测试张小花 孙女 {CHILD}", {"测试张小花"}, set()),
        (f"孙女李小花（身份证号{CHILD}）", {"李小花"}, set()),
        (f"{CHILD} 李小花 孙女", {"李小花"}, set()),
        (f"姓名 李小花\n性别 女\n身份证号 {CHILD}", {"李小花"}, set()),
        (f"户主 李大山 {ADULT}\n孙女 李小花 110105-20150101-0033", {"李小花"}, {"李大山"}),
        (f"李大山 {ADULT} 李小花 {CHILD}", {"李小花"}, {"李大山"}),
        (f"李明 {CHILD}\n李明 {ADULT}", {"李明"}, set()),
        ("李小花 13991500001", set(), set()),
        (CHILD, set(), set()),
    ],
)
def test_the_nearest_name_is_the_owners(text, children, adults):
    """In its row before the number, behind it, or in the rows above."""
    found = names_beside_numbers(text, WORDS, BORN_AFTER)
    assert (found.children, found.adults) == (children, adults)


def test_a_name_beside_an_adults_number_is_the_adults():
    """A child of the village who is called the same does not hide it."""
    beside = Beside(frozenset({"李小花"}), frozenset({"李明"}))
    assert beside.hidden(frozenset({"李明", "王小宝"})) == {"李小花", "王小宝"}


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (dt.date(2026, 11, 28), dt.date(2008, 11, 28)),
        (dt.date(2024, 2, 29), dt.date(2006, 2, 28)),
    ],
)
def test_a_child_is_who_was_born_after_a_day(today, day):
    """On the birthday itself nobody is a child any more."""
    assert day_of_majority(today, 18) == day
