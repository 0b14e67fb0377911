"""A lock in the database: one holder, and none when its connection is gone."""

import pytest
from django.db import connection

from minzheng.database.locks import DatabaseLock
from minzheng.database.writing import READING, SERVING
from tests.database.on_server import needs_server

pytestmark = pytest.mark.django_db(transaction=True)


def test_beside_a_file_it_is_always_had():
    """Where the tables lie in a data folder, the folder has a lock."""
    if connection.vendor == "sqlite":
        first, second = DatabaseLock(READING, 0.1), DatabaseLock(READING, 0.1)
        assert first.take()
        assert second.take()
        assert first.is_held()
        first.release()
        assert first.is_held()


@needs_server
def test_one_has_it_and_the_others_hear_where():
    """Another lock is another thing."""
    first, second, other = (DatabaseLock(one, 0.1) for one in (READING, READING, SERVING))
    assert first.take()
    assert not second.take()
    assert not second.is_held()
    assert other.take()
    assert "minzheng" in second.holder()
    first.release()
    assert second.holder() == ""
    assert second.take()
    second.release()
    other.release()


@needs_server
def test_whoever_loses_its_connection_loses_the_lock():
    """It can be taken again, by whoever comes first."""
    first, second = DatabaseLock(READING, 0.1), DatabaseLock(READING, 0.1)
    assert first.take()
    assert first.is_held()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory'"
        )
    assert not first.is_held()
    assert second.take()
    assert not first.take()
    second.release()
    assert first.take()
    first.release()


@needs_server
def test_some_share_a_lock_that_nobody_has_alone_meanwhile():
    """Each of them keeps the one who wants it alone waiting."""
    first, second = (DatabaseLock(SERVING, 0.1, is_shared=True) for _ in range(2))
    alone = DatabaseLock(SERVING, 0.1)
    assert first.take()
    assert second.take()
    first.release()
    assert not alone.take()
    second.release()
    assert alone.take()
    assert not first.take()
    alone.release()
