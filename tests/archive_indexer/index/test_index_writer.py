"""What is committed together: of each path what was said last."""

from types import SimpleNamespace

import pytest

from archive_indexer.documents import IndexedDocument
from archive_indexer.index import index_writer
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.index_writer import IndexWriter
from archive_indexer.index_file import Outcome
from archive_indexer.stores.report import Report

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writer(tmp_path):
    writer = IndexWriter(tmp_path / "index", Report())
    writer.begin()
    return writer


def paper(path: str, present: bool = True, superseded: tuple[str, ...] = ()) -> Outcome:
    document = IndexedDocument(path, "x", ("测试甲的材料",), present=present)
    return Outcome(path, document, superseded=superseded)


def gone(path: str) -> Outcome:
    return Outcome(path)


@pytest.mark.parametrize(
    ("outcomes", "held"),
    [
        ([paper("a"), paper("b")], {"a", "b"}),
        ([paper("a"), gone("a")], set()),
        ([gone("a"), paper("a")], {"a"}),
        ([paper("a", present=False)], {"a"}),
        # a rename: the old name is a trace until the new one is read
        ([paper("a", present=False), paper("b", superseded=("a",))], {"b"}),
        ([paper("b", superseded=("a",)), paper("a", present=False)], {"a", "b"}),
        # another paper came to the old place meanwhile: it is no trace
        ([paper("a"), paper("b", superseded=("a",))], {"a", "b"}),
        ([paper("a", present=False), paper("b", superseded=("a",)), gone("b")], set()),
    ],
)
def test_what_is_said_last_of_a_path_holds(writer, tmp_path, outcomes, held):
    """However much comes together in one commit."""
    for one in outcomes:
        writer.take([one])
    writer.commit()
    assert FullTextIndex(tmp_path / "index").paths() == held


def test_nothing_to_say_is_no_commit(writer):
    """And what was committed waits no more."""
    writer.take([])
    assert len(writer) == 0
    writer.take([paper("a"), paper("b")])
    assert writer.paths() == ["a", "b"]
    writer.commit()
    assert len(writer) == 0


def test_a_commit_waits_for_its_time_or_for_fifty_files(writer, monkeypatch):
    """Committing takes a quarter of the time at most."""
    now = [0.0]
    monkeypatch.setattr(index_writer, "time", SimpleNamespace(monotonic=lambda: now[0]))
    writer.take([paper("a")])
    writer.commit_if_due()
    assert len(writer) == 0
    writer.take([paper(f"b{number}") for number in range(49)])
    now[0] = 0.19
    writer.commit_if_due()
    assert len(writer) == 49
    now[0] = 0.2
    writer.commit_if_due()
    assert len(writer) == 0
    writer.take([paper(f"c{number}") for number in range(50)])
    writer.commit_if_due()
    assert len(writer) == 0


def test_an_index_that_holds_what_nobody_knows_is_put_right(writer, tmp_path):
    """A killed service left it behind."""
    FullTextIndex(tmp_path / "index").update([IndexedDocument("strange", "x", ("甲",))])
    IndexWriter(tmp_path / "index", Report()).begin()
    assert FullTextIndex(tmp_path / "index").paths() == set()
