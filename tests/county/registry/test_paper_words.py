"""What looks like a name, and what the county's lists must hold."""

import shutil

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import RegistryError
from minzheng.county.registry.paper_words import load_paper_words, load_surnames


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("张三", True), ("李小雨", True), ("欧阳建国", True), ("测试周桂兰", True),
        ("阿依古丽·买买提", True), ("王", False), ("农村", False), ("高中", False),
        ("户主", False), ("汉族", False), ("张三李四王五", False), ("a三", False), ("", False),
    ],
)  # fmt: skip
def test_a_name_begins_with_a_known_family_and_is_no_common_word(text, is_one):
    """Names with a middle dot are taken as they are."""
    assert load_paper_words().is_name(text) is is_one


def test_a_list_that_is_missing_is_named(tmp_path):
    """All at once."""
    shutil.copy(REGISTRY_FOLDER / "surnames.txt", tmp_path)
    (tmp_path / "paper_words.toml").write_text("[persons]\nchief = 1", encoding="utf-8")
    with pytest.raises(RegistryError, match=r"(?s)chief.*columns.*archive_no.*words"):
        load_paper_words(tmp_path)


def test_a_line_that_holds_no_families_is_named(tmp_path):
    """With its number."""
    (tmp_path / "surnames.txt").write_text("# 姓\n张 李1 王\n", encoding="utf-8")
    with pytest.raises(RegistryError, match=r"第 2 行.*李1"):
        load_surnames(tmp_path)
