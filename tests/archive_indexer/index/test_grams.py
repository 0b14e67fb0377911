"""Grams."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_indexer.index.grams import find_problem, grams_of, is_exact

TEXT = st.text(alphabet="张三ab12-年", max_size=30)


@given(TEXT, st.integers(0, 30), st.integers(0, 30))
def test_a_text_has_every_gram_of_its_parts(text: str, start: int, end: int):
    """No part of a text can be missed."""
    assert grams_of(text[start:end]) <= grams_of(text)


@given(TEXT, TEXT)
def test_exact_words_need_no_second_look(text: str, word: str):
    """For an exact word, having its grams is having the word."""
    if is_exact(word) and grams_of(word):
        assert (grams_of(word) <= grams_of(text)) == (word in text)


def test_short_words_are_explained():
    """One character or three digits say what is needed."""
    assert "太短" in str(find_problem("张", "张"))
    assert "太短" in str(find_problem("123", "123"))
    assert "没有可以查找" in str(find_problem(" ", ""))
    assert find_problem("张三", "张三") is None
    assert find_problem("2018年", "2018年") is None
    assert find_problem("3组", "3组") is None
    assert find_problem("1234", "1234") is None


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("张三丰", {"张三", "三丰"}), ("张", set()), ("abc", set()), ("abcd", {"abcd"}),
        ("abcde", {"abcd", "bcde"}), ("张a", {"张a"}), ("a张", {"a张"}), ("12", set()),
        ("1张2", {"1张", "张2"}),
    ],
)  # fmt: skip
def test_grams_are_pairs_and_runs_of_four(text, grams):
    """Two letters or digits side by side are no pair."""
    assert grams_of(text) == grams
    assert (find_problem(text, text) is None) == bool(grams)


@pytest.mark.parametrize(
    ("word", "exact"),
    [("张三", True), ("张三丰", False), ("abcd", True), ("abcde", False), ("张三李四", False),
     ("ab", False), ("1a", False), ("a张", True)],
)  # fmt: skip
def test_a_word_of_one_gram_needs_no_second_look(word, exact):
    """Longer ones do, and those of no gram."""
    assert is_exact(word) == exact
