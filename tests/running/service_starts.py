"""Services of tests, and what they start in turn, forked from a process that has loaded it all.

A service begins a Python, its watcher another, each reader one more: most of what an office takes
until it rests is what these load. Here each is a child of whoever starts it, with a command line,
environment, streams and end of its own, and has beside it a process that waits, and forks what it
starts. Whoever lost that one begins a Python, as all do where a process cannot be forked. So does
what names the county's folders in its environment, and a test whose subject is the start.
"""

import atexit
import ctypes
import fcntl
import gc
import importlib
import inspect
import json
import os
import random
import resource
import runpy
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from multiprocessing import util
from pathlib import Path
from typing import Any, NoReturn
from unittest import mock

import psutil

from tests.running.command_starts import (
    CAN_FORK,
    COMMAND,
    FOLDERS,
    LIBRARIES,
    MOST_BYTES,
    PROGRAM,
    PROJECT,
    UMASK,
    read_forms,
)

#: What services load beside what commands do; none of it reads settings.
SERVED = (
    "waitress.server", "whitenoise.middleware", "pydantic", "openpyxl", "py7zr", "PIL.ImageDraw",
    "django.test.client", "django.contrib.sessions.middleware", "csp.middleware",
    "django_htmx.middleware", "django.db.backends.postgresql.base",
    "tests.running.reader_libraries",
)  # fmt: skip
_START = [sys.executable, "-m", COMMAND]
_STREAMS = ("p2cread", "c2pwrite", "errwrite")  #: as `Popen` calls what the new process has
_PIPES = ("p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite")
_SUBREAPER = 36  #: PR_SET_CHILD_SUBREAPER of linux/prctl.h
_FIRST_ARGUMENT, _LAST_ARGUMENT = 45, 46  #: of what stands behind the name in /proc/self/stat
_MOST_HANDLES = 250
_ABOVE = 1 << 9  #: every number that a handle is to have
_ROOM = "-" * 2000  #: for longer command lines than the one that loads would have
_said = dict[str, str]()  #: in the environment, by what readers load
_HANDLES = resource.RLIMIT_NOFILE


def start_service(words: Sequence[object], **options: Any) -> psutil.Popen:
    """`minzheng` with these words, at work until it is ended; options are those of `Popen`."""
    command = [*_START, *map(str, words)]
    if not CAN_FORK:
        return psutil.Popen(command, cwd=PROJECT, **options)
    with mock.patch.object(subprocess, "Popen", _forked()):
        return psutil.Popen(command, cwd=PROJECT, **options)


def fork_from_now_on() -> None:
    """Whatever this process begins of the program is forked."""
    if CAN_FORK:
        subprocess.Popen = _forked()  # type: ignore[misc]


def _forked() -> "type[Forked]":
    Forked.nursery = _nursery()
    return Forked


class Nursery:
    """A process that has loaded, and forks what it is asked for."""

    def __init__(self, line: socket.socket) -> None:
        self._line, self._turn = line, threading.Lock()

    def fork(self, asked: Mapping[str, Any], handles: Sequence[tuple[int, int]]) -> int:
        """A new child of this process, with handles of this one under numbers of its own.

        Raises:
            OSError: whoever forks is gone.
        """
        here, there = zip(*handles, strict=True)
        told = {"numbers": there, "limits": resource.getrlimit(_HANDLES)} | asked
        with self._turn, _adopting():
            socket.send_fds(self._line, [json.dumps(told).encode()], here)
            if not (number := self._line.recv(MOST_BYTES)):
                raise ConnectionResetError
        return int(number)


