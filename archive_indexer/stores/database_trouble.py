"""What a failure of the database means: damage, a full disk, or somebody else writing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError

from archive_indexer.errors import DatabaseBrokenError, DiskFullError

_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
FULL_DISK = "磁盘已满，请腾出空间；已识别的内容不会丢，有空间后自动继续。"
BUSY = "数据库正被别的程序占用，稍后自动再试。"


def is_damage(error: BaseException) -> bool:
    """Whether the database file itself is damaged."""
    return _code(error) in _DAMAGE


def say_trouble(error: DatabaseError) -> str:
    """What to tell people of a failure that may pass."""
    return FULL_DISK if _code(error) in _FULL else BUSY


@contextmanager
def naming_damage() -> Iterator[None]:
    """Turn damage and a full disk into errors that say what to do.

    Raises:
        DatabaseBrokenError: the database is damaged.
        DiskFullError: there is no room for it.
    """
    try:
        yield
    except DatabaseError as error:
        if is_damage(error):
            raise DatabaseBrokenError from error
        if _code(error) in _FULL:
            raise DiskFullError from error
        raise


def _code(error: BaseException) -> int:
    cause = error if isinstance(error, sqlite3.Error) else error.__cause__
    code = getattr(cause, "sqlite_errorcode", None)
    return code & 0xFF if isinstance(code, int) else -1
