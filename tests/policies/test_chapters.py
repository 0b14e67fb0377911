"""The fifteen chapters as they read on a day, from what the registry knows."""

import datetime as dt

import pytest

BEFORE, AFTER = dt.date(2018, 5, 7), dt.date(2026, 8, 1)


def test_there_is_a_chapter_for_each_dossier(policies):
    """In their order, each with its policies, its flow, its points and its forms."""
    chapters = policies.chapters(AFTER)
    assert [one.dossier.code for one in chapters] == [
        one.code for one in policies.county.dossiers.all
    ]
    assert [one.number for one in chapters] == list(range(1, 16))
    for one in chapters:
        assert one.laws, one.dossier.code
        assert one.flow, one.dossier.code
        assert one.sheet.demands, one.dossier.code
        assert one.forms, one.dossier.code


def test_a_chapter_names_what_holds_on_its_day(policies):
    """The old 审核审批办法 in 2018, the 确认办法 and the 社会救助法 in 2026."""
    named = {day: {law.id for law in policies.chapter("DB", day).laws} for day in (BEFORE, AFTER)}
    assert "dibaoshenpi" in named[BEFORE]
    assert "dibaoshenpi" not in named[AFTER]
    assert {"jiuzhufa", "dibaoqueren"} <= named[AFTER]


@pytest.mark.parametrize(("day", "is_needed"), [(BEFORE, True), (AFTER, False)])
def test_a_step_is_needed_as_the_table_of_papers_says(policies, day, is_needed):
    """民主评议 of every household until June 2021, since then where it is called for."""
    flow = {one.step.name: one for one in policies.chapter("DB", day).flow}
    assert flow["民主评议"].is_needed is is_needed
    assert flow["入户调查"].is_needed


def test_a_department_is_that_of_the_day(policies):
    """医疗救助 was the bureau's in 2018."""
    assert policies.chapter("YL", BEFORE).department == "民政局"
    assert policies.chapter("YL", AFTER).department == "医疗保障局"


def test_forms_are_its_own_and_those_its_steps_name(policies):
    """With the steps they are for."""
    forms = {one.spec.id: one.steps for one in policies.chapter("DB", AFTER).forms}
    assert forms["DB-01"] == ("申请",)
    assert forms["COM-03"] == ("入户调查",)
    assert "TK-01" not in forms


@pytest.mark.parametrize(
    ("code", "scheme"),
    [("DB", "低保"), ("TK", "特困照料"), ("GL", "高龄补贴"), ("CB", "残疾人生活补贴")],
)
def test_standards_stand_in_the_chapter_of_their_work(policies, code, scheme):
    """Those of the day alone."""
    standards = policies.chapter(code, AFTER).standards
    assert scheme in {one.scheme for one in standards}
    assert all(one.start <= AFTER <= one.end for one in standards)


def test_limits_and_terms_stand_in_the_chapter_of_their_work(policies):
    """A term of the work's own levels is called without its code."""
    assert {one.name for one in policies.chapter("LS", AFTER).limits} == {
        "镇级临时救助限额", "临时救助封顶",
    }  # fmt: skip
    chapter = policies.chapter("DB", AFTER)
    called = {chapter.called(one): one.value for one in chapter.terms}
    assert called["县确认"] == 10
    assert "县确认·TK" not in called


def test_no_standard_is_lost(policies):
    """Every one in force stands in a chapter."""
    told = {one for chapter in policies.chapters(AFTER) for one in chapter.standards}
    held = {one for one in policies.county.standards.all if one.start <= AFTER <= one.end}
    assert told == held


def test_what_is_not_settled_is_counted(policies):
    """示例 and 待核 of a chapter."""
    chapter = policies.chapter("DB", AFTER)
    assert chapter.marked >= sum(bool(one.mark) for one in chapter.laws) > 0


def test_an_unknown_code_is_no_chapter(policies):
    """COM is no dossier."""
    assert policies.chapter("COM", AFTER) is None
