"""Commands of tests, each a process of its own, forked from one that has loaded the libraries.

A test starts `minzheng` as people do, with its own settings, streams and exit status; only that
Django, numpy and the like are loaded once a run and not once a command, which is most of what a
small command takes; so is what of the program asks for no settings. The program reads the names
of the county's folders while it is loaded: for commands that name them in their environment it is
loaded once more, until one names others. Tests whose subject is the start begin a Python of their
own; so do all where a process cannot be forked.
"""

import atexit
import gc
import importlib
import json
import os
import random
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from tests.running.forked_readers import ForkedReaders

PROJECT = Path(__file__).resolve().parents[2]
COMMAND = "minzheng.cli.main"
#: What most commands load, and what of it is dear; none of it reads settings.
LIBRARIES = (
    "django.core.management", "django.db.models", "django.db.backends.sqlite3.base",
    "django.db.migrations.executor", "django.contrib.auth.hashers", "django.http", "django.urls",
    "sqlparse", "asyncio", "email.message", "multiprocessing.pool", "numpy", "whoosh.index",
    "whoosh.writing", "whoosh.codec.whoosh3", "lxml.etree", "docx", "docxtpl", "opencc",
    "stdnum.cn.ric", "sqlite3", "tomllib", "zipfile", "concurrent.futures.thread",
    "watchdog.observers", "tqdm", "olefile", "psutil", "csp.constants", "pythonjsonlogger",
    "packaging.version", "pyotp",
)  # fmt: skip
#: What of the program most commands load, with all that these load; none of it knows Django's
#: settings. The first two do what they do before the others are loaded, as in a command.
PROGRAM = (
    "minzheng.cli.quick_dataclasses", "minzheng.cli.quick_regexes", "minzheng.cli.parser",
    "minzheng.cli.database",
    "minzheng.database.settings", "minzheng.county.registry.registry_files",
    "minzheng.inbox.archive_names", "minzheng.inbox.cut_file", "minzheng.inbox.known_forms",
    "minzheng.registers.brought_along",
    "minzheng.web.gate.whose_county", "archive_indexer.extract.effort",
    "archive_indexer.filing.classify", "archive_indexer.filing.keepers_words",
    "archive_indexer.index.index_place", "archive_indexer.noticing.watcher",
    "archive_indexer.search", "archive_indexer.upkeep.lay_back",
    "filler.carry_over.list_agreement", "filler.carry_over.people_agreement",
    "filler.records.person_facts", "filler.rules.follow_on", "filler.values.answers_file",
    "filler.word.form_template", "filler.spec.form_catalogue",
)  # fmt: skip
#: Commands whose scans are read and filed.
_READING = frozenset({"index", "watch", "worker", "rebuild-index"})
#: In whose presence the program names other folders while it is loaded.
FOLDERS = ("MINZHENG_REGISTRY", "MINZHENG_TEMPLATES")
MOST_BYTES = 1 << 18
UMASK = 0o022  #: as people have it
CAN_FORK = sys.platform == "linux"


def run_command(
    words: Sequence[object],
    *,
    env: Mapping[str, str] | None = None,
    merged: bool = False,
    seconds: float | None = None,
) -> "subprocess.CompletedProcess[str]":
    """`minzheng` with these words, to its end; there is nobody to be asked.

    Args:
        words: the command and what belongs to it.
        env: all it finds in its environment; as here, when nothing is said.
        merged: what it says of mistakes stands among what it prints.
        seconds: after which it is ended.

    Raises:
        subprocess.TimeoutExpired: it was.
    """
    given = [str(one) for one in words]
    found = dict(os.environ if env is None else env) | {"PYTHONUTF8": "1"}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        streams = (out, out if merged else said)
        status = (_forked if CAN_FORK else _started)(given, found, streams, seconds)
        texts = [one.read().decode() for one in (out, said) if not one.seek(0)]
    return subprocess.CompletedProcess(given, status, *texts)


def _started(
    words: list[str], env: dict[str, str], streams: tuple[Any, Any], seconds: float | None
) -> int:
    return subprocess.run(
        [sys.executable, "-m", COMMAND, *words], cwd=PROJECT, env=env, umask=UMASK, check=False,
        stdin=subprocess.DEVNULL, stdout=streams[0], stderr=streams[1], timeout=seconds,
    ).returncode  # fmt: skip


