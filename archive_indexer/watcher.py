"""Hear what changes in the archive. The only file that knows watchdog.

Events are a hint: network shares send none, queues overflow. The walk is the truth.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

_log = logging.getLogger(__name__)
_POLL_SECONDS = 5.0
_READING_EVENTS = frozenset({"opened", "closed_no_write"})


class _Handler(FileSystemEventHandler):
    def __init__(self, root: Path, tell: Callable[[str], None]) -> None:
        self._root = root
        self._tell = tell

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Tell the paths an event speaks of, relative to the archive folder."""
        if event.event_type in _READING_EVENTS:
            return
        for name in (event.src_path, event.dest_path):
            if name:
                relative = os.path.relpath(os.fsdecode(name), self._root)
                self._tell(relative.replace(os.sep, "/"))


class Watcher:
    """Calls back with every path that something happened to, from a thread of its own."""

    def __init__(self, root: Path, tell: Callable[[str], None], way: str = "auto") -> None:
        self._root = root
        self._handler = _Handler(root, tell)
        self._way = way
        self._observer: BaseObserver | None = None

    def start(self) -> None:
        """Begin to listen; poll where the system has no events left to give."""
        if self._way != "polling":
            try:
                self._observer = self._observe(Observer())
                return
            except OSError as error:
                if self._way == "events":
                    raise
                _log.warning("no file events (%s), polling instead", error.strerror)
        self._observer = self._observe(PollingObserver(timeout=_POLL_SECONDS))

    def stop(self) -> None:
        """Stop listening."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(10)
            self._observer = None

    def _observe(self, observer: BaseObserver) -> BaseObserver:
        observer.schedule(self._handler, str(self._root), recursive=True)
        observer.start()
        return observer
