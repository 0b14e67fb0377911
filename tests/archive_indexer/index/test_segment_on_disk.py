"""A segment as Whoosh wrote it, read as arrays."""

import numpy as np
import pytest

from archive_indexer.documents import IndexedDocument
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.index_segment import ABSENT
from archive_indexer.index.on_disk.columns import Entries


@pytest.fixture
def segment(tmp_path):
    """Three papers in one segment."""
    index = FullTextIndex(tmp_path)
    index.update([
        IndexedDocument("甲.txt", "1", ("张三丰", "第二页"), village="旧城村", amounts=(100, 250)),
        IndexedDocument("乙.txt", "2", ("张三",), village="新华村", present=False),
        IndexedDocument("丙.txt", "3", ("李四",), village="旧城村", amounts=(300,)),
    ])  # fmt: skip
    (segment,) = index._fresh_segments()
    return segment.source


def test_documents_are_known_by_their_numbers(segment):
    """Each with its path, its row, its text and what is shown of it."""
    assert segment.count == 3
    assert [segment.path(number) for number in range(3)] == ["甲.txt", "乙.txt", "丙.txt"]
    assert list(segment.path_ranks()) == [2, 1, 0]
    assert list(segment.rows()["pages"]) == [2, 1, 1]
    assert list(segment.rows()["flags"] & ABSENT) == [0, ABSENT, 0]
    assert segment.texts([2, 0]) == ["李四".encode(), "张三丰\f第二页".encode()]
    assert segment.texts([]) == []


def test_the_documents_of_a_term_come_rising(segment):
    """Of a term that nobody has, none."""
    assert list(segment.postings("grams", "张三")) == [0, 1]
    assert list(segment.postings("grams", "三丰")) == [0]
    assert list(segment.postings("grams", "王五")) == []
    assert segment.weight("grams", "张三") > 0 == segment.weight("grams", "王五")
    assert "三丰" in list(segment.terms("grams", "三"))
    assert "张三" not in list(segment.terms("grams", "三"))


def test_many_documents_of_a_term_are_read_block_by_block(tmp_path):
    """A block holds 128; none is lost where one ends."""
    index = FullTextIndex(tmp_path)
    index.update([
        IndexedDocument(f"{n:04}", str(n), ("张三" if n % 50 else "张三丰",)) for n in range(300)
    ])  # fmt: skip
    (segment,) = index._fresh_segments()
    assert segment.source.weight("grams", "张三") > segment.source.weight("grams", "三丰")
    assert np.array_equal(segment.source.postings("grams", "张三"), np.arange(300))


def test_values_are_told_with_their_documents(segment):
    """A document may name several; a filter has one of each."""
    owners, numbers = segment.values("amounts")
    assert list(zip(owners.tolist(), numbers.tolist(), strict=True)) == [
        (0, 100),
        (0, 250),
        (2, 300),
    ]
    codes, names = segment.codes("village")
    assert [names[code] for code in codes] == ["旧城村", "新华村", "旧城村"]


def test_what_was_asked_for_ahead_is_read_as_before(segment):
    """Of terms and documents that are there, and of terms that are not."""
    segment.ask_for_tables()
    segment.ask_for_terms("grams", ["张三", "王五"])
    segment.ask_for_terms("nothing", ["张三"])
    segment.ask_for_hit(2)
    assert list(segment.postings("grams", "张三")) == [0, 1]
    assert segment.stored(2)["path"] == "丙.txt"


def test_several_texts_are_asked_for_before_the_first_is_read(segment, monkeypatch):
    """One alone is read at once."""
    asked = []
    monkeypatch.setattr(Entries, "ask_for", lambda _, numbers: asked.append(list(numbers)))
    segment.texts([1])
    segment.texts([0, 2])
    assert asked == [[0, 2]]
