"""Readers of commands that tests start, forked from a process that has loaded what reads.

A command has its files read by processes that begin anew, each of which loads pictures, Word and
OCR: nine tenths of what a command takes that reads a text. Here they are forked, when the first
is asked for, from a Python that has loaded that and nothing else; models are loaded by each.
Environment, streams, and the ways in which they end and are ended are as ever.
"""

import os
import select
import socket
import sys
from multiprocessing import context, forkserver, popen_forkserver, reduction, spawn
from multiprocessing.process import BaseProcess
from types import SimpleNamespace
from typing import Any

_SERVE = "from multiprocessing.forkserver import main; main(%d, %d, [%r])"
_STREAMS = (1, 2)


class ForkedReaders:
    """The process that forks: it waits, then loads, and is gone when nobody can ask it."""

    def __init__(self) -> None:
        self._address = f"\0minzheng-readers-{os.getpid()}"  # of no folder
        with socket.socket(socket.AF_UNIX) as asked:
            asked.bind(self._address)
            asked.listen(8)
            alive, self._alive = os.pipe()
            if os.fork() == 0:
                os.close(self._alive)
                _load_when_asked(asked.fileno(), alive)
            os.close(alive)

    def take_part(self) -> None:
        """From now on, what this process would start to read is forked.

        Python 3.14 lets nobody ask who has no key of the one that started it: nothing is forked.
        """
        if sys.version_info >= (3, 14):
            return
        server: Any = forkserver._forkserver  # no other way to one that runs
        server._forkserver_address = self._address
        server._forkserver_alive_fd = self._alive
        server.ensure_running = lambda: None  # it is another's child
        # What keeps account of shared memory is a Python of its own, and readers share none.
        nothing = os.open(os.devnull, os.O_WRONLY)
        forkserver.resource_tracker = SimpleNamespace(getfd=lambda: nothing)  # type: ignore[attr-defined]
        context.SpawnProcess._Popen = staticmethod(_fork)  # type: ignore[method-assign]


def _load_when_asked(asked: int, alive: int) -> None:
    """Become the process that forks, or end."""
    try:
        ready, _, _ = select.select([asked, alive], [], [])
        if asked in ready:
            for one in (asked, alive):
                os.set_inheritable(one, True)
            told = _SERVE % (asked, alive, f"{__package__}.reader_libraries")
            os.execv(sys.executable, [sys.executable, "-c", told])
    finally:
        os._exit(0)


class _Forked(popen_forkserver.Popen):
    """A reader: what it is told first makes its surroundings those of the command."""

    def _launch(self, process_obj: BaseProcess) -> None:
        tell = spawn.get_preparation_data
        spawn.get_preparation_data = lambda name: tell(name) | {"": _Surroundings()}  # type: ignore[attr-defined]
        try:
            super()._launch(process_obj)  # type: ignore[misc]
        finally:
            spawn.get_preparation_data = tell  # type: ignore[attr-defined]


def _fork(process: BaseProcess) -> _Forked:
    return _Forked(process)


class _Surroundings:
    """Environment and streams; they are taken on where this is unpacked."""

    def __reduce__(self) -> Any:
        return _take_on, (dict(os.environ), [reduction.DupFd(one) for one in _STREAMS])


def _take_on(env: dict[str, str], streams: list[Any]) -> None:
    os.environ.clear()
    os.environ.update(env)
    for number, one in zip(_STREAMS, streams, strict=True):
        os.dup2(one.detach(), number)
