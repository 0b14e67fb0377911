"""The connection to PostgreSQL.

What differs from Django's own: a text may be as long as SQLite takes it, what PostgreSQL cannot
hold and says nothing (NUL, halves of signs) is left out, and a transaction stands behind the
one before it unless it says otherwise (minzheng/database/writing.py).
"""

from functools import lru_cache
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations as Operations
from psycopg import adapt
from psycopg.types.string import StrDumperUnknown

from minzheng.database.storable import storable
from minzheng.database.writing import WRITING, is_side_by_side


class _WithoutNul(StrDumperUnknown):
    """A text as PostgreSQL can hold it."""

    def dump(self, obj: str) -> Any:
        """The text without NUL."""
        return super().dump(obj.replace("\0", "") if "\0" in obj else obj)


@lru_cache
def _adapters(given: adapt.AdaptersMap) -> adapt.AdaptersMap:
    adapters = adapt.AdaptersMap(given)
    adapters.register_dumper(str, _WithoutNul)
    return adapters


class DatabaseOperations(Operations):
    """What is made of values."""

    def adapt_json_value(self, value: Any, encoder: Any) -> Any:
        """JSON as it can be held; psycopg writes it only when it is sent."""
        return super().adapt_json_value(storable(value), encoder)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection of Django's."""

    ops_class = DatabaseOperations
    #: As SQLite's: letters large or small, of ASCII only where the order is that of bytes.
    operators = {**base.DatabaseWrapper.operators, "contains": "ILIKE %s"}
    pattern_ops = {**base.DatabaseWrapper.pattern_ops, "contains": "ILIKE '%%' || {} || '%%'"}
    data_types = {**base.DatabaseWrapper.data_types, "CharField": "text"}

    def get_connection_params(self) -> dict[str, Any]:
        """How to connect; texts are sent without NUL."""
        params = super().get_connection_params()
        params["context"] = _adapters(params["context"])
        return params

    def set_autocommit(self, autocommit: bool, *arguments: Any, **named: Any) -> None:
        """Begin or end a transaction; one that begins waits for the one before it."""
        super().set_autocommit(autocommit, *arguments, **named)
        if autocommit or is_side_by_side():
            return
        try:
            with self.wrap_database_errors, self.connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING])
        except BaseException:
            # What was not begun is not open: the next in this thread begins anew.
            self.close()
            raise
