"""Who writes: one after another, as SQLite has it, or side by side where it was thought through.

Everything that reads, decides and then writes was written for a database with one writer. On
a server the same is true of every transaction that does not say otherwise: it stands behind
the one that began before. Readers never wait.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

_own = threading.local()

#: Numbers of what is held in a database, ours alone: «minzheng» and a count.
_OURS = 0x6D7A_0000
WRITING, AUDIT, READING, SERVING, UPGRADING, INDEXING, JOINED = range(_OURS, _OURS + 7)


def is_side_by_side() -> bool:
    """Whether the transaction that begins in this thread need not stand behind others."""
    return bool(getattr(_own, "side_by_side", False))


@contextmanager
def side_by_side() -> Iterator[None]:
    """A transaction beside others: whatever it decides by, it locks by itself."""
    before = is_side_by_side()
    _own.side_by_side = True
    try:
        with transaction.atomic():
            _own.side_by_side = before
            yield
    finally:
        _own.side_by_side = before


def hold(number: int) -> None:
    """Stand behind whoever holds this, until the transaction ends; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