@contextmanager
def _adopting() -> Iterator[None]:
    """Who loses its parent meanwhile is a child of this process, as long as it lives."""
    prctl = ctypes.CDLL(None).prctl
    prctl(_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        prctl(_SUBREAPER, 0, 0, 0, 0)


class Forked(subprocess.Popen[Any]):
    """A process; one of this program is forked."""

    nursery: Nursery

    def _execute_child(self, *given: Any) -> None:
        told = _EXECUTE.bind(self, *given).arguments
        env = dict(told["env"] or os.environ)
        if list(told["args"][:3]) == _START and not any(name in env for name in FOLDERS):
            asked = {
                "words": told["args"][3:],
                "env": env,
                "folder": str(told["cwd"] or Path.cwd()),
            }
            found = [told[name] for name in _STREAMS]
            streams = [(own if one < 0 else one, own) for own, one in enumerate(found)]
            try:
                self.pid = self.nursery.fork(asked, streams)
            except OSError:  # it was killed, with its like
                pass
            else:
                self._child_created = True
                self._close_pipe_fds(*(told[name] for name in _PIPES))  # type: ignore[attr-defined]
                return
        super()._execute_child(*given)  # type: ignore[misc]


_EXECUTE = inspect.signature(subprocess.Popen._execute_child)  # type: ignore[attr-defined]


@cache
def _nursery() -> Nursery:
    """The first one of a test run; it ends with this process."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-m", "tests.running.service_starts", str(its.fileno()), _ROOM]
    given = {name: value for name, value in os.environ.items() if name not in FOLDERS}
    env = given | {"PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}
    process = subprocess.Popen(command, cwd=PROJECT, env=env, pass_fds=[its.fileno()])
    its.close()

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return Nursery(ours)


def _fork_until_told(line: socket.socket) -> None:
    """Whoever comes back is a new process, and is what was asked for.

    Whoever is between it and this one ends at once, so that it is a child of the one that asked.
    """
    while True:
        told, handles, _, _ = socket.recv_fds(line, MOST_BYTES, _MOST_HANDLES)
        if not told:
            os._exit(0)
        read, write = os.pipe()
        if (between := os.fork()) == 0:
            if number := os.fork():
                os.write(write, str(number).encode())
                os._exit(0)
            for one in (read, write, line.detach()):
                os.close(one)
            return _become(json.loads(told), handles)
        os.waitpid(between, 0)
        line.send(os.read(read, 20))
        for one in (read, write, *handles):
            os.close(one)


def _become(asked: Mapping[str, Any], handles: Sequence[int]) -> None:
    """As a process is that was started, and then what it is for."""
    aside = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, _ABOVE) for one in handles]
    for one in handles:
        os.close(one)
    for one, number in zip(aside, asked["numbers"], strict=True):
        os.dup2(one, number)
        os.close(one)
    os.environ.clear()
    os.environ.update(asked["env"])
    os.chdir(asked["folder"])
    os.umask(UMASK)
    resource.setrlimit(_HANDLES, asked["limits"])
    random.seed()
    gc.enable()
    if "code" in asked:
        os.environ.update(_said)
        _run_code(asked["code"], asked["words"])
    _run_command(asked["words"])


def _run_code(code: str, words: list[str]) -> NoReturn:
    """As `python -c` does: readers, and who keeps account of what they share."""
    atexit.register(gc.unfreeze)  # else compiled libraries say at the end that something is left
    sys.argv = ["-c", *words]
    exec(code, {"__name__": "__main__"})  # of the standard library
    sys.exit()


def _run_command(words: list[str]) -> None:
    """The program, with somebody beside it who forks what it starts."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if os.fork() == 0:
        ours.close()
        for number in range(3):  # nobody shall wait for the end of streams because of this one
            os.dup2(_NOTHING, number)
        return _fork_until_told(its)
    its.close()
    Forked.nursery = Nursery(ours)
    subprocess.Popen = Forked  # type: ignore[misc]
    util.spawnv_passfds = _spawn  # type: ignore[attr-defined]
    sys.argv = ["minzheng", *words]
    _show_command([*_START, *words])
    runpy.run_module(COMMAND, run_name="__main__", alter_sys=True)


def _spawn(path: str, words: Sequence[str], handles: Sequence[int]) -> int:
    """What multiprocessing starts, by `python -c`; gives its number."""
    at = words.index("-c")
    asked = {
        "code": words[at + 1], "words": words[at + 2 :], "env": dict(os.environ),
        "folder": str(Path.cwd()),
    }  # fmt: skip
    try:
        return Forked.nursery.fork(asked, [(one, one) for one in sorted({*range(3), *handles})])
    except OSError:  # it was killed, with its like
        return _spawn_anew(path, words, handles)


_spawn_anew = util.spawnv_passfds


def _show_command(words: Sequence[str]) -> None:
    """To whoever lists processes: over the line this one was begun with, as far as it has room."""
    told = Path("/proc/self/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
    begin, end = (int(told.split()[one]) for one in (_FIRST_ARGUMENT, _LAST_ARGUMENT))
    line = "\0".join(words).encode()[: end - begin - 1]
    ctypes.memset(begin, 0, end - begin)
    ctypes.memmove(begin, line, len(line))


def main(line: int) -> None:
    """Load, then fork for each that is asked for."""
    given = dict(os.environ)
    for name in (*LIBRARIES, *PROGRAM, *SERVED):
        importlib.import_module(name)
    _said.update((name, value) for name, value in os.environ.items() if given.get(name) != value)
    read_forms()
    gc.disable()
    gc.freeze()
    _fork_until_told(socket.socket(fileno=line))


if __name__ == "__main__":
    _NOTHING = os.open(os.devnull, os.O_RDWR)
    main(int(sys.argv[1]))
