"""No connection outlives the threads that opened it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from archive_indexer.models import WaitingFile
from archive_indexer.upkeep.thread_connections import ThreadConnections


def own_connection():
    """What a thread of the pool has opened."""
    WaitingFile.objects.exists()
    return connections["default"]


@pytest.mark.django_db(transaction=True)
def test_the_connection_of_each_thread_is_closed_at_the_end():
    """One that never asked anything is no trouble; twice is once."""
    opened = ThreadConnections()
    with ThreadPoolExecutor(1, initializer=opened.note) as asking:
        own = asking.submit(own_connection).result()
    with ThreadPoolExecutor(1, initializer=opened.note) as idle:
        idle.submit(int).result()
    assert own.connection is not None
    opened.close()
    opened.close()
    assert own.connection is None
