"""What is taken is committed once, whole, and never lost."""

import errno
import threading
from types import SimpleNamespace

import pytest

from archive_indexer.documents import (
    ArchiveFile,
    ExtractedPage,
    Extraction,
    Filing,
    IndexedDocument,
)
from archive_indexer.errors import IndexBrokenError, IndexLockedError
from archive_indexer.index import index_writer
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.index_place import IndexPlace
from archive_indexer.index.index_writer import IndexWriter, rebuild_index
from archive_indexer.models import ArchivedFile
from archive_indexer.stores import archived_files, contents, filings, outcomes, waiting_list
from archive_indexer.stores.database_trouble import FULL_DISK
from archive_indexer.stores.outcomes import Outcome
from archive_indexer.stores.service_state import Report
from archive_indexer.stores.waiting_list import Lane

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(tmp_path) -> IndexWriter:
    return IndexWriter(IndexPlace(tmp_path / "index"), Report())


def document(path: str, present: bool = True) -> Outcome:
    return Outcome(path, IndexedDocument(path, "0" * 64, ("测试材料",), present=present))


def held(writer: IndexWriter) -> list[str]:
    return sorted(FullTextIndex(writer._place.folder).paths())


def test_a_commit_tells_the_index_the_rows_and_the_list(writer):
    """In this order; figures of the report included."""
    ArchivedFile.objects.create(path="a.txt")
    waiting_list.add(["a.txt", "坏.txt"])
    waiting_list.take(Lane.QUICK, 2)
    writer.take([document("a.txt"), Outcome("坏.txt", reason="坏")])
    assert sorted(writer.paths()) == ["a.txt", "坏.txt"]
    writer.commit()
    assert held(writer) == ["a.txt"]
    assert ArchivedFile.objects.get().state == "indexed"
    assert (waiting_list.count(), len(writer)) == (0, 0)
    assert (writer._report.indexed, writer._report.failed) == (1, 1)


def test_a_trace_shown_again_is_known_as_shown(writer):
    """Its content lay elsewhere for a while; an index made anew holds it, too."""
    ArchivedFile.objects.create(path="旧.txt", present=False, state="moved")
    writer.take([document("旧.txt", present=False)])
    writer.commit()
    assert held(writer) == ["旧.txt"]
    assert archived_files.indexed_paths() == {"旧.txt"}


def test_of_two_copies_that_are_gone_a_trace_stays_though_one_is_noticed_twice(writer):
    """After a kill a file that is gone may wait a second time; a new start finds its trace."""
    contents.keep_content("c" * 64, Extraction("txt", (ExtractedPage(1, "测试材料"),)))
    for path in ("甲.txt", "乙.txt"):
        filings.keep_filing(ArchiveFile(path, 1, 1, "c" * 64), Filing())
    for path in ("甲.txt", "乙.txt", "甲.txt"):
        writer.take(outcomes.leave_trace(path))
        writer.commit()
    again = IndexWriter(writer._place, Report())
    again.begin()
    assert len(held(again)) == 1
    assert set(held(again)) == archived_files.indexed_paths()


def test_what_failed_or_is_withheld_stays_so(writer):
    """A word said before it does not make it findable for good."""
    for path, state in (("坏.txt", "failed"), ("删.txt", "withheld")):
        ArchivedFile.objects.create(path=path, state=state)
    writer.take([document("坏.txt"), document("删.txt")])
    writer.commit()
    assert archived_files.indexed_paths() == set()


def test_files_inside_packed_ones_are_counted_apart(writer):
    """The figures of a walk are of the files that it saw."""
    writer.take([document("a.zip"), document("a.zip!/b.txt"), document("a.zip!/c.txt")])
    writer.take([Outcome("a.zip!/坏.txt", reason="坏")])
    writer.commit()
    report = writer._report
    assert (report.indexed, report.failed) == (1, 0)
    assert (report.indexed_inside, report.failed_inside) == (2, 1)


