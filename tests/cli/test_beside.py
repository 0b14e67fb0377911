"""A process beside another."""

import os
import subprocess
import sys
import time

import psutil
import pytest

from minzheng.cli import beside
from minzheng.cli.beside import Beside, stop_with_parent
from minzheng.county.config import load_config
from tests.journeys.waiting import wait_until

_LISTENER = """
import os, sys, time
from minzheng.cli.beside import stop_with_parent
stop_with_parent(sys.stdin.fileno(), lambda: os._exit(7))
print("ready", flush=True)
time.sleep(600)
"""


@pytest.fixture
def config(tmp_path):
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    return load_config(tmp_path / "config.toml")


def test_whoever_is_beside_ends_with_the_other():
    """However that one died: the system closes its end of the pipe."""
    with subprocess.Popen(
        [sys.executable, "-c", _LISTENER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "ready\n"
        process.stdin.close()
        assert process.wait(120) == 7


def test_what_died_is_started_again_and_what_was_stopped_is_not(config, monkeypatch, tmp_path):
    """It is told its first line each time."""
    told = tmp_path / "told"
    script = (
        "import sys, time\n"
        f"open({str(told)!r}, 'ab').write(sys.stdin.buffer.readline())\n"
        "time.sleep(600)\n"
    )
    monkeypatch.setattr(beside, "_RESTART_SECONDS", 0.05)
    process = Beside(config, "watch", first_line=b"key")
    monkeypatch.setattr(process, "_command", [sys.executable, "-c", script])
    process.start()
    try:
        wait_until(lambda: _lines(told) == 1, lambda: (_lines(told), time.monotonic() // 5))
        psutil.Process(process._process.pid).kill()
        wait_until(lambda: _lines(told) == 2, lambda: (_lines(told), time.monotonic() // 5))
    finally:
        process.stop()
    assert process._process.wait(60) is not None
    assert told.read_bytes() == b"key\n" * 2


def _lines(file) -> int:
    return file.read_bytes().count(b"\n") if file.exists() else 0


def test_the_stop_is_called_before_the_end(monkeypatch):
    """So that what is in hand is put away first."""
    read, write = os.pipe()
    called: list[str] = []
    monkeypatch.setattr(beside.os, "_exit", lambda status: called.append("end"))
    monkeypatch.setattr(beside, "_ORDERLY_SECONDS", 0)
    stop_with_parent(read, lambda: called.append("stop"))
    os.close(write)
    wait_until(lambda: called == ["stop", "end"], lambda: (len(called), time.monotonic() // 5))
    os.close(read)


def test_who_listens_lets_its_process_end():
    """The thread still waits then; Python took that for a fault and aborted."""
    told = (
        "import sys; from minzheng.cli.beside import stop_with_parent; "
        "stop_with_parent(sys.stdin.fileno(), lambda: None); print('ended')"
    )
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen([sys.executable, "-c", told], **pipes) as process:
        assert process.wait(60) == 0  # our end of its input is still open
        assert process.stdout.read() == b"ended\n"
        assert process.stderr.read() == b""
