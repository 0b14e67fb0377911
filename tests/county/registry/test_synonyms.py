"""Synonyms and look-alike characters."""

from pathlib import Path

import pytest

from minzheng.county.errors import RegistryError
from minzheng.county.registry.synonyms import (
    Groups,
    Spoken,
    load_lookalikes,
    load_spoken,
    load_synonyms,
)
from tests.county.tables import written, wrong


def test_words_of_a_group_stand_for_one_another():
    """As the registry says; a word of no group has no others."""
    assert load_synonyms().others("五保")[0] == "特困"
    assert load_synonyms().others("测试") == ()


def test_lookalikes_are_single_characters():
    """One wrong character at a time."""
    groups = load_lookalikes().groups
    assert all(len(one) == 1 for group in groups for one in group)
    assert "末" in load_lookalikes().others("未")


def test_a_line_that_is_no_group_is_told(tmp_path: Path):
    """With its number."""
    (tmp_path / "synonyms.txt").write_text("# 注\n低保\n", encoding="utf-8")
    with pytest.raises(RegistryError, match="第 2 行"):
        load_synonyms(tmp_path)


@pytest.mark.parametrize(
    ("line", "is_right"),
    [
        ("低保=最低生活保障", True),
        ("低保=保", False),
        ("低保=低保", False),
        ("# 低保", True),
        (" ", True),
    ],
)
def test_synonyms_are_of_two_characters_and_lookalikes_of_one(tmp_path, line, is_right):
    """At least two different words stand for one another."""
    written(tmp_path, "synonyms.txt", f"{line}\n")
    written(tmp_path, "lookalikes.txt", "未=末\n")
    assert (not wrong(load_synonyms, tmp_path)) == is_right
    assert load_lookalikes(tmp_path).others("未") == ("末",)


def test_sayings_are_read_beside_the_groups(tmp_path):
    """The longest saying is put first; they are no synonyms."""
    written(tmp_path, "synonyms.txt", "低保=最低生活保障\n停了=停掉的 → 停发 告知书\n")
    said = load_spoken(tmp_path)
    assert said.sayings == (("停掉的", "停发 告知书"), ("停了", "停发 告知书"))
    assert said.official("谁停掉的低保") == "谁 停发 告知书 低保"
    assert load_synonyms(tmp_path).groups == (("低保", "最低生活保障"),)
    assert Spoken().official("停了") == "停了"


@pytest.mark.parametrize(
    ("lines", "is_right"),
    [
        ("停了 → 停发", True), ("停 → 停发", False), ("停了 → ", False), (" → 停发", False),
        ("停了 → 停发\n断了=停了 → 减发", False),
    ],
)  # fmt: skip
def test_a_saying_of_two_characters_means_something_once(tmp_path, lines, is_right):
    """Anything else is told with its line."""
    written(tmp_path, "synonyms.txt", f"{lines}\n")
    assert (not wrong(load_spoken, tmp_path)) == is_right


def test_the_shortest_word_stands_for_all_that_mean_the_same():
    """The longest is replaced first; a title is folded before."""
    groups = Groups((("低保", "最低生活保障"), ("五保", "特困供养", "特困人员供养")))
    assert groups.with_shortest("最低生活保障和特困人员供养") == "低保和五保"
    assert [groups.title_with_shortest("最低生活保障 ＡＢ表") for _ in range(2)] == ["低保ab表"] * 2
