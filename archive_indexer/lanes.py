"""Hand files to readers in two lanes, and gather what became of them.

The quick lane has a reader of its own, so that a Word file or a text PDF never waits for
a scan. In the lane of the scans newest and oldest take turns: what was laid down just now
comes at once, and what waits longest is not forgotten.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.db import Error as DatabaseFailure
from django.db import close_old_connections

from archive_indexer.documents import Extraction
from archive_indexer.errors import (
    ArchiveFolderError,
    FileChangingError,
    NeedsSlowLaneError,
    ReaderNotStartedError,
    ReadingFailedError,
)
from archive_indexer.extract.effort import (
    SLOW,
    Among,
    AsSent,
    Carefully,
    GetReady,
    ReadScan,
    extract_if_quick,
    extract_scan,
)
from archive_indexer.extract.limits import Limits
from archive_indexer.index_file import Workplace, give_up, index_file
from archive_indexer.reading.manner import Manner
from archive_indexer.reading.pool import (
    QUICK_MIB,
    MemoryShare,
    ReadFile,
    ReadingPool,
    readers_that_fit,
)
from archive_indexer.stores import waiting_list
from archive_indexer.stores.waiting_list import Lane
from archive_indexer.upkeep.thread_connections import ThreadConnections
from minzheng.county.settings.all_settings import Config

_log = logging.getLogger(__name__)
_QUICK_SECONDS = 30.0
_QUICK_READERS = 1
_READY_AFTER_SECONDS = 20.0  #: a service that just started has other things to do
_READY_AGAIN_SECONDS = 60.0  #: between two tries
UNEXPECTED = "处理时出现意外错误，详情见日志。"


@dataclass(frozen=True, slots=True)
class _Job:
    path: str
    lane: Lane


class FreshFirst:
    """Whose turn it is among the scans: newest and oldest by turns, but for a fresh one.

    A scan that came since the last look does not stand behind an old one, unless the last
    that was begun was fresh, too: while many arrive, every second one is the oldest.
    """

    def __init__(self) -> None:
        self._highest = 0
        self._is_newest_next = True
        self._was_fresh = False

    def is_newest_next(self, newest: int) -> bool:
        """Whether the newest is to be begun, which bears this number on the waiting list."""
        if not newest:
            return True
        is_fresh = newest > self._highest and not self._was_fresh
        takes_newest = is_fresh or self._is_newest_next
        self._was_fresh = takes_newest and newest > self._highest
        if takes_newest:
            self._highest = max(self._highest, newest)
        self._is_newest_next = not takes_newest
        return takes_newest


class ReadingLanes:
    """The hands of the service."""

    def __init__(
        self,
        config: Config,
        make_workplace: Callable[..., Workplace],
        read: ReadFile | None,
        manner: Manner,
        bell: threading.Event | None = None,
    ) -> None:
        """`bell` is rung when a file is done; others may ring it to end a wait."""
        self.bell = bell or threading.Event()
        limits = Limits.from_config(config, manner)
        self._settle_seconds = config.settle_seconds
        share, count = MemoryShare(), readers_that_fit(config.worker_count)
        quick = ReadingPool(
            partial(extract_if_quick, limits=limits),
            _QUICK_READERS,
            _QUICK_SECONDS,
            QUICK_MIB,
            share,
        )
        scans = ReadingPool(
            partial(extract_scan, limits=limits), count, limits.seconds_a_file, share=share
        )
        self._pools = (quick, scans)
        other: ReadScan | None = partial(_read_as_asked, read) if read else None
        self._read_scan: ReadScan = other or scans.read
        self._workplaces = {
            Lane.QUICK: make_workplace(
                read=other or partial(_read_quickly, quick),
                read_carefully=other or _leave_to_the_scans,
            ),
            Lane.SCAN: make_workplace(
                read=self._read_scan,
                read_carefully=other or partial(_read_carefully, scans),
                is_told_people=read is None,
            ),
        }
        #: Scans are left to workers where they are shared; others may ask for a reader still.
        self._shares = config.shares_reading
        self._room = {Lane.QUICK: _QUICK_READERS, Lane.SCAN: 0 if self._shares else count}
        self._connections = ThreadConnections()
        self._threads = ThreadPoolExecutor(
            _QUICK_READERS + count, initializer=self._connections.note
        )
        self._running: dict[Future[None], _Job] = {}
        self._resting: dict[str, float] = {}  #: path → when it is tried again
        self._turns = FreshFirst()
        self._has_none_ready = read is not None or self._shares
        self._getting_ready: Future[None] | None = None
        self._ready_from = time.monotonic() + _READY_AFTER_SECONDS
        self.rests = True  #: False: what failed is tried again at once
        self.away: ArchiveFolderError | None = None
        self.not_started: ReaderNotStartedError | None = None  #: no reader can be had

    def __len__(self) -> int:
        return len(self._running)

    def paths(self) -> list[str]:
        """What is being read."""
        return [job.path for job in self._running.values()]

    def get_ready(self) -> None:
        """Have a reader of each lane wait, with its models loaded, while nothing else does.

        One that was ended since, for it had grown too large or failed, is started anew.
        """
        is_busy = self._running or (self._getting_ready and not self._getting_ready.done())
        if self._has_none_ready or is_busy or time.monotonic() < self._ready_from:
            return
        quick, scans = self._pools
        if quick.is_cold or scans.is_cold:
            self._ready_from = time.monotonic() + _READY_AGAIN_SECONDS
            self._getting_ready = self._threads.submit(_have_ready, quick, scans)
            self._getting_ready.add_done_callback(_tell_not_ready)

    def read_scan(self, asked: Path | AsSent | Among) -> Extraction:
        """Read a file of somebody else's with the readers of the scans."""
        return self._read_scan(asked)

    def hand_out(self, done: Iterable[str]) -> None:
        """Give free readers work; what is done but not yet committed is left alone."""
        self._wake_rested()
        busy = [*self.paths(), *done]
        for lane, room in self._room.items():
            running = sum(job.lane == lane for job in self._running.values())
            for _ in range(room - running):
                if not (highest := waiting_list.newest_number(lane)):
                    break  # to take is dear, and at most looks nothing waits
                newest = lane is Lane.QUICK or self._turns.is_newest_next(highest)
                taken = waiting_list.take(lane, 1, busy, newest)
                if not taken:
                    break
                busy += taken
                self._begin(_Job(taken[0], lane))

    def gather(self, seconds: float) -> None:
        """Wait some time for a file that is done, or for the bell; note what failed."""
        self.bell.wait(seconds)
        self.bell.clear()  # before looking: what is done from now on rings it anew
        for future in [one for one in self._running if one.done()]:
            job = self._running.pop(future)
            try:
                self._note_end(future, job)
            except DatabaseFailure:
                # A full disk, a damaged database or a server that is away is no trouble of one
                # file; what could not be noted of it is not forgotten.
                self._rest(job.path, self._settle_seconds)
                raise

    def stop(self) -> None:
        """End the readers."""
        for future in self._running:
            future.cancel()
        if self._getting_ready is not None and not self._getting_ready.cancel():
            wait([self._getting_ready])  # its reader is in no place that could be emptied
        for pool in self._pools:
            pool.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._connections.close()

    def _begin(self, job: _Job) -> None:
        future = self._threads.submit(self._index_one, job)
        self._running[future] = job
        future.add_done_callback(lambda _: self.bell.set())

    def _index_one(self, job: _Job) -> None:
        close_old_connections()
        workplace = self._workplaces[job.lane]
        if self._shares and (reason := waiting_list.trouble_of(job.path)):
            give_up(job.path, reason, workplace)
        else:
            index_file(job.path, workplace)

    def _note_end(self, future: Future[None], job: _Job) -> None:
        """What became of a file; no single file may stop the service."""
        try:
            future.result()
        except ArchiveFolderError as error:
            self.away = error
            waiting_list.put_back([job.path])
        except ReaderNotStartedError as error:
            self.not_started = error
            waiting_list.put_back([job.path])
        except FileChangingError:
            self._rest(job.path, self._settle_seconds)
        except NeedsSlowLaneError:
            waiting_list.put_back([job.path], Lane.SCAN)
        except (ReadingFailedError, OSError) as error:
            self._note_failure(job, error)
        except DatabaseFailure:
            raise
        except Exception:  # noqa: BLE001  # the edge: no single file may stop the service
            _log.exception("a file could not be indexed")
            self._again_or_give_up(job.path, UNEXPECTED)

    def _note_failure(self, job: _Job, error: ReadingFailedError | OSError) -> None:
        """A file may be bad, or the whole share may just have gone away."""
        try:
            self._workplaces[job.lane].presence.confirm_gone(job.path)
        except ArchiveFolderError as away:
            self.away = away
            waiting_list.put_back([job.path])
        except OSError:
            waiting_list.put_back([job.path])
        else:
            self._note_bad_file(job, error)

    def _note_bad_file(self, job: _Job, error: ReadingFailedError | OSError) -> None:
        if isinstance(error, OSError):
            self._again_or_give_up(job.path, say_refusal(error))
        elif job.lane is Lane.QUICK:  # too slow or too large for it is not yet a failure
            waiting_list.put_back([job.path], Lane.SCAN)
        else:
            self._again_or_give_up(job.path, str(error))

    def _again_or_give_up(self, path: str, reason: str) -> None:
        seconds = waiting_list.count_attempt(path)
        if seconds is None:
            give_up(path, reason, self._workplaces[Lane.SCAN])
        else:
            self._rest(path, seconds if self.rests else 0.0)

    def _rest(self, path: str, seconds: float) -> None:
        """Leave a path claimed for a while; a killed service gives it back at its start."""
        self._resting[path] = time.monotonic() + seconds

    def _wake_rested(self) -> None:
        now = time.monotonic()
        rested = [path for path, until in self._resting.items() if until <= now]
        if rested:
            waiting_list.put_back(rested)
        for path in rested:
            del self._resting[path]


