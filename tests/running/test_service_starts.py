"""Services of tests are processes of their own, and so is all that they start."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.journeys.waiting import report_of, signs_of, wait_until
from tests.running.command_starts import CAN_FORK, LIBRARIES, PROGRAM, PROJECT, run_command
from tests.running.kept.made_tables import lay_tables
from tests.running.service_starts import SERVED, start_service
from tests.running.test_command_starts import loaded

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="nothing is forked here")


class Watched:
    """An office and what watches it."""

    def __init__(self, folder: Path) -> None:
        (folder / "archive").mkdir()
        self.config = folder / "config.toml"
        self.config.write_text("[archive]\nsettle_seconds = 0.2\n", encoding="utf-8")
        self.data = folder / "data"
        lay_tables(self.data)
        with (folder / "told").open("wb") as told:
            self.process = start_service(
                ["--config", self.config, "watch"], stdin=subprocess.DEVNULL, stdout=told,
                stderr=told, env=os.environ | {"TOLD": "abc"},
            )  # fmt: skip
        self.told = folder / "told"

    def wait(self, is_true: Callable[[], bool]) -> None:
        wait_until(is_true, lambda: signs_of(self.process.pid, self.data))

    def finds(self, words: str) -> bool:
        """Whether a paper with these words is there."""
        return "共 1 件" in run_command(["--config", self.config, "search", words]).stdout

    def end(self) -> None:
        with suppress(psutil.NoSuchProcess):  # as a test has ended it
            self.process.kill()
        self.process.wait()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    one = Watched(tmp_path)
    yield one
    one.end()


def test_it_is_a_child_with_a_line_streams_and_surroundings_of_its_own(watched):
    """As one that was started; and it ends in order."""
    watched.wait(lambda: report_of(watched.data).get("doing") == "quiet")
    line = [one for one in watched.process.cmdline() if one]
    assert line == [
        sys.executable, "-m", "minzheng.cli.main", "--config", str(watched.config), "watch",
    ]  # fmt: skip
    assert watched.process.ppid() == os.getpid()
    assert Path(watched.process.cwd()) == PROJECT
    watched.process.send_signal(signal.SIGTERM)
    assert watched.process.wait(600) == 0
    told = watched.told.read_text(encoding="utf-8")
    assert "正在看守" in told
    assert told.rstrip().endswith("已停止。")


def test_what_it_starts_is_its_own_child_and_goes_with_it(watched):
    """Its readers read; killed, it leaves nobody behind."""
    (watched.config.parent / "archive" / "a.txt").write_text("低保 旧城村", encoding="utf-8")
    watched.wait(lambda: watched.finds("旧城村"))
    children = watched.process.children()
    assert len(children) > 1
    watched.process.kill()
    assert watched.process.wait(600) == -signal.SIGKILL
    assert psutil.wait_procs(children, 600)[1] == []


def test_who_lost_the_one_that_forks_begins_a_python(watched):
    """As where nothing is forked."""
    watched.wait(lambda: bool(watched.process.children()))
    for one in watched.process.children():
        one.kill()
    (watched.config.parent / "archive" / "a.txt").write_text("低保 旧城村", encoding="utf-8")
    watched.wait(lambda: watched.finds("旧城村"))
    alive = [one for one in watched.process.children() if one.status() != psutil.STATUS_ZOMBIE]
    assert any("--multiprocessing-fork" in one.cmdline() for one in alive)


def test_limits_are_those_of_whoever_starts_it(tmp_path: Path):
    """Of open files, which a besieged service needs many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft - 7, hard))
    try:
        one = Watched(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert one.process.rlimit(resource.RLIMIT_NOFILE) == (soft - 7, hard)
    one.end()


def test_what_is_loaded_for_all_knows_no_settings():
    """Those of a service are its own."""
    found = loaded(*LIBRARIES, *PROGRAM, *SERVED)
    assert not found["configured"]
    assert "minzheng.web.settings" not in found["modules"]


#: A process all of whose services are forked; it says who answers.
_ASK = """
import subprocess, sys
from pathlib import Path
from tests.running.service_starts import fork_from_now_on
fork_from_now_on()
command = [sys.executable, "-m", "minzheng.cli.main", "--version"]
with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
    told = process.communicate()[0]
    print(type(process).__name__, process.returncode, told.split()[0])
done = subprocess.run([sys.executable, "-c", "print('anew')"], stdout=subprocess.PIPE, text=True)
print(done.stdout.strip())
"""


def test_a_process_may_have_all_forked_that_it_begins_of_the_program():
    """And nothing else."""
    command = [sys.executable, "-c", _ASK]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    version = run_command(["--version"]).stdout.split()[0]
    assert done.stdout.split() == ["Forked", "0", version, "anew"], done.stderr
