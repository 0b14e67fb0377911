"""The fifteen dossiers."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from minzheng.county.errors import RegistryError
from minzheng.county.registry.dossiers import load_dossiers

DOSSIERS = load_dossiers()


def test_there_are_fifteen_and_eight_are_the_countys_own():
    """The registry holds fifteen dossiers, eight of them named by the county."""
    assert len(DOSSIERS.all) == 15
    assert sum(dossier.in_seed for dossier in DOSSIERS.all) == 8


@pytest.mark.parametrize(
    ("text", "code"),
    [("01低保", "DB"), ("五保户名单", "TK"), ("残疾人两项补贴", "CB"), ("急难救助", "LS")],
)
def test_a_dossier_is_known_by_its_words(text: str, code: str):
    """Folder names and headings name a dossier."""
    assert [dossier.code for dossier, _ in DOSSIERS.find_in(text)] == [code]


def test_the_department_depends_on_the_date():
    """医疗救助 moved to 医疗保障局 in 2019."""
    medical = DOSSIERS.by_code("YL")
    assert medical.department_on(dt.date(2018, 5, 7)) == "民政局"
    assert medical.department_on(dt.date(2020, 5, 7)) == "医疗保障局"
    assert medical.department_on(dt.date(2000, 1, 1)) == "民政局"


def test_a_word_leads_to_its_dossier():
    """Code, name and words all lead there."""
    assert DOSSIERS.by_word("特困") is DOSSIERS.by_code("TK")
    assert DOSSIERS.by_word("无此专档") is None
    assert DOSSIERS.by_code("XX") is None


def test_every_mistake_is_reported(tmp_path: Path):
    """All mistakes in the file come together."""
    (tmp_path / "dossiers.toml").write_text('[[dossier]]\nno = "01"\n' * 2, encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        load_dossiers(tmp_path)
    for part in ("应为 15 个", "code 没有填写", "words 为空", "departments 为空", "出现 2 次"):
        assert part in str(caught.value)


def test_broken_toml_is_a_problem(tmp_path: Path):
    """A file that is no TOML is reported, not raised through."""
    (tmp_path / "dossiers.toml").write_text("= 1", encoding="utf-8")
    with pytest.raises(RegistryError, match="不合 TOML 格式"):
        load_dossiers(tmp_path)


D = dt.date


def test_departments_change_on_their_day():
    """The seal follows its own days."""
    medical = load_dossiers().by_code("YL")
    first, change = medical.departments[0][0], medical.departments[1][0]
    assert medical.department_on(change) == "医疗保障局"
    assert medical.department_on(change - dt.timedelta(days=1)) == "民政局"
    assert medical.seal_on(first) == medical.seal_on(change - dt.timedelta(days=1))
    assert medical.seal_on(change) != medical.seal_on(first)
    other = replace(medical, seals=((D(2018, 1, 1), "县政府"), (D(2019, 1, 1), "市政府")))
    assert other.seal_on(D(2018, 1, 1)) == "县政府"
    assert other.seal_on(D(2019, 1, 1)) == "市政府"
    assert other.seal_on(D(2017, 12, 31)) == "民政局"


def test_only_apart_dossiers_need_a_right_of_their_own():
    """Children and veterans."""
    apart = load_dossiers().apart_codes
    assert apart == {one.code for one in load_dossiers().all if one.is_apart}
    assert "DB" not in apart
    assert apart


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("旧城村低保边缘家庭公示", "ZF"),
        ("刚性支出困难家庭", "ZF"),
        ("旧城村低保公示", ""),
        ("", ""),
    ],
)
def test_a_matter_is_of_the_dossier_that_decides_it(text, code):
    """Not of the one whose word begins it."""
    found = DOSSIERS.of_matter_in(text)
    assert (found.code if found else "") == code
