"""What a failure of the database means, told by the code it bears, whichever database it is."""

import sqlite3
from collections.abc import Iterator
from enum import StrEnum


class Fault(StrEnum):
    """What stands behind a failure."""

    FULL = "full"
    BUSY = "busy"
    READ_ONLY = "read only"
    BROKEN = "broken"  #: the disk could not be read or written
    DAMAGED = "damaged"
    AWAY = "away"  #: the server cannot be reached, or takes nobody just now


_BY_SQLITE = {
    sqlite3.SQLITE_FULL: Fault.FULL,
    sqlite3.SQLITE_BUSY: Fault.BUSY,
    sqlite3.SQLITE_LOCKED: Fault.BUSY,
    sqlite3.SQLITE_READONLY: Fault.READ_ONLY,
    sqlite3.SQLITE_IOERR: Fault.BROKEN,
    sqlite3.SQLITE_CANTOPEN: Fault.BROKEN,
    sqlite3.SQLITE_CORRUPT: Fault.DAMAGED,
    sqlite3.SQLITE_NOTADB: Fault.DAMAGED,
}
#: By the beginnings of PostgreSQL's codes, the longer ones first.
_BY_STATE = {
    "53100": Fault.FULL,
    "53300": Fault.AWAY,  # as many connections as it takes
    "55P03": Fault.BUSY,  # waited for a lock
    "40001": Fault.BUSY,
    "40P01": Fault.BUSY,  # two waited for each other
    "57014": Fault.BUSY,
    "25006": Fault.READ_ONLY,
    "42501": Fault.READ_ONLY,
    "58030": Fault.BROKEN,
    "XX001": Fault.DAMAGED,
    "XX002": Fault.DAMAGED,
    "57P": Fault.AWAY,  # is shutting down, or not yet started
    "08": Fault.AWAY,
    "28": Fault.AWAY,  # takes neither user nor password
    "3D": Fault.AWAY,  # has no such database
}
_OF_VALUES = ("22", "54")  #: not of its kind; longer than an index takes
_CONNECTION_ERRORS = ("OperationalError", "InterfaceError")


def fault_of(error: BaseException | None) -> Fault | None:
    """What stands behind a failure of the database; None behind any other."""
    return next(filter(None, map(_told, causes(error))), None)


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """A failure and what stood behind it: Django hides the database's behind its own."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def state_of(error: BaseException) -> str:
    """PostgreSQL's own code of a failure; empty where it has none."""
    codes = (getattr(one, "sqlstate", None) for one in causes(error) if _is_of_server(one))
    return next(filter(None, codes), "")


def is_unstorable(error: BaseException) -> bool:
    """Whether a server cannot hold one value, today as tomorrow; nothing else of it is wrong."""
    return state_of(error).startswith(_OF_VALUES)


def server_said(error: BaseException) -> str:
    """What the server, or the way to it, answered last; without addresses and advice before it."""
    told = [one for one in causes(error) if _is_of_server(one)]
    lines = str(told[-1]).strip().splitlines() if told else []
    said = [one for one in lines if not one.startswith("\t")]
    return said[-1].rpartition("failed: ")[2].strip() if said else ""


def _told(error: BaseException) -> Fault | None:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return _BY_SQLITE.get(code & 0xFF) if isinstance(code, int) else None
    return _of_server(error) if _is_of_server(error) else None


def _is_of_server(error: BaseException) -> bool:
    """Told by its module: where no server is used, its library is not loaded."""
    return type(error).__module__.partition(".")[0] == "psycopg"


def _of_server(error: BaseException) -> Fault | None:
    state = getattr(error, "sqlstate", None)
    if state is None:  # no answer at all: not reached, or gone in the middle
        names = {one.__name__ for one in type(error).__mro__}
        return Fault.AWAY if names & set(_CONNECTION_ERRORS) else None
    return next((fault for start, fault in _BY_STATE.items() if state.startswith(start)), None)
