"""One service at a time: a lock that the system frees when its holder dies.

It is a file of the data folder and, where the tables lie on a server, a lock there, too: a
service on another machine, with a data folder of its own, must not work on the same tables. Where
the data folder is a share of several machines, the server's lock is the only one: whether a
share keeps locks of files, and for how long those of a machine that died, is its own affair.
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
    OthersServeError,
)
from minzheng.county.config import current_config
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
    is_shared = False  #: with others that hold the same
    #: Said of a holder whose data folder is another one, so on another machine as a rule.
    elsewhere = "数据库已有同样的服务在用（{}）。一个数据库只能有一个；请先停下那一个，再启动。"

    def __init__(self, data_folder: Path) -> None:
        self._file = data_folder / self.name
        self._connection: sqlite3.Connection | None = None
        self._in_database = DatabaseLock(self.number, self.wait_seconds, is_shared=self.is_shared)
        self._next_look = 0.0

    def __enter__(self) -> Self:
        if not current_config().is_one_of_many:
            self._hold_file()
        try:
            self._hold_in_database()
        except BaseException:
            self._let_go()
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
        self._let_go()

    def _let_go(self) -> None:
        self._in_database.release()
        if self._connection is not None:
            self._connection.close()

    def _hold_file(self) -> None:
        self._connection = sqlite3.connect(
            self._file, timeout=self.wait_seconds, isolation_level=None, check_same_thread=False
        )
        try:
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            self._connection.close()
            is_full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
            raise (DiskFullError if is_full else self.refusal) from error

    def _hold_in_database(self) -> None:
        if not self._in_database.take():
            holder = self._in_database.holder()
            raise self.refusal(self.elsewhere.format(holder) if holder else "")


class MainPagesLock(ServiceLock):
    """Held by the service that shows the pages, on the only machine or the main one."""

    name = SERVING
    number = writing.SERVING
    refusal = AlreadyServedError
    elsewhere = (
        "数据库已有同样的服务在用（{}）。一个数据库只能有一个；请先停下那一个，再启动。要几台机器"
        '一起回答网页，在那一台的 config.toml 设 [web] machine = "main"，这一台设 "pages"。'
    )


class JoinedPagesLock(ServiceLock):
    """Held by each further machine that shows the pages, together with others."""

    number = writing.JOINED
    refusal = BeingUpgradedError
    is_shared = True
    elsewhere = "另一台机器（{}）正在升级、恢复或修理数据，等它完成以后再启动。"

    def _hold_file(self) -> None:
        """There is none: the data folder is a share."""


class PagesLock(MainPagesLock):
    """Held by whoever needs that nobody shows the pages, on any machine."""

    def __init__(self, data_folder: Path) -> None:
        super().__init__(data_folder)
        self._joined = DatabaseLock(writing.JOINED, self.wait_seconds)

    def _hold_in_database(self) -> None:
        super()._hold_in_database()
        if not self._joined.take():
            raise OthersServeError(_OTHERS.format(self._joined.holder()))

    def _let_go(self) -> None:
        self._joined.release()
        super()._let_go()


_OTHERS = "别的机器上还有网页服务在用这些数据（{}）。请先停下它们，再运行。"


class UpgradeLock(ServiceLock):
    """Held while the database is brought to its newest shape; others wait for it."""

    name = UPGRADING
    number = writing.UPGRADING
    refusal = BeingUpgradedError
    wait_seconds = 300.0
