"""What one paper tells of a person."""

import datetime as dt

import pytest

from minzheng.inspection.traces import (
    Trace,
    dossier_spoken_of,
    id_beside,
    is_list,
    latest_day,
    step_of,
)
from tests.inspection.papers import COUNTY, SCHEMES, A, B


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


@pytest.mark.parametrize(
    ("dossier", "title", "about"),
    [
        ("DB", "低保审批表", "DB"),
        ("GS", "旧城村农村低保对象公示单", "DB"),
        ("GS", "公示情况报告", "GS"),
    ],
)
def test_a_notice_speaks_of_the_dossier_its_title_names(dossier, title, about):
    """Every other paper of its own."""
    trace = Trace("扫描件", 1, title, "", dossier=dossier)
    assert dossier_spoken_of(trace, COUNTY.dossiers) == about


@pytest.mark.parametrize(
    ("form_id", "title", "step"),
    [
        ("DB-01", "随便什么", "申请"),
        ("", "低保申请", "申请"),
        ("", "旧城村低保公示", "公示"),
        ("", "收据", ""),
    ],
)
def test_a_paper_proves_a_step_by_its_form_else_by_its_title(form_id, title, step):
    """A step the dossier does not have is none of its."""
    trace = Trace("扫描件", 1, title, "", form_id=form_id, dossier="DB")
    assert step_of(trace, SCHEMES["DB"], COUNTY.required) == step


@pytest.mark.parametrize(
    ("form_id", "step", "listed"),
    [("DB-03", "发放", True), ("DB-01", "申请", False), ("", "发放", True), ("", "申请", False),
     ("DB-03", "", False)],
)  # fmt: skip
def test_a_list_speaks_of_many(form_id, step, listed):
    """By its form, else by its step; without a step it is no list."""
    trace = Trace("扫描件", 1, "", "", form_id=form_id, about="DB", step=step)
    assert is_list(trace, SCHEMES) is listed
    assert not is_list(Trace("扫描件", 1, "", "", about="XX", step="发放"), SCHEMES)


def test_a_paper_without_year_has_that_of_its_day():
    """What is filed counts first."""
    day = dt.date(2019, 5, 7)
    assert Trace("扫描件", 1, "", "", day=day).year_shown == "2019"
    assert Trace("扫描件", 1, "", "", day=day, year="2018").year_shown == "2018"
    assert Trace("扫描件", 1, "", "").year_shown == ""
