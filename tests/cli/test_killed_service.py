"""The process tree as people have it: `serve` is killed, or started twice on one folder."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from minzheng.county.config import PROJECT_FOLDER
from tests.running.command_starts import run_command
from tests.running.kept.made_tables import lay_tables
from tests.running.service_starts import start_service
from tests.shipped_forms import checked_templates, lay_checked_templates

#: Only what hangs is ended by it, on the busiest machine too.
PATIENCE_SECONDS = 1200.0
_END_SECONDS = 30.0  #: in which a watcher ends whose service was killed
_HOUR = 3600


class Service:
    """A data folder of its own, and `minzheng serve` on it."""

    def __init__(self, folder: Path, begin: Callable[..., psutil.Popen] = start_service) -> None:
        self.folder, self.port, self.begin = folder, free_port(), begin
        (folder / "archive").mkdir(parents=True)
        self.config = folder / "config.toml"
        self.config.write_text(f"[web]\nport = {self.port}\n", encoding="utf-8")
        self.process: psutil.Popen | None = None
        lay_tables(folder / "data")
        lay_checked_templates(folder / "data")

    def run(self, *words: object) -> subprocess.CompletedProcess:
        return run_command(["--config", self.config, *words], merged=True, seconds=PATIENCE_SECONDS)

    def start(self) -> psutil.Process:
        """Start it; the watcher, as soon as there is one."""
        self.process = self.begin(["--config", self.config, "serve"], stdout=subprocess.DEVNULL)
        wait_for(lambda: self.watcher() is not None)
        return self.watcher()

    def watcher(self) -> psutil.Process | None:
        found = self.process.children(recursive=True)
        return next((one for one in found if "--beside" in one.cmdline()), None)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


def begin_anew(words: Sequence[object], **options) -> psutil.Popen:
    """By a Python of its own, as people do."""
    command = [sys.executable, "-m", "minzheng.cli.main", *map(str, words)]
    return psutil.Popen(command, cwd=PROJECT_FOLDER, **options)


def wait_for(is_true) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_true():
        assert time.monotonic() < end
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=20) as answer:
            return answer.status == 200
    except OSError:
        return False


def below(folder: Path) -> Iterator[Path]:
    for where, folders, files in os.walk(folder):
        yield from (Path(where, name) for name in (*folders, *files))


def reached_by_others(file: Path) -> bool:
    with suppress(FileNotFoundError):  # meanwhile
        return bool(file.lstat().st_mode & 0o077)
    return False


def is_gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


@pytest.fixture
def service(tmp_path):
    made = Service(tmp_path / "office", begin_anew)
    yield made
    if made.process is not None and made.process.is_running():
        made.process.terminate()
        made.process.wait(PATIENCE_SECONDS)


def test_one_service_a_folder_and_nothing_left_of_a_killed_one(service, tmp_path):
    """Another port is no way round; the watcher ends with a killed service, then restore works."""
    data, disk = service.folder / "data", tmp_path / "disk"
    old, new = (data / "issued" / "ab" / f"{name}.1.part" for name in ("old", "new"))
    old.parent.mkdir(parents=True)
    for file in (old, new):
        file.write_bytes(b"half a form")
        file.chmod(0o644)
    os.utime(old, (time.time() - _HOUR, time.time() - _HOUR))
    watcher = service.start()
    wait_for(lambda: answers(service.port) and (data / "service.lock").exists())
    assert not any(map(reached_by_others, (data, *data.iterdir())))
    wait_for(lambda: not any(map(reached_by_others, below(data))))
    assert (old.exists(), new.exists()) == (False, True)

    own = service.config.read_text(encoding="utf-8")
    service.config.write_text(f"[web]\nport = {free_port()}\n", encoding="utf-8")
    second = service.run("serve")
    assert (second.returncode, "已有一个网页服务" in second.stdout) == (1, True), second.stdout
    assert "已备份" in service.run("backup", disk, "--new-key").stdout
    assert "已有一个网页服务" in service.run("restore", disk, "--force").stdout
    service.config.write_text(own, encoding="utf-8")

    service.kill()
    assert psutil.wait_procs([watcher], timeout=_END_SECONDS)[1] == [] or is_gone(watcher)
    just_started = service.start()
    service.kill()
    assert psutil.wait_procs([just_started], timeout=_END_SECONDS)[1] == [] or is_gone(just_started)
    done = service.run("restore", disk, "--force")
    assert done.returncode == 0, done.stdout


#: `script/kills`, whose services are forked: here it is about their ends.
_KILLING = """
import runpy
from tests.running.service_starts import fork_from_now_on
fork_from_now_on()
runpy.run_module("script.killing", run_name="__main__", alter_sys=True)
"""


def test_random_kills_of_the_whole_tree_lose_nothing():
    """The short form of `script/kills`, while files are read and a roster is issued."""
    command = [
        sys.executable, "-c", _KILLING, "--count", "1", "--rows", "10", "--seed", "4",
        "--checked", str(checked_templates()),
    ]  # fmt: skip
    done = subprocess.run(
        command,
        cwd=PROJECT_FOLDER,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert min(result["kills"]["indexing"], result["kills"]["batch"]) >= 1
    assert result["issued"] == 10 * result["rosters"]
