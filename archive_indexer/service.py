"""The loop around the path: noticing → waiting list → lanes → index_file → index."""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator, Sized
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import partial

from django.db import close_old_connections, connections

from archive_indexer.disk.service_lock import ServiceLock
from archive_indexer.errors import DiskFullError, NoWorkerError, ReaderNotStartedError
from archive_indexer.extract.effort import ReadScan
from archive_indexer.extract.limits import Limits
from archive_indexer.file_again import FilingAgain
from archive_indexer.filing.classify import Known
from archive_indexer.index.index_place import index_place
from archive_indexer.index.index_writer import IndexWriter
from archive_indexer.index_file import Workplace
from archive_indexer.lanes import ReadingLanes
from archive_indexer.noticing.noticing import Noticing
from archive_indexer.noticing.presence import Presence
from archive_indexer.reading.pool import ReadFile
from archive_indexer.stores import archived_files, contents, service_state, waiting_list
from archive_indexer.stores.database_trouble import (
    FULL_DISK,
    PASSING,
    is_damage,
    naming_damage,
    say_trouble,
)
from archive_indexer.stores.many_machines import reading_terms, workers
from archive_indexer.stores.many_machines.workers import SilenceWatch
from archive_indexer.stores.service_state import Report, Telling
from archive_indexer.stores.waiting_list import Lane
from archive_indexer.upkeep.quiet_checks import QuietChecks
from minzheng.county.settings.all_settings import Config

_log = logging.getLogger(__name__)
_TICK_SECONDS = 0.1
_SHARED_TICK_SECONDS = 0.5  #: others read: each look at what they gave on asks a server
_LEAST_TURN_SECONDS = 0.01
_REST_SECONDS = 5.0

