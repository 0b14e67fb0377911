"""Who reads is known; whoever falls silent loses what it had in hand, and nobody else does."""

import datetime as dt

import pytest

from archive_indexer.models import ContentInHand, ReadingWorker, WaitingFile
from archive_indexer.stores import waiting_list
from archive_indexer.stores.many_machines import claims, workers
from archive_indexer.stores.many_machines.workers import SilenceWatch
from archive_indexer.stores.waiting_list import MOST_ATTEMPTS, Lane

pytestmark = pytest.mark.django_db(transaction=True)
SHA = "a" * 64


@pytest.fixture
def worker() -> int:
    """One that reads `a.png`."""
    number = workers.sign_in("一号")
    waiting_list.add(["a.png"], Lane.SCAN)
    waiting_list.take(Lane.SCAN, 1, worker=number)
    claims.hold_content(number, "a.png", SHA)
    claims.begin_reading(number, "a.png")
    return number


def beat_of(worker: int) -> dt.datetime:
    return ReadingWorker.objects.get(pk=worker).heartbeat_at


def test_pages_are_told_who_reads_what(worker):
    """With where it is, since when, and what it said last."""
    workers.sign_in("二号")
    assert workers.count_known() == 2
    assert workers.beat(worker, 7, "磁盘已满")
    first, second = workers.seen_workers()
    assert (first.name, first.done, first.trouble) == ("一号", 7, "磁盘已满")
    assert (first.reading, first.is_silent) == (("a.png",), False)
    assert first.started_at <= first.reading_since <= first.heartbeat_at
    assert (second.name, second.reading, second.reading_since) == ("二号", (), None)


def test_whoever_ends_in_order_gives_back_without_a_try(worker):
    """It was stopped by people; the file is not to blame."""
    workers.sign_off(worker)
    row = WaitingFile.objects.get()
    assert (row.claimed, row.taken_by, row.attempts) == (False, None, 0)
    assert not ContentInHand.objects.exists()
    assert not workers.any_known()
    assert not workers.beat(worker, 0, "")


def test_whoever_is_silent_is_signed_off_and_its_files_are_free(worker):
    """After a heartbeat was seen to stay the same for long enough; each file had a try."""
    watch = SilenceWatch(30.0)
    assert watch.look(100.0) == watch.look(129.0) == []
    assert watch.look(131.0) == ["一号"]
    row = WaitingFile.objects.get()
    assert (row.claimed, row.attempts, row.lane) == (False, 1, Lane.SCAN)
    assert not ContentInHand.objects.exists()


def test_a_heartbeat_keeps_what_is_in_hand(worker):
    """However long a scan takes."""
    watch = SilenceWatch(30.0)
    for now in range(100, 400, 20):
        assert watch.look(float(now)) == []
        given = beat_of(worker)
        while beat_of(worker) == given:  # the clock of the tables counts thousandths of a second
            workers.beat(worker, 0, "")
    assert WaitingFile.objects.get().taken_by_id == worker


def test_nobody_is_silent_because_the_server_was_away(worker):
    """Nobody could be heard meanwhile; whoever looks begins anew."""
    watch = SilenceWatch(30.0)
    watch.look(100.0)
    watch.forget()
    assert watch.look(200.0) == []
    assert watch.look(231.0) == ["一号"]


def test_a_sign_given_at_the_last_moment_counts(worker):
    """Between being looked at and being signed off."""
    (row,) = workers.ReadingWorker.objects.values_list("heartbeat_at", flat=True)
    workers.beat(worker, 1, "")
    assert not workers._sign_off_silent(worker, row)
    assert workers.any_known()


def test_a_file_that_stops_every_machine_is_given_up(worker):
    """It would go round for ever."""
    for _ in range(MOST_ATTEMPTS):
        watch = SilenceWatch(30.0)
        watch.look(0.0)
        watch.look(31.0)
        worker = workers.sign_in("一号")
        waiting_list.take(Lane.SCAN, 1, worker=worker)
        claims.begin_reading(worker, "a.png")
    row = WaitingFile.objects.get()
    assert "几次都中断" in row.trouble
    assert (row.lane, row.claimed) == (Lane.QUICK, False)


def test_what_was_ready_beside_a_file_that_stops_machines_has_had_no_try(worker):
    """It was not being read, and is not shown as such."""
    waiting_list.add(["b.png"], Lane.SCAN)
    waiting_list.take(Lane.SCAN, 1, worker=worker)
    assert workers.seen_workers()[0].reading == ("a.png",)
    watch = SilenceWatch(30.0)
    watch.look(0.0)
    watch.look(31.0)
    tried = WaitingFile.objects.values_list("path", "claimed", "attempts")
    assert sorted(tried) == [("a.png", False, 1), ("b.png", False, 0)]


def test_a_service_that_reads_alone_again_has_all_of_it(worker):
    """Nothing stays with workers that it no longer hears."""
    workers.sign_off_all()
    assert waiting_list.take(Lane.SCAN, 1) == ["a.png"]
    assert not workers.any_known()
