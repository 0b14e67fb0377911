"""What looks like a name, and what the county's lists must hold."""

import re
import shutil

import pytest

from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.errors import RegistryError
from minzheng.county.registry.paper_words import (
    PaperKind,
    load_families,
    load_paper_words,
    load_surnames,
)
from tests.county.tables import written, wrong


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


def test_families_stand_in_the_order_of_the_file(tmp_path):
    """The commonest first; one that stands twice counts where it is first."""
    assert load_families()[:5] == ("王", "李", "张", "刘", "陈")
    (tmp_path / "surnames.txt").write_text("# 姓\n张 李\n王 张\n", encoding="utf-8")
    assert load_families(tmp_path) == ("张", "李", "王")
    assert load_surnames(tmp_path) == {"张", "李", "王"}


def test_a_kind_of_paper_needs_its_word_and_enough_others():
    """One too few is another paper."""
    kind = PaperKind("户口簿", ("户口",), ("户主", "籍贯", "民族"), 2)
    assert kind.count_in("户口户主籍贯") == 2
    assert kind.count_in("户口户主") == 0
    assert kind.count_in("户主籍贯民族") == 0


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("测试周小兰", True),
        ("测试周小兰花", False),
        ("张", False),
        ("张小兰花", False),
        ("测试", False),
    ],
)
def test_a_name_has_one_or_two_given_characters(text, is_one):
    """One more in the samples, whose family is of two."""
    assert load_paper_words().is_name(text) == is_one


PAPER = '[[paper]]\nname = "甲"\nmust = ["乙"]\nwords = ["丙"]\nleast = 1\n'


@pytest.mark.parametrize(
    ("change", "count"),
    [
        (("x", "x"), 0),
        (('name = "甲"\n', ""), 1),
        (('["乙"]', '"乙"'), 1),
        (('["丙"]', "[1]"), 1),
        (("least = 1", 'least = "一"'), 1),
    ],
)
def test_a_kind_of_paper_is_described_whole(tmp_path, change, count):
    """Its name, words and how many of them."""
    lists = {"persons": ("chief", "others", "columns", "staff", "lists", "before_names"),
             "values": ("archive_no", "amounts", "dates"), "not_names": ("words",)}  # fmt: skip
    head = "".join(
        f"[{table}]\n" + "".join(f'{name} = ["甲"]\n' for name in names)
        for table, names in lists.items()
    )
    written(tmp_path, "surnames.txt", "张\n")
    folder = written(tmp_path, "paper_words.toml", head + PAPER.replace(*change))
    assert len(wrong(load_paper_words, folder)) == count


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("主持人:测试陈国安记录人:测试王秀英。评议对象:三组测试甲", "。。评议对象:三组测试甲"),
        ("参会人员:测试乙、测试丙评议对象:测试甲", "。评议对象:测试甲"),
        ("评议对象:测试甲。同意18票。参会代表签名:测试乙测试丙", "评议对象:测试甲。同意18票。。"),
        ("到会人员签到。测试甲家庭人口2人", "。。测试甲家庭人口2人"),
        ("测试甲家庭人口2人", "测试甲家庭人口2人"),
    ],
)
def test_who_was_at_a_meeting_is_left_out_of_what_it_says(text, left):
    """From the word that begins it to the end of the sentence, or where the text goes on."""
    assert load_paper_words().without_attendance(text) == left


def test_a_countys_older_list_leaves_nobody_out(tmp_path):
    """It has no [minutes]; a wrong one is named."""
    shutil.copy(REGISTRY_FOLDER / "surnames.txt", tmp_path)
    text = (REGISTRY_FOLDER / "paper_words.toml").read_text("utf-8")
    older = re.sub(r"(?s)\[minutes\].*?(?=\[values\])", "", text)
    (tmp_path / "paper_words.toml").write_text(older, "utf-8")
    assert load_paper_words(tmp_path).without_attendance("签到:测试乙") == "签到:测试乙"
    (tmp_path / "paper_words.toml").write_text(f"{older}\n[minutes]\nbeside = 1\n", "utf-8")
    with pytest.raises(RegistryError, match="beside"):
        load_paper_words(tmp_path)
