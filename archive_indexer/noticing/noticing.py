"""Notice what changed: walked or heard → settled → waiting list."""

import logging
import queue
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from archive_indexer.disk.file_names import MOST_PATH_BYTES, as_shown, disk_path
from archive_indexer.disk.identify import Signature, signature_of
from archive_indexer.errors import ArchiveFolderError
from archive_indexer.noticing.folder_walk import Changes, Walked, compare, is_ignored, walk
from archive_indexer.noticing.presence import Presence
from archive_indexer.noticing.settling import Settling
from archive_indexer.noticing.watcher import Watcher
from archive_indexer.stores import archived_files, service_state, waiting_list, walks
from archive_indexer.stores.outcomes import Outcome, leave_trace
from archive_indexer.stores.service_state import Report
from minzheng.county.settings.all_settings import Config

_log = logging.getLogger(__name__)
_AWAY_SECONDS = 5.0
_LEAST_WALK_SECONDS = 5.0
_SHOWN = 20  #: characters of either end of a long path
_WALK_SHARE = 10  #: where nothing is heard, walking takes a tenth of the time


@dataclass(frozen=True, slots=True)
class _Closed:
    """Heard of a file: nobody is writing it any more."""

    path: str


class Noticing:
    """The eyes and ears of the service; everything waits on a clock that never jumps."""

    def __init__(
        self,
        config: Config,
        presence: Presence,
        report: Report,
        ring: Callable[[], None] = lambda: None,
    ) -> None:
        """`ring` is called, by another thread, whenever something was heard."""
        self._ring = ring
        self._config = config
        self._presence = presence
        self._report = report
        self._settling = Settling(config.settle_seconds)
        self._heard: queue.SimpleQueue[str | _Closed] = queue.SimpleQueue()
        self._watcher: Watcher | None = None
        self._next_walk = 0.0
        self.is_away = False  #: the archive cannot be read just now

    def __len__(self) -> int:
        return len(self._settling)

    def listen(self) -> None:
        """Hear of changes from the next walk on."""
        self._watcher = Watcher(
            self._config.archive_folder,
            self._note_heard,
            self._config.watching,
            lambda path: self._note_heard(_Closed(path)),
        )

    def walk_if_due(self) -> list[Outcome]:
        """Walk when it is time; a share that is away is looked for again soon."""
        begun = time.monotonic()
        if begun < self._next_walk:
            return []
        try:
            outcomes = self.walk("")
        except ArchiveFolderError as error:
            self.note_away(error)
            return []
        took = time.monotonic() - begun
        self._next_walk = time.monotonic() + self._walk_seconds(took)
        return outcomes

    def walk_soon(self) -> None:
        """Walk at the next turn: something may have been missed."""
        self._next_walk = 0.0

    def note_away(self, error: ArchiveFolderError) -> None:
        """The archive went away: hear nothing, conclude nothing, look again soon."""
        if not self.is_away:
            _log.warning("the archive folder cannot be read")
        self.is_away, self._report.doing = True, "away"
        self._report.trouble = self._report.last_trouble = str(error)
        self._next_walk = time.monotonic() + _AWAY_SECONDS
        self._stop_listening()

    def walk(self, below: str, may_be_empty: bool = False) -> list[Outcome]:
        """Put everything that changed before the settling; note the walk.

        Raises:
            ArchiveFolderError: the archive cannot be read, or is suddenly empty.
        """
        record = walks.begin_walk()
        try:
            self._presence.confirm_root()
            self._listen()  # before looking, so that nothing falls between
            found, changes = self._look_everywhere(may_be_empty)
        except ArchiveFolderError as error:
            walks.break_walk(record, str(error))
            raise
        self.is_away = False
        too_long = waiting_list.too_long(found.files)
        trouble = "；".join(filter(None, (_tell_unreadable(found), _tell_too_long(too_long))))
        walks.end_walk(record, len(found.files), found.unreadable, trouble, found.passed_over)
        self._confirm_hearing(found.folders)
        return self._take_changes(found, changes, below, trouble)

    def hear(self) -> bool:
        """Look at every path something happened to since the last time; whether there was one."""
        now, paths = time.monotonic(), dict[str, bool]()
        while not self._heard.empty():
            heard = self._heard.get()
            is_closed = isinstance(heard, _Closed)
            paths[heard.path if isinstance(heard, _Closed) else heard] = is_closed
        for path, is_closed in paths.items():
            if not path.startswith("..") and not is_ignored(path):
                self._see_path(path, now, is_closed=is_closed)
        return bool(paths)

    def settle(self) -> None:
        """Put on the waiting list what has stopped changing."""
        settled = self._settling.take_settled(time.monotonic(), self._signature)
        waiting_list.add(settled)
        self._report.settling = len(self._settling)

    def next_due(self) -> float | None:
        """In how many seconds the next file may have settled; None when none waits."""
        return self._settling.next_due(time.monotonic())

    def stop(self) -> None:
        """Hear no more."""
        self._stop_listening()

    def _note_heard(self, heard: str | _Closed) -> None:
        self._heard.put(heard)
        self._ring()

    def _look_everywhere(self, may_be_empty: bool) -> tuple[Walked, Changes]:
        found = walk(self._config.archive_folder)
        lost = self._presence.lost_mounts()
        found = replace(found, unreadable=(*found.unreadable, *lost))
        known = archived_files.known_files()
        changes = compare(found, known, may_be_empty)
        if self._presence.learn(found.mounts):
            service_state.remember_mounts(self._presence.mounts)
        return found, changes

    def _take_changes(
        self, found: Walked, changes: Changes, below: str, trouble: str
    ) -> list[Outcome]:
        now = time.monotonic()
        changed = [path for path in changes.changed if path.startswith(below)]
        gone = [path for path in changes.gone if path.startswith(below)]
        for path in changed:
            self._settling.see(path, found.files[path], now)
        recased = set(changes.recased)
        waiting_list.add(path for path in gone if path not in recased)
        report = self._report
        report.found, report.gone = len(found.files), len(gone)
        report.changed += len(changed)
        report.settling, report.trouble = len(self._settling), trouble
        return [one for path in gone if path in recased for one in leave_trace(path)]

    def _see_path(self, path: str, now: float, *, is_closed: bool = False) -> None:
        place = disk_path(self._config.archive_folder, path)
        if place.is_symlink():
            return
        if place.is_dir():
            for inside, looks in walk(self._config.archive_folder, path).files.items():
                self._settling.see(inside, looks, now)
            return
        signature = self._signature(path)
        if signature is None:
            for gone in archived_files.files_below(path):
                self._settling.see(gone, self._signature(gone), now)
        see = self._settling.see_closed if is_closed else self._settling.see
        see(path, signature, now)

    def _signature(self, path: str) -> Signature | None:
        try:
            return signature_of(disk_path(self._config.archive_folder, path))
        except OSError:
            return None

    def _walk_seconds(self, took: float) -> float:
        whole = self._config.walk_minutes * 60.0
        if self._watcher is not None and self._watcher.is_hearing:
            return whole
        return min(whole, max(_LEAST_WALK_SECONDS, took * _WALK_SHARE))

    def _listen(self) -> None:
        watcher = self._watcher
        if watcher is not None and not watcher.is_hearing and not watcher.trouble:
            watcher.start(self._presence.mounts)

    def _confirm_hearing(self, folders: int) -> None:
        watcher = self._watcher
        if watcher is not None:
            watcher.confirm_all(folders)
            self._report.watching = watcher.trouble or ("随时" if watcher.is_hearing else "定时")

    def _stop_listening(self) -> None:
        if self._watcher is not None:
            self._watcher.stop()


def _tell_unreadable(found: Walked) -> str:
    if not found.unreadable:
        return ""
    first = "、".join(f"“{as_shown(one)}”" for one in found.unreadable[:3])
    more = "等" if len(found.unreadable) > 3 else ""
    return f"{len(found.unreadable)} 个子文件夹读不到（{first}{more}），其中的档案保持原样"


def _tell_too_long(paths: Sequence[str]) -> str:
    if not paths:
        return ""
    first = as_shown(paths[0])
    shown = f"{first[:_SHOWN]}……{first[-_SHOWN:]}"
    return (
        f"{len(paths)} 个文件的路径太长（超过 {MOST_PATH_BYTES // 3} 个汉字，如“{shown}”），"
        "数据库服务器存不下，没有入库，请把上面几层文件夹的名字改短"
    )
