"""waitress with limits: of time, of connections, and no large body from nobody.

waitress takes a request in as a whole before a thread sees it, so slow senders hold a
connection and nothing else. What it lacks is added here: `connection_limits` says which
connections go, and a large body is read only after `may_send` said whose it is.
"""

import logging
import select
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import MultiSocketServer, TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher, WSGITask

from minzheng.external.serving.connection_limits import (
    Connection,
    Limits,
    NoRoomError,
    State,
    group_of,
    is_overdue,
    who_makes_room,
)

_log = logging.getLogger(__name__)
#: Where the application reads why the body of a request was not taken in.
REFUSED_BODY = "minzheng.refused_body"
TOO_LARGE, UNKNOWN = "too large", "unknown"
#: Bodies up to here are taken from anybody: sign-in must be possible.
FREE_BODY_BYTES = 64 * 1024
_MOST_HEADER_BYTES = 64 * 1024
_LOOK_SECONDS = 1  #: how often overdue connections are looked for
_DRAINED_AT_ONCE = 64 * 1024
_BUSY = (
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n"
    "Retry-After: 5\r\nConnection: close\r\n\r\n系统正忙，请过几秒再试。\n"
).encode()

#: Why the body of a request with these headers is not taken in; empty: it is.
MaySend = Callable[[Mapping[str, str]], str]


class _Request(HTTPRequestParser):  # type: ignore[misc]
    """A request that stops before a large body until it is known who sends it."""

    body_rcv: Any
    completed: bool
    content_length: int
    expect_continue: bool
    is_held = is_admitted = expects_continue = False
    refused = ""  #: why its body is not taken in
    held = b""

    def received(self, data: bytes) -> int:
        """Take what came of the header, or of a body that may come."""
        was_header = self.body_rcv is None
        taken = int(super().received(data))
        if not was_header or self.body_rcv is None:
            return taken
        if self.completed:  # longer than any body may be
            self.error = None
            self.refuse_body(TOO_LARGE)
        elif self.chunked or self.content_length > FREE_BODY_BYTES:
            self.held, self.is_held, self.completed = data[taken:], True, True
            self.expects_continue, self.expect_continue = self.expect_continue, False
        else:
            return taken
        return len(data)

    def take_body(self) -> None:
        """Go on with the body."""
        self.is_held, self.is_admitted, self.completed = False, True, False
        self.expect_continue = self.expects_continue
        held, self.held = self.held, b""
        if held and self.received(held) < len(held):
            self.headers["CONNECTION"] = "close"  # a request sent ahead is sent again

    def refuse_body(self, why: str) -> None:
        """Let the application answer without the body."""
        self.refused, self.is_held, self.held = why, False, b""
        self.expect_continue = self.chunked = False
        self.body_rcv.getbuf().close()
        self.body_rcv, self.content_length = None, 0
        self.headers |= {"CONTENT_LENGTH": "0", "CONNECTION": "close"}


