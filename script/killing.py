"""Kill -9 of the service as people have it: what `script/kills` runs.

The last line is one JSON object. A kill counts for the archive when files waited to be read
or indexed, and for the batches when one was being checked or issued: it goes on until both
were hit as often as asked.
"""

import argparse
import datetime as dt
import json
import os
import random
import re
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import psutil

from minzheng.county.config import PROJECT_FOLDER
from script.killed_traces import MUST_BE_NOTHING, Sent, look_at_what_is_left
from script.soaking import CONFIG, FOLDER, Soak  # Django is ready from here on

from benchmarks.rosters import make_visit_roster  # isort: skip
from filler.word.faults.checked_templates import CHECKED  # isort: skip
from django.core.management import call_command  # isort: skip
from django.db import connections  # isort: skip

_CLERK = "xianji"
_ROSTERS_AT_ONCE = 3  #: so that always one is worked on
_LONGEST = 4.0  #: seconds a service lives once its pages answer
_PATIENCE_SECONDS, _END_SECONDS = 300.0, 60.0
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_BUSY = ("核对中", "进行中")


@dataclass
class Service:
    """`minzheng serve` and all that it has started."""

    port: int
    process: psutil.Popen | None = None
    begun: str = ""  #: when it was started, as the database writes moments
    counts: Counter[str] = field(default_factory=Counter)
    halves: set[Path] = field(default_factory=set)  #: what the ones before have left half written

    def start(self) -> None:
        """Start it; what lay half written then is to be gone soon after the pages answer."""
        self.begun = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        self.process = psutil.Popen(
            [*command(), "serve", "--first-time-demo"], cwd=PROJECT_FOLDER, env=environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def wait_until_it_answers(self) -> None:
        """And look for what the one before has left half written."""
        before = set(CONFIG.data_folder.rglob("*.part"))
        wait_until(lambda: self.process is None or not self.process.is_running() or self.answers())
        self.counts["halves_found"] += len(before - self.halves)
        self.halves |= before

    def wait_until_it_is_tidy(self) -> None:
        """What was left half written is swept beside the pages, which do not wait for it."""
        with suppress(TimeoutError):
            wait_until(lambda: not any(file.exists() for file in self.halves))
        self.counts["halves_left"] = sum(file.exists() for file in self.halves)

    def wait_until_it_reads(self) -> None:
        """The watcher beside the pages has begun its work, or everything has ended."""
        told = (
            f"SELECT 1, '', '' FROM archive_indexer_servicestate WHERE updated_at > '{self.begun}'"
        )
        wait_until(lambda: self.process is None or not self.process.is_running() or bool(ask(told)))

    def answers(self) -> bool:
        """Whether the sign-in page comes."""
        with suppress(OSError, HTTPException):
            address = f"http://127.0.0.1:{self.port}/sign-in"
            with urllib.request.urlopen(address, timeout=30) as answer:
                return bool(answer.status == 200)
        return False

    def kill(self, kind: str, source: random.Random) -> None:
        """The whole tree in any order, the web service alone, or what watches the archive."""
        assert self.process is not None
        children = self.process.children(recursive=True)
        if kind == "watcher":
            struck = [one for one in children if one.is_running()]
        else:
            struck = [self.process, *(children if kind == "tree" else ())]
        for one in source.sample(struck, len(struck)):
            with suppress(psutil.NoSuchProcess):
                one.kill()
        self.counts[kind] += 1
        if kind == "watcher":
            return
        self.process.wait()
        self.process = None
        alive = psutil.wait_procs(children, timeout=_END_SECONDS)[1]
        self.counts["orphans"] += sum(one.status() != psutil.STATUS_ZOMBIE for one in alive)

    def end(self) -> None:
        """End it in order."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(_PATIENCE_SECONDS)
            self.process = None


class Clerk:
    """Sends rosters through the pages and starts them, over all kills, without a pause."""

    def __init__(self, port: int, rows: int) -> None:
        self._address, self._rows = f"http://127.0.0.1:{port}", rows
        handlers = urllib.request.HTTPCookieProcessor(CookieJar()), urllib.request.ProxyHandler({})
        self._browser = urllib.request.build_opener(*handlers)
        self._ended, self._is_last = threading.Event(), threading.Event()
        self.sent: dict[str, Sent] = {}
        self._thread = threading.Thread(target=self._work, daemon=True)

    def begin(self) -> None:
        """Sign in, and work in a thread of its own."""
        told = (CONFIG.data_folder / "初始账号.txt").read_text(encoding="utf-8")
        line = next(one for one in told.splitlines() if one.startswith(f"{_CLERK}\t"))
        self._post("/sign-in", "/sign-in", {"username": _CLERK, "password": line.split("\t")[1]})
        self._thread.start()

    def send_no_more(self) -> None:
        """Only see to what was sent."""
        self._is_last.set()

    def end(self) -> None:
        """Go home."""
        self._ended.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._ended.wait(0.02):
            with suppress(OSError, HTTPException):
                self._step()

    def _step(self) -> None:
        """Start what is checked, send what is wanted, and look how far it is."""
        states = batches()
        for number, _, state in states:
            if state == "已核对":
                self._post(f"/batches/{number}", f"/batches/{number}/start", {"merge": "on"})
        open_ones = [number for number, _, state in states if state != "已完成"]
        if len(open_ones) < _ROSTERS_AT_ONCE and not self._is_last.is_set():
            self._send({name for _, name, _ in states})
        for number in open_ones[:1]:
            self._get(f"/batches/{number}")

    def _send(self, taken: set[str]) -> None:
        """A new roster; one whose answer was cut off by a kill is sent again if it is not there."""
        waiting = [one for one in self.sent.values() if one.name not in taken]
        if not waiting:
            number = len(self.sent)
            data = make_visit_roster(self._rows, number, first=number * self._rows)
            new = Sent(f"测试{number:04d}.xlsx", self._rows, data)
            self.sent[new.name] = new
            waiting = [new]
        for one in waiting:
            self._post("/batches?form=ZF-01", "/batches", {"form": "ZF-01"}, one)
            one.answered = True

    def _get(self, path: str) -> str:
        with self._browser.open(self._address + path, timeout=60) as answer:
            return str(answer.read().decode())

    def _post(
        self, page: str, path: str, fields: dict[str, str], roster: Sent | None = None
    ) -> None:
        token = _TOKEN.search(self._get(page))
        if token is None:
            return
        fields = {"csrfmiddlewaretoken": token[1], **fields}
        request = urllib.request.Request(self._address + path, urlencode(fields).encode())
        if roster is not None:
            boundary = secrets.token_hex(16)
            request.data = roster.as_form(fields, boundary)
            request.add_header("Content-Type", f"multipart/form-data; boundary={boundary}")
        with self._browser.open(request, timeout=60) as answer:
            answer.read()


def command() -> list[str]:
    """The program with the settings of this trial."""
    return [sys.executable, "-m", "minzheng.cli.main", "--config", str(FOLDER / "config.toml")]


def environment() -> dict[str, str]:
    """Without the settings of this process."""
    hidden = {"MINZHENG_CONFIG", "DJANGO_SETTINGS_MODULE"}
    return {key: value for key, value in os.environ.items() if key not in hidden}


def ask(sql: str) -> list[tuple[int, str, str]]:
    """What stands in the database just now; nothing, while it cannot be read."""
    with suppress(sqlite3.OperationalError):
        place = f"file:{CONFIG.data_folder / 'minzheng.sqlite3'}?mode=ro"
        with closing(sqlite3.connect(place, uri=True, timeout=30)) as database:
            return database.execute(sql).fetchall()
    return []


def batches() -> list[tuple[int, str, str]]:
    """Number, roster and state of each batch."""
    return ask("SELECT id, roster_name, state FROM filler_batch ORDER BY id")


def wait_until(is_true: Callable[[], bool]) -> None:
    """As long as a busy machine may need."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while not is_true():
        if time.monotonic() > end:
            raise TimeoutError("the service did not come so far")
        time.sleep(0.05)


def how_far() -> tuple[int, ...]:
    """What is still to be done: files that wait, batches that are not done, rows not issued."""
    waiting = ask("SELECT count(*), '', '' FROM archive_indexer_waitingfile")
    rows = ask("SELECT coalesce(sum(total - done), 0), '', '' FROM filler_batch")
    if not waiting or not rows:
        return (-1,)
    return waiting[0][0], sum(one[2] != "已完成" for one in batches()), rows[0][0]


def wait_while_it_moves(told: Callable[[], tuple[int, ...]]) -> None:
    """Until nothing is left; given up when nothing changes for as long as a machine may need.

    Whoever gives up looks at what is left all the same.
    """
    last, since = told(), time.monotonic()
    while any(last[:2]) and time.monotonic() < since + _PATIENCE_SECONDS:
        time.sleep(0.5)
        now = told()
        last, since = now, since if now == last else time.monotonic()


def at_work() -> tuple[bool, bool]:
    """Whether files wait to be indexed, and whether a batch is worked on."""
    waiting = ask("SELECT 1, '', '' FROM archive_indexer_waitingfile LIMIT 1")
    return bool(waiting), any(state in _BUSY for _, _, state in batches())


@dataclass
class Trial:
    """The service, the clerk, and the people who put files into the archive."""

    source: random.Random
    service: Service
    clerk: Clerk
    soak: Soak
    struck: Counter[str] = field(default_factory=Counter)

    def live(self, seconds: float) -> None:
        """Let files come and go for a while."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for _ in range(self.source.randint(0, 3)):
                self.soak.change()
            time.sleep(self.source.uniform(0.01, 0.15))

    def kill_once(self) -> None:
        """Start, work, kill."""
        if self.service.process is None:
            self.service.start()
            if self.source.random() < 0.1:
                self.live(self.source.uniform(0, _LONGEST))
                self.service.kill("tree", self.source)
                self.struck["while_starting"] += 1
                return
            self.service.wait_until_it_answers()
        if self.source.random() < 0.7:  # else before the watcher has begun, perhaps
            self.live(0.1)
            self.service.wait_until_it_reads()
        self.live(self.source.uniform(0, _LONGEST))
        kind = self.source.choices(("tree", "web", "watcher"), (5, 3, 2))[0]
        is_indexing, is_issuing = at_work()
        self.service.kill(kind, self.source)
        self.struck["indexing"] += is_indexing
        self.struck["batch"] += is_issuing and kind != "watcher"

    def finish(self) -> None:
        """Let everything come to rest."""
        self.clerk.send_no_more()
        if self.service.process is None:
            self.service.start()
            self.service.wait_until_it_answers()
        wait_while_it_moves(how_far)
        self.service.wait_until_it_is_tidy()
        self.clerk.end()
        self.service.end()


def run(count: int, seed: int, rows: int, checked: Path | None) -> dict[str, object]:
    """Kill until both were hit so often, let it finish, look at everything."""
    begun, source = time.monotonic(), random.Random(seed)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    CONFIG.archive_folder.mkdir()
    (FOLDER / "config.toml").write_text(
        f"[archive]\nsettle_seconds = 0.2\n[reading]\nworkers = 2\n"
        f"[web]\nport = {port}\nrequests_per_minute = 6000\n",
        encoding="utf-8",
    )
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()
    if checked is not None:
        shutil.copyfile(checked, CONFIG.data_folder / CHECKED)
    trial = Trial(source, Service(port), Clerk(port, rows), Soak(source))
    try:
        trial.service.start()
        trial.service.wait_until_it_answers()
        trial.clerk.begin()
        with suppress(KeyboardInterrupt):  # Ctrl-C: enough; what is left is looked at all the same
            while min(trial.struck["indexing"], trial.struck["batch"]) < count:
                trial.kill_once()
                print(f"\r{dict(trial.struck)}", end="", file=sys.stderr, flush=True)
        trial.finish()
    finally:
        if trial.service.process is not None:
            trial.service.kill("tree", source)
    return {
        "seed": seed, "kills": dict(trial.struck), **dict(trial.service.counts),
        "never_at_rest": sum(how_far()[:2]),
        **look_at_what_is_left(trial.soak, list(trial.clerk.sent.values())),
        "seconds": round(time.monotonic() - begun, 1),
    }  # fmt: skip


def main() -> int:
    """Run and print; 1 when anything was lost, done twice, or left behind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--rows", type=int, default=120, help="households of a roster")
    parser.add_argument("--checked", type=Path, help=f"another service's {CHECKED}")
    args = parser.parse_args()
    try:
        result = run(args.count, args.seed, args.rows, args.checked)
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
    print(json.dumps(result, ensure_ascii=False))
    return int(any(result[name] for name in MUST_BE_NOTHING))


if __name__ == "__main__":
    sys.exit(main())
