"""The web server under half-open requests, slow senders and bodies from nobody."""

import contextlib
import re
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from waitress import wasyncore
from waitress.channel import HTTPChannel

from minzheng.external.serving import web_server
from minzheng.external.serving.connection_limits import Limits
from minzheng.external.serving.web_server import (
    FREE_BODY_BYTES,
    REFUSED_BODY,
    TOO_LARGE,
    make_server,
)

_PATIENCE_SECONDS = 20.0
_MEGABYTE = 1 << 20
_MOST_BODY = 8 * _MEGABYTE
KEY = "key: right\r\n"


class Served:
    """A server with a small application, and what it was asked."""

    def __init__(self, **limits: float) -> None:
        self.seen: list[tuple[str, int]] = []
        self.may_wait = threading.Event()
        self.working = threading.Semaphore(0)
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            self.port = trial.getsockname()[1]
        usual = {"connections": 20, "an_address": 10, "header_seconds": 60, "body_seconds": 60}
        self.server = make_server(
            self._answer, limits=Limits(**usual | limits), may_send=self._may_send, threads=2,
            host="127.0.0.1", port=self.port, ident=None, max_request_body_size=_MOST_BODY,
        )  # fmt: skip
        self._thread = threading.Thread(target=self.server.run, daemon=True)
        self._thread.start()

    def _answer(self, environ, start_response):
        refused = environ.get(REFUSED_BODY, "")
        body = environ["wsgi.input"].read()
        self.seen.append((refused, len(body)))
        if environ["PATH_INFO"] == "/work":
            self.working.release()
            assert self.may_wait.wait(_PATIENCE_SECONDS)
        start_response("401 No" if refused else "200 OK", [("X-Why", refused)])
        size = int(environ["QUERY_STRING"] or 0)
        return [b"x" * size] if size else [f"{len(body)} bytes".encode()]

    def _may_send(self, headers) -> str:
        if headers.get("KEY") == "broken":
            raise ValueError("the database is away")
        return "" if headers.get("KEY") == "right" else "nobody"

    def connect(self, sent: str = "") -> socket.socket:
        made = socket.create_connection(("127.0.0.1", self.port), timeout=_PATIENCE_SECONDS)
        made.sendall(sent.encode())
        return made

    def ask(self, head: str = "GET / HTTP/1.1\r\n", body: bytes = b"") -> str:
        with self.connect(head + "Host: a\r\n\r\n") as made:
            with contextlib.suppress(OSError):  # refused in the middle
                made.sendall(body)
            return read(made)

    def open_channels(self) -> list:
        return list(self.server.active_channels.values())

    def channels(self) -> int:
        return len(self.server.active_channels)

    def stop(self) -> None:
        self.may_wait.set()
        self.server.task_dispatcher.shutdown()
        with contextlib.suppress(OSError):  # a pull of somebody else's took it along already
            self.server.trigger.pull_trigger(lambda: wasyncore.close_all(self.server._map))
        self._thread.join(_PATIENCE_SECONDS)
        assert not self._thread.is_alive()


@pytest.fixture
def serve() -> Iterator[Callable[..., Served]]:
    """Starts servers that end with the test."""
    started: list[Served] = []

    def run(**limits: float) -> Served:
        started.append(Served(**limits))
        return started[-1]

    yield run
    for one in started:
        one.stop()


def read(made: socket.socket) -> str:
    """All that comes until the first answer is whole, or the connection is closed."""
    got = b""
    with contextlib.suppress(OSError):
        while part := made.recv(65536):
            got += part
            head, found, body = got.partition(b"\r\n\r\n")
            size = [line for line in head.split(b"\r\n") if line.startswith(b"Content-Length")]
            if found and size and len(body) >= int(size[0].split(b":")[1]):
                break
    return got.decode()


