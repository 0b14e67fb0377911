"""The loop around the path: heard or walked → settled → waiting list → index_file."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial

from django.db import close_old_connections, connections
from django.utils import timezone

from archive_indexer import page_store, waiting_list
from archive_indexer.errors import ArchiveFolderError, FileChangingError, ReadingFailedError
from archive_indexer.extract import Limits, extract_pages
from archive_indexer.folder_walk import compare, is_ignored, walk
from archive_indexer.full_text_index import FullTextIndex
from archive_indexer.identify import signature_of
from archive_indexer.index_file import Outcome, Workplace, index_file, record_failure
from archive_indexer.models import Walk
from archive_indexer.reading_pool import ReadFile, ReadingPool
from archive_indexer.service_lock import ServiceLock
from archive_indexer.settling import Settling
from archive_indexer.watcher import Watcher
from county.config import Config
from county.dossiers import load_dossiers
from county.places import load_places

_log = logging.getLogger(__name__)
_TICK_SECONDS = 0.3
_COMMIT_SECONDS = 1.0
_COMMIT_FILES = 50


@dataclass(slots=True)
class Report:
    """What a walk or a service has done so far."""

    found: int = 0  #: files in the archive
    changed: int = 0  #: new or changed files
    gone: int = 0
    indexed: int = 0
    failed: int = 0
    waiting: int = 0
    trouble: str = ""


Progress = Callable[[Report], None]


@dataclass
class Service:
    """The archive being kept in the index."""

    config: Config
    progress: Progress
    form_titles: dict[str, str]
    read: ReadFile | None = None  #: a reader in place of the children, for tests
    report: Report = field(default_factory=Report)

    def __post_init__(self) -> None:
        self._index = FullTextIndex(self.config.data_folder / "index")
        self._settling = Settling(self.config.settle_seconds)
        self._heard: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._running: dict[Future[Outcome], str] = {}
        self._done: list[Outcome] = []
        self._last_commit = time.monotonic()
        self._is_single_walk = False
        limits = Limits.from_config(self.config)
        self._pool = ReadingPool(
            partial(extract_pages, limits=limits), self.config.worker_count, limits.seconds_a_file
        )
        self._workplace = Workplace(
            self.config.archive_folder,
            self.read or self._pool.read,
            load_places(),
            load_dossiers(),
            self.form_titles,
        )
        self._threads = ThreadPoolExecutor(self.config.worker_count)

    def run_once(self, below: str = "") -> Report:
        """Walk once and take in everything that changed; nobody waits for a bad file."""
        self._is_single_walk = True
        with ServiceLock(self.config.data_folder):
            self._begin()
            try:
                self._walk(below)
                while len(self._settling) or self._running or waiting_list.count():
                    self._turn()
                self._commit()
            finally:
                self._stop()
        return self.report

    def run_until(self, stop: threading.Event) -> None:
        """Watch the archive until told to stop."""
        with ServiceLock(self.config.data_folder):
            self._begin()
            watcher: Watcher | None = None
            next_walk = 0.0
            try:
                while not stop.is_set():
                    if time.monotonic() >= next_walk:
                        seen = self._try_to_walk()
                        watcher = self._listen(watcher, seen)
                        next_walk = time.monotonic() + self._walk_interval(seen)
                    self._turn()
                    self._commit_if_due()
            finally:
                if watcher is not None:
                    watcher.stop()
                self._stop()

    def _begin(self) -> None:
        """Take up what a killed service left behind."""
        waiting_list.release_claims()
        stored, held = page_store.indexed_paths(), self._index.paths()
        waiting_list.add(sorted(stored - held))
        self._index.update([], held - stored)

    def _walk(self, below: str) -> None:
        """Put everything that changed before the settling; note the walk."""
        record = Walk.objects.create(started=timezone.now())
        try:
            found = walk(self.config.archive_folder)
            changes = compare(found, page_store.known_files())
        except ArchiveFolderError as error:
            record.trouble = str(error)
            record.save()
            self.report.trouble = str(error)
            raise
        now = time.monotonic()
        changed = [path for path in changes.changed if path.startswith(below)]
        for path in changed:
            self._settling.see(path, found.files[path], now)
        gone = [path for path in changes.gone if path.startswith(below)]
        waiting_list.add(gone)
        record.files, record.ended = len(found.files), timezone.now()
        record.trouble = f"{len(found.unreadable)} 个子文件夹读不到" if found.unreadable else ""
        record.save()
        self.report.trouble = record.trouble
        self.report.found, self.report.gone = len(found.files), len(gone)
        self.report.changed += len(changed)

    def _try_to_walk(self) -> bool:
        try:
            self._walk("")
        except ArchiveFolderError as error:
            _log.warning("the archive folder cannot be read")
            self.report.trouble = str(error)
            self.progress(self.report)
            return False
        return True

    def _walk_interval(self, seen: bool) -> float:
        return self.config.walk_minutes * 60.0 if seen else 15.0

    def _listen(self, watcher: Watcher | None, seen: bool) -> Watcher | None:
        """Listen to a folder that can be read; what comes back is listened to anew."""
        if seen and watcher is None:
            watcher = Watcher(self.config.archive_folder, self._heard.put, self.config.watching)
            watcher.start()
        elif not seen and watcher is not None:
            watcher.stop()
            return None
        return watcher

    def _turn(self) -> None:
        """One round: hear, settle, hand out, gather."""
        now = time.monotonic()
        self._hear(now)
        for path in self._settling.paths():
            self._look_at(path, now)
        waiting_list.add(self._settling.take_settled(now))
        self._hand_out()
        self._gather()
        self.report.waiting = waiting_list.count() + len(self._settling)
        self.progress(self.report)

    def _hear(self, now: float) -> None:
        while not self._heard.empty():
            path = self._heard.get()
            if path.startswith("..") or is_ignored(path):
                continue
            if (self.config.archive_folder / path).is_dir():
                continue
            for gone in page_store.files_below(path):
                self._look_at(gone, now)
            self._look_at(path, now)

    def _look_at(self, path: str, now: float) -> None:
        try:
            self._settling.see(path, signature_of(self.config.archive_folder / path), now)
        except OSError:
            self._settling.see(path, None, now)

    def _hand_out(self) -> None:
        free = self.config.worker_count - len(self._running)
        busy = [*self._running.values(), *(outcome.path for outcome in self._done)]
        for path in waiting_list.take(free, time.time(), busy) if free else ():
            self._running[self._threads.submit(self._index_one, path)] = path

    def _index_one(self, path: str) -> Outcome:
        close_old_connections()
        return index_file(path, self._workplace)

    def _gather(self) -> None:
        finished, _ = wait(self._running, timeout=_TICK_SECONDS, return_when=FIRST_COMPLETED)
        if not self._running:
            time.sleep(_TICK_SECONDS)
        for future in finished:
            outcome = self._outcome(future, self._running.pop(future))
            if outcome is not None:
                self._done.append(outcome)
        self._commit_if_due()

    def _outcome(self, future: Future[Outcome], path: str) -> Outcome | None:
        """What became of a file; no single file may stop the service."""
        try:
            return future.result()
        except FileChangingError:
            waiting_list.put_back(path, time.time() + self.config.settle_seconds)
            return None
        except (ReadingFailedError, OSError) as error:
            reason = str(error) if isinstance(error, ReadingFailedError) else _explain(error)
            return self._again_or_failed(path, reason)
        except Exception:  # noqa: BLE001  # the edge: no single file may stop the service
            _log.exception("a file could not be indexed")
            return self._again_or_failed(path, "处理时出现意外错误，详情见日志。")

    def _again_or_failed(self, path: str, reason: str) -> Outcome | None:
        if waiting_list.try_again(path, time.time(), at_once=self._is_single_walk):
            return None
        return record_failure(path, reason, self._workplace)

    def _commit_if_due(self) -> None:
        overdue = time.monotonic() - self._last_commit >= _COMMIT_SECONDS
        if self._done and (overdue or len(self._done) >= _COMMIT_FILES):
            self._commit()

    def _commit(self) -> None:
        """Index first, then say so: a kill between the two only repeats the commit."""
        outcomes, self._done = self._done, []
        documents = [outcome.document for outcome in outcomes if outcome.document]
        removed = [outcome.path for outcome in outcomes if not outcome.document]
        if outcomes:
            self._index.update(documents, removed)
            page_store.mark_indexed(document.path for document in documents)
            waiting_list.finish(outcome.path for outcome in outcomes)
        self.report.indexed += len(documents)
        self.report.failed += sum(bool(outcome.reason) for outcome in outcomes)
        self._last_commit = time.monotonic()
        self.progress(self.report)

    def _stop(self) -> None:
        for future in self._running:
            future.cancel()
        self._pool.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        connections.close_all()


def _explain(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "没有读取这个文件的权限，请在文件属性中放开读取权限。"
    return f"文件读不出来（{error.strerror or error}），请检查磁盘或网络盘。"
