"""Who writes: one after another, or side by side where it was thought through."""

import threading

import pytest
from django.db import OperationalError, connection, connections, transaction

from minzheng.accounts.models import SavedSearch
from minzheng.database.faults import Fault, fault_of
from minzheng.database.writing import AUDIT, hold, is_side_by_side, side_by_side
from tests.database.on_server import needs_server

pytestmark = pytest.mark.django_db(transaction=True)


def in_thread(what) -> list[BaseException]:
    """What went wrong with it in a thread and a connection of its own."""
    failures = []

    def run() -> None:
        try:
            what()
        except BaseException as error:  # noqa: BLE001  # it is what is asked for
            failures.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return failures


def impatient() -> None:
    """Whoever waits here, waits no longer than an instant."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")


def begin_and_end() -> None:
    impatient()
    with transaction.atomic():
        assert connection.in_atomic_block


@needs_server
def test_a_transaction_stands_behind_the_one_before():
    """As SQLite has it: what is read in one cannot be changed by another before it ends."""
    with transaction.atomic():
        (failure,) = in_thread(begin_and_end)
    assert isinstance(failure, OperationalError)
    assert fault_of(failure) is Fault.BUSY
    assert in_thread(begin_and_end) == []


@needs_server
def test_a_connection_that_waited_in_vain_is_of_use_again():
    """No transaction stays half open in it."""

    def wait_then_write() -> None:
        with pytest.raises(OperationalError):
            begin_and_end()
        assert not connection.in_atomic_block
        done.set()
        may_go_on.wait()
        with transaction.atomic():
            assert SavedSearch.objects.count() == 0

    done, may_go_on = threading.Event(), threading.Event()
    thread = threading.Thread(target=lambda: failures.extend(in_thread(wait_then_write)))
    failures: list[BaseException] = []
    with transaction.atomic():
        thread.start()
        assert done.wait(60)
    may_go_on.set()
    thread.join()
    assert failures == []


def test_side_by_side_nobody_waits_and_the_next_waits_again():
    """It is said for one transaction only."""

    def write() -> None:
        with side_by_side():
            assert connection.in_atomic_block
            assert not is_side_by_side()

    assert in_thread(write) == []
    assert not is_side_by_side()


@needs_server
def test_side_by_side_two_go_on_at_once():
    """Beside one that stands before all others."""

    def write() -> None:
        impatient()
        with side_by_side(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    with transaction.atomic():
        assert in_thread(write) == []


@needs_server
def test_what_is_held_is_held_until_the_transaction_ends():
    """By its number, whoever else is side by side."""

    def hold_it() -> None:
        impatient()
        with side_by_side():
            hold(AUDIT)

    with side_by_side():
        hold(AUDIT)
        (failure,) = in_thread(hold_it)
    assert fault_of(failure) is Fault.BUSY
    assert in_thread(hold_it) == []
