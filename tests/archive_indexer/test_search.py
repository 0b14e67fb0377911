"""A question in a clerk's words."""

from pathlib import Path

import pytest

from archive_indexer.documents import (
    IndexedDocument,
)
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.queries import Query
from archive_indexer.search import as_json, parse_words, search_archive
from minzheng.county.county import read_county
from tests.county.spellings import CARD, ID, OTHER_ID, PHONE, run_together, spelt_numbers

WORDS = read_county()


def test_words_to_mark_are_folded_and_with_synonyms():
    """What is excluded is not marked."""
    assert parse_words('張三\u3000"旧 城" 不含 停发', WORDS) == ("张三", "旧城")
    assert parse_words("停发", WORDS) == ("停发", "停保", "退保", "注销", "取消")


def test_a_question_is_answered_as_the_json_promises(tmp_path: Path):
    """The answer has a total and hits with exactly the promised names."""
    index = FullTextIndex(tmp_path)
    index.update([IndexedDocument("a", "0", ("測試(shì)甲",), town="钟宝镇", title="题名")])
    answer = as_json(search_archive(index, "测试甲", Query(()), WORDS).result)
    assert answer["total"] == 1
    assert set(answer["hits"][0]) == {
        "path", "page", "town", "village", "dossier", "year", "form_id", "title", "snippet",
            "present",
    }  # fmt: skip
    assert answer["hits"][0]["page"] == 1


def test_a_question_too_short_is_explained(tmp_path: Path):
    """Mistakes in the question are told and nothing is searched."""
    index = FullTextIndex(tmp_path)
    assert "太短" in str(search_archive(index, "张", Query(()), WORDS).problems[0])
    assert "没有输入" in str(search_archive(index, "  ", Query(()), WORDS).problems[0])


@pytest.fixture(scope="module")
def spelt_index(tmp_path_factory) -> FullTextIndex:
    """A paper for every usual spelling of some numbers, and a paper without any."""
    index = FullTextIndex(tmp_path_factory.mktemp("index"))
    papers = [
        IndexedDocument(f"{number}/{place}", f"{number}{place}", (f"住三组，{one}。",))
        for number, spelt in spelt_numbers().items()
        for place, one in enumerate(spelt)
    ]
    other = IndexedDocument("别的", "x", ("金额 15320 201805 三组 2018-05-07",))
    index.update([*papers, other])
    return index


@pytest.mark.parametrize("number", [ID, PHONE, CARD, OTHER_ID])
def test_a_number_is_found_however_it_is_written_and_typed(spelt_index, number):
    """Every paper that bears it, and only those; the number is marked where it stands."""
    spelt = [one for one in spelt_numbers()[number] if one not in run_together()]
    for typed in (*spelt, f'"{number}"', f"三组 {number}"):
        result = search_archive(spelt_index, typed, Query((), limit=99), WORDS).result
        found = {hit.path for hit in result.hits}
        wanted = {f"{number}/{place}" for place, _ in enumerate(spelt_numbers()[number])}
        assert {one for one in found if one.startswith(f"{number}/")} == wanted, typed
        others = found - wanted
        together = {f"{OTHER_ID}/{place}" for place in (1, 2)}
        assert others <= together, typed
        for hit in result.hits:
            assert any(hit.snippet[start:stop].strip() for start, stop in hit.marks), hit


@pytest.mark.parametrize("number", [ID, OTHER_ID])
def test_an_id_number_is_found_by_its_field_word_too(spelt_index, number):
    """`身份证:` with hyphens, dots or a letter for a figure."""
    for typed in (number, f"{number[:6]}-{number[6:14]}-{number[14:]}"):
        result = search_archive(spelt_index, f"身份证:{typed}", Query((), limit=99), WORDS).result
        found = {hit.path for hit in result.hits}
        assert found == {f"{number}/{place}" for place, _ in enumerate(spelt_numbers()[number])}


def test_a_number_is_marked_on_its_page_as_the_page_writes_it():
    """The words to mark are those of the page that is shown."""
    page = f"{ID[:6]}-{ID[6:14]}-{ID[14:]}"
    assert page.lower() in parse_words(ID, WORDS, page=page)
    assert page.lower() not in parse_words(ID, WORDS)
