"""How fast scans are read: embedded, and by 1, 2, 3 workers over PostgreSQL.

`python -m benchmarks.scale.readers [--scans 60] [--seed 3] [--workers 1 2 3]`. Everything is a
program of its own, as in an office: the service watches, scans lie in its folder already, and
each worker has one reader; embedded the service has as many readers itself. The rate is of what
was read while every reader had work: after the first three scans of each, so that no start
counts, and before the last two of each, for at the end of a list one reader waits for another
whatever reads. Whoever measures keeps one connection: a new one for each look took the server
and its client more than the worker itself uses. On two cores a third worker can add nothing: it
shows what it costs.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import cv2
import psutil
import psycopg

from benchmarks import machine
from benchmarks.scale.writers import cpu_of
from benchmarks.scanned_pages import make_pages
from tests.database.scratch_server import SAFE, ScratchServer, scratch_server, why_not

_PROJECT = Path(__file__).parents[2]
_DONE = "SELECT count(*) FROM archive_indexer_archivedfile WHERE state = 'indexed'"
_WAITS = "SELECT count(*) FROM archive_indexer_waitingfile"
_PATIENCE_SECONDS = 3600.0
_LOOK_SECONDS = 0.1


def main() -> None:
    """Measure all and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scans", type=int, default=60)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 3])
    asked = parser.parse_args()
    print(machine())
    print(json.dumps(measure(asked.scans, asked.seed, asked.workers)))


def measure(scans: int, seed: int, workers: list[int]) -> dict[str, Any]:
    """Scans a second and CPU seconds a scan of each, and what a worker is worth."""
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder, ExitStack() as until_the_end:
        pages = Path(folder) / "pages"
        _draw(pages, scans, seed)
        for count in sorted({1, *workers} & {1, 2}):
            office = _Embedded(Path(folder) / f"embedded-{count}", pages, count)
            figures[f"embedded_{count}"] = _read(office, count, scans)
        if why_not():
            print(why_not())
            return figures
        server = until_the_end.enter_context(scratch_server(SAFE))
        for count in workers:
            shared = _Shared(Path(folder) / f"workers-{count}", pages, count, server)
            figures[f"workers_{count}"] = _read(shared, count, scans)
        if 2 in workers:
            with _on_one_core():
                alone = _Shared(Path(folder) / "worker-on-one-core", pages, 1, server)
                figures["worker_on_one_core"] = _read(alone, 1, scans)
    one = figures.get("workers_1", {}).get("scans_a_second", 0)
    figures["one_worker_of_embedded"] = _ratio(one, figures["embedded_1"]["scans_a_second"])
    if "workers_2" in figures:
        two = figures["workers_2"]["scans_a_second"]
        figures["two_of_one"] = _ratio(two, one)
        on_one = figures["worker_on_one_core"]["scans_a_second"]
        figures["two_cores_of_one"] = _ratio(two, on_one)
    return figures


@contextmanager
def _on_one_core() -> Iterator[None]:
    """What is begun meanwhile has one core for all of it, service and worker."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


class _Embedded:
    """A service that reads by itself."""

    def __init__(self, folder: Path, pages: Path, readers: int, settings: str = "") -> None:
        self.folder, self.readers = folder, readers
        archive = folder / "archive"
        archive.mkdir(parents=True)
        for page in pages.iterdir():
            os.link(page, archive / page.name)
        reading = settings or f"[reading]\nworkers = {readers}\n"
        (folder / "config.toml").write_text(reading, encoding="utf-8")

    def ask(self, sql: str) -> int:
        """A number from the tables; none before there are any."""
        file = self.folder / "data" / "minzheng.sqlite3"
        try:
            with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)) as tables:
                return int(tables.execute(sql).fetchone()[0])
        except sqlite3.OperationalError:
            return 0

    def server_cpu(self) -> float:
        """CPU seconds of a server of the tables."""
        return 0.0

    @contextmanager
    def at_work(self) -> Iterator[list[psutil.Popen]]:
        """What reads, from its start."""
        with _program(self.folder, "watch") as service:
            yield [service]


class _Shared(_Embedded):
    """A service whose scans are read by workers, each with one reader."""

    def __init__(self, folder: Path, pages: Path, workers: int, server: ScratchServer) -> None:
        url = server.make_database(folder.name.replace("-", "_"))
        settings = f'[database]\nurl = "{url}"\n[reading]\nqueue = "postgresql"\nworkers = 1\n'
        super().__init__(folder, pages, workers, settings)
        self.server = server
        self._tables = psycopg.connect(url, autocommit=True)

    def ask(self, sql: str) -> int:
        try:
            row = self._tables.execute(sql.encode()).fetchone()
        except psycopg.errors.UndefinedTable:
            return 0
        return int(row[0]) if row else 0

    def server_cpu(self) -> float:
        return cpu_of(self.server.process_id())

    @contextmanager
    def at_work(self) -> Iterator[list[psutil.Popen]]:
        """Workers, begun when all scans wait for them."""
        scans = len(list((self.folder / "archive").iterdir()))
        with _program(self.folder, "watch") as service, ExitStack() as until_the_end:
            _wait(lambda: self.ask(_WAITS) >= scans)
            yield [
                service,
                *(
                    until_the_end.enter_context(
                        _program(self.folder, "worker", "--name", f"machine{number}")
                    )
                    for number in range(self.readers)
                ),
            ]


def _read(office: _Embedded, readers: int, scans: int) -> dict[str, Any]:
    """What was read a second while every reader had work."""
    first, last = 3 * readers, scans - 2 * readers
    with office.at_work() as programs:
        _wait(lambda: office.ask(_DONE) >= first)
        begun, since = office.ask(_DONE), time.monotonic()
        before, by_server = _cpu(programs), office.server_cpu()
        _wait(lambda: office.ask(_DONE) >= last)
        done, seconds = office.ask(_DONE) - begun, time.monotonic() - since
        used, by_server = _cpu(programs) - before, office.server_cpu() - by_server
    told = {
        "scans_a_second": round(done / seconds, 3),
        "cpu_s_a_scan": round(used / done, 3),
        "server_cpu_s_a_scan": round(by_server / done, 3),
        "measured": done,
    }
    print(f"{office.folder.name:12} {told}")
    return told


def _cpu(programs: list[psutil.Popen]) -> float:
    return sum(cpu_of(one.pid) for one in programs)


def _draw(folder: Path, count: int, seed: int) -> None:
    folder.mkdir()
    for number, page in enumerate(make_pages(count, seed)):
        cv2.imwrite(str(folder / f"{number:04}.jpg"), page.image, [cv2.IMWRITE_JPEG_QUALITY, 85])


@contextmanager
def _program(folder: Path, *words: str) -> Iterator[psutil.Popen]:
    """A program of an office, ended at the end; what it says goes into a file."""
    command = [sys.executable, "-m", "minzheng.cli.main", "--config", str(folder / "config.toml")]
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("MINZHENG_CONFIG", "DJANGO_SETTINGS_MODULE")
    }
    with (folder / f"{words[-1]}.out").open("wb") as told:
        process = psutil.Popen(
            [*command, *words], cwd=_PROJECT, stdin=subprocess.DEVNULL, stdout=told, stderr=told,
            env={**environment, "PYTHONUTF8": "1"},
        )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        process.wait(300)


def _wait(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(_LOOK_SECONDS)


def _ratio(figure: float, peer: float) -> float:
    return round(figure / peer, 3) if peer else 0.0


if __name__ == "__main__":
    main()
