"""Grams as numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_indexer.index.grams import grams_of
from archive_indexer.index.on_server.gram_codes import (
    code_of,
    codes_of,
    codes_of_pages,
    is_told_by_codes,
)

_TEXT = st.text(alphabet="张三ab12-年\U00020bb7\uffff", max_size=12)


@given(_TEXT, _TEXT)
def test_a_word_told_by_its_numbers_needs_no_text(text: str, word: str):
    """Whoever has all its numbers has it."""
    if is_told_by_codes(word):
        assert (codes_of(word) <= codes_of(text)) == (word in text)


@given(_TEXT, st.integers(0, 12), st.integers(0, 12))
def test_a_text_has_the_numbers_of_its_parts(text: str, start: int, end: int):
    """No part is missed."""
    assert codes_of(text[start:end]) <= codes_of(text)


@given(st.sets(st.text(alphabet="张三-年09az\ue000\uffff", min_size=1, max_size=4)))
def test_grams_of_the_plane_have_numbers_of_their_own(texts: set[str]):
    """That fit 32 bits with a sign."""
    grams = set().union(*map(grams_of, texts))
    codes = {code_of(gram) for gram in grams}
    assert len(codes) == len(grams)
    assert all(-(2**31) <= code < 2**31 for code in codes)


@pytest.mark.parametrize(
    ("gram", "code"),
    [
        ("\0\0", 0), ("张三", 0x5F204E09), ("\u8000\0", -0x80000000), ("\uffff\uffff", -1),
        ("0000", -0x28000000), ("zzzz", -0x28000000 + 36**4 - 1),
    ],
)  # fmt: skip
def test_the_numbers_stay_as_they_are(gram, code):
    """An index holds them: with others it would be another version."""
    assert code_of(gram) == code


def test_rare_characters_share_numbers_that_nobody_else_has():
    """Where no text has a surrogate."""
    code = code_of("\U00020bb7野") + 2**32
    assert 0xD900 << 16 <= code < 0xE000 << 16
    assert not is_told_by_codes("\U00020bb7野")


def test_the_numbers_of_pages_rise():
    """And none goes from one page to the next."""
    assert codes_of_pages(["张三", "李四"]) == sorted({code_of("张三"), code_of("李四")})
    assert codes_of_pages([]) == []


@pytest.mark.parametrize("text", ["", "低保1234567 ab\uffff\ud800低", "低\U00020bb7保 12345"])
def test_the_numbers_of_a_text_are_those_of_its_grams(text: str):
    """Told one by one or all at once."""
    assert codes_of(text) == {code_of(gram) for gram in grams_of(text)}
