"""While nothing else is to be done, a little of the archive is hashed again each day."""

import datetime as dt
import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import connections
from django.utils import timezone

from archive_indexer.errors import ArchiveFolderError
from archive_indexer.noticing.presence import Presence
from archive_indexer.stores import service_state
from archive_indexer.upkeep.fixity import KINDS, check_oldest
from archive_indexer.upkeep.thread_connections import ThreadConnections
from minzheng.county.settings.all_settings import Config

_log = logging.getLogger(__name__)
_SLICE_BYTES = 64 << 20
_REST_SECONDS = 5.0
_LEAST_AGE = dt.timedelta(days=7)


class QuietChecks:
    """One slice at a time, in a thread of its own, and only in the quiet."""

    def __init__(self, config: Config, presence: Presence) -> None:
        self._config = config
        self._presence = presence
        self._connections = ThreadConnections()
        self._thread = ThreadPoolExecutor(1, initializer=self._connections.note)
        self._slice: Future[int] | None = None
        self._is_quiet = threading.Event()
        self._next = 0.0
        self.found = 0  #: files that people must look at

    def go_on(self, is_quiet: bool) -> None:
        """Begin the next slice, or stop the running one after its file."""
        if not is_quiet:
            self._is_quiet.clear()
            return
        self._is_quiet.set()
        if self._slice is not None and not self._slice.done():
            return
        if self._slice is not None:
            self.found += self._slice.result()
            self._slice = None
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _REST_SECONDS
            self._slice = self._thread.submit(self._check_slice)

    def stop(self) -> None:
        """End after the file in hand."""
        self._is_quiet.clear()
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._connections.close()

    def _check_slice(self) -> int:
        today = timezone.localdate()
        budget = (self._config.verify_mb_a_day << 20) - service_state.checked_bytes(today)
        bad = size = 0
        try:
            for checked in check_oldest(
                self._config.archive_folder, self._presence, min(budget, _SLICE_BYTES),
                self._is_quiet.is_set, timezone.now() - _LEAST_AGE,
            ):  # fmt: skip
                size += checked.size
                bad += checked.kind in KINDS
        except ArchiveFolderError:
            return bad
        finally:
            if size:
                service_state.add_checked(today, size)
            connections.close_all()
        if bad:
            _log.warning("files are not what they were", extra={"count": bad})
        return bad
