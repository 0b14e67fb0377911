"""What is missing is told of each case and each village's year, and nothing else."""

import datetime as dt

import pytest

from archive_indexer.stores.paper_counts import PaperGroup, ToldPaper
from filler.records.issued_papers import IssuedPaper
from minzheng.county.registry.required_papers import load_required_papers
from minzheng.inspection.case_steps import Measure
from minzheng.inspection.counted_cases import Counted, Rules
from minzheng.inspection.survey import Cell, survey
from tests.inspection.papers import COUNTY, SCHEMES, A, B

RULES = Rules(SCHEMES, COUNTY.required, COUNTY.dossiers)
TODAY = dt.date(2026, 11, 23)

CASE = "DB-103200-2018-0001"
PLACE = ("钟宝镇", "旧城村")


def papers(*forms, dossier="DB", year="2018", case_no=CASE, person="测试甲", place=PLACE):
    return PaperGroup(*place, dossier, year, case_no, person, forms)


def look(*groups, told=(), issued=(), duties=(), today=TODAY):
    measure = Measure(today, COUNTY.terms, COUNTY.calendar)
    return survey(Counted(list(groups), list(told), list(issued)), RULES, duties, measure)


def listed(form_id, title, *names, dossier="GS", year="2018", ids=(), place=PLACE):
    return ToldPaper(
        *place, dossier, year, form_id, "", "", title, frozenset(names), frozenset(ids)
    )


def lacks_of(found):
    return [(one.subject.label, [lack.need.name for lack in one.lacks]) for one in found.standings]


def test_a_case_lacks_what_its_scheme_asks():
    """Each step once; what is there only if needed is not missing."""
    found = look(papers("DB-01", "DB-02", "DB-02", "COM-03", ""))
    assert lacks_of(found) == [(CASE, ["授权", "评议", "公示", "发放", "复核"])]
    cell = found.cells("2018")[*PLACE, "DB"]
    assert cell == Cell(files=5, needed=8, lacking=5)
    assert cell.level == "low"


def test_the_vote_is_not_asked_of_a_case_that_may_be_younger_than_its_rule():
    """In the middle of 2021 the rule ended: whoever is in doubt is not accused."""
    (old,) = look(papers("DB-01", case_no="DB-103200-2020-0001", year="2020")).standings
    (new,) = look(papers("DB-01", case_no="DB-103200-2021-0001", year="2021")).standings
    assert {lack.need.name for lack in old.lacks} - {lack.need.name for lack in new.lacks} == {
        "评议"
    }


ROSTER = ("DB-03", "低保花名册")
VOTE = ("COM-04", "低保民主评议会议记录")


def test_a_list_speaks_for_whom_it_names():
    """Of the year or later; not of another village, and it is no case itself."""
    told = [
        listed(*ROSTER, "测试甲", "测试乙", dossier="DB", year="2019"),
        listed("COM-05", "低保公示单", "测试甲", place=("钟宝镇", "红星村")),
        listed(*VOTE, "测试甲", dossier="DB", year="2017"),
    ]
    ((_, missing),) = lacks_of(look(papers("DB-01"), told=told))
    assert "发放" not in missing
    assert {"公示", "评议"} <= set(missing)


@pytest.mark.parametrize(
    ("form_id", "title", "step", "dossier"),
    [
        (*VOTE, "评议", "DB"),
        ("COM-06", "低保公示情况报告", "公示", "GS"),
        ("GS-01", "低保对象公示表", "公布", "GS"),
        ("GS-04", "低保资金发放公示表", "发放", "GS"),
    ],
)
def test_no_list_of_the_village_and_year_is_credited_to_whom_it_does_not_name(
    form_id, title, step, dossier
):
    """The same paper with the name on it proves the step."""
    case = papers("DB-01", case_no="DB-103200-2018-0001")

    def done(*names):
        told = [listed(form_id, title, *names, dossier=dossier)]
        (one,) = look(case, told=told).standings
        return [each.name for each in one.steps if each.state == "已归档"]

    assert step not in done("测试乙", "测试丙")
    assert step in done("测试乙", "测试甲")


def test_a_list_of_somebody_else_of_the_name_is_not_credited():
    """Where both numbers are known they decide."""
    issued = [IssuedPaper(*PLACE, CASE, "DB-01", "测试甲", A, "2018-05-07", dt.date(2018, 5, 8))]
    told = [listed(*ROSTER, "测试甲", dossier="DB", ids=(B,))]
    ((_, missing),) = lacks_of(look(papers("DB-01"), told=told, issued=issued))
    assert "发放" in missing
    ((_, missing),) = lacks_of(look(papers("DB-01"), told=told))
    assert "发放" not in missing