Progress = Callable[[Report], None]
#: What goes on beside the watching and reads with its readers.
Beside = Callable[[ReadScan], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Parts:
    """What the service works with while it holds the archive."""

    presence: Presence
    noticing: Noticing
    lanes: ReadingLanes
    writer: IndexWriter
    again: FilingAgain
    checks: QuietChecks
    telling: Telling
    lock: ServiceLock
    silence: SilenceWatch

    def next_due(self) -> float:
        """In how many seconds a file settles, or what was read is to be committed."""
        settling = None if self.noticing.is_away else self.noticing.next_due()
        waits = (settling, self.writer.next_due())
        return min((one for one in waits if one is not None), default=math.inf)

    def has_work(self) -> bool:
        """Whether anything is on its way into the index."""
        on_the_way: tuple[Sized, ...] = (self.noticing, self.lanes, self.again, self.writer)
        return any(len(one) for one in on_the_way) or bool(waiting_list.count())


@dataclass(frozen=True)
class Service:
    """The archive being kept in the index."""

    config: Config
    progress: Progress
    known: Known
    read: ReadFile | None = None  #: a reader in place of the children, for tests
    report: Report = field(default_factory=Report)
    beside: Beside = lambda read: nullcontext()

    def run_once(self, below: str = "", may_be_empty: bool = False) -> Report:
        """Walk once and take in everything that changed; nobody waits for a bad file."""
        with self.at_work() as parts:
            parts.lanes.rests = False
            if may_be_empty:
                parts.presence.forget_lost()
                service_state.remember_mounts(parts.presence.mounts)
            parts.writer.take(parts.noticing.walk(below, may_be_empty))
            while parts.has_work():
                self._turn(parts)
                if parts.lanes.away is not None:
                    raise parts.lanes.away
                if parts.lanes.not_started is not None:
                    raise parts.lanes.not_started
                self._refuse_without_workers(parts)
                if self.report.trouble == FULL_DISK:
                    raise DiskFullError
        return self.report

    def run_until(self, stop: threading.Event) -> None:
        """Watch the archive until told to stop."""
        with self.at_work() as parts, self.beside(parts.lanes.read_scan):
            parts.noticing.listen()
            while not stop.is_set():
                try:
                    self._watch_a_turn(parts)
                except PASSING as error:
                    if is_damage(error):
                        raise
                    _log.warning("the database cannot be written just now")
                    self._rest(parts, say_trouble(error), stop)
                except ReaderNotStartedError as error:
                    _log.warning("no reader can be started", exc_info=error)
                    self._rest(parts, str(error), stop)

    @contextmanager
    def at_work(self) -> Iterator[Parts]:
        """Hold the lock, begin where a killed service left off, and end in order."""
        with ServiceLock(self.config.data_folder) as lock, naming_damage():
            parts = self._gather_parts(lock)
            self._tell_workers()
            waiting_list.release_claims()
            waiting_list.add(archived_files.paths_read_by(contents.outdated_rules()))
            parts.writer.begin()
            try:
                yield parts
                parts.writer.commit()
            finally:
                parts.noticing.stop()
                parts.checks.stop()
                parts.lanes.stop()
                self.report.doing = "stopped"
                parts.telling.tell(waiting_list.count())
                connections.close_all()

    def _gather_parts(self, lock: ServiceLock) -> Parts:
        config, known = self.config, self.known
        presence = Presence(config.archive_folder, service_state.remembered_mounts())
        writer = IndexWriter(index_place(config), self.report)
        bell = threading.Event()
        make_workplace = partial(
            Workplace, root=config.archive_folder, presence=presence, known=known, writer=writer
        )
        return Parts(
            presence,
            Noticing(config, presence, self.report, bell.set),
            ReadingLanes(config, make_workplace, self.read, known.manner, bell),
            writer,
            FilingAgain(known, writer),
            QuietChecks(config, presence),
            Telling(self.report, self.progress),
            lock,
            SilenceWatch(),
        )

    def _tell_workers(self) -> None:
        """By what whoever reads for us has to read; that nobody does, when we read alone."""
        if self.config.shares_reading:
            limits = Limits.from_config(self.config, self.known.manner)
            reading_terms.set_terms(reading_terms.terms_of(limits))
        elif reading_terms.is_shared():
            reading_terms.set_terms({})
            workers.sign_off_all()

    def _refuse_without_workers(self, parts: Parts) -> None:
        """Nobody waits for what nobody reads; it stays on the list."""
        on_the_way: tuple[Sized, ...] = (parts.noticing, parts.lanes, parts.writer)
        if not self.config.shares_reading or any(map(len, on_the_way)):
            return
        if waiting_list.count(Lane.SCAN) == waiting_list.count() and not workers.any_known():
            raise NoWorkerError

    def _turn(self, parts: Parts) -> None:
        """One round: settle, hand out, gather, file again, commit, tell."""
        parts.lock.confirm()
        if self.config.shares_reading:
            parts.silence.look_if_due()
        if not parts.noticing.is_away:
            parts.noticing.settle()
            parts.lanes.hand_out(parts.writer.paths())
        tick = _SHARED_TICK_SECONDS if self.config.shares_reading else _TICK_SECONDS
        parts.lanes.gather(min(tick, parts.next_due()))
        parts.again.go_on(parts.lanes.paths())
        parts.writer.commit_if_due()
        if parts.telling.is_due():
            if not parts.noticing.is_away:
                self.report.doing = "reading" if parts.has_work() else "quiet"
            parts.telling.tell(waiting_list.count())

    def _watch_a_turn(self, parts: Parts) -> None:
        parts.lock.confirm()
        parts.writer.take(parts.noticing.walk_if_due())
        if parts.noticing.hear():
            time.sleep(_LEAST_TURN_SECONDS)  # a flood of events is some turns, not thousands
        self._turn(parts)
        is_quiet = self.report.doing == "quiet"
        if is_quiet:
            parts.lanes.get_ready()
        parts.checks.go_on(is_quiet)
        self.report.altered = parts.checks.found
        if parts.lanes.away is not None:
            parts.noticing.note_away(parts.lanes.away)
            parts.lanes.away = None
        if (not_started := parts.lanes.not_started) is not None:
            parts.lanes.not_started = None
            raise not_started

    def _rest(self, parts: Parts, trouble: str, stop: threading.Event) -> None:
        """A full disk or a busy database passes; then the walk finds what was missed."""
        self.report.trouble = self.report.last_trouble = trouble
        self.progress(self.report)
        parts.noticing.walk_soon()
        parts.lock.doubt()
        parts.silence.forget()
        stop.wait(_REST_SECONDS)
        close_old_connections()  # what a server that was away has left is of no use
