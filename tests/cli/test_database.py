"""The database is brought to its newest shape when, and only when, it is not in it."""

import pytest
from django.db import connection

from minzheng.cli import database
from minzheng.cli.database import bring_up_to_date

pytestmark = pytest.mark.django_db


def test_a_database_in_its_newest_shape_is_left_alone(monkeypatch):
    """Every command asks; migrating takes seconds."""

    def refuse(*words, **options):
        raise AssertionError("it was migrated")

    monkeypatch.setattr(database, "call_command", refuse)
    bring_up_to_date()


def test_a_missing_migration_is_made_up_for(monkeypatch):
    """Quietly, without a question."""
    called = []
    monkeypatch.setattr(database, "call_command", lambda *words, **how: called.append((words, how)))
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE id = "
            "(SELECT MAX(id) FROM django_migrations WHERE app = 'accounts')"
        )
    bring_up_to_date()
    assert called == [(("migrate",), {"verbosity": 0, "interactive": False})]
