"""A heart beats beside whatever else is done, and is not stopped by a server that is away."""

import threading

from django.db import OperationalError

from archive_indexer.upkeep.heartbeat import Heartbeat
from tests.archive_indexer.conftest import eventually


def test_it_beats_until_it_is_ended():
    """In a thread of its own."""
    heard = []
    heart = Heartbeat(lambda: bool(heard.append(threading.current_thread())) or True, 0.001)
    heart.begin()
    eventually(lambda: len(heard) > 2)
    heart.end()
    assert not heart.is_lost
    assert threading.current_thread() not in heard
    assert not heard[0].is_alive()


def test_a_server_that_is_away_is_passed_over():
    """The next beat may be heard."""
    heard = []

    def beat() -> bool:
        heard.append(1)
        if len(heard) < 3:
            raise OperationalError("away")
        return True

    heart = Heartbeat(beat, 0.001)
    heart.begin()
    eventually(lambda: len(heard) > 3)
    heart.end()
    assert not heart.is_lost


def test_whoever_is_no_longer_known_learns_of_it():
    """It was silent for too long."""
    heart = Heartbeat(lambda: False, 0.001)
    heart.begin()
    eventually(lambda: heart.is_lost)
    heart.end()


def test_one_that_never_began_can_be_ended():
    """Its owner was refused before."""
    Heartbeat(lambda: True, 60.0).end()