def test_of_one_path_only_what_was_said_last_is_committed(writer):
    """What the first word superseded stays superseded."""
    FullTextIndex(writer._place.folder).update([document("旧.txt").document], [])
    first = document("a.txt")
    writer.take([Outcome("a.txt", first.document, superseded=("旧.txt",))])
    writer.take([Outcome("a.txt")])
    assert len(writer) == 1
    writer.commit()
    assert held(writer) == []


def test_what_is_committed_in_the_same_breath_is_not_removed(writer):
    """A trace superseded by one outcome may be a document of another."""
    one = document("a.txt")
    writer.take([Outcome("a.txt", one.document, superseded=("b.txt",)), document("b.txt")])
    writer.commit()
    assert held(writer) == ["a.txt", "b.txt"]


def test_a_trace_superseded_before_its_commit_is_never_shown(writer):
    """A file renamed by case alone, and read before the next commit; the list is done with it."""
    ArchivedFile.objects.create(path="img.txt", present=False)
    waiting_list.add(["img.txt"])
    waiting_list.take(Lane.QUICK, 1)
    writer.take([document("img.txt", present=False)])
    writer.take([Outcome("IMG.TXT", document("IMG.TXT").document, superseded=("img.txt",))])
    writer.commit()
    assert held(writer) == ["IMG.TXT"]
    assert waiting_list.count() == 0
    assert ArchivedFile.objects.get().state == "moved"


def test_what_could_not_be_committed_waits_behind_nothing_said_since(writer, monkeypatch):
    """A locked index is waited for; what came meanwhile about the same file wins."""
    real = FullTextIndex.update

    def locked(self, add, remove=()):
        writer.take([document("a.txt", present=False)])  # another thread, during the commit
        raise IndexLockedError

    monkeypatch.setattr(FullTextIndex, "update", locked)
    writer.take([document("a.txt"), document("b.txt")])
    writer.commit()
    assert sorted(writer.paths()) == ["a.txt", "b.txt"]
    assert "另一个程序" in writer._report.last_trouble
    monkeypatch.setattr(FullTextIndex, "update", real)
    writer.commit()
    assert held(writer) == ["a.txt", "b.txt"]
    segments = FullTextIndex(writer._place.folder)._fresh_segments()
    absent = [bool(one.absent[number]) for one in segments for number in range(one.source.count)]
    assert sorted(absent) == [False, True]


def test_a_failure_of_the_database_loses_nothing(writer, monkeypatch):
    """The index has it already; it is committed again."""
    monkeypatch.setattr(index_writer.archived_files, "mark_indexed", lambda paths: 1 / 0)
    writer.take([document("a.txt")])
    with pytest.raises(ZeroDivisionError):
        writer.commit()
    assert writer.paths() == ["a.txt"]


def test_a_few_files_wait_for_the_pace_and_many_do_not(writer, monkeypatch):
    """Committing must leave time for reading."""
    monkeypatch.setattr(index_writer, "_LEAST_SECONDS", 3600.0)
    writer.take([document("a.txt")])
    writer.commit_if_due()
    assert held(writer) == ["a.txt"]
    writer.take([document("b.txt")])
    writer.commit_if_due()
    assert held(writer) == ["a.txt"]
    writer.take([document(f"{number}.txt") for number in range(index_writer._MOST_FILES)])
    writer.commit_if_due()
    assert len(held(writer)) == index_writer._MOST_FILES + 2