def _forked(
    words: list[str], env: dict[str, str], streams: tuple[Any, Any], seconds: float | None
) -> int:
    told = json.dumps({"words": words, "env": env}).encode()
    with _turn, Path(os.devnull).open("rb") as nothing:
        line = _line(is_program_loaded=not any(name in env for name in FOLDERS))
        handles = [one.fileno() for one in (nothing, *streams)]
        socket.send_fds(line, [told], handles)
        process = int(line.recv(MOST_BYTES))
        line.settimeout(seconds)
        try:
            return int(line.recv(MOST_BYTES))
        except BaseException as error:  # a test that is ended as well: the next gets no old answer
            os.kill(process, signal.SIGKILL)
            line.settimeout(None)
            line.recv(MOST_BYTES)
            if isinstance(error, TimeoutError):
                raise subprocess.TimeoutExpired(words, seconds or 0) from error
            raise
        finally:
            line.settimeout(None)


_turn = threading.Lock()


@cache
def _line(*, is_program_loaded: bool) -> socket.socket:
    """To a process that forks, which is started now and ends with this one."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    loaded = PROGRAM if is_program_loaded else ()
    command = [sys.executable, "-m", "tests.running.command_starts", str(its.fileno()), *loaded]
    given = {name: value for name, value in os.environ.items() if name not in FOLDERS}
    env = given | {"PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}
    process = subprocess.Popen(command, cwd=PROJECT, env=env, pass_fds=[its.fileno()])
    its.close()

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def _fork_until_told(line: socket.socket, program: Sequence[str]) -> list[str]:
    """Whoever comes back is a new process, with the words of its command."""
    other: _WithFolders | None = None
    while True:
        told, handles, _, _ = socket.recv_fds(line, MOST_BYTES, 3)
        if not told:
            os._exit(0)
        asked = json.loads(told)
        if not program and (folders := _folders_of(asked)):
            other = _for_folders(other, folders, line, handles)
            other.pass_on(line, told, handles)
            continue
        if program and not _READING.isdisjoint(asked["words"]):
            read_forms()
        child = os.fork()
        if child == 0:
            line.close()
            return _become(asked, handles)
        for one in handles:
            os.close(one)
        line.send(str(child).encode())
        line.send(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())


def _folders_of(asked: Mapping[str, Any]) -> dict[str, str]:
    return {name: asked["env"][name] for name in FOLDERS if name in asked["env"]}


class _WithFolders:
    """Forks commands that name the same folders: the program is loaded where these are named."""

    def __init__(
        self, folders: Mapping[str, str], above: socket.socket, handles: Sequence[int]
    ) -> None:
        self.folders = folders
        self._line, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._number = os.fork()
        if self._number == 0:
            for one in (above.detach(), self._line.detach(), *handles):
                os.close(one)
            os.environ.update(folders)
            _load(PROGRAM)
            _run(_fork_until_told(its, PROGRAM))
        its.close()

    def pass_on(self, back: socket.socket, told: bytes, handles: Sequence[int]) -> None:
        """Have it fork a command; its number is told, and in the end its status."""
        socket.send_fds(self._line, [told], handles)
        for one in handles:
            os.close(one)
        for _ in range(2):
            back.send(self._line.recv(MOST_BYTES))

    def end(self) -> None:
        self._line.close()
        os.waitpid(self._number, 0)


def _for_folders(
    other: _WithFolders | None, folders: Mapping[str, str], line: socket.socket, handles: list[int]
) -> _WithFolders:
    """The last one, or another in its place."""
    if other is not None and other.folders == folders:
        return other
    if other is not None:
        other.end()
    return _WithFolders(folders, line, handles)


@cache
def read_forms() -> None:
    """What a command that reads scans asks all forms for, unless one was changed meanwhile."""
    from minzheng.county.config import TEMPLATES_FOLDER  # noqa: PLC0415  # only where it is loaded
    from minzheng.inbox.known_forms import known_forms  # noqa: PLC0415

    known_forms(TEMPLATES_FOLDER)


def _become(told: dict[str, Any], handles: list[int]) -> list[str]:
    """As a process is that was started: streams, environment, chance."""
    for number, one in enumerate(handles):
        os.dup2(one, number)
        os.close(one)
    os.environ.clear()
    os.environ.update(told["env"])
    os.umask(UMASK)
    random.seed()
    gc.enable()
    words: list[str] = told["words"]
    return words


def _load(names: Sequence[str]) -> None:
    for name in names:
        importlib.import_module(name)
    gc.disable()
    gc.freeze()


def _run(words: Sequence[str]) -> NoReturn:
    _readers().take_part()
    sys.argv = ["minzheng", *words]
    runpy.run_module(COMMAND, run_name="__main__", alter_sys=True)
    sys.exit()


@cache
def _readers() -> ForkedReaders:
    """Of all commands; made before the first."""
    return ForkedReaders()


def main(line: int, *program: str) -> None:
    """Load, then fork for each command that is asked for."""
    _readers()
    _load((*LIBRARIES, *program))
    _run(_fork_until_told(socket.socket(fileno=line), program))


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
