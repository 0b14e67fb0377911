"""The county as its tables tell of it, read as one."""

import datetime as dt
import shutil

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.county import read_county
from minzheng.county.errors import RegistryError


@pytest.fixture
def folder(tmp_path):
    """A copy of the tables."""
    return shutil.copytree(REGISTRY_FOLDER, tmp_path / "registry")


def test_every_table_is_there(folder):
    """And answers for a day."""
    county, day = read_county(folder), dt.date(2018, 5, 7)
    assert county.folder == folder
    assert county.places.village("旧城村").town == "钟宝镇"
    assert county.dossiers.by_code("DB").short_name
    assert not county.calendar.is_working_day(dt.date(2018, 5, 1))
    assert county.terms.on("退役士兵年龄", day)
    assert county.standards.on("低保", "农村", day).month_amount
    assert county.limits.on("镇级临时救助限额", day)
    assert county.laws.decision_word(day) == "审批"
    assert county.eligibility.is_severe("特困", "肢体", "二级", day)
    assert county.required.schemes["DB"].steps
    assert county.synonyms.others("五保")
    assert county.lookalikes.others("未")
    assert county.paper_words.is_name("张三")
    assert county.questions


def test_mistakes_of_all_tables_are_named_at_once(folder):
    """Not only those of the table that is read first."""
    (folder / "synonyms.txt").write_text("低保\n", encoding="utf-8")
    (folder / "holidays.csv").write_text("date,kind,note\nx,休,\n", encoding="utf-8")
    (folder / "laws.toml").unlink()
    with pytest.raises(RegistryError) as caught:
        read_county(folder)
    assert len(caught.value.problems) == 3
    for name in ("synonyms.txt 第 1 行", "holidays.csv 第 2 行", "laws.toml：没有这个文件"):
        assert name in str(caught.value)


def test_what_was_read_does_not_change_with_the_files(folder):
    """Whoever holds a county goes on with it; the next reading gives another."""
    before = read_county(folder)
    (folder / "synonyms.txt").write_text("坝坝会=院坝会\n", encoding="utf-8")
    assert before.synonyms.others("五保")
    assert read_county(folder).synonyms.others("五保") == ()
