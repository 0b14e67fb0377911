"""What is missing is told of each case and each village's year, and nothing else."""

import pytest

from archive_indexer.stores.paper_counts import Notice, PaperGroup
from minzheng.county.registry.dossiers import load_dossiers
from minzheng.county.registry.required_papers import load_required_papers
from minzheng.inspection.survey import Cell, survey

CASE = "DB-103200-2018-0001"
PLACE = ("钟宝镇", "旧城村")


def papers(*forms, dossier="DB", year="2018", case_no=CASE, person="测试甲", place=PLACE):
    return PaperGroup(*place, dossier, year, case_no, person, forms)


def look(*groups, notices=(), duties=()):
    schemes = load_required_papers().schemes
    return survey(list(groups), list(notices), schemes, duties, load_dossiers())


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


def test_a_list_of_the_village_speaks_for_its_cases():
    """Of the year or the next; not of another village, and it is no case itself."""
    case = papers("DB-01")
    roster = papers("DB-03", case_no="DB-103200-2018-0009", person="", year="2019")
    elsewhere = papers("COM-05", case_no="", person="", place=("钟宝镇", "红星村"))
    too_late = papers("COM-04", case_no="", person="", year="2021")
    ((_, missing),) = lacks_of(look(case, roster, elsewhere, too_late))
    assert "发放" not in missing
    assert {"公示", "评议"} <= set(missing)


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
    notice = Notice(*PLACE, "2018", "COM-05", title)
    ((_, missing),) = lacks_of(look(papers("DB-01"), notices=[notice]))
    assert ("公示" in missing) == is_missing


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
