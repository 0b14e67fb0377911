"""A lock in the database itself: one holder, on whatever machine; gone when its holder is."""

from contextlib import suppress

from django.db import Error as DjangoError
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from minzheng.database.faults import Fault, fault_of
from minzheng.database.server import is_on_server

_HOLDER = """
    SELECT application_name, host(client_addr) FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE locktype = 'advisory' AND granted AND objid = %s
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class DatabaseLock:
    """Held by one program at a time, through a connection of its own; or shared by some.

    The embedded database lies in a data folder, where a file is the lock: there it is always had.
    """

    def __init__(self, number: int, wait_seconds: float, *, is_shared: bool = False) -> None:
        """`is_shared`: with others that share it, and with nobody who has it alone."""
        self._number = number
        self._function = "pg_advisory_lock_shared" if is_shared else "pg_advisory_lock"
        self._wait_seconds = wait_seconds
        self._connection: BaseDatabaseWrapper | None = None

    def take(self) -> bool:
        """Whether it is ours now."""
        if not is_on_server():
            return True
        self._connection = connections.create_connection("default")
        self._connection.inc_thread_sharing()
        is_taken = False
        try:
            is_taken = self._is_taken(self._connection)
        finally:
            if not is_taken:
                self.release()
        return is_taken

    def is_held(self) -> bool:
        """Whether it is still ours; with its connection it is lost."""
        if self._connection is None:
            return not is_on_server()
        try:
            with self._connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except DjangoError:
            self.release()
            return False
        return True

    def release(self) -> None:
        """Let others have it."""
        if self._connection is None:
            return
        # Else others have it only when the server sees that we left.
        with suppress(DjangoError), self._connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")
        with suppress(DjangoError):
            self._connection.close()
        self._connection = None

    def holder(self) -> str:
        """The machine of whoever has it, as far as the server tells."""
        with connections["default"].cursor() as cursor:
            cursor.execute(_HOLDER, [self._number])
            row = cursor.fetchone()
        return "，".join(filter(None, row)) if row else ""

    def _is_taken(self, connection: BaseDatabaseWrapper) -> bool:
        """Wait for it as long as was said."""
        try:
            with connection.cursor() as cursor:
                wait = f"{int(self._wait_seconds * 1000)}ms"
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [wait])
                cursor.execute(f"SELECT {self._function}(%s)", [self._number])
        except DjangoError as error:
            if fault_of(error) is Fault.BUSY:
                return False
            raise
        return True
