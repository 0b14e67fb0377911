"""The loop of the inbox: dropped → settled → read → sorted; confirmed → laid → put away.

It runs beside the archive's own service and reads with the same readers, when the archive
has nothing to read or the scan has waited its minute.
"""

import errno
import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from archive_indexer.disk.file_names import disk_path
from archive_indexer.disk.identify import Signature, identify
from archive_indexer.documents import ArchiveFile, Extraction
from archive_indexer.errors import ArchiveError, FileChangingError, FileGoneError
from archive_indexer.extract.effort import AsSent, ReadScan, among
from archive_indexer.index_file import read_content
from archive_indexer.noticing.presence import Presence
from archive_indexer.noticing.settling import Settling
from archive_indexer.stores import contents, service_state
from archive_indexer.stores.withheld import for_place
from minzheng.county.settings.all_settings import Config
from minzheng.database.faults import is_unstorable
from minzheng.inbox import dropped_scans, inbox_folder
from minzheng.inbox.cut_file import CutJob, CuttingChild, cut_file
from minzheng.inbox.errors import InboxError, InboxFolderError
from minzheng.inbox.lay_down import Ground, lay_down
from minzheng.inbox.models import Original, Paper
from minzheng.inbox.said_uploads import settle_uploads
from minzheng.inbox.sorting import sort_into_papers
from minzheng.inbox.suggest import Knowledge
from minzheng.inbox.uploads import is_as_sent

_log = logging.getLogger(__name__)
_TICK_SECONDS = 1.0
_LOOK_SECONDS = 3.0
_LOOK_SHARE = 10  #: a slow share is looked at a tenth of the time
_REST_SECONDS = 5.0
_RETRY_SECONDS = 30.0  #: after a disk was full or a share away
_PATIENCE_SECONDS = 60.0  #: how long a scan lets the archive's own work go first
_NO_RIGHT = "没有读取这个文件的权限。请在文件属性中放开读取权限，再点重试"
_DISK_FULL = "磁盘已满，还没有放进档案。请腾出空间，会自动再放"


