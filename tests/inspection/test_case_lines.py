"""A person's cases as lines of steps."""

import datetime as dt

from minzheng.inspection.case_lines import CaseLine, draw_lines, told_alike
from minzheng.inspection.case_steps import CaseStep, Measure, Proof
from minzheng.inspection.standings import Standing, Subject
from minzheng.inspection.traces import Trace
from tests.inspection.papers import COUNTY, SCHEMES

CASE = "DB-103200-2018-0001"
MEASURE = Measure(dt.date(2026, 11, 23), COUNTY.terms, COUNTY.calendar)


def trace(number: int, step: str, **more: object) -> Trace:
    given = {"about": "DB", "case_no": CASE, "year": "2018", "step": step} | more
    return Trace("扫描件", number, "", "", **given)


def test_a_paper_that_is_gone_proves_nothing():
    """It is still a trace."""
    lines = draw_lines([trace(1, "申请"), trace(2, "审批", present=False)], SCHEMES, MEASURE)
    (line,) = lines
    assert (line.dossier, line.case_no, line.year) == ("DB", CASE, "2018")
    assert "申请" not in line.gaps
    assert "审批" in line.gaps


def test_an_issued_document_is_no_scan():
    """By now its signed paper should be in the archive."""
    day = dt.date(2018, 5, 7)
    issued = Trace(
        "出具文书", 1, "", "", about="DB", case_no=CASE, year="2018", step="申请", day=day
    )
    (line,) = draw_lines([issued], SCHEMES, MEASURE)
    assert (line.steps[0].state, line.steps[0].day) == ("已出具", day)


def test_the_survey_has_the_last_word():
    """Its cases replace the lines of the same number; those only it knows are added."""
    drawn = CaseLine("DB", CASE, "2018", (CaseStep("发放", "没做"),))
    other = CaseLine("LS", "", "2018", ())
    steps = (CaseStep("发放", "已归档", (Proof("发放"),)),)
    known = Standing(Subject("钟宝镇", "旧城村", "DB", "2018", CASE), 1, (), (), ("GS-01",), steps)
    more = Standing(Subject("钟宝镇", "旧城村", "TK", "2019", "", "测试甲"), 0, (), ())
    assert told_alike([drawn, other], [known, more]) == (
        CaseLine("DB", CASE, "2018", steps, ("GS-01",)), other, CaseLine("TK", "", "2019", ()),
    )  # fmt: skip


def test_since_when_a_step_is_there_the_person_s_own_papers_tell():
    """The survey counts papers and knows no day."""
    day = dt.date(2018, 4, 12)
    own = CaseLine("DB", CASE, "2018", (CaseStep("评议", "已归档", (Proof("评议", day),), day),))
    counted = (
        CaseStep("评议", "已归档", (Proof("评议"),) * 2),
        CaseStep("发放", "已归档", (Proof("发放"),)),
    )
    known = Standing(Subject("钟宝镇", "旧城村", "DB", "2018", CASE), 1, (), (), (), counted)
    (line,) = told_alike([own], [known])
    assert [(one.papers, one.day) for one in line.steps] == [(2, day), (1, None)]


def test_a_visit_alone_is_no_case():
    """Of a dossier of visits an application is one."""
    visit = trace(1, "调查", about="ZF", case_no="")
    assert draw_lines([visit], SCHEMES, MEASURE) == ()
    asked = trace(2, "申请", about="ZF", case_no="ZF-103200-2026-0001", year="2026")
    (line,) = draw_lines([visit, asked], SCHEMES, MEASURE)
    assert line.dossier == "ZF"
