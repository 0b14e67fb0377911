"""Which page answers best, and what is shown of it."""

import pytest

from archive_indexer.index.kept_pages import pack_pages, unpack_page
from archive_indexer.index.snippets import choose_pages, find_marks, fold_words, make_snippet
from minzheng.county.writing.chinese_text import fold_for_search


def kept(text):
    folded = [fold_for_search(text)]
    return unpack_page(pack_pages([text], folded), folded, 0)


@pytest.mark.parametrize(
    ("pages", "best", "holding"),
    [
        (["甲", "甲乙", "乙"], 2, (1, 2, 3)),
        (["丙", "甲", "甲"], 2, (2, 3)),
        (["丙", "丁"], 1, ()),
    ],
)
def test_the_page_with_most_of_the_words_is_shown(pages, best, holding):
    """The first of several; without any, the first page."""
    assert choose_pages(pages, ["甲", "乙"]) == (best, holding)


def test_a_snippet_stands_around_the_first_word():
    """In one line, in the writing of the page."""
    text = "前" * 100 + "測 试\n甲" + "后" * 100
    snippet, marks = make_snippet(kept(text), ["测试甲"])
    assert [snippet[start:end] for start, end in marks] == ["測 试 甲"]
    assert snippet.count("前") == 24
    assert "\n" not in snippet


def test_without_a_word_the_page_begins():
    """As when only filters were asked for."""
    text = "低保申请" * 30
    assert make_snippet(kept(text), []) == (text[:57], ())
    assert make_snippet(kept(""), ["测试"]) == ("", ())


def test_marks_that_touch_are_one():
    """A word within a word is not marked twice."""
    assert find_marks("低保户低保", ["低保", "保户", "户"]) == ((0, 5),)
    assert find_marks("低保 特困", ["低保", "特困", ""]) == ((0, 2), (3, 5))


def test_words_are_folded_and_asked_once():
    """In their order."""
    assert fold_words(["測試", "Ａ１", "测试"]) == ("测试", "a1")


@pytest.mark.parametrize(
    ("pages", "best", "holding"),
    [
        (["甲", "甲乙", "乙"], 2, (1, 2, 3)), (["无", "甲"], 2, (2,)), (["甲", "乙"], 1, (1, 2)),
        (["无"], 1, ()),
    ],
)  # fmt: skip
def test_the_page_with_most_words_answers(pages, best, holding):
    """Of equal ones the first."""
    assert choose_pages(pages, ("甲", "乙")) == (best, holding)


@pytest.mark.parametrize(
    ("text", "words", "marks"),
    [
        ("甲乙丙甲", ("甲",), ((0, 1), (3, 4))), ("甲乙丙", ("甲乙", "乙丙"), ((0, 3),)),
        ("甲乙丙", ("甲", "乙"), ((0, 2),)), ("甲乙丙", ("甲", "丙"), ((0, 1), (2, 3))),
        ("甲甲甲", ("甲甲",), ((0, 3),)),
        ("甲乙丙丁", ("甲乙丙丁", "乙"), ((0, 4),)), ("甲", ("",), ()),
        ("甲 乙", ("甲乙",), ((0, 3),)), ("张三", ("李四",), ()),
    ],
)  # fmt: skip
def test_every_word_is_marked_where_it_stands(text, words, marks):
    """What touches is one mark; white space between the signs of a word belongs to it."""
    assert find_marks(text, words) == marks


def test_words_are_folded_and_stand_once():
    """In the order they were asked."""
    assert fold_words(["張三", "李四", "张三"]) == ("张三", "李四")
