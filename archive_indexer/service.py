"""The loop around the path: heard or walked → settled → waiting list → index_file."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.db import OperationalError, connections

from archive_indexer.disk.database_trouble import FULL_DISK, explain, is_damage, naming_damage
from archive_indexer.disk.service_lock import ServiceLock
from archive_indexer.documents import Extraction
from archive_indexer.errors import DiskFullError
from archive_indexer.filing.classify import Known
from archive_indexer.filing.refiling import Refiling
from archive_indexer.index.index_writer import IndexWriter
from archive_indexer.index_file import Workplace
from archive_indexer.lanes import ReadingLanes
from archive_indexer.noticing.noticing import Noticing
from archive_indexer.noticing.presence import Presence
from archive_indexer.reading.pool import ReadFile
from archive_indexer.stores import file_store, page_store, state_store, waiting_list
from archive_indexer.stores.report import Pace, Report
from archive_indexer.upkeep.quiet_checks import QuietChecks
from minzheng.county.config import Config

_log = logging.getLogger(__name__)
_TICK_SECONDS = 0.1
_TELL_SECONDS = 1.0
_REST_SECONDS = 5.0

Progress = Callable[[Report], None]
#: What goes on beside the watching and reads with its readers.
Beside = Callable[["Service"], AbstractContextManager[None]]


@dataclass
class Service:
    """The archive being kept in the index."""

    config: Config
    progress: Progress
    known: Known
    read: ReadFile | None = None  #: a reader in place of the children, for tests
    report: Report = field(default_factory=Report)
    beside: Beside = lambda service: nullcontext()

    def read_scan(self, file: Path) -> Extraction:
        """Read a file with the readers of the scans; while the service is at work."""
        return self._lanes.read_scan(file)

    def run_once(self, below: str = "", may_be_empty: bool = False) -> Report:
        """Walk once and take in everything that changed; nobody waits for a bad file."""
        with self._working():
            self._lanes.rests = False
            if may_be_empty:
                self._presence.forget_lost()
                state_store.remember_mounts(self._presence.mounts)
            self._writer.take(self._noticing.walk(below, may_be_empty))
            while self._has_work():
                self._turn()
                if self._lanes.away is not None:
                    raise self._lanes.away
                if self.report.trouble == FULL_DISK:
                    raise DiskFullError
        return self.report

    def run_until(self, stop: threading.Event) -> None:
        """Watch the archive until told to stop."""
        with self._working(), self.beside(self):
            self._noticing.listen()
            while not stop.is_set():
                try:
                    self._watch_a_turn()
                except OperationalError as error:
                    if is_damage(error):
                        raise
                    self._rest(error, stop)

    def _watch_a_turn(self) -> None:
        self._writer.take(self._noticing.walk_if_due())
        self._noticing.hear()
        self._turn()
        self._checks.go_on(self.report.doing == "quiet")
        self.report.altered = self._checks.found
        if self._lanes.away is not None:
            self._noticing.note_away(self._lanes.away)
            self._lanes.away = None

    def _rest(self, error: OperationalError, stop: threading.Event) -> None:
        """A full disk or a busy database passes; then the walk finds what was missed."""
        _log.warning("the database cannot be written just now")
        self.report.trouble = self.report.last_trouble = explain(error)
        self.progress(self.report)
        self._noticing.walk_soon()
        stop.wait(_REST_SECONDS)

    @contextmanager
    def _working(self) -> Iterator[None]:
        """Hold the lock, begin where a killed service left off, and end in order."""
        with ServiceLock(self.config.data_folder), naming_damage():
            self._begin()
            try:
                yield
                self._writer.commit()
            finally:
                self._noticing.stop()
                self._checks.stop()
                self._lanes.stop()
                self._finish()

    def _begin(self) -> None:
        self._presence = Presence(self.config.archive_folder, state_store.remembered_mounts())
        make_workplace = partial(
            Workplace, root=self.config.archive_folder, presence=self._presence, known=self.known
        )
        self._refiling = Refiling(self.known)
        self._lanes = ReadingLanes(self.config, make_workplace, self.read)
        self._noticing = Noticing(self.config, self._presence, self.report)
        self._writer = IndexWriter(self.config.data_folder / "index", self.report)
        self._checks = QuietChecks(self.config, self._presence)
        self._pace = Pace()
        self._next_telling = 0.0
        waiting_list.release_claims()
        waiting_list.add(file_store.paths_read_by(page_store.outdated_rules()))
        self._writer.begin()

    def _has_work(self) -> bool:
        return bool(
            len(self._noticing)
            or len(self._lanes)
            or len(self._refiling)
            or len(self._writer)
            or waiting_list.count()
        )

    def _turn(self) -> None:
        """One round: settle, hand out, gather, commit, tell."""
        if not self._noticing.is_away:
            self._noticing.settle()
            self._lanes.hand_out(self._writer.paths())
        self._writer.take(self._lanes.gather(_TICK_SECONDS))
        self._writer.take(self._refiling.go_on(self._lanes.paths()))
        self._writer.commit_if_due()
        self._tell()

    def _tell(self) -> None:
        now = time.monotonic()
        if now < self._next_telling:
            return
        self._next_telling = now + _TELL_SECONDS
        report = self.report
        report.waiting = waiting_list.count()
        if not self._noticing.is_away:
            report.doing = "reading" if self._has_work() else "quiet"
        self._pace.note(report, now)
        state_store.tell(report.as_json())
        self.progress(report)

    def _finish(self) -> None:
        self.report.waiting = waiting_list.count()
        self.report.doing = "stopped"
        state_store.tell(self.report.as_json())
        self.progress(self.report)
        connections.close_all()
