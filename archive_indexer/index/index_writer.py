"""Commit what was read to the index, at a pace that leaves time for reading."""

import errno
import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from archive_indexer.disk.database_trouble import FULL_DISK
from archive_indexer.documents import IndexedDocument
from archive_indexer.errors import IndexBrokenError, IndexLockedError
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.rebuild_index import fill_index, rebuild_index
from archive_indexer.index_file import Outcome, leave_trace
from archive_indexer.stores import file_store, waiting_list
from archive_indexer.stores.report import Report

_log = logging.getLogger(__name__)
_MOST_FILES = 50
_LEAST_SECONDS = 0.2
_COMMIT_SHARE = 4  #: committing takes a quarter of the time at most
_REST_SECONDS = 5.0


class IndexWriter:
    """The only one who writes the index while the service runs."""

    def __init__(self, folder: Path, report: Report) -> None:
        self._folder = folder
        self._report = report
        self._index: FullTextIndex | None = None
        self._done: list[Outcome] = []
        self._next_commit = 0.0

    def __len__(self) -> int:
        return len(self._done)

    def paths(self) -> list[str]:
        """Files that are done and not yet committed."""
        return [outcome.path for outcome in self._done]

    def begin(self) -> None:
        """Take up what a killed service left behind; a broken index is made again."""
        try:
            self._index = FullTextIndex(self._folder)
            self._index.confirm_sound()
            held, stored = self._index.paths(), file_store.indexed_paths()
            self._index.update([], held - stored)
            fill_index(self._index, sorted(stored - held), lambda _: None)
        except IndexBrokenError:
            self._rebuild()
        self.take([leave_trace(path) for path in file_store.unfinished_traces()])

    def take(self, outcomes: list[Outcome]) -> None:
        """Keep what is to be committed; of one file only what was said last."""
        if not outcomes:
            return
        newest = {outcome.path: outcome for outcome in outcomes}
        kept = []
        for outcome in self._done:
            later = newest.get(outcome.path)
            if later is None:
                kept.append(outcome)
            else:
                newest[outcome.path] = replace(
                    later,
                    superseded=(*outcome.superseded, *later.superseded),
                    members=(*outcome.members, *later.members),
                )
        self._done = [*kept, *newest.values()]

    def commit_if_due(self) -> None:
        """Commit when enough is there, or it waited long enough."""
        self._heed_mark()
        is_full = len(self._done) >= _MOST_FILES
        if self._done and (is_full or time.monotonic() >= self._next_commit):
            self.commit()

    def commit(self) -> None:
        """Index first, then say so: a kill between the two only repeats the commit."""
        if not self._done:
            return
        begun = time.monotonic()
        try:
            self._write(self._done)
        except IndexBrokenError:
            self._rebuild()
            return
        except (IndexLockedError, OSError) as error:
            self._wait(error)
            return
        self._done = []
        took = time.monotonic() - begun
        self._next_commit = time.monotonic() + max(_LEAST_SECONDS, took * (_COMMIT_SHARE - 1))

    def _write(self, outcomes: list[Outcome]) -> None:
        outcomes = list(_with_members(outcomes))
        held, removed = _last_said(outcomes)
        self._opened().update(held.values(), removed)
        file_store.mark_indexed(held)
        file_store.retire(removed)
        waiting_list.finish(outcome.path for outcome in outcomes)
        self._report.indexed += len(held)
        self._report.failed += sum(bool(outcome.reason) for outcome in outcomes)

    def _heed_mark(self) -> None:
        """A reader found the index broken: look, and make it again when it is."""
        if self._index is None or not self._index.broken_mark.exists():
            return
        self._index.broken_mark.unlink(missing_ok=True)
        try:
            FullTextIndex(self._folder).confirm_sound()
        except IndexBrokenError:
            self._rebuild()

    def _opened(self) -> FullTextIndex:
        if self._index is None:
            self._index = FullTextIndex(self._folder)
        return self._index

    def _rebuild(self) -> None:
        """Make a broken index again from what was read; nothing is read anew."""
        _log.warning("the full-text index is broken and is made again")
        self._report.last_trouble = "全文索引损坏，已用识别过的文字自动重建。"
        self._index = FullTextIndex.empty(self._folder)
        rebuild_index(self._index, lambda _: None)
        self._next_commit = 0.0

    def _wait(self, error: Exception) -> None:
        """A full disk or a locked index: keep what is done and try again."""
        is_full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        self._report.trouble = self._report.last_trouble = FULL_DISK if is_full else str(error)
        _log.warning("the index cannot be written just now", extra={"is_full": is_full})
        self._index = None
        self._next_commit = time.monotonic() + _REST_SECONDS


def _last_said(outcomes: Iterable[Outcome]) -> tuple[dict[str, IndexedDocument], set[str]]:
    """What the index shall hold and what not: a trace goes when a later outcome replaces it."""
    held: dict[str, IndexedDocument] = {}
    removed: set[str] = set()
    for outcome in outcomes:
        replaced = {one for one in outcome.superseded if not (one in held and held[one].present)}
        if outcome.document:
            held[outcome.path] = outcome.document
            removed.discard(outcome.path)
        else:
            replaced.add(outcome.path)
        for path in replaced:
            held.pop(path, None)
        removed |= replaced
    return held, removed


def _with_members(outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    for outcome in outcomes:
        yield outcome
        yield from _with_members(outcome.members)