def wait_for(is_true: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while not is_true():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_closed(made: socket.socket) -> bool:
    """Whether the other side has ended a connection."""
    made.settimeout(_PATIENCE_SECONDS)
    try:
        return made.recv(1) == b""
    except ConnectionError:
        return True


def post(size: int, more: str = "") -> str:
    return f"POST / HTTP/1.1\r\n{more}Content-Length: {size}\r\n"


def test_half_open_requests_of_one_address_make_room(serve):
    """For a newcomer of the same address, too; the youngest stay."""
    served = serve()
    half_open = [served.connect("GET / HTTP/1.1\r\nX-a: ") for _ in range(30)]
    assert "200 OK" in served.ask()
    assert served.channels() <= 10
    assert is_closed(half_open[0])
    half_open[-1].sendall(b"b\r\n\r\n")
    assert "200 OK" in read(half_open[-1])
    for one in half_open:
        one.close()


def test_silent_connections_make_room_too(serve):
    """Nothing need be sent to hold a place; it is not held long."""
    served = serve(connections=6)
    silent = [served.connect() for _ in range(20)]
    assert "200 OK" in served.ask()
    for one in silent:
        one.close()


def test_a_slow_header_and_a_silent_connection_are_ended(serve):
    """However often another letter comes."""
    served = serve(header_seconds=0.2)
    slow, quick = served.connect("GET / HTTP/1.1\r\nX-a: "), served.connect()
    is_ended = False
    with contextlib.suppress(OSError):
        while not is_ended:
            slow.sendall(b"a")
            is_ended = bool(select.select([slow], [], [], 0.05)[0])
    assert is_closed(slow)
    quick.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert "200 OK" in read(quick)
    slow.close()
    quick.close()


def test_a_slow_body_is_ended_a_steady_one_is_not(serve):
    """Also of somebody who is signed in."""
    served = serve(body_seconds=0.2)
    slow = served.connect(post(100_000, KEY) + "Host: a\r\n\r\nx")
    small = served.connect(post(100) + "Host: a\r\n\r\nx")
    assert is_closed(slow)
    assert is_closed(small)
    body = b"x" * 100_000
    assert "100000 bytes" in served.ask(post(len(body), KEY), body)
    slow.close()
    small.close()


def test_a_large_body_of_nobody_is_not_taken_in(serve):
    """The application is told, and its answer is read though the sender goes on."""
    served = serve()
    answer = served.ask(post(_MOST_BODY - 1), b"x" * (_MOST_BODY - 1))
    assert "401 No" in answer
    assert "Connection: close" in answer
    assert served.seen == [("nobody", 0)]


def test_the_refusal_is_told_before_the_body_is_sent(serve):
    """Nothing of 8 MB need be on its way."""
    served = serve()
    with served.connect(post(_MOST_BODY - 1) + "Host: a\r\n\r\n") as made:
        assert "401 No" in read(made)


@pytest.mark.parametrize("size", [FREE_BODY_BYTES, FREE_BODY_BYTES + 1, 3 * _MEGABYTE])
def test_a_body_of_somebody_arrives_whole(serve, size):
    """At the edge, and far beyond what is kept in memory."""
    served = serve()
    assert f"{size} bytes" in served.ask(post(size, KEY), b"x" * size)


@pytest.mark.parametrize("ahead", [1, 5000, 70_000])
def test_what_came_with_the_header_is_not_lost(serve, ahead):
    """It is held until it is known who sends it."""
    served, size = serve(), 100_000
    with served.connect() as made:
        made.sendall(f"{post(size, KEY)}Host: a\r\n\r\n".encode() + b"x" * ahead)
        time.sleep(0.05)
        made.sendall(b"x" * (size - ahead))
        assert f"{size} bytes" in read(made)


def test_small_bodies_are_taken_from_anybody(serve):
    """Somebody must be able to sign in."""
    served = serve()
    assert f"{FREE_BODY_BYTES} bytes" in served.ask(post(FREE_BODY_BYTES), b"x" * FREE_BODY_BYTES)


@pytest.mark.parametrize(("key", "said"), [(KEY, "5 bytes"), ("", "401 No")])
def test_a_body_of_unknown_length_asks_who_sends_it(serve, key, said):
    """It may never end."""
    head = f"POST / HTTP/1.1\r\n{key}Transfer-Encoding: chunked\r\n"
    assert said in serve().ask(head, b"5\r\nhello\r\n0\r\n\r\n")


def test_who_waits_to_be_asked_for_a_body_is_told_first(serve):
    """`Expect: 100-continue` is answered after it is known who asks."""
    served, size = serve(), 100_000
    head = post(size, "Expect: 100-continue\r\n{}") + "Host: a\r\n\r\n"
    with served.connect(head.format("")) as made:
        assert read(made).startswith("HTTP/1.1 401")
    with served.connect(head.format(KEY)) as made:
        assert made.recv(100).startswith(b"HTTP/1.1 100")
        made.sendall(b"x" * size)
        assert f"{size} bytes" in read(made)


def test_whoever_is_told_to_go_on_is_told_by_one_thread(serve, monkeypatch):
    """With no request in hand the loop flushes, too, without the lock: twice told, and lost."""
    in_hand, tell = [], HTTPChannel.send_continue

    def send_continue(channel: HTTPChannel) -> None:
        in_hand.append(bool(channel.requests))
        tell(channel)

    monkeypatch.setattr(HTTPChannel, "send_continue", send_continue)
    served, size = serve(), 100_000
    head = post(size, f"Expect: 100-continue\r\n{KEY}") + "Host: a\r\n\r\n"
    with served.connect(head) as made:
        assert made.recv(100).startswith(b"HTTP/1.1 100")
        made.sendall(b"x" * size)
        assert f"{size} bytes" in read(made)
    assert in_hand == [True]


def test_a_body_beyond_all_measure_is_refused_by_the_application(serve):
    """Whoever sends it; in words a user understands."""
    served = serve()
    assert f"X-Why: {TOO_LARGE}" in served.ask(post(_MOST_BODY, KEY))
    assert served.seen == [(TOO_LARGE, 0)]


def test_who_cannot_be_told_is_refused(serve, caplog):
    """A fault in asking ends no thread of the server."""
    served = serve()
    for _ in range(3):
        assert "X-Why: unknown" in served.ask(post(100_000, "key: broken\r\n"))
    assert "it cannot be told" in caplog.text


def test_while_everybody_works_a_newcomer_is_told_to_come_again(serve):
    """And what is being done is done."""
    served = serve(an_address=2)
    working = [served.connect("GET /work HTTP/1.1\r\nHost: a\r\n\r\n") for _ in range(2)]
    for _ in working:
        assert served.working.acquire(timeout=_PATIENCE_SECONDS)
    assert "503 Service Unavailable" in served.ask()
    served.may_wait.set()
    for one in working:
        assert "200 OK" in read(one)
        one.close()


def test_requests_of_one_connection_are_answered_in_turn(serve):
    """A small one, a held one, and one after it, sent without waiting."""
    served, size = serve(), 70_000
    with served.connect() as made:
        small = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        made.sendall(f"{small}{post(size, KEY)}Host: a\r\n\r\n".encode() + b"x" * size)
        told = read(made)
        while len(sizes := re.findall(r"\b(\d+) bytes", told)) < 2:  # both may come at once
            told += read(made)
        assert sizes == ["0", str(size)]
        made.sendall(small.encode())
        assert "0 bytes" in read(made)


def test_an_answer_nobody_takes_is_given_up(serve):
    """A thread is not kept waiting for ever by who does not read."""
    served = serve()
    with served.connect("GET /?30000000 HTTP/1.1\r\nHost: a\r\n\r\n") as made:
        wait_for(lambda: any(one.total_outbufs_len for one in served.open_channels()))
        # By the loop itself: what another thread closes may be opened anew under its number.
        served.server.trigger.pull_trigger(lambda: served.server.maintenance(time.time() + 121))
        wait_for(lambda: served.channels() == 0)
        made.settimeout(_PATIENCE_SECONDS)
    assert "200 OK" in served.ask()


def test_the_system_is_told_of_a_change_once():
    """What a connection waits for is told when it begins, changes and ends, not at every event."""
    told: list[tuple[str, int, int]] = []
    poll = SimpleNamespace(
        register=lambda handle, events: told.append(("register", handle, events)),
        unregister=lambda handle: told.append(("unregister", handle, 0)),
    )
    reads = select.POLLIN | select.POLLPRI

    def connection(reads: bool, writes: bool, accepting: bool = False) -> SimpleNamespace:
        return SimpleNamespace(readable=lambda: reads, writable=lambda: writes, accepting=accepting)

    watched: dict[int, int] = {}
    for there, change in (
        ({3: connection(True, False)}, [("register", 3, reads)]),
        ({3: connection(True, False)}, []),
        ({3: connection(True, True, accepting=True)}, []),
        ({3: connection(False, True)}, [("register", 3, select.POLLOUT)]),
        ({3: connection(False, False), 4: connection(True, True)},
         [("unregister", 3, 0), ("register", 4, reads | select.POLLOUT)]),
        ({}, [("unregister", 4, 0)]),
    ):  # fmt: skip
        told.clear()
        web_server._watch(poll, watched, there)
        assert told == change


def test_many_connections_are_served_side_by_side(serve):
    """Each is answered, again and again on its own connection; those that broke off are gone."""
    served, asked = serve(), b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    lines = [served.connect() for _ in range(8)]
    for _ in range(3):
        for line in lines:
            line.sendall(asked)
        assert all(read(line).endswith("0 bytes") for line in lines)
    for line in lines:
        line.close()
    wait_for(lambda: served.channels() == 0)
    assert served.ask().endswith("0 bytes")
    assert len(served.seen) == 25
