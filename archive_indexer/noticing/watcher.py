"""Hear what changes in the archive. The only file that knows watchdog.

Events are a hint: network shares send none, queues overflow. The walk is the truth, and
where nothing is to be heard it is simply made more often.
"""

import errno
import logging
import os
import time
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from archive_indexer.disk.file_names import as_key

# It warns, with paths, when it hears of a folder a second time; that does no harm.
warnings.filterwarnings("ignore", category=RuntimeWarning, module="watchdog")

_log = logging.getLogger(__name__)
_READING_EVENTS = frozenset({"opened", "closed_no_write"})
#: File systems on which another machine's changes are not told.
_SILENT_SYSTEMS = ("cifs", "smb", "nfs", "9p", "fuse", "virtiofs", "vboxsf", "davfs", "ncpfs")
_LIMIT_REACHED = (
    "档案的文件夹太多，超过本机可监听的数目，已改为定时巡查（新文件会晚几秒到一分钟入库）。"
    "请系统管理员调大 fs.inotify.max_user_watches。"
)
_LOOKS = 4
_LOOK_SECONDS = 0.25
_NO_EVENTS = "这个系统不报告文件变化，已改为定时巡查。"


class _Handler(FileSystemEventHandler):
    def __init__(
        self, root: Path, tell: Callable[[str], None], tell_closed: Callable[[str], None]
    ) -> None:
        self._root = root
        self._tell = tell
        self._tell_closed = tell_closed
        self.is_local = False  #: another machine's writers tell nothing of what they close

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Tell the paths an event speaks of, relative to the archive folder."""
        if event.event_type in _READING_EVENTS:
            return
        if event.is_directory and event.event_type == "modified":
            return  # what changed in it is told by itself
        is_whole = self.is_local and not event.is_directory
        if event.src_path:
            is_closed = is_whole and event.event_type == "closed"
            (self._tell_closed if is_closed else self._tell)(self._key(event.src_path))
        if event.dest_path:
            is_moved = is_whole and event.event_type == "moved"
            (self._tell_closed if is_moved else self._tell)(self._key(event.dest_path))

    def _key(self, name: str | bytes) -> str:
        relative = os.path.relpath(os.fsdecode(name), self._root)
        return as_key(relative.replace(os.sep, "/"))


class Watcher:
    """Calls back with every path that something happened to, from a thread of its own.

    Files of this machine's own disks that their writers closed, or that were renamed into
    place, are told apart.
    """

    def __init__(
        self,
        root: Path,
        tell: Callable[[str], None],
        way: str = "auto",
        tell_closed: Callable[[str], None] | None = None,
    ) -> None:
        self._root = root
        self._handler = _Handler(root, tell, tell_closed or tell)
        self._way = way
        self._observer: BaseObserver | None = None
        self.trouble = ""  #: why nothing is heard, for people

    @property
    def is_hearing(self) -> bool:
        """Whether events arrive."""
        observer = self._observer
        return observer is not None and all(one.is_alive() for one in observer.emitters)

    def start(self, mounts: Iterable[str] = ()) -> None:
        """Begin to listen where the system tells of changes."""
        is_silent = self._is_silent(mounts)
        if self._way == "polling" or (self._way == "auto" and is_silent):
            return
        self._handler.is_local = not is_silent
        observer = Observer()
        try:
            observer.schedule(self._handler, str(self._root), recursive=True)
            observer.start()
        except OSError as error:
            is_limit = error.errno in (errno.ENOSPC, errno.EMFILE)
            self.trouble = _LIMIT_REACHED if is_limit else _NO_EVENTS
            _log.warning("no file events, walking instead", extra={"errno": error.errno})
            return
        self._observer = observer

    def confirm_all(self, folders: int) -> None:
        """Stop listening when the system watches fewer folders than there are.

        watchdog passes over folders that the system refuses to watch without a word.
        """
        if not self.is_hearing:
            return
        for _ in range(_LOOKS):
            watched = count_watches()
            if watched is None or watched >= folders:
                return
            time.sleep(_LOOK_SECONDS)  # new folders are watched a moment after they are made
        self.stop()
        self.trouble = _LIMIT_REACHED
        _log.warning("the system watches too few folders, walking instead")

    def stop(self) -> None:
        """Stop listening."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(10)
            self._observer = None

    def _is_silent(self, mounts: Iterable[str]) -> bool:
        """Whether any part of the archive lies on another machine."""
        places = [self._root.resolve(), *(self._root.resolve() / mount for mount in mounts)]
        return any(system_of(place, read_mounts()).startswith(_SILENT_SYSTEMS) for place in places)


def read_mounts() -> str:
    """The table of what is mounted where; empty on systems without one."""
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def system_of(place: Path, mounts: str) -> str:
    """The kind of file system a folder lies on, by a table such as /proc/self/mounts."""
    if str(place).startswith("\\\\"):
        return "cifs"
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        point = fields[1].replace("\\040", " ") if len(fields) > 2 else ""
        if point and len(point) >= len(best) and place.is_relative_to(point):
            best, kind = point, fields[2]
    return kind


def count_watches() -> int | None:
    """How many folders this process listens to; None where the system does not tell."""
    try:
        tables = list(Path("/proc/self/fdinfo").iterdir())
    except OSError:
        return None
    return sum(_count_watches(table) for table in tables)


def _count_watches(table: Path) -> int:
    try:
        text = table.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return 0
    return sum(line.startswith("inotify wd:") for line in text.splitlines())
