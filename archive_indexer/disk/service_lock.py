"""One service at a time: a lock that the system frees when its holder dies."""

import sqlite3
from pathlib import Path
from types import TracebackType

from archive_indexer.errors import (
    AlreadyRunningError,
    AlreadyServedError,
    BeingUpgradedError,
    DiskFullError,
)

#: What these locks are called in the data folder.
READING, SERVING, UPGRADING = "service.lock", "pages.lock", "upgrade.lock"


class ServiceLock:
    """Held by the service that reads the archive; works alike on Windows and Linux."""

    name = READING
    refusal: type[AlreadyRunningError] = AlreadyRunningError
    wait_seconds = 0.2

    def __init__(self, data_folder: Path) -> None:
        self._file = data_folder / self.name
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> None:
        self._connection = sqlite3.connect(
            self._file, timeout=self.wait_seconds, isolation_level=None, check_same_thread=False
        )
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            self._connection.close()
            is_full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
            raise (DiskFullError if is_full else self.refusal) from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connection is not None:
            self._connection.close()


class PagesLock(ServiceLock):
    """Held by the service that shows the pages of a data folder."""

    name = SERVING
    refusal = AlreadyServedError


class UpgradeLock(ServiceLock):
    """Held while the database is brought to its newest shape; others wait for it."""

    name = UPGRADING
    refusal = BeingUpgradedError
    wait_seconds = 300.0