def _have_ready(quick: ReadingPool, scans: ReadingPool) -> None:
    if scans.is_cold:
        scans.run(GetReady())
    if quick.is_cold:
        quick.run(GetReady())


def _tell_not_ready(future: Future[None]) -> None:
    """A reader that could not load its models is told again by the first scan."""
    if not future.cancelled() and (error := future.exception()) is not None:
        _log.warning("no reader could be made ready", exc_info=error)


def _read_quickly(pool: ReadingPool, file: Path | AsSent) -> Extraction:
    """Read a file in an instant, or say that it belongs among the scans."""
    extraction = pool.read(file)
    if extraction.kind == SLOW.kind:
        raise NeedsSlowLaneError
    return extraction


def _read_as_asked(read: ReadFile, asked: Path | AsSent | Among) -> Extraction:
    while not isinstance(asked, Path):
        asked = asked.file
    return read(asked)


def _read_carefully(pool: ReadingPool, file: Path | AsSent | Among) -> Extraction:
    return pool.read(Carefully(file))


def _leave_to_the_scans(file: Path | AsSent) -> Extraction:
    raise NeedsSlowLaneError


def say_refusal(error: OSError) -> str:
    """Why the disk did not give a file, and what to do."""
    if isinstance(error, PermissionError):
        return "没有读取这个文件的权限，请在文件属性中放开读取权限。"
    return f"文件读不出来（{error.strerror or error}），请检查磁盘或网络盘。"
