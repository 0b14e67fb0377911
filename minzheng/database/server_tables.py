"""The tables on a server: dumped, checked by laying the dump back, exchanged as a whole.

A dump is laid into a database of its own beside ours. Only when it holds what was dumped is
it trusted; only when it is whole are the two exchanged, by their names, and ours stays as it
was under another.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import Error as AnyError
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from minzheng.database.errors import ServerToolError
from minzheng.database.faults import server_said
from minzheng.database.statements import INDEX_SCHEMAS
from minzheng.external.postgres_tools import PostgresToolError, dump, require_tools, restore

KIND = "postgresql"
FILE = "minzheng.dump"
_STAGED = "_restoring"
_CHECKED = "_checking"
_EMPTIED = "_emptied"
_MOST_TRIES = 5
_MOST_NAME = 63
_NO_RIGHT = (
    "数据库用户 {user} 没有建库的权限：备份要放进另一个库试着恢复，恢复也先放在另一个库里。"
    "请管理员在服务器上执行：ALTER ROLE {user} CREATEDB，再试一次。"
)


class ServerTables:
    """A database of a PostgreSQL server."""

    kind, file_name = KIND, FILE

    def __init__(self) -> None:
        self._settings = connections["default"].settings_dict

    @property
    def _name(self) -> str:
        return str(self._settings["NAME"])

    def exist(self) -> bool:
        """Whether there are any."""
        return bool(connections["default"].introspection.table_names())

    def bytes(self) -> int:
        """How much they take on the server."""
        return int(_ask(connections["default"], "SELECT pg_database_size(current_database())"))

    def find_damage(self) -> str:
        """What is wrong with them, having read every row to its end; empty when sound."""
        try:
            with connections["default"].cursor() as cursor:
                for table in _tables(connections["default"]):
                    _read_to_its_end(cursor, table)
                cursor.execute(
                    "SELECT coalesce(max(checksum_failures), 0) FROM pg_stat_database"
                    " WHERE datname = current_database()"
                )
                failures = int(cursor.fetchone()[0])
        except AnyError as error:
            return server_said(error) or type(error).__name__
        return f"服务器记下 {failures} 页校验不符" if failures else ""

    @contextmanager
    def copied(self, copy: Path) -> Iterator[str]:
        """A dump as of one moment, as long as it is needed; gives what is wrong with it."""
        try:
            counts = self._dump(copy)
            yield self._check(copy, counts)
        finally:
            copy.unlink(missing_ok=True)
            self._drop(self._beside(_CHECKED))

    def stage(self, copy: Path) -> None:
        """Lay a dump into a database beside ours.

        Raises:
            ServerToolError: it cannot be laid, or nobody may make a database.
        """
        self._require_tools()
        self._lay(copy, self._beside(_STAGED))
        copy.unlink()

    def drop_staged(self) -> None:
        """Forget what was laid beside ours."""
        self._drop(self._beside(_STAGED))

    def set_aside(self, stamp: str) -> str:
        """Under which name ours will be kept; it keeps its own until another takes its place."""
        return self._beside(f"_before_{stamp.replace('-', '_')}") if self.exist() else ""

    def put_in_place(self, aside: str = "") -> None:
        """Let what was laid beside ours bear its name; ours is kept aside, or holds nothing."""
        connections.close_all()
        kept = aside or self._beside(_EMPTIED)
        if not aside:
            self._drop(kept)
        self._exchange(kept)
        if not aside:
            self._drop(kept)

    def _dump(self, copy: Path) -> Mapping[str, int]:
        """Dump all as of one moment; gives how many rows each table has then."""
        self._require_tools()
        own = connections.create_connection("default")
        try:
            with own.cursor() as cursor:
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SELECT pg_export_snapshot()")
                snapshot = str(cursor.fetchone()[0])
                dump(copy, self._place(self._name), snapshot, f"{INDEX_SCHEMAS}*")
                return {table: _count(cursor, table) for table in _tables(own)}
        except PostgresToolError as error:
            raise ServerToolError(str(error)) from error
        finally:
            own.close()

    def _check(self, copy: Path, counts: Mapping[str, int]) -> str:
        """What a dump, laid into a database of its own, lacks."""
        name = self._beside(_CHECKED)
        self._lay(copy, name)
        laid = connections.create_connection("default")
        laid.settings_dict = {**self._settings, "NAME": name}
        try:
            with laid.cursor() as cursor:
                found = {table: _count(cursor, table) for table in _tables(laid)}
        finally:
            laid.close()
        wrong = [one for one in counts if found.get(one) != counts[one]]
        return f"试着恢复后行数不符：{'、'.join(wrong)}" if wrong else ""

    def _lay(self, copy: Path, name: str) -> None:
        self._drop(name)
        try:
            with _maintenance(self._settings) as server, server.cursor() as cursor:
                cursor.execute(
                    f"CREATE DATABASE {server.ops.quote_name(name)}"
                    " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
                )
        except AnyError as error:
            if getattr(error.__cause__, "sqlstate", "") == "42501":
                raise ServerToolError(_NO_RIGHT.format(user=self._settings["USER"])) from error
            raise ServerToolError(f"建不了核对用的库：{server_said(error)}") from error
        try:
            restore(copy, self._place(name))
        except PostgresToolError as error:
            raise ServerToolError(f"备份的数据库试着恢复没有成功，不可靠。{error}") from error

    def _drop(self, name: str) -> None:
        with _maintenance(self._settings) as server, server.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {server.ops.quote_name(name)} WITH (FORCE)")

    def _exchange(self, kept: str) -> None:
        """Both names in one transaction: whatever is killed, a database of our name is there.

        Nobody may be in ours: whoever still is, is sent away, and again when he came back.
        """
        with _maintenance(self._settings) as server, server.cursor() as cursor:
            ours, other, staged = map(
                server.ops.quote_name, (self._name, kept, self._beside(_STAGED))
            )
            for attempt in range(1, _MOST_TRIES + 1):
                cursor.execute(
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                    " WHERE datname = %s",
                    [self._name],
                )
                try:
                    cursor.execute(
                        f"BEGIN; ALTER DATABASE {ours} RENAME TO {other};"
                        f" ALTER DATABASE {staged} RENAME TO {ours}; COMMIT"
                    )
                    return
                except AnyError:
                    cursor.execute("ROLLBACK")
                    if attempt == _MOST_TRIES:
                        raise

    def _require_tools(self) -> None:
        connections["default"].ensure_connection()
        try:
            require_tools(connections["default"].connection.info.server_version // 10000)
        except PostgresToolError as error:
            raise ServerToolError(str(error)) from error

    def _beside(self, end: str) -> str:
        return self._name[: _MOST_NAME - len(end)] + end

    def _place(self, name: str) -> dict[str, str]:
        """Where a database is, in the variables that programs of PostgreSQL read."""
        known, options = self._settings, self._settings["OPTIONS"]
        place = {
            "PGHOST": known["HOST"], "PGPORT": known["PORT"], "PGUSER": known["USER"],
            "PGPASSWORD": known["PASSWORD"], "PGDATABASE": name,
            "PGSSLMODE": options.get("sslmode"), "PGSSLROOTCERT": options.get("sslrootcert"),
            "PGSSLCERT": options.get("sslcert"), "PGSSLKEY": options.get("sslkey"),
        }  # fmt: skip
        return {key: str(value) for key, value in place.items() if value}


@contextmanager
def _maintenance(settings: Mapping[str, Any]) -> Iterator[BaseDatabaseWrapper]:
    """A connection to the server that stands in no database of ours."""
    own = connections.create_connection("default")
    own.settings_dict = {**settings, "NAME": "postgres"}
    try:
        yield own
    finally:
        own.close()


def _tables(database: BaseDatabaseWrapper) -> list[str]:
    return sorted(database.introspection.table_names())


def _ask(database: BaseDatabaseWrapper, sql: str) -> Any:
    with database.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f'SELECT count(*) FROM "{table}"')
    return int(cursor.fetchone()[0])


def _read_to_its_end(cursor: Any, table: str) -> None:
    """Every value of every row, with what is kept apart from its row for its size."""
    wrapped = cursor.db.wrap_database_errors
    with wrapped, cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
        for _ in rows:
            pass
