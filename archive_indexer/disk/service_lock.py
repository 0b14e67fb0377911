"""One service at a time: a lock that the system frees when its holder dies.

It is a file of the data folder and, where the tables lie on a server, a lock there, too: a
service on another machine, with a data folder of its own, must not work on the same tables.
"""

import sqlite3
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from archive_indexer.errors import (
    AlreadyRunningError,
    AlreadyServedError,
    BeingUpgradedError,
    DiskFullError,
)
from minzheng.database import writing
from minzheng.database.locks import DatabaseLock

_LOOK_SECONDS = 1.0
#: What these locks are called in the data folder.
READING, SERVING, UPGRADING = "service.lock", "pages.lock", "upgrade.lock"


class ServiceLock:
    """Held by the service that reads the archive; works alike on Windows and Linux."""

    name = READING
    number = writing.READING
    refusal: type[AlreadyRunningError] = AlreadyRunningError
    wait_seconds = 0.2

    def __init__(self, data_folder: Path) -> None:
        self._file = data_folder / self.name
        self._connection: sqlite3.Connection | None = None
        self._in_database = DatabaseLock(self.number, self.wait_seconds)
        self._next_look = 0.0

    def __enter__(self) -> Self:
        self._connection = sqlite3.connect(
            self._file, timeout=self.wait_seconds, isolation_level=None, check_same_thread=False
        )
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            self._connection.close()
            is_full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
            raise (DiskFullError if is_full else self.refusal) from error
        try:
            self._hold_in_database()
        except BaseException:
            self._connection.close()
            raise
        return self

    def confirm(self) -> None:
        """Take the lock of the server again, if it was lost with the server; asked now and then.

        Raises:
            AlreadyRunningError: somebody else has it now.
        """
        now = time.monotonic()
        if now >= self._next_look:
            if not self._in_database.is_held():
                self._hold_in_database()
            self._next_look = now + _LOOK_SECONDS

    def doubt(self) -> None:
        """The server was away: the next `confirm` asks it."""
        self._next_look = 0.0

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._in_database.release()
        if self._connection is not None:
            self._connection.close()

    def _hold_in_database(self) -> None:
        if not self._in_database.take():
            holder = self._in_database.holder()
            raise self.refusal(_ELSEWHERE.format(holder) if holder else "")


#: Of a holder whose data folder is another one, so on another machine as a rule.
_ELSEWHERE = "数据库已有同样的服务在用（{}）。一个数据库只能有一个；请先停下那一个，再启动。"


class PagesLock(ServiceLock):
    """Held by the service that shows the pages of a data folder."""

    name = SERVING
    number = writing.SERVING
    refusal = AlreadyServedError


class UpgradeLock(ServiceLock):
    """Held while the database is brought to its newest shape; others wait for it."""

    name = UPGRADING
    number = writing.UPGRADING
    refusal = BeingUpgradedError
    wait_seconds = 300.0