def test_many_threads_may_hand_in(writer):
    """Nothing is lost between them."""

    def hand_in(start: int) -> None:
        for number in range(start, start + 200):
            writer.take([Outcome(f"{number}.txt")])

    threads = [threading.Thread(target=hand_in, args=(start,)) for start in range(0, 1000, 200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(writer.paths()) == len(writer) == 1000


def test_an_index_is_filled_in_parts_and_tells_how_far_it_is(writer, monkeypatch):
    """A large archive takes its time."""
    monkeypatch.setattr(index_writer, "_BATCH", 2)
    monkeypatch.setattr(index_writer.archived_files, "indexed_paths", lambda: {"1", "2", "3"})
    known = {path: document(path).document for path in "123"}
    monkeypatch.setattr(index_writer.archived_files, "document_of", known.get)
    told: list[int] = []
    assert rebuild_index(FullTextIndex(writer._place.folder), told.append) == 3
    assert told == [2, 3]


GONE = Outcome("a.txt")
TRACE = document("a.txt", present=False)
NEW = Outcome("b.txt", document("b.txt").document, superseded=("a.txt",))


@pytest.mark.parametrize(
    ("outcomes", "paths"),
    [
        ([document("a.txt"), document("b.txt")], ["a.txt", "b.txt"]),
        ([document("a.txt"), GONE], []),
        ([GONE, document("a.txt")], ["a.txt"]),
        ([TRACE], ["a.txt"]),
        ([TRACE, NEW], ["b.txt"]),
        ([NEW, TRACE], ["a.txt", "b.txt"]),
        ([TRACE, NEW, Outcome("b.txt")], []),
    ],
)
def test_what_is_said_last_of_a_path_holds(writer, outcomes, paths):
    """However much comes together; a name is a trace until the new one is read."""
    for one in outcomes:
        writer.take([one])
    writer.commit()
    assert held(writer) == paths


def test_a_commit_waits_for_its_time_or_for_fifty_files(writer, monkeypatch):
    """Committing takes a quarter of the time at most."""
    now = [0.0]
    monkeypatch.setattr(index_writer, "time", SimpleNamespace(monotonic=lambda: now[0]))
    writer.take([document("a")])
    writer.commit_if_due()
    assert len(writer) == 0
    writer.take([document(f"b{number}") for number in range(49)])
    now[0] = 0.19
    writer.commit_if_due()
    assert len(writer) == 49
    now[0] = 0.2
    writer.commit_if_due()
    assert len(writer) == 0
    writer.take([document(f"c{number}") for number in range(50)])
    writer.commit_if_due()
    assert len(writer) == 0


def test_an_index_that_holds_what_nobody_knows_is_put_right(writer):
    """A killed service left it behind."""
    FullTextIndex(writer._place.folder).update([document("strange").document])
    writer.begin()
    assert held(writer) == []


@pytest.mark.parametrize(("has_mark", "is_broken"), [(True, True), (True, False), (False, False)])
def test_an_index_a_reader_found_broken_is_made_again(writer, has_mark, is_broken):
    """Only when it is; the mark goes, so that it is looked at once."""
    writer.take([document("a.txt")])
    writer.commit()
    mark = FullTextIndex(writer._place.folder).broken_mark
    if is_broken:
        for file in writer._place.folder.glob("[!_]*"):
            file.unlink()
    if has_mark:
        mark.touch()
    writer.commit_if_due()
    assert not mark.exists()
    assert ("重建" in writer._report.last_trouble) == is_broken
    assert held(writer) == ([] if is_broken else ["a.txt"])


def test_what_an_earlier_version_left_goes_once_the_index_is_made_anew(writer, monkeypatch):
    """Nobody who is erased stays in it until the next start."""
    writer.take([document("a.txt")])
    writer.commit()
    for file in writer._place.folder.glob("[!_]*"):
        file.unlink()
    dropped: list[object] = []
    monkeypatch.setattr(FullTextIndex, "drop_older", lambda index: dropped.append(index.paths()))
    writer.begin()
    assert dropped == [set()]


def test_before_anything_was_written_a_mark_is_nobodys(writer):
    """The first commit opens the index."""
    mark = FullTextIndex(writer._place.folder).broken_mark
    mark.touch()
    writer.commit_if_due()
    assert mark.exists()


@pytest.mark.parametrize(
    ("error", "is_full"),
    [(OSError(errno.ENOSPC, "x"), True), (OSError(errno.EDQUOT, "x"), True),
     (OSError(errno.EIO, "input/output"), False), (IndexLockedError(), False)],
)  # fmt: skip
def test_an_index_that_cannot_be_written_is_tried_again_later(writer, monkeypatch, error, is_full):
    """A full disk is told as one; five seconds of rest."""
    now = [100.0]
    monkeypatch.setattr(index_writer, "time", SimpleNamespace(monotonic=lambda: now[0]))

    def fail(self, add, remove=()):
        raise error

    with monkeypatch.context() as while_full:
        while_full.setattr(FullTextIndex, "update", fail)
        writer.take([document("a.txt")])
        writer.commit_if_due()
    assert (writer._report.trouble == FULL_DISK) == is_full
    assert writer._report.trouble == writer._report.last_trouble != ""
    now[0] = 104.9
    writer.commit_if_due()
    assert len(writer) == 1
    now[0] = 105.0
    writer.commit_if_due()
    assert held(writer) == ["a.txt"]


def test_figures_count_documents_and_failures_apart(writer):
    """A trace is a document, a file that is gone is none, one that failed has a reason."""
    gone, failed = document("b", present=False), Outcome("d", reason="坏")
    kept = Outcome("e", document("e").document, "坏")
    writer.take([document("a"), gone, Outcome("c"), failed, kept])

    writer.take([document("a"), document("b", present=False), Outcome("c"),
                 Outcome("d", reason="坏"),
                 Outcome("e", document("e").document, "坏")])  # fmt: skip
    writer.commit()
    assert (writer._report.indexed, writer._report.failed) == (3, 2)


def test_a_commit_leaves_three_times_its_own_time_for_reading(writer, monkeypatch):
    """From its end on."""
    ticks = iter([0.0, 0.0, 2.0, 2.0])  # due, begun, took, from when
    now = [0.0]
    monkeypatch.setattr(
        index_writer, "time", SimpleNamespace(monotonic=lambda: next(ticks, now[0]))
    )
    writer.take([document("a")])
    writer.commit_if_due()
    writer.take([document("b")])
    now[0] = 7.9
    writer.commit_if_due()
    assert len(writer) == 1
    now[0] = 8.0
    writer.commit_if_due()
    assert len(writer) == 0


@pytest.mark.parametrize(("most", "characters", "sizes"), [(2, 99, [2, 1]), (9, 4, [2, 1])])
def test_the_index_is_filled_in_parts(monkeypatch, tmp_path, most, characters, sizes):
    """Of so many documents, or of so many characters: they and their grams are in memory."""
    monkeypatch.setattr(index_writer, "_BATCH", most)
    monkeypatch.setattr(index_writer, "_BATCH_CHARACTERS", characters)
    three = {one: IndexedDocument(one, one, ("低保",)) for one in "012"}
    monkeypatch.setattr(archived_files, "document_of", three.get)
    index, done = FullTextIndex(tmp_path / "filled"), []
    assert index_writer.fill_index(index, sorted(three), done.append) == 3
    assert done == [sizes[0], 3]
    assert [one.source.count for one in index._fresh_segments()] == sizes


def test_the_index_is_tidied_when_nothing_waits(writer, monkeypatch):
    """After a commit, until there is nothing more to do; not while something was taken."""
    ArchivedFile.objects.create(path="a.txt")
    asked, left = [], [True, False, False]
    monkeypatch.setattr(FullTextIndex, "tidy", lambda self: asked.append(len(asked)) or left.pop(0))
    writer.take([document("a.txt")])
    writer._next_commit = float("inf")
    writer.commit_if_due()
    assert asked == []
    writer._next_commit = 0.0
    for _ in range(5):
        writer.commit_if_due()
    assert asked == [0, 1]
    writer.take([document("a.txt")])
    writer.commit()
    writer.commit_if_due()
    assert asked == [0, 1, 2]


@pytest.mark.parametrize(("error", "is_anew"), [(IndexLockedError, False), (OSError, False),
                                                (IndexBrokenError, True)])  # fmt: skip
def test_what_hinders_tidying_hinders_nothing_else(writer, monkeypatch, error, is_anew):
    """A broken index is made again as at any commit."""

    def fail(self):
        raise error

    monkeypatch.setattr(FullTextIndex, "tidy", fail)
    ArchivedFile.objects.create(path="a.txt")
    writer.take([document("a.txt")])
    writer.commit()
    writer.commit_if_due()
    assert bool(writer._report.last_trouble) == is_anew
    writer.take([document("a.txt")])
    writer.commit()
    assert len(writer) == 0
