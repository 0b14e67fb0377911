"""A damaged database and a full disk are told apart from one that is just busy."""

import sqlite3

import pytest
from django.db import DatabaseError, OperationalError

from archive_indexer.errors import DatabaseBrokenError, DiskFullError
from archive_indexer.stores.database_trouble import (
    BUSY,
    FULL_DISK,
    is_damage,
    naming_damage,
    say_trouble,
)


def failure(code: int) -> OperationalError:
    """What Django raises when SQLite says this."""
    cause = sqlite3.OperationalError("x")
    cause.sqlite_errorcode = code
    error = OperationalError("x")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("code", "said", "named"),
    [
        (sqlite3.SQLITE_CORRUPT, BUSY, DatabaseBrokenError),
        (sqlite3.SQLITE_NOTADB, BUSY, DatabaseBrokenError),
        (sqlite3.SQLITE_FULL, FULL_DISK, DiskFullError),
        (sqlite3.SQLITE_IOERR | 4 << 8, FULL_DISK, DiskFullError),
        (sqlite3.SQLITE_BUSY, BUSY, OperationalError),
    ],
)
def test_a_failure_is_named_by_its_code(code, said, named):
    """Also by an extended code; what only passes stays what it is."""
    error = failure(code)
    assert say_trouble(error) == said
    assert is_damage(error) == (named is DatabaseBrokenError)
    with pytest.raises(named), naming_damage():
        raise error


def test_a_failure_of_another_database_is_no_damage():
    """PostgreSQL has no such codes."""
    assert not is_damage(DatabaseError("x"))
    assert say_trouble(DatabaseError("x")) == BUSY
