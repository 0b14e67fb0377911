"""What a failure means, by the code it bears."""

import sqlite3

import psycopg
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError
from psycopg import errors

from minzheng.database.faults import Fault, causes, fault_of, is_unstorable, server_said


def behind(cause: BaseException, kind: type[Exception] = OperationalError) -> Exception:
    """What Django raises of a failure of the database."""
    error = kind("x")
    error.__cause__ = cause
    return error


def of_sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (sqlite3.SQLITE_FULL, Fault.FULL),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Fault.BUSY),
        (sqlite3.SQLITE_LOCKED, Fault.BUSY),
        (sqlite3.SQLITE_READONLY, Fault.READ_ONLY),
        (sqlite3.SQLITE_IOERR | 4 << 8, Fault.BROKEN),
        (sqlite3.SQLITE_CANTOPEN, Fault.BROKEN),
        (sqlite3.SQLITE_CORRUPT, Fault.DAMAGED),
        (sqlite3.SQLITE_NOTADB, Fault.DAMAGED),
        (sqlite3.SQLITE_CONSTRAINT, None),
    ],
)
def test_sqlite_says_it_by_a_number(code, fault):
    """An extended one, too."""
    assert fault_of(behind(of_sqlite(code))) is fault


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (errors.DiskFull("x"), Fault.FULL),
        (errors.TooManyConnections("x"), Fault.AWAY),
        (errors.LockNotAvailable("x"), Fault.BUSY),
        (errors.DeadlockDetected("x"), Fault.BUSY),
        (errors.ReadOnlySqlTransaction("x"), Fault.READ_ONLY),
        (errors.InsufficientPrivilege("x"), Fault.READ_ONLY),
        (errors.IoError("x"), Fault.BROKEN),
        (errors.DataCorrupted("x"), Fault.DAMAGED),
        (errors.IndexCorrupted("x"), Fault.DAMAGED),
        (errors.AdminShutdown("x"), Fault.AWAY),
        (errors.CannotConnectNow("x"), Fault.AWAY),
        (errors.InvalidPassword("x"), Fault.AWAY),
        (errors.InvalidCatalogName("x"), Fault.AWAY),
        (errors.UniqueViolation("x"), None),
        (psycopg.OperationalError("the connection is closed"), Fault.AWAY),
        (psycopg.InterfaceError("the cursor is closed"), Fault.AWAY),
        (psycopg.DataError("x"), None),
    ],
)
def test_postgresql_says_it_by_five_signs_or_not_at_all(error, fault):
    """A connection that broke bears none."""
    assert fault_of(behind(error)) is fault
    assert fault_of(behind(error, InterfaceError)) is fault


def test_another_failure_is_no_fault_of_the_database():
    """Nor is none."""
    assert fault_of(DatabaseError("x")) is None
    assert fault_of(None) is None
    assert server_said(ValueError("x")) == ""


def test_a_circle_of_causes_comes_to_an_end():
    """Two failures may each stand behind the other."""
    one, two = ValueError(1), ValueError(2)
    one.__cause__, two.__cause__ = two, one
    assert list(causes(one)) == [one, two]


def test_the_servers_own_words_are_its_last_line():
    """What stands before them are the addresses that were tried, after them advice."""
    tried = "connection failed: connection to server at 1.2.3.4 failed: "
    error = psycopg.OperationalError(f"{tried}refused\n{tried}FATAL:  none such\n\tIs it there?")
    assert server_said(behind(error)) == "FATAL:  none such"


@pytest.mark.parametrize(
    ("code", "is_of_value"),
    [
        (errors.ProgramLimitExceeded, True), (errors.NumericValueOutOfRange, True),
        (errors.UntranslatableCharacter, True), (errors.DiskFull, False),
        (errors.UniqueViolation, False), (errors.AdminShutdown, False),
    ],
)  # fmt: skip
def test_what_no_server_holds_is_told_from_what_it_holds_later(code, is_of_value):
    """A full disk is emptied; a text too long for an index stays too long."""
    error = OperationalError("x")
    error.__cause__ = code("x")
    assert is_unstorable(error) is is_of_value
    assert not is_unstorable(sqlite3.OperationalError("x"))
