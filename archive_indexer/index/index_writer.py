"""Commit what was read to the index, at a pace that leaves time for reading."""

import errno
import logging
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from archive_indexer.documents import IndexedDocument
from archive_indexer.errors import (
    IndexAwayError,
    IndexBrokenError,
    IndexLockedError,
    IndexNotMadeError,
)
from archive_indexer.index.archive_index import ArchiveIndex
from archive_indexer.index.index_place import IndexPlace
from archive_indexer.stores import archived_files, waiting_list
from archive_indexer.stores.database_trouble import FULL_DISK
from archive_indexer.stores.outcomes import Outcome, leave_trace
from archive_indexer.stores.service_state import Report

_log = logging.getLogger(__name__)
_MOST_FILES = 50
_LEAST_SECONDS = 0.2
_COMMIT_SHARE = 4  #: committing takes a quarter of the time at most
_REST_SECONDS = 5.0
_INSIDE = "!/"  #: stands in the path of a file in a packed file or mail
_BATCH = 32_000  #: documents of a segment that needs no merging: a million are thirty
_BATCH_CHARACTERS = 60_000_000  #: or so many characters; they and their grams are in memory


class IndexWriter:
    """The only one who writes the index while the service runs.

    What is taken may come from any thread; it is committed in that of the service.
    """

    def __init__(self, place: IndexPlace, report: Report) -> None:
        self._place = place
        self._report = report
        self._index: ArchiveIndex | None = None
        self._lock = threading.Lock()
        self._taken: dict[str, Outcome] = {}
        self._committing: dict[str, Outcome] = {}
        self._next_commit = 0.0
        self._may_be_untidy = True

    def __len__(self) -> int:
        return len(self._taken) + len(self._committing)

    def paths(self) -> list[str]:
        """Files that are done and not yet committed."""
        with self._lock:
            return [*self._taken, *self._committing]

    def begin(self) -> None:
        """Take up what a killed service left behind; a broken index is made again."""
        try:
            self._index = self._place.opened()
            self._index.confirm_sound()
            held, stored = self._index.paths(), archived_files.indexed_paths()
            if stored and not held:
                _log.info("the full-text index is made anew from what was read")
            self._index.update([], held - stored)
            fill_index(self._index, sorted(stored - held), lambda _: None)
            self._index.drop_older()
        except IndexNotMadeError:
            self._make_anew()
        except IndexAwayError:
            raise
        except IndexBrokenError:
            self._rebuild()
        for path in archived_files.unfinished_traces():
            self.take(leave_trace(path))

    def take(self, outcomes: Iterable[Outcome]) -> None:
        """Take what is to be committed; of one path only what was said last."""
        with self._lock:
            for outcome in outcomes:
                _note(self._taken, outcome)

    def next_due(self) -> float | None:
        """In how many seconds what was taken may be committed; None when nothing was."""
        return max(0.0, self._next_commit - time.monotonic()) if self._taken else None

    def commit_if_due(self) -> None:
        """Commit when enough is there, or it waited long enough."""
        self._heed_mark()
        is_full = len(self._taken) >= _MOST_FILES
        if self._taken and (is_full or time.monotonic() >= self._next_commit):
            self.commit()
        elif not self._taken and self._may_be_untidy:
            self._tidy()

    def _tidy(self) -> None:
        """While nothing waits, what many small commits left is put in order, a part at a time."""
        try:
            self._may_be_untidy = self._opened().tidy()
        except IndexBrokenError:
            self._rebuild()
        except (IndexLockedError, OSError):
            self._may_be_untidy = False  # the next commit asks again

    def commit(self) -> None:
        """Index first, then say so: a kill between the two only repeats the commit."""
        with self._lock:
            self._committing, self._taken = self._taken, {}
        if not self._committing:
            return
        begun = time.monotonic()
        try:
            self._write(self._committing.values())
            self._committing, self._may_be_untidy = {}, True
            took = time.monotonic() - begun
            self._next_commit = time.monotonic() + max(_LEAST_SECONDS, took * (_COMMIT_SHARE - 1))
        except (IndexAwayError, IndexLockedError, OSError) as error:
            self._wait(error)
        except IndexBrokenError:
            self._rebuild()
        finally:
            self._keep_uncommitted()

    def _keep_uncommitted(self) -> None:
        """What could not be committed waits again, behind nothing that was said since."""
        with self._lock:
            later, self._taken, self._committing = self._taken, self._committing, {}
            for outcome in later.values():
                _note(self._taken, outcome)

    def _write(self, outcomes: Collection[Outcome]) -> None:
        documents = [outcome.document for outcome in outcomes if outcome.document]
        gone = [outcome.path for outcome in outcomes if not outcome.document]
        superseded = [path for outcome in outcomes for path in outcome.superseded]
        held = {document.path for document in documents}
        removed = [path for path in (*gone, *superseded) if path not in held]
        self._opened().update(documents, removed)
        archived_files.mark_indexed(held)
        archived_files.retire(removed)
        waiting_list.finish(outcome.path for outcome in outcomes)
        self._count(held, {outcome.path for outcome in outcomes if outcome.reason})

    def _count(self, indexed: Collection[str], failed: Collection[str]) -> None:
        """Files on the disk, and apart from them what lies in packed files and mails."""
        report = self._report
        for paths, on_disk, inside in (
            (indexed, "indexed", "indexed_inside"), (failed, "failed", "failed_inside")
        ):  # fmt: skip
            packed = sum(_INSIDE in path for path in paths)
            setattr(report, on_disk, getattr(report, on_disk) + len(paths) - packed)
            setattr(report, inside, getattr(report, inside) + packed)

    def _heed_mark(self) -> None:
        """A reader found the index broken: look, and make it again when it is."""
        if self._index is None or not self._index.was_found_broken():
            return
        try:
            self._place.opened().confirm_sound()
        except IndexBrokenError:
            self._rebuild()

    def _opened(self) -> ArchiveIndex:
        if self._index is None:
            self._index = self._place.opened()
        return self._index

    def _rebuild(self) -> None:
        """Make a broken index again from what was read; nothing is read anew."""
        _log.warning("the full-text index is broken and is made again")
        self._report.last_trouble = "全文索引损坏，已用识别过的文字自动重建。"
        self._make_anew()

    def _make_anew(self) -> None:
        self._index = self._place.emptied()
        rebuild_index(self._index, lambda _: None)
        self._index.drop_older()
        self._next_commit = 0.0

    def _wait(self, error: Exception) -> None:
        """A full disk or a locked index: keep what is done and try again."""
        is_full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        self._report.trouble = self._report.last_trouble = FULL_DISK if is_full else str(error)
        _log.warning("the index cannot be written just now", extra={"is_full": is_full})
        self._index = None
        self._next_commit = time.monotonic() + _REST_SECONDS


