"""The county's tables as a whole."""

import shutil
from pathlib import Path

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.registry.registry_files import find_file_problems, find_registry_problems
from minzheng.county.registry.shown.registry_guide import FILES
from tests.county.tables import written


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    return shutil.copytree(REGISTRY_FOLDER, tmp_path / "registry")


def test_the_shipped_tables_are_right(registry):
    """Each is described, none is left out."""
    assert find_registry_problems(registry) == []
    assert {one.name for one in FILES} == {file.name for file in REGISTRY_FOLDER.iterdir()}


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (
            "towns_and_villages.csv",
            "610927100,城关镇,蔬菜村",
            "61092,城关镇,蔬菜村",
            "不是 9 位数字",
        ),
        ("towns_and_villages.csv", ",新华村,村,", ",新华村,村", "表头有 9 格"),
        ("holidays.csv", "2018-01-01,休", "2018-13-01,休", "写成 2018-01-01,休"),
        ("holidays.csv", "date,kind,note", "day,kind,note", "写法不对"),
        ("dossiers.toml", 'code = "TK"', 'code = "DB"', "code = DB 出现 2 次"),
        ("dossiers.toml", 'words = ["低保"', 'words = "低保"\nx = ["低保"', ""),
        ("standards.toml", '"295.00"', '"二百"', "金额"),
        ("standards.toml", "from = 2018-01-01", 'from = "2018"', "写成 2018-01-01 这样的日期"),
        ("laws.toml", "[[law]]", "[[law]", "不合 TOML 格式"),
        ("limits.toml", 'name = "镇级临时救助限额"', "", "name 没有填写"),
        ("completeness.toml", 'dossier = "DB"', "", "写得不完整"),
        ("synonyms.txt", "低保=最低生活保障=农低=城低", "低保", "不是一组"),
        ("retention.csv", ",D10,", ",10年,", "保管期限"),
    ],
)
def test_a_mistake_is_said_in_chinese(registry, name, old, new, said):
    """With the place, whatever is wrong; never an exception."""
    text = (registry / name).read_text(encoding="utf-8-sig")
    assert old in text
    (registry / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = "\n".join(map(str, find_file_problems(registry, name)))
    assert said in found
    assert name in found or not said


def test_every_mistake_is_said_at_once(registry):
    """Of one table, and of all."""
    file = registry / "holidays.csv"
    file.write_text("date,kind,note\nx,休,\ny,班,\n", encoding="utf-8")
    (registry / "laws.toml").write_bytes("名".encode("gb18030"))
    assert len(find_registry_problems(registry)) == 3
    (registry / "laws.toml").unlink()
    assert "没有这个文件" in str(find_registry_problems(registry))


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("retention.csv", "dossier,material,period,basis,mark\nDB,甲,D10,乙,\n", 0),
        ("retention.csv", "dossier,material,period,basis,mark\nDB,甲,Y,乙,\n", 0),
        ("retention.csv", "dossier,material,period,basis,mark\nDB,甲,D100,乙,\nDB,甲,,乙,\n", 2),
        ("retention.csv", "dossier,material,period,basis\nDB,甲,D10,乙\n", 1),
        ("holidays.csv", "date,kind,note\n2018-01-01,休,\n", 0),
        ("holidays.csv", "date,kind,note\n2018-01-01,休\n2018-01-02,休,,\n", 2),
        ("holidays.csv", "", 0),
    ],
)  # fmt: skip
def test_rows_are_as_wide_as_their_heading(tmp_path, name, text, count):
    """And a period is one that archives know."""
    assert len(find_file_problems(written(tmp_path, name, text), name)) == count
