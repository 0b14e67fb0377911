"""Papers of the inbox, which were called pieces when the first of them were kept."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from minzheng.inbox.models import LaidFile, Paper, PaperPage

BEFORE = ("inbox", "0001_inbox")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "before"), [(Paper, "Piece"), (PaperPage, "PiecePage"), (LaidFile, "LaidFile")]
)
def test_rows_kept_before_are_read_as_they_are(model, before):
    """The table and its columns bear the names they had."""
    old = MigrationLoader(connection).project_state(BEFORE).apps.get_model("inbox", before)
    assert model._meta.db_table == old._meta.db_table
    assert {one.column for one in model._meta.fields} == {one.column for one in old._meta.fields}


@pytest.mark.django_db(transaction=True)
def test_calling_them_papers_touches_no_row(capsys):
    """The migration does nothing to the database."""
    call_command("sqlmigrate", "inbox", "0002")
    sql = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("--")]
    assert [line for line in sql if line.strip()] == ["BEGIN;", "COMMIT;"]
