"""A segment as Whoosh wrote it, read as arrays."""

import numpy as np
import pytest
from whoosh import columns
from whoosh.filedb.filestore import FileStorage

from archive_indexer.documents import IndexedDocument
from archive_indexer.index import segment_on_disk as module
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.index_segment import ABSENT


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
    assert [segment.frequency("grams", one) for one in ("张三", "三丰", "王五")] == [2, 1, 0]
    assert "三丰" in list(segment.terms("grams", "三"))
    assert "张三" not in list(segment.terms("grams", "三"))


def test_many_documents_of_a_term_are_read_block_by_block(tmp_path):
    """A block holds 128; none is lost where one ends."""
    index = FullTextIndex(tmp_path)
    index.update([IndexedDocument(f"{n:04}", str(n), ("张三",)) for n in range(300)])
    (segment,) = index._fresh_segments()
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


@pytest.mark.parametrize("reads", [module._read_at, module._seek_and_read])
@pytest.mark.parametrize("count", [3, 40_000])
def test_texts_are_read_alone_and_in_a_row(tmp_path, monkeypatch, reads, count):
    """Of a column with the places of its entries written, and of one without."""
    monkeypatch.setattr(module, "_read", reads)
    file = tmp_path / "column"
    with FileStorage(str(tmp_path)).create_file("column") as written:
        writer = columns.VarBytesColumn().writer(written)
        for number in range(0, count, 2):
            writer.add(number, b"x" * (number % 300))
        writer.finish(count)
    entries = module._Entries(file, count)
    expected = [b"x" * (number % 300) if number % 2 == 0 else b"" for number in range(count)]
    some = [0, 2, 1, count - 1, count // 2]
    assert entries.read(some) == [expected[one] for one in some]
    assert entries.read(range(count)) == expected
    assert entries.read([2]) == [expected[2]]
    assert entries.read([]) == []
    assert entries.lengths.tolist() == [len(one) for one in expected]


def test_a_column_that_nobody_wrote_is_empty(tmp_path):
    """As Whoosh reads one."""
    entries = module._Entries(tmp_path / "none", 2)
    assert entries.read([0, 1]) == [b"", b""]
    assert entries.lengths.tolist() == [0, 0]
