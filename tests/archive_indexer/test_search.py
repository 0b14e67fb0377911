"""A question in a clerk's words."""

from pathlib import Path

import pytest

from archive_indexer.documents import (
    ExtractedPage,
    Filing,
    IndexedDocument,
    Query,
    Seal,
    SignaturePlace,
    Visible,
)
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.search import as_json, offer_more, parse_words, search_archive
from archive_indexer.stores.file_store import as_document
from minzheng.county.county import read_county

COUNTY = read_county()


def test_words_to_mark_are_folded_and_with_synonyms():
    """What is excluded is not marked."""
    assert parse_words('張三\u3000"旧 城" 不含 停发', COUNTY) == ("张三", "旧城")
    assert parse_words("停发", COUNTY) == ("停发", "停保", "退保", "注销")


def test_one_wrong_character_is_offered_never_mixed_in(tmp_path: Path):
    """With the number of files it would find among those one may see."""
    index = FullTextIndex(tmp_path)
    index.update([IndexedDocument("a", "0", ("季四的材料",), town="钟宝镇")])
    answer = search_archive(index, "李四", Query(()), COUNTY)
    assert answer.result.total == 0
    offers = offer_more(index, answer, Query(()), COUNTY).offers
    assert [(one.text, one.count, one.why) for one in offers] == [("季四", 1, "近似")]
    hidden = Query((), visible=Visible(town="城关镇"))
    assert offer_more(index, answer, hidden, COUNTY).offers == ()


@pytest.mark.parametrize("question", ["zs", "zhangsan", "姓名:zs"])
def test_names_are_offered_for_pinyin(tmp_path: Path, question: str):
    """Initials are too short for a word, and are understood as a name."""
    index = FullTextIndex(tmp_path)
    index.update([IndexedDocument("a", "0", ("张三的材料",), person="张三")])
    answer = offer_more(
        index, search_archive(index, question, Query(()), COUNTY), Query(()), COUNTY
    )
    assert [(one.text, one.count) for one in answer.offers] == [("张三", 1)]


def test_a_question_is_answered_as_the_json_promises(tmp_path: Path):
    """The answer has a total and hits with exactly the promised names."""
    index = FullTextIndex(tmp_path)
    index.update([IndexedDocument("a", "0", ("測試(shì)甲",), town="钟宝镇", title="题名")])
    answer = as_json(search_archive(index, "测试甲", Query(()), COUNTY).result)
    assert answer["total"] == 1
    assert set(answer["hits"][0]) == {
        "path", "page", "town", "village", "dossier", "year", "form_id", "title", "snippet",
            "present",
    }  # fmt: skip
    assert answer["hits"][0]["page"] == 1


def test_a_question_too_short_is_explained(tmp_path: Path):
    """Mistakes in the question are told and nothing is searched."""
    index = FullTextIndex(tmp_path)
    assert "太短" in str(search_archive(index, "张", Query(()), COUNTY).problems[0])
    assert "没有输入" in str(search_archive(index, "  ", Query(()), COUNTY).problems[0])


@pytest.mark.parametrize(
    ("origin", "seals", "has_seal"),
    [
        ("ocr", (Seal((0.1, 0.1, 0.2, 0.2), "#c41c20"),), True),
        ("ocr", (), False),
        ("text", (), None),
    ],
)
def test_a_seal_is_known_only_of_pictures(origin, seals, has_seal):
    """Of a text file nobody can say that the seal is missing."""
    page = ExtractedPage(1, "公示", origin=origin, seals=seals)
    assert as_document("a", "0", [page], Filing()).has_seal is has_seal


@pytest.mark.parametrize(
    ("states", "signed"),
    [((), None), (("有", "有"), "有"), (("有", "看不清"), "看不清"), (("看不清", "无"), "无")],
)
def test_one_empty_place_makes_a_paper_unsigned(states, signed):
    """A paper is signed where every place is; without places nothing is known."""
    places = tuple(SignaturePlace("签字", (0, 0, 1, 1), state) for state in states)
    pages = [ExtractedPage(1, ""), ExtractedPage(2, "", signatures=places)]
    assert as_document("a", "0", pages, Filing()).signed == signed