class _Task(WSGITask):  # type: ignore[misc]
    """A request on its way to the application, which is told of a refused body."""

    def get_environment(self) -> dict[str, Any]:
        """What the application is told."""
        environ: dict[str, Any] = super().get_environment()
        if self.request.refused:
            environ[REFUSED_BODY] = self.request.refused
        return environ


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that knows how long it has been waiting, and for what."""

    request: _Request | None
    close_when_flushed: bool
    parser_class, task_class = _Request, _Task
    lingers = has_refused = False

    def __init__(
        self, server: Any, sock: socket.socket, addr: Any, adj: Any, map: Any = None
    ) -> None:
        self.group = group_of(str(addr[0]))
        self.since = time.time()
        super().__init__(server, sock, addr, adj, map=map)

    def look(self) -> Connection:
        """The connection as it is now."""
        request = self.request
        return Connection(
            key=id(self),
            group=self.group,
            state=self._state(request),
            since=self.since,
            moved=self.last_activity,
            body_bytes=request.body_bytes_received if request else 0,
            is_admitted=request.is_admitted if request else False,
        )

    def _state(self, request: _Request | None) -> State:
        if self.lingers:
            return State.LINGERING
        if self.total_outbufs_len:
            return State.SENDING
        if self.requests or self.close_when_flushed:
            return State.BUSY
        if request is None:
            return State.IDLE
        return State.BODY if request.headers_finished else State.HEADER

    def received(self, data: bytes) -> bool:
        """Take what came; the wait for a header begins with its first byte."""
        if self.request is None:
            self.since = time.time()
        try:
            return bool(super().received(data))
        except OSError:  # no room on the disk where large bodies wait
            _log.exception("a body could not be kept")
            self.will_close = True
            return False

    def service(self) -> None:
        """Answer a request, or let its body come."""
        request = self.requests[0]
        if request.is_held and self.connected and self._lets_body_come(request):
            return
        self.has_refused = bool(request.refused)
        super().service()
        self.since = time.time()

    def _lets_body_come(self, request: _Request) -> bool:
        """Whether there is a body to wait for, from somebody who may send one."""
        why = self.server.why_not(request.headers)
        with self.requests_lock:
            if why:
                request.refuse_body(why)
                return False
            request.take_body()
            if request.completed:  # it was short, and came at once
                return False
            self.request, self.since = request, time.time()
            # While a request is in hand no other thread flushes without the lock.
            if request.expect_continue:
                self.send_continue()
            self.requests.pop(0)
        self.server.pull_trigger()
        return True

    # Every connection is asked both at every event of any: nothing is called there.
    def readable(self) -> bool:
        """Whether more may come; after a refusal what comes is thrown away."""
        if not self.connected:
            return False
        return self.lingers or not (
            self.will_close or self.close_when_flushed or self.requests or self.total_outbufs_len
        )

    def writable(self) -> bool:
        """Whether something is to be sent; a connection just closed is asked once more."""
        if not self.connected:
            return False
        return bool(self.total_outbufs_len or self.will_close or self.close_when_flushed)

    def handle_read(self) -> None:
        """Take what came, or throw it away."""
        if not self.lingers:
            super().handle_read()
            return
        try:
            self.recv(_DRAINED_AT_ONCE)  # closes when there is no more
        except OSError:
            self.handle_close()

    def handle_write(self) -> None:
        """Send; a refused sender is given time to read why, else it sees a broken line."""
        if not (self.has_refused and self.close_when_flushed and not self.will_close):
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if not self.total_outbufs_len and self.connected:
            self.close_when_flushed, self.lingers, self.since = False, True, time.time()
            with suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)


class _Server(TcpWSGIServer):  # type: ignore[misc]
    """A listening socket whose connections are kept within limits."""

    channel_class = _Channel

    def __init__(self, *args: Any, limits: Limits, may_send: MaySend, **options: Any) -> None:
        self.limits, self._may_send = limits, may_send
        super().__init__(*args, **options)

    def why_not(self, headers: Mapping[str, str]) -> str:
        """Why a body is not taken in; also when that cannot be found out."""
        try:
            return self._may_send(headers)
        except Exception:  # noqa: BLE001 - the edge of a request: a thread of the server must not end
            _log.exception("it cannot be told who sends a body")
            return UNKNOWN

    def set_socket_options(self, conn: socket.socket) -> None:
        """Make room for a newcomer before it is let in.

        Raises:
            ConnectionRefusedError: everybody is at work.
        """
        super().set_socket_options(conn)
        channels = [one for one in self._map.values() if isinstance(one, _Channel)]
        group = group_of(str(conn.getpeername()[0]))
        if self._has_room(channels, group):
            return
        there = [one.look() for one in channels]
        try:
            leaving = who_makes_room(there, group, self.limits, self._proxy)
        except NoRoomError as error:
            with suppress(OSError):
                conn.send(_BUSY)
            conn.close()
            raise ConnectionRefusedError("every connection is at work") from error
        for one in channels:
            if leaving is not None and id(one) == leaving.key:
                one.handle_close()

    def maintenance(self, now: float) -> None:
        """Close what has waited too long."""
        for one in list(self.active_channels.values()):
            if is_overdue(one.look(), self.limits, now):
                one.handle_close()

    @property
    def _proxy(self) -> str:
        return str(self.adj.trusted_proxy or "")

    def _has_room(self, channels: list[_Channel], group: str) -> bool:
        """The cheap question first: most newcomers find room."""
        of_group = sum(one.group == group for one in channels)
        is_free = group == self._proxy or of_group < self.limits.an_address
        return is_free and len(channels) < self.limits.connections


class _Loop:
    """wasyncore's loop, which tells the system only of connections that changed.

    Its own tells of every one again at every event: with fifty, a quarter of a plain page.
    """

    def loop(self, *, timeout: float, map: dict[int, Any], use_poll: bool) -> None:
        """Serve until nothing is left to be watched."""
        if not use_poll:
            wasyncore.loop(timeout=timeout, map=map)
            return
        poll, watched = select.poll(), dict[int, int]()
        while map:
            _watch(poll, watched, map)
            for handle, events in poll.poll(timeout * 1000):
                one = map.get(handle)
                if one is not None:
                    wasyncore.readwrite(one, events)


def _watch(poll: "select.poll", watched: dict[int, int], there: dict[int, Any]) -> None:
    """Bring what is watched in line with what each connection waits for."""
    waits = {handle: _events_for(one) for handle, one in list(there.items())}
    for handle in [one for one in watched if not waits.get(one)]:
        # Of one at work not even its end is told: it is met when the answer is sent.
        poll.unregister(handle)
        del watched[handle]
    for handle, events in waits.items():
        if events and events != watched.get(handle):
            poll.register(handle, events)
            watched[handle] = events


def _events_for(one: Any) -> int:
    """What a connection waits for; a socket that takes new ones in is never written to."""
    events = select.POLLIN | select.POLLPRI if one.readable() else 0
    return events | select.POLLOUT if one.writable() and not one.accepting else events


def make_server(
    application: Any, *, limits: Limits, may_send: MaySend, threads: int, **options: Any
) -> Any:
    """A server that listens; `run()` serves, `close()` ends it.

    Args:
        may_send: asked before a large body is taken in.
        options: waitress's own.

    Raises:
        OSError: the address is taken, or is not this machine's.
    """
    adjustments = Adjustments(
        threads=threads,
        connection_limit=limits.connections + 100,  # ours comes first
        cleanup_interval=_LOOK_SECONDS,
        asyncore_use_poll=hasattr(select, "poll"),
        max_request_header_size=_MOST_HEADER_BYTES,
        log_socket_errors=False,
        **options,
    )
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a line a request that waits
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(threads)
    sockets: dict[int, wasyncore.dispatcher] = {}
    servers = [
        _Server(
            application, sockets, dispatcher=dispatcher, adj=adjustments, sockinfo=where,
            limits=limits, may_send=may_send,
        )
        for where in (() if adjustments.sockets else adjustments.listen)
    ] + [
        _Server(
            application, sockets, dispatcher=dispatcher, adj=adjustments, _sock=one,
            bind_socket=False, sockinfo=(one.family, one.type, one.proto, one.getsockname()),
            limits=limits, may_send=may_send,
        )
        for one in adjustments.sockets
    ]  # fmt: skip
    addresses = [(one.effective_host, one.effective_port) for one in servers]
    whole = MultiSocketServer(sockets, adjustments, addresses, dispatcher, _log.info)
    server = servers[0] if len(servers) == 1 else whole
    server.asyncore = _Loop()
    return server
