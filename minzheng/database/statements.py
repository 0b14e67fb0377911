"""Statements of our own, for tables that Django does not know; none is run but on a server."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import Error as AnyError
from django.db import connection

from minzheng.database.errors import (
    DatabaseError,
    NoRightError,
    TableDamagedError,
    TableMissingError,
    WaitedInVainError,
)
from minzheng.database.faults import Fault, fault_of, state_of

#: How schemas begin that hold nothing but what can be made again: no backup holds them.
INDEX_SCHEMAS = "minzheng_index_"
#: By PostgreSQL's codes: no such table, schema, column; no right.
_BY_STATE: Mapping[str, type[DatabaseError]] = {
    "42P01": TableMissingError,
    "3F000": TableMissingError,
    "42703": TableMissingError,
    "42501": NoRightError,
}
_BY_FAULT: Mapping[Fault | None, type[DatabaseError]] = {
    Fault.DAMAGED: TableDamagedError,
    Fault.BUSY: WaitedInVainError,
}


def ask(sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows that answer."""
    with naming_faults(), connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return list(cursor.fetchall())


def tell(sql: str, values: Sequence[Any] = ()) -> None:
    """Do something that answers nothing."""
    with naming_faults(), connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def copy_in(sql: str, rows: Iterable[Sequence[Any]]) -> None:
    """Put many rows in by a COPY statement."""
    with naming_faults(), connection.cursor() as cursor:
        wrapped: Any = cursor
        with wrapped.db.wrap_database_errors, wrapped.copy(sql) as copy:
            for row in rows:
                copy.write_row(row)


def is_in_transaction() -> bool:
    """Whether one was begun: some statements run only outside."""
    return connection.in_atomic_block


@contextmanager
def naming_faults() -> Iterator[None]:
    """What the database says of a statement of our own, as what it is.

    Raises:
        TableMissingError, TableDamagedError, NoRightError, WaitedInVainError.
    """
    try:
        yield
    except AnyError as error:
        named = _BY_STATE.get(state_of(error)) or _BY_FAULT.get(fault_of(error))
        if named is None:
            raise
        raise named from error
