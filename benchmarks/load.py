"""Fifty people of six roles at work at once, while nothing is read and while two readers read.

`python -m benchmarks.load [--seconds N] [--clients N] [--keep FOLDER] [--profile FILE]`. The
archive of an office that was kept is not read again. The real service serves the demo county:
searches, papers, pictures of pages, forms with previews, lists, downloads (`load_clients.py`),
each client with a pause of 0.5–2.5 s after every answer. Before and after, as many clients ask
the peer, a plain Django page with a list (`peers/load_peer.py`), on the same server. On a busy
machine only the processor time of a request is to be compared.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path

import psutil
import requests

from benchmarks import FOLDER, machine
from benchmarks.load_clients import KINDS, Client, Measured, Papers, PeerClient
from minzheng.cli.office.demo import lay_archive
from minzheng.county.config import PROJECT_FOLDER

_SETTINGS = """[archive]
settle_seconds = 0.2
[reading]
workers = 2
[web]
port = {port}
requests_per_minute = 6000
"""
_SECONDS, _CLIENTS = 120, 50
_PATIENCE_SECONDS = 600.0
_OF_A_KIND = 100  #: requests that are measured apart
_READ_AGAIN = ("*.jpg", "扫描*.pdf", "走访*.pdf", "冬春*.pdf")
#: Of fifty people: how many sign in under each account.
_PEOPLE = (
    ("xianji", 8), ("zhenji", 14), ("cunji", 14), ("jiancha", 8), ("guanli", 3), ("shenji", 3),
)  # fmt: skip


class Office:
    """The demo county, read and served as in an office."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.papers = Papers()
        self.peak_mib = 0.0
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.toml").write_text(_SETTINGS.format(port=self.port), encoding="utf-8")
        if not (folder / "archive").exists():
            lay_archive(folder / "archive")
        shutil.rmtree(folder / "archive" / "钟宝镇" / "旧城村" / "压力测试", ignore_errors=True)

    def password(self, account: str) -> str:
        lines = (self.folder / "data" / "初始账号.txt").read_text(encoding="utf-8").splitlines()
        return next(line.split("\t")[1] for line in lines if line.startswith(f"{account}\t"))

    @contextmanager
    def served(self) -> Iterator[psutil.Process]:
        """The service; its archive is read when this begins."""
        config = ("--config", str(self.folder / "config.toml"))
        command = [sys.executable, "-m", "minzheng.cli.main", *config]
        quiet = {"cwd": PROJECT_FOLDER, "stdout": subprocess.DEVNULL, "env": _environment()}
        subprocess.run([*command, "index", str(self.folder / "archive")], check=True, **quiet)
        with psutil.Popen([*command, "serve", "--first-time-demo"], **quiet) as process:
            try:
                _wait_for(self._answers)
                yield process
            finally:
                process.terminate()
                process.wait(60)

    def look_around(self) -> None:
        """The papers everybody may see, and those that have a picture."""
        client = self.client("cunji", 0)
        for number in range(1, 80):
            if not client.is_there(f"/files/{number}/original"):
                continue
            self.papers.files.append(number)
            if client.is_there(f"/files/{number}/pages/1.jpg?width=300"):
                self.papers.pictured.append(number)

    def client(self, account: str, seed: int) -> Client:
        """Somebody who has just signed in."""
        one = Client(self.address, account, self.papers, seed)
        one.sign_in(self.password(account))
        return one

    def watch_memory(self, process: psutil.Process, ended: threading.Event) -> None:
        """The most that the service and all it started held at once."""
        while not ended.wait(0.5):
            held = 0
            for one in [process, *process.children(recursive=True)]:
                try:
                    held += one.memory_info().rss
                except psutil.Error:
                    continue
            self.peak_mib = max(self.peak_mib, held / 2**20)

    def bring_scans(self, ended: threading.Event) -> None:
        """Enough new scans that two readers have something to read to the end."""
        village = self.folder / "archive" / "钟宝镇" / "旧城村"
        scans = sorted({one for name in _READ_AGAIN for one in village.rglob(name)})
        number = 0
        while not ended.wait(0.5):
            scan, number = scans[number % len(scans)], number + 1
            copy = village / "压力测试" / f"{number:04}{scan.suffix}"
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(scan, copy)
            with copy.open("ab") as stream:  # another content, the same picture
                stream.write(f"\n%{number} {time.time_ns()}\n".encode())

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.address}/sign-in", timeout=20).status_code == 200
        except requests.RequestException:
            return False


