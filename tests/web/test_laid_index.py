"""An index of a few documents, made once and copied."""

import pytest

from archive_indexer.documents import IndexedDocument
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.queries import Query
from tests.web import laid_index
from tests.web.laid_index import LaidIndex


def document(name: str) -> IndexedDocument:
    return IndexedDocument(f"{name}.txt", name * 64, (f"低保申请 {name}",), title=name)


A, B = document("a"), document("b")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def laid(folder):
    return LaidIndex(folder)


@pytest.fixture
def written(monkeypatch) -> list[str]:
    """The documents that the program itself put into an index, by their titles."""
    real, said = FullTextIndex.update, list[str]()

    def update(index, add, remove=(), **more):
        said.extend(one.title for one in add)
        real(index, add, remove, **more)

    monkeypatch.setattr(laid_index.FullTextIndex, "update", update)
    return said


def test_what_was_laid_is_found_and_gone_afterwards(laid, folder):
    """By a reader that was open all the time."""
    reader = FullTextIndex(folder)
    laid.lay(A)
    laid.lay(B)
    assert reader.paths() == {"a.txt", "b.txt"}
    laid.put_back()
    assert reader.paths() == set()


def test_the_second_time_it_is_copied(laid, folder, written):
    """And found as before."""
    for _ in range(2):
        laid.lay(A)
        assert [hit.path for hit in FullTextIndex(folder).search(Query(("低保",))).hits] == [
            "a.txt"
        ]
        laid.put_back()
    assert written == ["a"]


def test_an_open_reader_sees_each_change(laid, folder):
    """Also of files that were copied."""
    reader = FullTextIndex(folder)
    for one in (A, B, A, B):
        laid.lay(one)
        assert reader.paths() == {one.path}
        laid.put_back()


def test_over_what_somebody_else_put_there_the_program_writes(laid, folder, written):
    """It stays, and goes after the test."""
    laid.lay(A)
    laid.put_back()
    FullTextIndex(folder).update([B])
    laid.lay(A)
    assert written == ["a", "b", "a"]
    assert FullTextIndex(folder).paths() == {"a.txt", "b.txt"}
    laid.put_back()
    assert FullTextIndex(folder).paths() == set()


def test_what_stays_is_before_each_of_the_next(laid, folder):
    """Until it is told to begin empty."""
    laid.lay(A)
    laid.stay()
    laid.lay(B)
    laid.put_back()
    assert FullTextIndex(folder).paths() == {"a.txt"}
    laid.begin_empty()
    assert FullTextIndex(folder).paths() == set()


def test_an_index_that_nobody_opened_is_not_made(laid, folder):
    """A test may be about an office without one."""
    laid.put_back()
    assert not folder.exists()
