"""A column that is compared and never sought by: its index would lead through every row."""

from typing import Any

from django.db.models import Func


class Unsought(Func):
    """A column whose index is of no use: almost every file is indexed, few lie in a village.

    SQLite believes the opposite, and reads the whole archive to find a village's papers.
    """

    template = "%(expressions)s"

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """A plus sign before a column hides it from the choice of an index."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **extra)
