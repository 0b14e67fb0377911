"""Tables are emptied after a test that commits; what the migrations wrote in them stays.

Django empties all, and then has every content type and permission written anew, each asked for
and looked up: nine tenths of what such a test takes that does little else.
"""

from typing import Any

from django.core.management.commands import flush
from django.db import connection

KEPT = ("django_content_type", "auth_permission")


def keep_what_migrations_wrote() -> None:
    """From now on, in this process; what a test took away of it is made up for."""
    whole, write_anew = _counts(), flush.emit_post_migrate_signal

    def make_up_for(*asked: Any, **more: Any) -> None:
        if _counts() != whole:
            write_anew(*asked, **more)

    flush.sql_flush = _without_kept
    flush.emit_post_migrate_signal = make_up_for


def _without_kept(style: Any, database: Any, **asked: Any) -> list[str]:
    names = database.introspection.django_table_names(only_existing=True, include_views=False)
    emptied = [one for one in names if one not in KEPT]
    statements: list[str] = database.ops.sql_flush(style, emptied, **asked)
    return statements


def _counts() -> list[Any]:
    found = []
    with connection.cursor() as cursor:
        for name in KEPT:
            cursor.execute(f"SELECT count(*) FROM {name}")
            found.append(cursor.fetchone()[0])
    return found