def main() -> None:
    """Measure and print; the last line is one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=_SECONDS)
    parser.add_argument("--clients", type=int, default=_CLIENTS)
    parser.add_argument("--keep", type=Path, default=FOLDER / "office")
    parser.add_argument("--profile", type=Path, help="write what py-spy sees of the web process")
    args = parser.parse_args()
    print(machine(), flush=True)
    office, ended = Office(args.keep), threading.Event()
    with office.served() as process, _peer() as (peer_process, *peer):
        office.look_around()
        print(
            f"{len(office.papers.files)} papers, {len(office.papers.pictured)} with pictures",
            flush=True,
        )
        threading.Thread(target=office.watch_memory, args=(process, ended), daemon=True).start()
        clients = _signed_in(office, args.clients)
        peers = [PeerClient(*peer, seed) for seed in range(args.clients)]
        short = max(10, args.seconds // 4)
        peer_idle = _run("peer, nothing read", peer_process, peers, short)
        with _profiled(process, args.profile):
            idle = _run("ours, nothing read", process, clients, args.seconds)
        _tell_kinds(process, clients)
        threading.Thread(target=office.bring_scans, args=(ended,), daemon=True).start()
        busy = _run("ours, two readers", process, clients, args.seconds)
        peer_busy = _run("peer, two readers", peer_process, peers, short)
        ended.set()
    parts = (idle, busy, peer_idle, peer_busy)
    print(json.dumps(_told(*parts) | {"peak_rss_mib": round(office.peak_mib)}))


def _told(idle: Measured, busy: Measured, peer_idle: Measured, peer: Measured) -> dict[str, object]:
    return {
        "errors": sum((idle.errors + busy.errors).values()),
        "p50_ms": round(busy.part(0.5)),
        "p95_ms": round(busy.part(0.95)),
        "p50_idle_ms": round(idle.part(0.5)),
        "p95_idle_ms": round(idle.part(0.95)),
        "peer_p95_ms": round(peer.part(0.95)),
        "peer_p95_idle_ms": round(peer_idle.part(0.95)),
        "cpu_ms": round(idle.cpu_ms, 1),
        "peer_cpu_ms": round(peer_idle.cpu_ms, 1),
        "ratio_p95": round(busy.part(0.95) / peer.part(0.95), 2),
        "ratio_p95_idle": round(idle.part(0.95) / peer_idle.part(0.95), 2),
    }


def _run(
    title: str, server: psutil.Process, clients: list[Client] | list[PeerClient], seconds: float
) -> Measured:
    measured, end, before = Measured(), time.monotonic() + seconds, _cpu_of(server)
    threads = [threading.Thread(target=one.work, args=(measured, end)) for one in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    measured.cpu_seconds = _cpu_of(server) - before
    measured.tell(title, seconds)
    return measured


def _tell_kinds(server: psutil.Process, clients: list[Client]) -> None:
    """Processor time of a request by kind: one after another, by whoever does such a thing."""
    told = []
    for kind in KINDS:
        asking = cycle([one for one in clients if one.does(kind)])
        before = _cpu_of(server)
        for one in islice(asking, _OF_A_KIND):
            one.ask(kind)
        told.append(f"{kind} {(_cpu_of(server) - before) / _OF_A_KIND * 1000:.1f}")
    print(f"CPU ms each, one after another: {', '.join(told)}", flush=True)


def _cpu_of(process: psutil.Process) -> float:
    used = process.cpu_times()
    return used.user + used.system


def _signed_in(office: Office, count: int) -> list[Client]:
    """Accounts in the measure of an office, each client with a session of its own."""
    accounts = [account for account, people in _PEOPLE for _ in range(people)]
    begun = time.monotonic()
    clients = [office.client(accounts[n * len(accounts) // count], n) for n in range(count)]
    print(f"sign-in: {(time.monotonic() - begun) / count * 1000:.0f} ms each", flush=True)
    return clients


@contextmanager
def _peer() -> Iterator[tuple[psutil.Process, str, str]]:
    """The peer, its address, and the session that opens it."""
    folder, port = FOLDER / "peer", free_port()
    folder.mkdir()
    command = [
        sys.executable,
        str(Path(__file__).parent / "peers" / "load_peer.py"),
        str(port),
        str(folder),
    ]
    environment = _environment() | {"PYTHONPATH": str(PROJECT_FOLDER)}
    with psutil.Popen(
        command, cwd=PROJECT_FOLDER, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            session = process.stdout.readline().strip()
            address = f"http://127.0.0.1:{port}/"
            _wait_for(lambda: _is_up(port))
            yield process, address, session
        finally:
            process.terminate()


@contextmanager
def _profiled(process: psutil.Process, file: Path | None) -> Iterator[None]:
    """What the threads of the web process do, if py-spy is there and asked for."""
    if file is None:
        yield
        return
    words = ("record", "--pid", str(process.pid), "--output", str(file), "--format", "raw")
    with subprocess.Popen(["py-spy", *words, "--duration", "3600"]) as spy:
        try:
            yield
        finally:
            spy.send_signal(2)
            spy.wait(60)


def _environment() -> dict[str, str]:
    """The environment without settings of the benchmark itself."""
    hidden = {"MINZHENG_CONFIG", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return kept | {"PYTHONUTF8": "1"}


def _is_up(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


def _wait_for(is_true: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while not is_true():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.2)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


if __name__ == "__main__":
    main()
