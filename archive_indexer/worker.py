"""Read for the service of another machine: take a scan → identify → read → keep → give it on.

The tables of the database are all that the machines share besides the archive folder. A worker
never writes the index and concludes nothing of a file that it does not find: both are the
service's. Whatever it has in hand bears its name and is given back when it falls silent.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.db import Error as DatabaseFailure
from django.db import close_old_connections, connections

from archive_indexer.disk.file_names import disk_path
from archive_indexer.disk.identify import identify, refuse_changed
from archive_indexer.documents import ArchiveFile, Extraction
from archive_indexer.errors import (
    ArchiveFolderError,
    FileChangingError,
    FileGoneError,
    NotSharedError,
    ReaderNotStartedError,
    ReadingFailedError,
)
from archive_indexer.extract.effort import Carefully, extract_scan
from archive_indexer.extract.limits import Limits
from archive_indexer.filing.classify import Known
from archive_indexer.index_file import as_wanted
from archive_indexer.lanes import UNEXPECTED, FreshFirst, say_refusal
from archive_indexer.noticing.presence import Presence
from archive_indexer.reading.free_reader import FreeReader
from archive_indexer.reading.pool import ReadFile, ReadingPool, readers_that_fit
from archive_indexer.stores import archived_files, contents, waiting_list
from archive_indexer.stores.database_trouble import PASSING, is_damage, naming_damage, say_trouble
from archive_indexer.stores.many_machines import claims, reading_terms, workers
from archive_indexer.stores.many_machines.workers import BEAT_SECONDS, SilenceWatch
from archive_indexer.stores.waiting_list import Lane
from archive_indexer.upkeep.heartbeat import Heartbeat
from archive_indexer.upkeep.thread_connections import ThreadConnections
from minzheng.county.settings.all_settings import Config

_log = logging.getLogger(__name__)
_TICK_SECONDS = 0.5  #: between looks at the waiting list, while places are free
_TERMS_SECONDS = 2.0  #: between looks at what the service reads by
_REST_SECONDS = 5.0
_AHEAD_SECONDS = 5.0  #: that a file waits for a reader before others may have it
_KNOWN_FILES = 20  #: of the archive that are looked for, to know that it is the same
_OTHER_ARCHIVE = (
    "档案文件夹 {root} 里找不到已登记的文件。请检查 [archive] folder 是不是看守服务用的同一个"
    "共享文件夹、网络盘有没有连上；改好后会自动继续。"
)
_NOT_FOUND = "有的文件在这台机器上找不到，已留给看守服务去看。"
_NOT_STARTED = (
    '看守服务还没有启动过，或者它的 config.toml 里没有设 [reading] queue = "postgresql"。'
    "设好并启动后，这里会接着开始。"
)
_SILENT = "{name} 没有音信了，它手上的文件已放回排队。"
_WELL = "恢复正常，接着识别。"

Say = Callable[[str], None]


@dataclass(slots=True)
class State:
    """How a worker stands, for whoever looks at it."""

    number: int = 0  #: under which it is known
    done: int = 0
    trouble: str = ""


@dataclass(frozen=True)
class Worker:
    """Reads scans of a shared archive until it is told to stop."""

    config: Config
    known: Known
    name: str
    say: Say  #: told whenever something begins or ends to be wrong
    read: ReadFile | None = None  #: a reader in place of the children, for tests
    silence: SilenceWatch = field(default_factory=SilenceWatch)
    state: State = field(default_factory=State)

    def run_until(self, stop: threading.Event) -> None:
        """Read what waits; what is being read when told to stop is read to its end.

        Raises:
            OtherTermsError: the service reads by other rules.
            NotSharedError: it does not let anybody read for it any more.
        """
        limits = Limits.from_config(self.config, self.known.manner)
        terms = reading_terms.terms_of(limits)
        with naming_damage(), _Hands(self, limits, stop).at_work() as hands:
            while not stop.is_set():
                try:
                    hands.turn(terms)
                except PASSING as error:
                    if is_damage(error):
                        raise
                    _log.warning("the database cannot be asked just now")
                    hands.doubt()
                    self._rest(say_trouble(error), stop)
                except (ArchiveFolderError, ReaderNotStartedError) as error:
                    _log.warning("nothing can be read just now", exc_info=error)
                    self._rest(str(error), stop)

    def tell(self, trouble: str) -> None:
        """Say what is wrong once, and once that it is over."""
        if trouble != self.state.trouble:
            self.say(trouble or _WELL)
        self.state.trouble = trouble

    def beat(self) -> bool:
        """Tell that it lives; whether it is known."""
        return workers.beat(self.state.number, self.state.done, self.state.trouble)

    def _rest(self, trouble: str, stop: threading.Event) -> None:
        self.tell(trouble)
        stop.wait(_REST_SECONDS)
        close_old_connections()


class _Hands:
    """What a worker has in hand: a thread for each file, and the readers.

    One file more than there are readers is claimed and identified while they read, and what
    was read is kept while the next is read: no reader waits for the server.
    """

    def __init__(self, worker: Worker, limits: Limits, stop: threading.Event) -> None:
        self._worker, self._state, self._stop = worker, worker.state, stop
        self._root = worker.config.archive_folder
        self._presence = Presence(self._root)
        self._count = readers_that_fit(worker.config.worker_count)
        self._pool = ReadingPool(
            partial(extract_scan, limits=limits), self._count, limits.seconds_a_file
        )
        self._connections = ThreadConnections()
        self._free = FreeReader(self._count)
        self._most = self._count * 2  #: in hand: read, ready to be read, or being kept
        self._threads = ThreadPoolExecutor(self._most, initializer=self._connections.note)
        self._heartbeat = Heartbeat(worker.beat, BEAT_SECONDS)
        self._running: dict[Future[bool], str] = {}
        self._kept = set[str]()  #: of these, what was read and is being kept
        self._workers = 1  #: that read this archive
        self._bell = threading.Event()
        self._turns = FreshFirst()
        self._next_look = 0.0
        self._is_archive_known = False
        self._missed = False  #: a file that the service knows was not found
        self._doubts = False  #: what the tables say of us may not be so
        self._is_refused = False  #: what is being read is not to be kept

    @contextmanager
    def at_work(self) -> Iterator["_Hands"]:
        """At the end what is in hand is finished, or given back, and the worker signs off."""
        try:
            yield self
            self._finish()
        except BaseException:
            self._is_refused = True
            raise
        finally:
            self._free.close()
            self._heartbeat.end()
            with suppress(DatabaseFailure):  # a server that is away: others hear silence
                workers.sign_off(self._state.number)
            self._pool.stop()
            self._threads.shutdown(wait=True, cancel_futures=True)
            self._connections.close()
            connections.close_all()

    def turn(self, terms: reading_terms.Terms) -> None:
        """Take what is free to be taken, note what became of the rest."""
        if not self._is_known(terms):
            self._worker.tell(_NOT_STARTED)
            self._stop.wait(_TICK_SECONDS)
            return
        for name in self._worker.silence.look_if_due():
            self._worker.say(_SILENT.format(name=name))
        if self._doubts:
            claims.keep_only(self._state.number, list(self._running.values()))
            self._doubts = False
        self._confirm_archive()
        self._hand_out()
        self._gather()
        self._worker.tell(_NOT_FOUND if self._missed else "")

    def doubt(self) -> None:
        """The server was away: nothing of what was last asked of it is sure."""
        self._doubts, self._next_look = True, 0.0
        self._worker.silence.forget()

    def _is_known(self, terms: reading_terms.Terms) -> bool:
        """Whether the service reads by the same rules and knows of us; asked now and then."""
        state, now = self._state, time.monotonic()
        if now < self._next_look:
            return bool(state.number)
        self._next_look = now + _TERMS_SECONDS
        reading_terms.confirm_same(terms)
        if not reading_terms.is_shared():
            if state.number:
                raise NotSharedError
            return False
        if not state.number or self._heartbeat.is_lost:
            self._sign_in()
        self._workers = workers.count_known()
        return True

    def _sign_in(self) -> None:
        self._heartbeat.end()
        self._state.number = workers.sign_in(self._worker.name)
        self._doubts = True
        self._heartbeat = Heartbeat(self._worker.beat, BEAT_SECONDS)
        self._heartbeat.begin()

    def _confirm_archive(self) -> None:
        """Make sure that what is read lies in the archive that the service keeps.

        Raises:
            ArchiveFolderError: it does not, or is away.
        """
        self._presence.confirm_root()
        if self._is_archive_known:
            return
        known = archived_files.latest_on_disk(_KNOWN_FILES)
        if known and not any(disk_path(self._root, path).exists() for path in known):
            raise ArchiveFolderError(_OTHER_ARCHIVE.format(root=self._root))
        self._presence.learn(())
        self._is_archive_known = True

    def _hand_out(self) -> None:
        while self._may_take():
            if not (highest := waiting_list.newest_number(Lane.SCAN)):
                return  # to take is dear, and at most looks nothing waits
            newest = self._turns.is_newest_next(highest)
            busy = list(self._running.values())
            taken = waiting_list.take(Lane.SCAN, 1, busy, newest, self._state.number)
            if not taken:
                return
            future = self._threads.submit(self._read_one, taken[0], self._state.number)
            self._running[future] = taken[0]
            future.add_done_callback(lambda _: self._bell.set())

    def _may_take(self) -> bool:
        """Whether a reader is free, or the next file is to be ready when one comes free."""
        ahead = len(self._running) - len(self._kept) - self._count
        if ahead < 0:
            return len(self._running) < self._most
        if ahead or self._free.is_slow or len(self._running) == self._most:
            return False
        others = self._workers * self._count  # nobody's reader shall miss what is ready here
        return waiting_list.holds_more_than(Lane.SCAN, others)

    def _gather(self) -> None:
        self._bell.wait(_TICK_SECONDS)
        self._bell.clear()
        for future in [one for one in self._running if one.done()]:
            path = self._running.pop(future)
            self._kept.discard(path)
            try:
                self._note_end(future, path)
            except DatabaseFailure:
                self._doubts = True
                raise

    def _finish(self) -> None:
        """Wait for what is being read; meanwhile the heart beats on."""
        self._free.close()
        while self._running:
            try:
                self._gather()
            except (*PASSING, ArchiveFolderError, ReaderNotStartedError):
                _log.warning("what was in hand is given back")

    def _read_one(self, path: str, worker: int) -> bool:
        """The task: what a content holds comes into the store, and its path to the service.

        Gives whether it was read; it was not, when it is known or somebody else reads it.
        """
        close_old_connections()
        place = disk_path(self._root, path)
        file = identify(path, place)
        if not claims.hold_content(worker, path, file.sha256):
            claims.wait_for_copy(worker, path)
        elif contents.content_at(path, file.sha256):  # asked only now: it may just be kept
            claims.hand_over(worker, path)
        elif not self._free.wait(_AHEAD_SECONDS):
            claims.give_back(worker, path)
        elif (extraction := self._read_in_turn(file, place, path, worker)) is not None:
            refuse_changed(file, place)
            self._keep(path, file.sha256, extraction, worker)
            return True
        return False

    def _read_in_turn(
        self, file: ArchiveFile, place: Path, path: str, worker: int
    ) -> Extraction | None:
        """What the reader that came free reads; nothing where the file is no longer ours."""
        try:
            return self._read(file, place) if claims.begin_reading(worker, path) else None
        finally:
            self._kept.add(path)
            self._free.leave()
            self._bell.set()

    def _read(self, file: ArchiveFile, place: Path) -> Extraction:
        if self._worker.read is not None:
            return self._worker.read(place)
        asked = as_wanted(file, place, self._worker.known)
        is_careful = contents.is_wanted_carefully(file.sha256)
        return self._pool.read(Carefully(asked) if is_careful else asked)

    def _keep(self, path: str, sha256: str, extraction: Extraction, worker: int) -> None:
        """Keep what was read; while the server is away it waits here and is not read again."""
        while not self._is_refused:
            try:
                claims.keep_reading(worker, path, sha256, extraction)
                return
            except PASSING as error:
                if is_damage(error) or self._stop.wait(_REST_SECONDS):
                    raise
                close_old_connections()

    def _note_end(self, future: Future[bool], path: str) -> None:
        """What became of a file; no single file may stop the worker."""
        number = self._state.number
        try:
            self._state.done += future.result()
            self._missed = False
        except FileGoneError:
            self._is_archive_known, self._missed = False, True
            claims.leave_to_service(number, path)
        except FileChangingError:
            claims.give_back(number, path, self._worker.config.settle_seconds)
        except ReaderNotStartedError:
            claims.give_back(number, path)
            raise
        except (ReadingFailedError, OSError) as error:
            self._note_failure(path, error)
        except DatabaseFailure:
            raise
        except Exception:  # noqa: BLE001  # the edge: no single file may stop the worker
            _log.exception("a file could not be read")
            claims.note_failure(number, path, UNEXPECTED)

    def _note_failure(self, path: str, error: ReadingFailedError | OSError) -> None:
        """A file may be bad, or the whole share may just have gone away."""
        try:
            self._presence.confirm_root()
        except ArchiveFolderError:
            claims.give_back(self._state.number, path)
            raise
        reason = say_refusal(error) if isinstance(error, OSError) else str(error)
        claims.note_failure(self._state.number, path, reason)
