"""What the processes of the pages must know together for a while, in a table.

A cache of Django's whose every deed is one statement, so that two processes never count the
same step twice. It takes the place of one process's memory only where several answer. Values are
what JSON can say.
"""

import json
import secrets
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

_TABLE = "accounts_remembered"
_FOREVER = 253402300799.0  #: seconds since 1970: the last of the year 9999
#: What is over is thrown out at one writing of so many.
_SWEPT_EVERY = 200
_PUT = f"""
    INSERT INTO {_TABLE} (key, value, ends_at) VALUES (%s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, ends_at = excluded.ends_at
"""
_ADD = f"{_PUT} WHERE {_TABLE}.ends_at <= %s"
_COUNT = f"""
    UPDATE {_TABLE} SET value = CAST(CAST(value AS integer) + %s AS text)
    WHERE key = %s AND ends_at > %s RETURNING value
"""


class TableCache(BaseCache):
    """Keys and values under one name."""

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._name = name

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """What is kept under a key, when its time is not over."""
        sql = f"SELECT value FROM {_TABLE} WHERE key = %s AND ends_at > %s"
        row = self._do(sql, [self._key(key, version), time.time()])[1]
        return json.loads(row[0]) if row else default

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Keep a value in place of whatever was there."""
        self._sweep()
        self._do(_PUT, [self._key(key, version), json.dumps(value), self._end(timeout)])

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Keep a value where none is; whether it is kept."""
        self._sweep()
        kept = [self._key(key, version), json.dumps(value), self._end(timeout)]
        return self._do(_ADD, [*kept, time.time()])[0] > 0

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep what is there longer."""
        sql = f"UPDATE {_TABLE} SET ends_at = %s WHERE key = %s AND ends_at > %s"
        return self._do(sql, [self._end(timeout), self._key(key, version), time.time()])[0] > 0

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Count on.

        Raises:
            ValueError: nothing is kept under the key.
        """
        row = self._do(_COUNT, [delta, self._key(key, version), time.time()])[1]
        if not row:
            raise ValueError(key)
        return int(row[0])

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a key."""
        sql = f"DELETE FROM {_TABLE} WHERE key = %s"
        return self._do(sql, [self._key(key, version)])[0] > 0

    def clear(self) -> None:
        """Forget all of this name."""
        self._do(f"DELETE FROM {_TABLE} WHERE key LIKE %s", [f"{self._name}:%"])

    def _key(self, key: str, version: int | None) -> str:
        return f"{self._name}:{self.make_and_validate_key(key, version=version)}"

    def _end(self, timeout: Any) -> float:
        end = self.get_backend_timeout(timeout)
        return _FOREVER if end is None else float(end)

    def _sweep(self) -> None:
        if secrets.randbelow(_SWEPT_EVERY) == 0:
            self._do(f"DELETE FROM {_TABLE} WHERE ends_at <= %s", [time.time()])

    @staticmethod
    def _do(sql: str, values: list[Any]) -> tuple[int, tuple[Any, ...] | None]:
        """How many rows a statement touched, and the first it gave."""
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            row = cursor.fetchone() if cursor.description else None
            return cursor.rowcount, row
