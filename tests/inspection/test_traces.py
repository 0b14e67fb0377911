"""What one paper tells of a person."""

import datetime as dt

import pytest

from minzheng.inspection.traces import Trace, id_beside, latest_day
from tests.inspection.papers import A, B


def test_in_a_list_the_number_behind_the_name_counts():
    """Not the one of the row above."""
    text = f"测试乙 {B} 三组\n测试甲 {A} 二组"
    assert id_beside("测试甲", text) == A
    assert id_beside("测试乙", text) == B
    assert id_beside("测试丙", text) == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("出生1949年12月31日 申请日期 2018年4月2日", dt.date(2018, 4, 2)),
        ("2018-04-02 至 2018.5.7", dt.date(2018, 5, 7)),
        ("没有日期", None),
    ],
)
def test_the_latest_day_is_the_papers(text, day):
    """Whatever was born before."""
    assert latest_day(text) == day


def test_a_first_generation_number_is_its_successor():
    """So that old papers go to the same person."""
    assert id_beside("测试甲", "测试甲 110105491231002") == A


def test_the_year_of_a_paper_bounds_its_day():
    """An agreement names the day it ends on, too."""
    assert latest_day("2018年1月15日签订，至2020年12月31日止", "2018") == dt.date(2018, 1, 15)


def test_the_only_number_of_a_paper_is_its_persons():
    """Unless the paper is somebody else's."""
    text = f"审批表 {A} " + "　" * 200 + "测试甲 签字"
    assert id_beside("测试甲", text) == A
    assert id_beside("测试甲", text, is_anothers=True) == ""
    assert id_beside("测试甲", f"{B} {text}") == ""


def test_a_paper_without_year_has_that_of_its_day():
    """What is filed counts first."""
    day = dt.date(2019, 5, 7)
    assert Trace("扫描件", 1, "", "", day=day).year_shown == "2019"
    assert Trace("扫描件", 1, "", "", day=day, year="2018").year_shown == "2018"
    assert Trace("扫描件", 1, "", "").year_shown == ""
