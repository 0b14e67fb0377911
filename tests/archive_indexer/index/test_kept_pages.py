"""Pages kept by what they have unlike their folded texts."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_indexer.index.kept_pages import pack_pages, unpack_page
from minzheng.county.writing.chinese_text import fold_for_search, fold_with_offsets

_PAGES = st.lists(
    st.text(
        alphabet=st.sampled_from("張三网低保(wǎng)（gè）ＡBb1 \n\f　，,：:？?)𠮷㎡ﬁ\u200b"),
        max_size=60,
    ),
    max_size=3,
)


def kept(pages):
    folded = [fold_for_search(page) for page in pages]
    packed = pack_pages(pages, folded)
    return [unpack_page(packed, folded, number) for number in range(len(pages))]


@given(_PAGES)
def test_pages_are_written_again_as_they_were(pages):
    """Wide signs, traditional characters, blanks, inserted pinyin, signs of several."""
    assert [page.whole() for page in kept(pages)] == pages


@given(_PAGES, st.data())
def test_a_part_stands_between_the_sources_of_its_ends(pages, data):
    """As the offsets of the whole page tell them."""
    for text, page in zip(pages, kept(pages), strict=True):
        _, offsets = fold_with_offsets(text)
        if offsets:
            first = data.draw(st.integers(0, len(offsets) - 1))
            last = data.draw(st.integers(first, len(offsets) - 1))
            part = text[offsets[first] : offsets[last] + 1]
            assert page.around(first, last) == (part, fold_for_search(part))


@pytest.mark.parametrize("length", [20_000, 40_000])
def test_a_long_page_is_kept_whole(length):
    """Beyond 65,535 characters its numbers are longer."""
    text = "张 三" * length
    (page,) = kept([text])
    assert page.whole() == text
    assert page.around(2 * length - 2, 2 * length - 1) == ("张 三", "张三")


def test_a_page_like_its_folded_text_takes_no_room():
    """But for where it begins."""
    assert len(pack_pages(["低保户" * 100], ["低保户" * 100])) == 9


def test_a_document_without_pages_has_an_empty_one():
    """As its folded text has."""
    assert unpack_page(pack_pages([], []), [""], 0).whole() == ""


def test_what_an_earlier_version_packed_is_read():
    """All pages together, by zlib."""
    pages = ["張三 申請", "低保，乙"]
    packed = zlib.compress("\f".join(pages).encode())
    folded = [fold_for_search(page) for page in pages]
    assert [unpack_page(packed, folded, number).whole() for number in (0, 1)] == pages
    assert unpack_page(packed, folded, 0).around(1, 2) == ("三 申", "三申")
