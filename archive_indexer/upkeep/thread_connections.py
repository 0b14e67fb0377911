"""Connections to the database that the threads of a pool open are closed when the pool ends.

An embedded database does not mind one that is forgotten; a server holds a place for it.
"""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


class ThreadConnections:
    """Those of one pool's threads."""

    def __init__(self) -> None:
        self._opened: list[Any] = []

    def note(self) -> None:
        """A thread begins: its connection is closed with the others."""
        own = connections[DEFAULT_DB_ALIAS]
        own.inc_thread_sharing()  # whoever ends the pool closes it
        self._opened.append(own)

    def close(self) -> None:
        """Close them; their threads have ended."""
        while self._opened:
            self._opened.pop().close()
