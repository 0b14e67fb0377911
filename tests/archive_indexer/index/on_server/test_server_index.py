"""The index in the database of the tables."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import connections, transaction

from archive_indexer.documents import IndexedDocument, Visible
from archive_indexer.errors import IndexBrokenError, IndexLockedError, IndexNotMadeError
from archive_indexer.index.on_server import server_index as module
from archive_indexer.index.on_server.schema import SCHEMA
from archive_indexer.index.on_server.server_index import ServerIndex
from archive_indexer.queries import Query
from minzheng.database.errors import TableDamagedError
from minzheng.database.statements import ask, tell
from minzheng.database.writing import INDEXING, hold, side_by_side
from tests.database.on_server import needs_server

pytestmark = [needs_server, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def index() -> Iterator[ServerIndex]:
    yield ServerIndex.empty()
    tell(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def paper(path: str, text: str = "测试材料", person: str = "") -> IndexedDocument:
    return IndexedDocument(path, "0" * 64, (text,), person=person)


def found(index: ServerIndex, word: str) -> list[str]:
    return [hit.path for hit in index.search(Query((word,))).hits]


def test_a_document_is_replaced_and_removed(index: ServerIndex):
    """By its path; a path that is not there is no failure."""
    index.update([paper("a", "张三的"), paper("b", "张三的")])
    index.update([paper("a", "李四的")], ["b", "nowhere"])
    assert (found(index, "张三"), found(index, "李四")) == ([], ["a"])
    assert index.paths() == {"a"}
    index.update([], [])
    index.clear()
    assert index.paths() == set()


def test_a_paper_that_comes_under_another_county_leaves_the_first(index: ServerIndex):
    """It is one paper, wherever it lies."""
    index.update([replace(paper("a"), town="甲县·"), replace(paper("b"), town="甲县·")])
    index.update([replace(paper("a"), town="乙县·某镇")])
    seen = {
        town: [hit.path for hit in index.search(Query(("测试",), visible=Visible(town))).hits]
        for town in ("甲县·", "乙县·", "·", "丙县·")
    }
    assert seen == {"甲县·": ["b"], "乙县·": ["a"], "·": ["a", "b"], "丙县·": []}
    assert ask(f"SELECT name, newest FROM {SCHEMA}.county ORDER BY newest") == [
        ("甲县·", 2), ("乙县·", 3),
    ]  # fmt: skip


def test_of_one_path_the_last_is_kept(index: ServerIndex):
    """A caller may name it twice."""
    index.update([paper("a", "张三的"), paper("a", "李四的")])
    assert found(index, "李四") == ["a"]


def test_others_see_a_commit_whole_or_not_at_all(index: ServerIndex):
    """What fails in the middle leaves what was there."""
    index.update([paper("a")])
    with pytest.raises(RuntimeError), transaction.atomic():
        index.update([paper("b")], ["a"])
        raise RuntimeError
    assert index.paths() == {"a"}


def test_purging_leaves_no_name_and_no_dead_row(index: ServerIndex):
    """The server gives the room to others at once."""
    index.update([paper("a", person="张三"), paper("b", person="李四")])
    index.update([], ["a"])
    assert index.names_like("zs", 9) == ()
    index.update([], ["nowhere"], purges=True)
    assert ask(f"SELECT DISTINCT name FROM {SCHEMA}.spelling") == [("李四",)]
    assert ask(f"SELECT count(*) FROM {SCHEMA}.document") == [(1,)]


def test_who_writes_meanwhile_is_waited_for_and_told_of(index: ServerIndex):
    """As of any index that is locked; readers never wait."""
    failures = []

    def write() -> None:
        try:
            tell("SET lock_timeout = '50ms'")
            assert found(index, "测试") == []
            index.update([paper("a")])
        except IndexLockedError as error:
            failures.append(error)
        finally:
            connections.close_all()

    with side_by_side():
        hold(INDEXING)
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert len(failures) == 1
    write()
    assert found(index, "测试") == ["a"]


def test_new_grams_are_sorted_in_when_there_is_time(index: ServerIndex):
    """Until then every question goes through all of them, in each county."""
    assert not index.tidy()
    index.update([paper("a"), replace(paper("b"), town="甲县·")])
    assert index.tidy()
    assert not index.tidy()
    assert found(index, "测试") == ["a", "b"]


def test_many_documents_leave_nothing_to_be_sorted_in(index: ServerIndex, monkeypatch):
    """As when an index is filled."""
    monkeypatch.setattr(module, "_MUCH", 2)
    index.update([paper("a"), paper("b")])
    assert not index.tidy()


@pytest.mark.parametrize(
    "ask_it",
    [
        lambda index: index.search(Query(("测试",))), lambda index: index.paths(),
        lambda index: index.names_like("zs", 1), lambda index: index.confirm_sound(),
        lambda index: index.update([paper("a")]),
    ],
)  # fmt: skip
def test_tables_that_are_not_there_are_told(index: ServerIndex, ask_it):
    """Nobody takes it for an archive without papers."""
    tell(f"DROP SCHEMA {SCHEMA} CASCADE")
    with pytest.raises(IndexNotMadeError, match="rebuild-index"):
        ask_it(index)


def test_the_service_is_told_once_of_what_a_reader_found(index: ServerIndex, monkeypatch):
    """It looks every few seconds."""
    now = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    index.confirm_sound()
    assert not index.was_found_broken()

    def fail(*_: object) -> None:
        raise TableDamagedError

    with monkeypatch.context() as while_damaged:
        while_damaged.setattr(module, "ask", fail)
        with pytest.raises(IndexBrokenError):
            index.search(Query(("测试",)))
    assert not index.was_found_broken()
    now[0] = 105.0
    assert index.was_found_broken()
    now[0] = 110.0
    assert not index.was_found_broken()
    tell(f"DROP SCHEMA {SCHEMA} CASCADE")
    now[0] = 115.0
    assert index.was_found_broken()


def test_texts_of_any_kind_and_length_are_kept(index: ServerIndex):
    """NUL, quotes, signs of SQL, and a name that no index of the server would take."""
    strange = "a\0'\"\\%s{}\U00020bb7"
    given = IndexedDocument("x", strange, (strange, ""), title=strange, person="三" * 5000)
    index.update([given])
    assert found(index, "\\%s{}\U00020bb7") == ["x"]
    assert index.names_like("s" * 5000, 1) == ("三" * 5000,)
    index.drop_older()
    assert index.paths() == {"x"}
