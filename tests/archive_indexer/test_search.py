"""A question in a clerk's words."""

from pathlib import Path

from archive_indexer.documents import IndexedDocument, Query
from archive_indexer.full_text_index import FullTextIndex
from archive_indexer.search import as_json, parse_words, search_archive


def test_words_are_apart_by_any_space():
    """Full-width spaces part words too, quotation marks keep them together."""
    assert parse_words('低保 张三\u3000"旧 城"') == ("低保", "张三", "旧 城")


def test_a_question_is_answered_as_the_json_promises(tmp_path: Path):
    """The answer has a total and hits with exactly the promised names."""
    index = FullTextIndex(tmp_path)
    index.update([IndexedDocument("a", "0", ("測試(shì)甲",), town="钟宝镇", title="题名")])
    answer = as_json(search_archive(index, "测试甲", Query(())).result)
    assert answer["total"] == 1
    assert set(answer["hits"][0]) == {
        "path", "page", "town", "village", "dossier", "year", "form_id", "title", "snippet"
    }  # fmt: skip
    assert answer["hits"][0]["page"] == 1


def test_a_question_too_short_is_explained(tmp_path: Path):
    """Mistakes in the question are told and nothing is searched."""
    index = FullTextIndex(tmp_path)
    assert "太短" in str(search_archive(index, "张", Query(())).problems[0])
    assert "没有输入" in str(search_archive(index, "  ", Query(())).problems[0])
