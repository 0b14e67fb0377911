"""Papers counted in the archive become cases and lists."""

import pytest

from archive_indexer.stores.paper_counts import Notice, PaperGroup
from minzheng.inspection.counted_cases import CasePapers, Lists, gather_cases, gather_lists
from tests.inspection.papers import COUNTY, SCHEMES

PILE = ("钟宝镇", "旧城村", "DB")
CASE = "DB-103200-2018-0001"


def group(*forms: str, year="2018", case_no=CASE, person="测试甲", pile=PILE) -> PaperGroup:
    return PaperGroup(*pile, year, case_no, person, forms)


@pytest.mark.parametrize(
    ("case_no", "years", "year"),
    [
        (CASE, {"2019", "2020"}, "2018"),
        ("", {"2019", "2020"}, "2019"),
        ("", {"", "不明"}, ""),
        ("旧编号7", {"2019"}, "2019"),
    ],
)
def test_a_case_is_of_the_year_its_number_names(case_no, years, year):
    """Else of its oldest paper."""
    assert CasePapers(case_no, "测试甲", years).year == year


@pytest.mark.parametrize(
    ("year", "covers"), [("2017", True), ("2018", True), ("2019", False), ("", True)]
)
def test_a_list_covers_cases_of_its_year_and_the_one_before(year, covers):
    """A roster of 2018 names who was approved in 2017; a case without year is not accused."""
    lists = Lists()
    lists.add(PILE, "DB-03", "2018")
    assert lists.cover(PILE, "DB-03", year) is covers
    assert not lists.cover(("钟宝镇", "红星村", "DB"), "DB-03", year)
    assert not lists.cover(PILE, "COM-04", year)


def test_a_list_without_year_covers_every_year():
    """Nobody knows better."""
    lists = Lists()
    lists.add(PILE, "DB-03", "")
    assert lists.cover(PILE, "DB-03", "2015")


def test_lists_are_gathered_from_papers_and_notices():
    """A notice counts for the dossiers it names, for all when it names none."""
    notices = [
        Notice("钟宝镇", "旧城村", "2018", "COM-05", "临时救助公示单"),
        Notice("钟宝镇", "旧城村", "2018", "COM-06", "公示情况报告"),
    ]
    lists = gather_lists([group("DB-03", "DB-01", case_no="")], notices, SCHEMES, COUNTY.dossiers)
    assert lists.cover(PILE, "DB-03", "2018")
    assert not lists.cover(PILE, "DB-01", "2018")
    assert not lists.cover(PILE, "COM-05", "2018")
    assert lists.cover(("钟宝镇", "旧城村", "LS"), "COM-05", "2018")
    assert lists.cover(PILE, "COM-06", "2018")


def gathered(*groups: PaperGroup) -> dict[str, dict[str, int]]:
    return {case.case_no or case.person: dict(case.forms)
            for _, case in gather_cases(groups, SCHEMES)}  # fmt: skip


def test_papers_of_one_number_are_one_case():
    """With all its years and forms; unknown forms are not counted."""
    found = gathered(group("DB-01", "DB-02"), group("DB-02", "", year="2019", person=""))
    assert found == {CASE: {"DB-01": 1, "DB-02": 2}}


def test_a_paper_without_number_joins_the_only_case_of_its_person():
    """With two cases nobody knows which."""
    loose = group("COM-01", case_no="")
    assert gathered(group("DB-01"), loose) == {CASE: {"DB-01": 1, "COM-01": 1}}
    second = group("DB-01", case_no="DB-103200-2018-0002")
    assert gathered(group("DB-01"), second, loose)["测试甲"] == {"COM-01": 1}


def test_lists_and_strange_papers_open_no_case():
    """Nor do papers of a dossier without a scheme, or of nobody."""
    assert gathered(group("DB-03", case_no="DB-103200-2018-0009", person="")) == {}
    assert gathered(group("ZF-01")) == {}
    assert gathered(group("DB-01", pile=("钟宝镇", "旧城村", "ZH"))) == {}
    assert gathered(group("DB-01", case_no="", person="")) == {}
