"""A question in a clerk's words."""

from pathlib import Path

from archive_indexer.documents import (
    IndexedDocument,
)
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.queries import Query
from archive_indexer.search import as_json, parse_words, search_archive
from minzheng.county.county import read_county

WORDS = read_county()


def test_words_to_mark_are_folded_and_with_synonyms():
    """What is excluded is not marked."""
    assert parse_words('張三\u3000"旧 城" 不含 停发', WORDS) == ("张三", "旧城")
    assert parse_words("停发", WORDS) == ("停发", "停保", "退保", "注销")


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
