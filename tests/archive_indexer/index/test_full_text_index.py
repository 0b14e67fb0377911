"""The full-text index answers as a plain substring search would."""

import gc
import os
import random
import shutil
from pathlib import Path

import pytest

from archive_indexer.documents import IndexedDocument
from archive_indexer.errors import IndexBrokenError
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.queries import Query
from minzheng.county.writing.chinese_text import fold_for_search

LETTERS = "张三李四低保户2018年DB-01旧城村1100X 鎮"


def document(path: str, *pages: str, **details: str) -> IndexedDocument:
    return IndexedDocument(path=path, sha256="0", pages=pages, **details)


@pytest.fixture
def index(tmp_path: Path) -> FullTextIndex:
    return FullTextIndex(tmp_path / "index")


def paths(index: FullTextIndex, *words: str, **filters: str) -> list[str]:
    return [hit.path for hit in index.search(Query(words, limit=1000, **filters)).hits]


def test_answers_equal_brute_force(index: FullTextIndex):
    """Recall and precision are those of a substring search, over several commits."""
    chance = random.Random(7)
    documents = [
        document(f"{number:03}", *("".join(chance.choices(LETTERS, k=60)) for _ in range(2)))
        for number in range(120)
    ]
    for start in range(0, 120, 40):
        index.update(documents[start : start + 40])
    for _ in range(300):
        source = fold_for_search(chance.choice(documents).pages[0])
        start = chance.randrange(len(source) - 8)
        word = source[start : start + chance.randint(4, 8)]
        expected = [
            entry.path
            for entry in documents
            if any(word in fold_for_search(page) for page in entry.pages)
        ]
        assert paths(index, word) == expected


def test_all_words_must_stand_in_the_file(index: FullTextIndex):
    """Words may stand on different pages of one file."""
    index.update([document("a", "测试甲", "低保"), document("b", "测试甲")])
    assert paths(index, "测试甲", "低保") == ["a"]


def test_a_word_is_not_found_across_a_page_break(index: FullTextIndex):
    """The end of a page and the start of the next are no word."""
    index.update([document("a", "测试", "甲乙")])
    assert paths(index, "试甲") == []


def test_the_best_page_is_shown_and_all_pages_are_told(index: FullTextIndex):
    """The page with most of the words comes first."""
    index.update([document("a", "测试甲", "无关", "测试甲 的低保")])
    hit = index.search(Query(("测试甲", "低保"))).hits[0]
    assert hit.page == 3
    assert hit.pages == (1, 3)
    start, end = hit.marks[0]
    assert hit.snippet[start:end] == "测试甲"


def test_filters_narrow_and_facets_count(index: FullTextIndex):
    """A filter's counts show what choosing another value would give."""
    index.update(
        [
            document("a", "低保", town="钟宝镇", year="2018"),
            document("b", "低保", town="钟宝镇", year="2019"),
            document("c", "低保", town="城关镇", year="2019"),
        ]
    )
    result = index.search(Query(("低保",), town="钟宝镇", year="2019"))
    assert [hit.path for hit in result.hits] == ["b"]
    assert result.facets["town"] == {"钟宝镇": 1, "城关镇": 1}
    assert result.facets["year"] == {"2018": 1, "2019": 1}
    assert paths(index, "低保", town="无此镇") == []


def test_replaced_and_removed_files_are_no_longer_found(index: FullTextIndex):
    """The index holds each path once, as it is now."""
    index.update([document("a", "旧的内容"), document("b", "旧的内容")])
    assert paths(index, "旧的内容") == ["a", "b"]
    index.update([document("a", "新的内容")], remove=["b"])
    assert paths(index, "旧的内容") == []
    assert paths(index, "新的内容") == ["a"]
    assert index.paths() == {"a"}


def test_another_reader_sees_a_commit(tmp_path: Path):
    """A search page sees what the service wrote."""
    writer, reader = FullTextIndex(tmp_path), FullTextIndex(tmp_path)
    assert reader.paths() == set()
    writer.update([document("a", "测试")])
    assert reader.paths() == {"a"}
    writer.update([], ["a"])
    assert paths(reader, "测试") == []


def test_pages_of_hits_can_be_asked_for(index: FullTextIndex):
    """Limit and offset cut the list, the total stays."""
    index.update([document(f"{number}", "测试") for number in range(5)])
    result = index.search(Query(("测试",), limit=2, offset=2))
    assert [hit.path for hit in result.hits] == ["2", "3"]
    assert result.total == 5


def test_clearing_leaves_an_empty_index(index: FullTextIndex):
    """An index thrown away can be filled again."""
    index.update([document("a", "测试")])
    index.clear()
    assert index.paths() == set()
    index.update([document("b", "测试")])
    assert index.paths() == {"b"}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_broken_index_says_how_to_mend_it(tmp_path: Path):
    """A damaged table of contents leads to rebuild-index."""
    FullTextIndex(tmp_path).update([document("a", "测试")])
    for file in tmp_path.glob("*.toc"):
        file.write_bytes(b"garbage")
    with pytest.raises(IndexBrokenError, match="rebuild-index"):
        FullTextIndex(tmp_path)


# Whoosh leaves files open when it fails on one
@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"
)
def test_a_cut_file_of_the_index_is_always_named_broken(tmp_path):
    """Whichever file it is, changing the index either works or says that it must be made again."""
    whole, damaged = tmp_path / "whole", tmp_path / "damaged"
    index = FullTextIndex(whole)
    for number in range(7):
        index.update([IndexedDocument(f"{number}", "0" * 64, (f"测试甲的申请{number}",))])
    told = 0
    for file in sorted(whole.glob("*.*")):
        shutil.rmtree(damaged, ignore_errors=True)
        shutil.copytree(whole, damaged)
        os.truncate(damaged / file.name, file.stat().st_size // 2)
        try:
            again = FullTextIndex(damaged)
            again.confirm_sound()
            again.paths()
            for number in range(7, 10):
                again.update([IndexedDocument(f"{number}", "0" * 64, (f"测试乙{number}",))])
        except IndexBrokenError:
            told += 1
    assert told
    del again
    gc.collect()


def test_nothing_of_a_removed_document_is_left_on_the_disk(index: FullTextIndex, tmp_path: Path):
    """When it is asked for; the others of its segment stay found."""
    secret = "测试李明110105"
    index.update([document("a", secret), document("b", "测试王五")])
    index.update([document("c", "测试赵六")])
    index.update([], ["a"], purges=True)
    gc.collect()
    assert paths(index, "测试王五") == ["b"]
    assert paths(index, "测试赵六") == ["c"]
    left = [file for file in (tmp_path / "index").iterdir() if secret.encode() in file.read_bytes()]
    assert left == []
