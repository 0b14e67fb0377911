"""What processes know together: kept, counted, over."""

import threading

import pytest
from django.db import connection

from minzheng.accounts import shared_cache
from minzheng.accounts.models import Remembered
from minzheng.accounts.shared_cache import TableCache

pytestmark = pytest.mark.django_db


@pytest.fixture
def cache() -> TableCache:
    return TableCache("rates", {})


@pytest.fixture
def clock(monkeypatch):
    """A time that passes when it is told to."""
    now = [1_800_000_000.0]
    monkeypatch.setattr("time.time", lambda: now[0])
    return now


def test_what_is_kept_is_there_until_its_time_is_over(cache, clock):
    """Then another may be kept in its place."""
    cache.set("a", "问题", 60)
    assert cache.get("a") == "问题"
    clock[0] += 61
    assert cache.get("a", "nothing") == "nothing"
    assert cache.add("a", 1, 60)
    assert cache.get("a") == 1


def test_only_the_first_is_added(cache):
    """Whoever comes second hears that it is there."""
    assert cache.add("a", True, 60)
    assert not cache.add("a", False, 60)
    assert cache.get("a") is True


def test_steps_are_counted_from_what_is_there(cache):
    """And not from nothing."""
    with pytest.raises(ValueError, match="a"):
        cache.incr("a")
    cache.add("a", 1, 60)
    assert [cache.incr("a"), cache.incr("a", 3)] == [2, 5]


def test_two_names_know_nothing_of_one_another(cache):
    """One is forgotten as a whole, the other stays."""
    other = TableCache("questions", {})
    cache.set("a", 1, 60)
    other.set("a", 2, 60)
    other.clear()
    assert (cache.get("a"), other.get("a")) == (1, None)


def test_a_time_can_be_made_longer_and_a_key_forgotten(cache, clock):
    """Neither where nothing is."""
    cache.set("a", 1, 60)
    assert cache.touch("a", 600)
    clock[0] += 300
    assert cache.get("a") == 1
    assert cache.delete("a")
    assert not cache.touch("a", 60)
    assert not cache.delete("a")


def test_what_has_no_end_stays(cache, clock):
    """As Django's caches do with no timeout."""
    cache.set("a", 1, None)
    clock[0] += 10 * 365 * 24 * 3600
    assert cache.get("a") == 1


def test_what_is_over_is_thrown_out(cache, clock, monkeypatch):
    """So that the table does not grow with every day."""
    monkeypatch.setattr(shared_cache, "_SWEPT_EVERY", 1)
    cache.set("a", 1, 60)
    clock[0] += 61
    cache.set("b", 1, 60)
    assert [one.key for one in Remembered.objects.all()] == ["rates::1:b"]


@pytest.mark.django_db(transaction=True)
def test_no_step_is_lost_between_many_at_once(cache):
    """Each is one statement of the database."""
    cache.set("a", 0, 60)

    def count() -> None:
        try:
            for _ in range(20):
                cache.incr("a")
        finally:
            connection.close()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert cache.get("a") == 80
