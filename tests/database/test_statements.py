"""Statements of our own."""

import pytest
from django.db import ProgrammingError, transaction

from minzheng.database.errors import NoRightError, TableMissingError
from minzheng.database.statements import ask, copy_in, is_in_transaction, tell
from tests.database.on_server import needs_server

pytestmark = [needs_server, pytest.mark.django_db]


def test_rows_are_put_in_and_asked_for():
    """With values of any kind."""
    tell("CREATE TABLE kept (word text, raw bytea)")
    copy_in("COPY kept FROM STDIN", [("张\t三\\", b"\0\n"), ("%s", b"")])
    assert [(word, bytes(raw)) for word, raw in ask("SELECT * FROM kept ORDER BY word")] == [
        ("%s", b""), ("张\t三\\", b"\0\n"),
    ]  # fmt: skip
    assert ask("SELECT count(*) FROM kept WHERE word = %s", ["%s"]) == [(1,)]


@pytest.mark.parametrize("sql", ["SELECT * FROM nowhere", "SELECT * FROM no.where", "SELECT no"])
def test_what_is_not_there_is_named(sql: str):
    """A table, a schema, a column."""
    with pytest.raises(TableMissingError):
        tell(sql)


def test_what_may_not_be_done_is_named_and_other_failures_stay_what_they_are():
    """A mistake in a statement is one of ours."""
    tell("CREATE ROLE clerk")
    with pytest.raises(ProgrammingError), transaction.atomic():
        tell("SELEKT")
    tell("SET LOCAL ROLE clerk")
    with pytest.raises(NoRightError), transaction.atomic():
        tell("CREATE SCHEMA theirs")


def test_a_test_is_a_transaction():
    """Some statements run only outside of one."""
    assert is_in_transaction()
