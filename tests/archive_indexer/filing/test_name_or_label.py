"""What stands in the place of a name is one, or a label, or neither."""

import pytest

from archive_indexer.filing.name_or_label import NamesAndLabels
from minzheng.county.registry.paper_words import PaperWords, load_paper_words

NAMES = NamesAndLabels.of(load_paper_words(), frozenset({"高龄津贴", "家庭住址", "旧城村"}))


@pytest.mark.parametrize(
    ("text", "is_name"),
    [("张三", True), ("欧阳测试", True), ("高龄津贴", False), ("高龄", False), ("申请人", False)],
)
def test_nothing_that_is_printed_on_a_form_is_a_name(text, is_name):
    """Also not the first line of a label that runs over two."""
    assert NAMES.is_name(text) == is_name


@pytest.mark.parametrize(
    ("text", "is_label", "is_any"),
    [
        ("户主：", True, True),
        ("家庭住址", False, True),
        ("家庭", False, False),
        ("张三", False, False),
    ],
)
def test_a_label_of_a_person_is_told_from_any_other(text, is_label, is_any):
    """With or without its colon."""
    assert NAMES.is_label(text) == is_label
    assert NAMES.is_any_label(text) == is_any
    assert NAMES.begins_label("家庭")


def test_the_chief_person_has_labels_of_its_own():
    """A paper is about the applicant and not about who recommends."""
    assert NAMES.is_chief("申请人")
    assert not NAMES.is_chief("调查人")


WORDS = PaperWords(
    chief=frozenset({"户主", "申请人"}), others=frozenset({"代理人"}), columns=frozenset({"姓名"}),
    staff=frozenset({"职务"}), lists=frozenset({"名单"}), before_names=("申请人", "成员"),
    archive_no=frozenset(), amounts=frozenset(), dates=frozenset(),
    not_names=frozenset({"高中"}), surnames=frozenset({"张", "李", "王", "高"}), papers=(),
)  # fmt: skip


PRINTED = {"序号", "性别", "年龄", "备注", "职务", "家庭人口", "与户主关系", "高血压"}


NAMING = NamesAndLabels.of(WORDS, PRINTED)


@pytest.mark.parametrize(
    ("text", "is_name", "is_label", "is_any", "begins"),
    [
        ("张三", True, False, False, False), ("户主：", False, True, True, True),
        ("代理人", False, True, True, True), ("姓 名", False, True, True, True),
        ("性别", False, False, True, True), ("高血", False, False, False, True),
        ("高血压", False, False, True, True), ("高", False, False, False, False),
        ("高中", False, False, False, False),
    ],
)  # fmt: skip
def test_labels_beginnings_and_names_are_told_apart(text, is_name, is_label, is_any, begins):
    """A label that runs over two lines is no name in its first."""
    assert NAMING.is_name(text) == is_name
    assert NAMING.is_label(text) == is_label
    assert NAMING.is_any_label(text) == is_any
    assert NAMING.begins_label(text) == begins
    assert NAMING.is_chief(text) == (text == "户主：")


def test_what_is_printed_begins_with_two_signs_and_ends_with_all():
    """One sign begins too much."""
    assert NamesAndLabels.of(WORDS, {"家庭人口", "甲"}).beginnings == {"家庭", "家庭人", "家庭人口"}
