"""A PostgreSQL server that lives as long as the tests that ask for it."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD = "minzheng", "test-密码@1"
#: Debian keeps the server's programs beside the path.
_PLACES = ("/usr/local/bin", *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin"))))
#: Nobody's data: what a power failure would take may be taken.
_SETTINGS = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    "shared_buffers": "32MB", "max_connections": "60", "autovacuum": "off",
    "logging_collector": "off", "max_worker_processes": "0", "jit": "off",
}  # fmt: skip
#: What a benchmark asks for instead: as an office has it.
SAFE: Mapping[str, str] = {"max_connections": "60"}
_SECONDS_TO_START = 120.0
_ANSWERED = (1, 2)  #: pq.ExecStatus: a command was done, rows are told


def program(name: str) -> str | None:
    """A program of the server."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), *_PLACES]))


def why_not() -> str:
    """Why no server can be started here; empty when one can."""
    missing = [name for name in ("initdb", "postgres", "psql", "pg_dump") if not program(name)]
    if missing:
        return f"no PostgreSQL here: {', '.join(missing)} (apt install postgresql)"
    if os.name == "posix" and os.geteuid() == 0 and not shutil.which("runuser"):
        return "PostgreSQL refuses root, and there is no runuser to be somebody else"
    return ""


@dataclass
class ScratchServer:
    """A server on a port of this machine, which may be stopped and started again."""

    folder: Path
    port: int
    settings: Mapping[str, str]
    _process: "subprocess.Popen[bytes] | None" = None

    def url(self, name: str = "minzheng", password: str = PASSWORD) -> str:
        """The address of a database of it, as config.toml holds it."""
        told = password.replace("@", "%40")
        return f"postgresql://{USER}:{told}@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = [f"--{name}={value}" for name, value in self.settings.items()]
        self._process = subprocess.Popen(
            [
                *_as_user(), str(program("postgres")), "-D", str(self.folder / "data"),
                "-p", str(self.port), "-k", "", "-h", "127.0.0.1", *settings,
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT,
        )  # fmt: skip
        until = time.monotonic() + _SECONDS_TO_START
        while not self._answers():
            if time.monotonic() > until or self._process.poll() is not None:
                raise RuntimeError("the scratch server did not start")
            time.sleep(0.05)

    @property
    def runs(self) -> bool:
        """Whether it was started, and not stopped since."""
        return self._process is not None

    def process_id(self) -> int:
        """Of the server's first process, which started all others."""
        return int((self.folder / "data" / "postmaster.pid").read_text("utf-8").split()[0])

    def stop(self) -> None:
        """Stop it at once, whoever is connected; what was committed is there when it is back."""
        if self._process is not None:
            self.ask("CHECKPOINT")  # commits do not wait for the disk here
            self.run("pg_ctl", "stop", "-D", str(self.folder / "data"), "-m", "immediate", "-s")
            self._process.wait()
            self._process = None

    def make_database(self, name: str, encoding: str = "UTF8", more: str = "") -> str:
        """A new database; gives its address."""
        self.ask(
            f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING '{encoding}'"
            f" LC_COLLATE 'C' LC_CTYPE 'C' {more}"
        )
        return self.url(name)

    def ask(self, sql: str, name: str = "postgres") -> str:
        """What the server answers to a question, or to the last of several: rows as psql has them.

        Raises:
            RuntimeError: it does not answer, or with a mistake.
        """
        from psycopg import pq  # noqa: PLC0415  # a fifth of a second, and most tests ask no server

        line = pq.PGconn.connect(f"{self.url(name)}?client_encoding=UTF8".encode())
        try:
            answer = line.exec_(sql.encode()) if line.status == pq.ConnStatus.OK else None
            if answer is None or answer.status not in _ANSWERED:
                raise RuntimeError(line.error_message.decode(errors="replace"))
            rows = (
                "|".join(
                    (answer.get_value(row, one) or b"").decode() for one in range(answer.nfields)
                )
                for row in range(answer.ntuples)
            )
            return "\n".join(rows).strip()
        finally:
            line.finish()

    def run(self, name: str, *arguments: str) -> None:
        """Run a program of the server as its user."""
        subprocess.run(
            [*_as_user(), str(program(name)), *arguments],
            check=True, stdin=subprocess.DEVNULL, capture_output=True, cwd="/",
        )  # fmt: skip

    def _answers(self) -> bool:
        try:
            return self.ask("SELECT 1") == "1"
        except RuntimeError:
            return False


@contextmanager
def scratch_server(settings: Mapping[str, str] = _SETTINGS) -> Iterator[ScratchServer]:
    """A server with one user and no database of ours."""
    folder = Path(tempfile.mkdtemp(prefix="minzheng-pg-"))
    server = ScratchServer(folder, _free_port(), settings)
    try:
        _initialize(server)
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _initialize(server: ScratchServer) -> None:
    password = server.folder / "password"
    password.write_text(PASSWORD, encoding="utf-8")
    if _as_user():
        for one in (server.folder, password):
            shutil.chown(one, _other_user())
    server.run(
        "initdb", "-D", str(server.folder / "data"), "-U", USER, "-A", "scram-sha-256",
        f"--pwfile={password}", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions",
    )  # fmt: skip


def _as_user() -> list[str]:
    """Before a program of the server: it refuses to run as root."""
    return ["runuser", "-u", _other_user(), "--"] if os.geteuid() == 0 else []


def _other_user() -> str:
    users = Path("/etc/passwd").read_text(encoding="utf-8")
    return "postgres" if "\npostgres:" in users else "nobody"


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
