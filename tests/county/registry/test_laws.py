"""Regulations by day, and what rests on them."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import RegistryError
from minzheng.county.registry.dossiers import load_dossiers
from minzheng.county.registry.laws import load_checked_laws, load_laws

LAWS = load_checked_laws()
WORKS = [one.code for one in load_dossiers().all]


def test_the_law_in_force_is_named():
    """Before July 2021 the trial rules hold, later the new ones."""
    before = [str(law) for law in LAWS.on("低保", dt.date(2018, 5, 7))]
    after = [str(law) for law in LAWS.on("低保", dt.date(2022, 5, 7))]
    assert "《最低生活保障审核审批办法（试行）》（民发〔2012〕220号）" in before
    assert "《最低生活保障审核确认办法》（民发〔2021〕57号）" in after
    assert before[0] == after[0]


@pytest.mark.parametrize(
    ("day", "word"),
    [
        ((2018, 5, 7), "审批"),
        ((2021, 6, 30), "审批"),
        ((2021, 7, 1), "确认"),
        ((1990, 1, 1), "审批"),
    ],
)
def test_the_decision_is_called_by_its_time(day: tuple[int, int, int], word: str):
    """审批 until June 2021, 确认 from July."""
    assert LAWS.decision_word(dt.date(*day)) == word


@pytest.mark.parametrize("code", WORKS)
@pytest.mark.parametrize("day", [(2018, 5, 7), (2021, 8, 2), (2025, 5, 7), (2026, 8, 3)])
def test_every_work_has_a_basis_on_every_day(code, day):
    """All fifteen, in the days of each set of rules."""
    assert LAWS.of_work(code, dt.date(*day))


def test_a_step_rests_on_what_its_forms_do_else_on_its_whole_work():
    """On the day it was done."""
    day = dt.date(2018, 5, 7)
    decided = LAWS.basis_of("DB", ("DB-02",), day)
    assert decided
    assert all("DB-02" in one.forms and one.holds_on(day) for one in decided)
    assert LAWS.basis_of("DB", ("COM-03",), day) == LAWS.of_work("DB", day)
    assert LAWS.basis_of("DB", ("DB-02",), dt.date(1990, 1, 1)) == ()


def test_every_law_has_its_source_and_the_day_it_was_read():
    """So that whoever doubts can look."""
    assert all(law.source and law.read for law in LAWS.all)


@pytest.mark.parametrize(
    ("title", "before", "after"),
    [
        ("中华人民共和国社会救助法", None, dt.date(2026, 7, 1)),
        ("中华人民共和国村民委员会组织法", dt.date(2025, 12, 31), dt.date(2026, 1, 1)),
        ("殡葬管理条例", dt.date(2026, 3, 29), dt.date(2026, 3, 30)),
    ],
)
def test_the_law_of_2026_holds_from_its_first_day(title, before, after):
    """And the one before it until the day before; no two of one title hold on one day."""
    versions = [law for law in LAWS.all if law.title == title]
    (new,) = [law for law in versions if law.start == after]
    assert not new.holds_on(after - dt.timedelta(days=1))
    held = [law for law in versions if before and law.holds_on(before)]
    assert [law.end for law in held] == ([before] if before else [])


def test_a_town_decides_where_the_province_says_so(registry):
    """As shipped the county does."""
    assert not LAWS.is_decided_by_town("低保", dt.date(2026, 8, 3))
    rule = '[[decider]]\nlevel = "镇"\nschemes = ["低保"]\nfrom = 2026-09-01\nsource = "省里"\n'
    write(registry, rule)
    laws = load_checked_laws(registry)
    assert laws.is_decided_by_town("低保", dt.date(2026, 9, 1))
    assert not laws.is_decided_by_town("低保", dt.date(2026, 8, 31))
    assert not laws.is_decided_by_town("特困", dt.date(2026, 9, 1))


@pytest.mark.parametrize(
    ("paper", "day", "office"),
    [
        ("银行存款证明", dt.date(2026, 7, 1), "银行等金融机构"),
        ("银行存款证明", dt.date(2026, 6, 30), ""),
        ("住院病历", dt.date(2026, 7, 1), ""),
    ],
)
def test_what_the_county_checks_itself_is_known_by_words(paper, day, office):
    """Since the law of 2026."""
    assert LAWS.checked_with(paper, day) == office


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    return Path(shutil.copytree(REGISTRY_FOLDER, tmp_path / "registry"))


def write(registry: Path, more: str, old: str = "", new: str = "") -> None:
    file = registry / "laws.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1) + "\n" + more, encoding="utf-8")


LAW = '[[law]]\nid = "neu"\ntitle = "新法"\nfrom = 2027-01-01\nsource = "原文"\n'


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (LAW, "read 没有填写"),
        (LAW.replace("source", "found") + "read = 2026-11-29\n", "source 没有填写"),
        (LAW + 'read = 2026-11-29\narticles = { XX = "" }\n', "articles 写得不对"),
        (LAW + "read = 2026-11-29\nschemes = [3]\n", "schemes 不是几个文字"),
        (LAW + "read = 2026-11-29\n" + LAW + "read = 2026-11-29\n", "起止日期与前面的重叠"),
        ('[[decider]]\nlevel = "省"\nschemes = []\nfrom = 2026-01-01\nsource = "a"\n', "只能写"),
        ("[[era]]\nfrom = 3\n", "word 没有填写"),
        ('[[own_check]]\noffice = "甲"\nwords = []\nfrom = 2026-01-01\nsource = "a"\n', "words"),
    ],
)
def test_a_row_is_whole(registry, more, said):
    """Every fact has its source and date."""
    write(registry, more)
    with pytest.raises(RegistryError, match=said):
        load_laws(registry)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"DB·公布", ', "", "checks 漏了 DB·公布"),
        ('"DB·公布", ', '"DB·公布", "成年年龄", ', "成年年龄 并不依据"),
        ('id = "jiuzhufa"', 'id = "another"', "没有 id 为“jiuzhufa”的法规"),
    ],
)
def test_what_rests_on_a_law_is_told_on_both_sides(registry, old, new, said):
    """The row names its checks, the terms and steps name their law."""
    write(registry, "", old, new)
    with pytest.raises(RegistryError, match=said):
        load_checked_laws(registry)


@pytest.mark.parametrize(
    ("law_id", "work"),
    [("yiliaobaozhang", "YL"), ("linshi2026", "LS"), ("minfa202635", "ZF")],
)
def test_what_only_one_source_says_is_marked_and_not_printed_yet(law_id, work):
    """Neither its day nor its text was confirmed: marked, and in force after 2026 alone."""
    law = LAWS.named(law_id)
    assert law.mark == "待核"
    assert law not in LAWS.of_work(work, dt.date(2026, 12, 31))
    assert law in LAWS.of_work(work, dt.date(2027, 1, 1))


def test_the_quorum_of_the_village_rests_on_a_law_on_every_day():
    """The amended law takes over what the one before it said."""
    for day in (dt.date(2012, 1, 1), dt.date(2019, 1, 1), dt.date(2026, 1, 1)):
        checks = {name for law in LAWS.of_work("ZZ", day) for name in law.checks}
        assert "代表会议到会分子" in checks