@pytest.mark.parametrize(
    ("title", "is_missing"),
    [
        ("旧城村农村低保对象公示单", False),
        ("旧城村临时救助公示单", True),
        ("公示情况报告", False),
    ],
)
def test_what_was_made_public_counts_for_the_dossier_it_names(title, is_missing):
    """A notice that names none counts for all."""
    told = [listed("COM-05", title, "测试甲")]
    ((_, missing),) = lacks_of(look(papers("DB-01"), told=told))
    assert ("公示" in missing) == is_missing


def test_a_new_case_lacks_nothing_until_its_term_is_over():
    """What was issued and not scanned neither; then both are told."""
    day = dt.date(2026, 9, 1)
    issued = [IssuedPaper(*PLACE, CASE, "DB-01", "测试甲", A, "2026年9月1日", day)]
    new = look(issued=issued, today=dt.date(2026, 9, 30))
    assert new.of("") == []
    (one,) = new.not_due("", *PLACE, "DB")
    assert (one.needed, one.lacking) == (0, 0)
    assert [(step.name, step.state) for step in one.waiting][:3] == [
        ("申请", "已出具"), ("授权", "没做"), ("调查", "还没到")
    ]  # fmt: skip
    assert {step.due for step in one.waiting if step.name == "审批"} == {dt.date(2026, 11, 9)}
    (late,) = look(issued=issued, today=dt.date(2026, 11, 10)).of("2018")
    assert [lack.need.name for lack in late.lacks][:2] == ["申请", "授权"]
    assert "公布" in [lack.need.name for lack in late.lacks]
    assert "复核" not in [lack.need.name for lack in late.lacks]


def test_papers_without_number_go_to_the_only_case_of_their_person():
    """With two cases of one person they stay apart."""
    loose = papers("COM-01", case_no="")
    (one,) = look(papers("DB-01"), loose).standings
    assert "授权" not in {lack.need.name for lack in one.lacks}
    second = papers("DB-01", case_no="DB-103200-2018-0002")
    assert len(look(papers("DB-01"), second, loose).standings) == 3


def test_a_case_belongs_to_the_year_it_was_opened():
    """Its later papers are files of their own year."""
    found = look(papers("DB-01"), papers("DB-05", year="2019"))
    assert found.cells("2018")[*PLACE, "DB"].needed == 8
    assert found.cells("2019")[*PLACE, "DB"] == Cell(files=1)
    assert found.cells("2019")[*PLACE, "DB"].level == "unruled"


def test_a_child_must_not_stand_on_a_notice():
    """What must not be there is told, though nothing is missing."""
    found = look(papers("ET-01", "ET-05", "COM-05", dossier="ET", case_no="ET-103200-2018-0001"))
    (one,) = found.standings
    assert one.forbidden == ("COM-05",)
    assert found.of("2018", *PLACE, "ET") == [one]
    assert found.cells()[*PLACE, "ET"].level != "full"


def test_a_villages_year_is_asked_for_its_notices():
    """So many of each; a paper scanned twice under one number is one."""
    first = papers("GS-01", "GS-01", dossier="GS", case_no="GS-103200-2018-0001", person="")
    second = papers("GS-01", dossier="GS", case_no="GS-103200-2018-0002", person="")
    found = look(first, second, duties=load_required_papers().yearly)
    (publicity,) = [one for one in found.standings if one.subject.dossier == "GS"]
    assert [(lack.need.times, lack.found) for lack in publicity.lacks] == [(4, 2), (4, 0)]
    assert publicity.lacking == 6
    assert not [one for one in found.standings if one.subject.village == "红星村"]


def test_who_does_not_see_a_dossier_does_not_learn_of_its_papers():
    """A year of which there is nothing else is not asked for its notices."""
    child = papers("ET-01", dossier="ET", case_no="ET-103200-2019-0001", year="2019")
    found = look(papers("DB-01"), child, duties=load_required_papers().yearly)
    seen = found.without({"ET"})
    assert {one.subject.year for one in found.standings} == {"2018", "2019"}
    assert {one.subject.year for one in seen.standings} == {"2018"}
    assert (seen.years, seen.case("ET-103200-2019-0001")) == (["2018"], None)
    assert seen.cells()["", "", ""].files == 1
    assert found.without(()) is found


def test_sums_are_the_sums():
    """Of the village, the town, the dossier, the county."""
    there = papers("DB-01", place=("城关镇", "蔬菜村"), case_no="DB-100200-2018-0001")
    cells = look(papers("DB-01"), there, papers("", dossier="LS", case_no="")).cells()
    assert cells["", "", ""].files == 3
    assert cells["", "", "DB"].needed == 16
    assert cells["钟宝镇", "", ""].files == 2
    assert cells[*PLACE, "LS"].level == "unruled"


def test_odd_years_break_nothing():
    """A keeper may have written anything."""
    found = look(papers("DB-01", case_no="", year="不明"), papers("DB-02", case_no="", year=""))
    assert [one.subject.year for one in found.standings] == [""]