@dataclass
class InboxService:
    """What keeps the inbox: takes scans in, reads, sorts, lays, puts away."""

    config: Config
    read: ReadScan
    known: Knowledge
    is_archive_quiet: Callable[[], bool] = lambda: True
    cut: Callable[[CutJob], None] = cut_file
    _retries: dict[int, float] = field(default_factory=dict)  #: paper → when it is tried again
    _next_look: float = 0.0
    _reading: Future[None] | None = None
    _is_away: bool = False
    _unstorable: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._settling = Settling(self.config.settle_seconds)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="inbox-reader")

    def run_once(self) -> None:
        """Take in, read and lay everything that is there now.

        Raises:
            InboxFolderError: the inbox cannot be read.
        """
        inbox = self.config.inbox_folder
        for path in self._see(inbox_folder.look(inbox)):
            self._take_in(path)
        for _ in range(dropped_scans.MOST_ATTEMPTS):
            for original in dropped_scans.waiting():
                self._read(original)
        settle_uploads(self.known, timezone.now())
        self._lay_confirmed()
        self._put_away()

    def run_until(self, stop: threading.Event) -> None:
        """Keep the inbox until told to stop; no trouble of one scan ends it."""
        try:
            while not stop.wait(_TICK_SECONDS):
                try:
                    close_old_connections()
                    self.turn()
                except DatabaseError:
                    _log.warning("the inbox cannot write the database just now")
                    stop.wait(_REST_SECONDS)
                except Exception:  # noqa: BLE001  # the edge: the inbox must go on
                    _log.exception("the inbox stumbled")
                    stop.wait(_REST_SECONDS)
        finally:
            self._thread.shutdown(wait=True, cancel_futures=True)
            connections.close_all()

    def turn(self) -> None:
        """One round: look, settle, begin to read, lay, put away."""
        now = time.monotonic()
        if now >= self._next_look:
            self._look(now)
            took = time.monotonic() - now
            self._next_look = now + max(_LOOK_SECONDS, took * _LOOK_SHARE)
        settled = self._settling.take_settled(
            now, lambda path: inbox_folder.looks_of(self.config.inbox_folder, path)
        )
        for path in settled:
            self._take_in(path)
        self._go_on_reading()
        settle_uploads(self.known, timezone.now())
        self._lay_confirmed()
        self._put_away()

    def _look(self, now: float) -> None:
        """See what came, changed or is missing; a share that is away changes nothing."""
        try:
            found = inbox_folder.look(self.config.inbox_folder)
        except InboxFolderError:
            self._is_away = True
            return
        self._is_away = False
        for path in self._see(found):
            self._settling.see(path, found[path], now)

    def _see(self, found: dict[str, Signature]) -> list[str]:
        """Compare what lies there with what is known; gives what must be taken in."""
        known = dropped_scans.lying()
        dropped_scans.note_missing(found, known)
        dropped_scans.adopt_copies()
        return dropped_scans.changed(found, dropped_scans.lying())

    def _take_in(self, path: str) -> None:
        place = disk_path(self.config.inbox_folder, path)
        try:
            file = identify(path, place)
            refusal = inbox_folder.reason_to_ignore(place)
        except PermissionError:
            looks = inbox_folder.looks_of(self.config.inbox_folder, path)
            if looks is not None:
                dropped_scans.note_unreadable(path, looks, _NO_RIGHT)
            return
        except (FileGoneError, FileChangingError, OSError):
            return  # the next look finds it as it is then
        try:
            dropped_scans.take_in(file, self.config.inbox_folder, self.known, refusal)
        except DatabaseError as error:
            if not is_unstorable(error):
                raise
            self._tell_unstorable(path)

    def _tell_unstorable(self, path: str) -> None:
        """Once: it lies there at every look, and the others do not wait for it."""
        if path not in self._unstorable:
            _log.error("a scan cannot be kept by the database; its folders are too deep")
        self._unstorable.add(path)

    def _go_on_reading(self) -> None:
        """One scan at a time, in a thread, so that confirmed papers need not wait for it."""
        if self._reading is not None:
            if not self._reading.done():
                return
            reading, self._reading = self._reading, None
            reading.result()
        waiting = dropped_scans.waiting()
        if self._is_away or not waiting:
            return
        original = waiting[0]
        waited = (timezone.now() - original.received_at).total_seconds()
        if self.is_archive_quiet() or waited > _PATIENCE_SECONDS:
            self._reading = self._thread.submit(self._read_in_thread, original)

    def _read_in_thread(self, original: Original) -> None:
        try:
            self._read(original)
        finally:
            connections.close_all()

    def _read(self, original: Original) -> None:
        place = disk_path(self.config.inbox_folder, original.path)
        looks = ArchiveFile(original.path, original.size, original.mtime_ns, original.sha256)
        try:
            extraction = read_content(looks, place, self._reader_for(original))
            extraction = for_place(original.sha256, original.town, extraction)
        except (ArchiveError, OSError) as error:
            if inbox_folder.looks_of(self.config.inbox_folder, original.path) is not None:
                dropped_scans.note_failure(original, str(error))
            return
        if extraction.reason:
            Original.objects.filter(pk=original.pk).update(
                state=Original.State.FAILED, kind=extraction.kind, reason=extraction.reason
            )
            return
        sort_into_papers(original, extraction, self.known)

    def _reader_for(self, original: Original) -> Callable[[Path], Extraction]:
        """Among the people of its folder's village; a photo chosen as it is, not straightened."""
        people = self.known.known.people_near(original.path)
        as_sent = is_as_sent(original.sha256) or contents.is_wanted_as_sent(original.sha256)
        return lambda file: self.read(among(people, AsSent(file) if as_sent else file))

    def _lay_confirmed(self) -> None:
        now = time.monotonic()
        for paper in Paper.objects.filter(state=Paper.State.CONFIRMED).order_by("pk"):
            if self._retries.get(paper.pk, now) > now:
                continue
            trouble = self._lay(paper)
            if trouble:
                self._retries[paper.pk] = now + _RETRY_SECONDS
                Paper.objects.filter(pk=paper.pk, state=Paper.State.CONFIRMED).update(
                    trouble=trouble
                )

    def _lay(self, paper: Paper) -> str:
        """Lay one paper; gives why it could not be laid yet."""
        archive = self.config.archive_folder
        presence = Presence(archive, service_state.remembered_mounts())
        try:
            inbox = self.config.inbox_folder
            lay_down(paper, Ground(inbox, archive, presence, self.known, self.cut))
        except (InboxError, ArchiveError) as error:
            return str(error)
        except OSError as error:
            return explain(error)
        return ""

    def _put_away(self) -> None:
        try:
            dropped_scans.put_decided_away(self.config.inbox_folder, timezone.now())
        except OSError as error:
            _log.warning("scans cannot be put away", extra={"errno": error.errno})


def explain(error: OSError) -> str:
    """Why a disk refused, in Chinese."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _DISK_FULL
    if isinstance(error, PermissionError):
        return "没有权限写档案文件夹。请系统管理员放开运行本程序的账号的写入权限"
    return f"写不进档案文件夹（{error.strerror or error}）。请检查磁盘或网络盘，会自动再放"


@contextmanager
def cutting_apart(service: InboxService) -> Iterator[None]:
    """Scans are taken apart in a child process of the service."""
    child = CuttingChild()
    service.cut = child.cut
    try:
        yield
    finally:
        child.stop()


@contextmanager
def beside(service: InboxService) -> Iterator[None]:
    """The inbox kept in a thread while something else goes on."""
    stop = threading.Event()
    thread = threading.Thread(target=service.run_until, args=(stop,), name="inbox")
    with cutting_apart(service):
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()
