"""Which connections a web server lets go."""

import pytest

from minzheng.external.serving.connection_limits import (
    Connection,
    Limits,
    NoRoomError,
    State,
    group_of,
    is_overdue,
    who_makes_room,
)

LIMITS = Limits(connections=6, an_address=3, header_seconds=20, body_seconds=30)
HERE, THERE, PROXY = "10.0.0.1", "10.0.0.2", "127.0.0.1"


def one(key: int, group: str = HERE, state: State = State.IDLE, **more) -> Connection:
    return Connection(key, group, state, since=more.pop("since", float(key)), moved=0.0, **more)


@pytest.mark.parametrize(
    ("state", "last"),
    [
        (State.IDLE, 60.0),
        (State.HEADER, 20.0),
        (State.BODY, 30.0 + 2.0),
        (State.LINGERING, 5.0),
        (State.SENDING, 120.0),
        (State.BUSY, 1e9),
    ],
)
def test_each_wait_has_an_end_but_ours(state, last):
    """A body is given a second more for every 4 KB that came."""
    waiting = one(1, state=state, since=0.0, body_bytes=8192)
    assert not is_overdue(waiting, LIMITS, last)
    assert is_overdue(waiting, LIMITS, last + 0.1) is (state is not State.BUSY)


def test_an_answer_that_is_being_taken_may_last():
    """Counted is the time since the last byte, not since the first."""
    sending = Connection(1, HERE, State.SENDING, since=0.0, moved=1000.0)
    assert not is_overdue(sending, LIMITS, 1100.0)


def test_nobody_leaves_while_there_is_room():
    """Neither of the address nor of all."""
    assert who_makes_room([one(1), one(2)], HERE, LIMITS) is None
    assert who_makes_room([one(n, f"10.0.1.{n}") for n in range(5)], HERE, LIMITS) is None


@pytest.mark.parametrize("state", [State.IDLE, State.HEADER, State.BODY, State.LINGERING])
def test_of_a_full_address_the_longest_waiting_leaves(state):
    """Not those at work, nor a body of somebody signed in; other addresses are left alone."""
    there = [
        one(1, THERE),
        one(2, state=State.BUSY),
        one(3, state=State.BODY, is_admitted=True),
        one(5, state=State.IDLE),
        one(4, state=state),
    ]
    assert who_makes_room(there, HERE, LIMITS).key == 4


def test_of_a_full_house_the_address_with_the_most_makes_room():
    """One that waits alone stays, however long it has waited."""
    there = [one(1, "a"), one(2, "b"), one(4, "c"), one(3, "c"), one(5, "d"), one(6, "d")]
    limits = Limits(6, 6, 20, 30)
    assert who_makes_room(there, HERE, limits).key == 3
    busy = [one(n, "c", State.BUSY) for n in (3, 4, 5, 6)]
    assert who_makes_room([one(1, "a"), one(2, "b"), *busy], HERE, limits).key == 1


@pytest.mark.parametrize("state", [State.BUSY, State.SENDING])
def test_without_anybody_to_leave_there_is_no_room(state):
    """Work is not broken off for a newcomer."""
    with pytest.raises(NoRoomError):
        who_makes_room([one(n, state=state) for n in range(3)], HERE, LIMITS)
    full = [one(n, f"10.0.1.{n}", state) for n in range(6)]
    with pytest.raises(NoRoomError):
        who_makes_room(full, HERE, LIMITS)


def test_a_proxy_speaks_for_many():
    """Its address has no limit of its own; of the whole house's it has."""
    there = [one(n, PROXY) for n in range(5)]
    assert who_makes_room(there, PROXY, LIMITS, trusted=PROXY) is None
    assert who_makes_room([*there, one(5, PROXY)], PROXY, LIMITS, trusted=PROXY).key == 0


@pytest.mark.parametrize(
    ("address", "group"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("localhost", "localhost"),
    ],
)
def test_a_network_of_ipv6_counts_as_one_address(address, group):
    """Whoever has one address of it has them all."""
    assert group_of(address) == group