def _note(outcomes: dict[str, Outcome], outcome: Outcome) -> None:
    """Put an outcome in place of an earlier one; what that superseded stays superseded.

    A trace that was to be shown, and is superseded before it was, is not shown at all.
    """
    for path in outcome.superseded:
        if path in outcomes:
            outcomes[path] = replace(outcomes[path], document=None)
    earlier = outcomes.pop(outcome.path, None)
    if earlier is not None:
        outcome = replace(outcome, superseded=(*earlier.superseded, *outcome.superseded))
    outcomes[outcome.path] = outcome


def rebuild_index(index: ArchiveIndex, progress: Callable[[int], None]) -> int:
    """Throw the index away and fill it; gives the number of files."""
    index.clear()
    return fill_index(index, sorted(archived_files.indexed_paths()), progress)


def fill_index(index: ArchiveIndex, paths: Sequence[str], progress: Callable[[int], None]) -> int:
    """Put files that were read before into the index."""
    done = 0
    documents = _documents(paths)
    while batch := list(_batch_of(documents)):
        index.update(batch)
        done += len(batch)
        progress(done)
    return done


def _batch_of(documents: Iterator[IndexedDocument]) -> Iterator[IndexedDocument]:
    characters = 0
    for document in islice(documents, _BATCH):
        yield document
        characters += sum(map(len, document.pages))
        if characters >= _BATCH_CHARACTERS:
            return


def _documents(paths: Sequence[str]) -> Iterator[IndexedDocument]:
    for path in paths:
        document = archived_files.document_of(path)
        if document is not None:
            yield document
