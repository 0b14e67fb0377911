"""The page that answers best, and the text around what was found."""

import pytest

from archive_indexer.index.snippets import choose_pages, find_marks, fold_words, make_snippet


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
    ("text", "words", "snippet"),
    [
        ("零" * 30 + "甲" + "一" * 70, ("甲",), "零" * 24 + "甲" + "一" * 56),
        ("零" * 24 + "甲" + "一" * 56, ("甲",), "零" * 24 + "甲" + "一" * 56),
        ("零" * 10 + "甲", ("甲",), "零" * 10 + "甲"),
        ("一" * 70, ("甲",), "一" * 57), ("", ("甲",), ""),
        ("乙\n甲", ("甲", "乙"), "乙 甲"),
    ],
)  # fmt: skip
def test_a_snippet_stands_around_the_first_word(text, words, snippet):
    """So much before it, so much behind."""
    assert make_snippet(text, words)[0] == snippet


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
