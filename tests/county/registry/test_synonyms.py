"""Synonyms and look-alike characters."""

from pathlib import Path

import pytest

from minzheng.county.errors import RegistryError
from minzheng.county.registry.synonyms import load_lookalikes, load_synonyms


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
