"""The fifteen dossiers."""

import datetime as dt
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
