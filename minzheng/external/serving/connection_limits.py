"""Which connections a web server lets go: those that wait too long, those that crowd others out.

A newcomer is never kept waiting by connections that do nothing: the one that has waited
longest makes room, first among those of its own address, then of the address with the most.
So one address, or a thousand half-open requests, cannot shut the others out.
"""

import ipaddress
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

#: A body may come slowly, but not slower than this on the whole: the worst of village lines.
SLOWEST_BYTES_A_SECOND = 4096
#: How long a refused sender may go on sending until it has read that it was refused.
LINGER_SECONDS = 5.0
#: How long the reader of an answer may take nothing of it.
STALLED_SECONDS = 120.0
_IPV6_PREFIX = 64  #: a whole such network is handed to one customer


class State(Enum):
    """What a connection waits for."""

    IDLE = "a request"
    HEADER = "the rest of a header"
    BODY = "the rest of a body"
    LINGERING = "a refused sender to see it"
    SENDING = "the client to take an answer"
    BUSY = "us"


@dataclass(frozen=True, slots=True)
class Limits:
    """How many connections there may be, and how long each may wait."""

    connections: int
    an_address: int
    header_seconds: float
    body_seconds: float
    idle_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Connection:
    """A connection as it is now."""

    key: int
    group: str
    state: State
    since: float  #: when it began to wait for what it waits for
    moved: float  #: when the last byte went in or out
    body_bytes: int = 0
    is_admitted: bool = False  #: whoever sends this body is signed in

    @property
    def may_make_room(self) -> bool:
        """Whether nothing is lost but time when it is closed for another."""
        is_waiting = self.state in (State.IDLE, State.HEADER, State.LINGERING)
        return is_waiting or (self.state is State.BODY and not self.is_admitted)


class NoRoomError(Exception):
    """Every connection is at work."""


def group_of(address: str) -> str:
    """The addresses that count as one: an IPv4 address, or a network of IPv6."""
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(read, ipaddress.IPv6Address):
        if read.ipv4_mapped is not None:
            return str(read.ipv4_mapped)
        return str(ipaddress.ip_network((read, _IPV6_PREFIX), strict=False))
    return address


def is_overdue(one: Connection, limits: Limits, now: float) -> bool:
    """Whether a connection has waited longer than it may."""
    waited = now - one.since
    match one.state:
        case State.IDLE:
            return waited > limits.idle_seconds
        case State.HEADER:
            return waited > limits.header_seconds
        case State.BODY:
            return waited > limits.body_seconds + one.body_bytes / SLOWEST_BYTES_A_SECOND
        case State.LINGERING:
            return waited > LINGER_SECONDS
        case State.SENDING:
            return now - one.moved > STALLED_SECONDS
        case State.BUSY:
            return False


def who_makes_room(
    there: Sequence[Connection], group: str, limits: Limits, trusted: str = ""
) -> Connection | None:
    """Which connection is closed for a newcomer; None while there is room.

    Args:
        trusted: the address of a proxy, which speaks for many and has no limit of its own.

    Raises:
        NoRoomError: all that could make room are at work.
    """
    own = [one for one in there if one.group == group]
    if group != trusted and len(own) >= limits.an_address:
        return _longest_waiting(own)
    if len(there) < limits.connections:
        return None
    counted = Counter(one.group for one in there)
    ready = [one for one in there if one.may_make_room]
    most = max((counted[one.group] for one in ready), default=0)
    return _longest_waiting([one for one in ready if counted[one.group] == most])


def _longest_waiting(candidates: Sequence[Connection]) -> Connection:
    ready = [one for one in candidates if one.may_make_room]
    if not ready:
        raise NoRoomError
    return min(ready, key=lambda one: one.since)
