"""`minzheng watch` goes on with the county's tables as they are now."""

import os
import shutil
import subprocess
import sys
import threading

import pytest

from minzheng.cli.archive import watch
from minzheng.county.config import REGISTRY_FOLDER


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """A copy of the tables that the watcher looks at."""
    folder = shutil.copytree(REGISTRY_FOLDER, tmp_path / "registry")
    monkeypatch.setattr(watch, "REGISTRY_FOLDER", folder)
    monkeypatch.setattr(watch, "_LOOK_SECONDS", 0.02)
    monkeypatch.setattr(watch, "_REGISTRY_SECONDS", 0.02)
    return folder


def test_new_tables_end_the_turn(registry):
    """The service finishes what it has in hand and begins again."""
    ended = threading.Event()
    turn = watch._stop_when_registry_changes(ended)
    assert not turn.wait(0.2)
    (registry / "synonyms.txt").write_text("坝坝会=院坝会\n", encoding="utf-8")
    assert turn.wait(20)
    ended.set()


def test_wrong_tables_are_not_taken_up(registry):
    """Until they are right; the end ends the turn, too."""
    ended = threading.Event()
    turn = watch._stop_when_registry_changes(ended)
    (registry / "synonyms.txt").write_text("坝坝会\n", encoding="utf-8")
    assert not turn.wait(0.5)
    ended.set()
    assert turn.wait(20)


def test_the_end_of_the_web_service_ends_the_watcher(monkeypatch):
    """In order within its time; by force when something still holds it."""
    forced = threading.Event()
    monkeypatch.setattr(watch, "_ORDERLY_SECONDS", 0.01)
    monkeypatch.setattr(watch.os, "_exit", lambda _: forced.set())
    ours, theirs = os.pipe()
    ended = threading.Event()
    with os.fdopen(ours, "rb") as pipe:
        watch._stop_with_parent(ended, pipe)
        assert not ended.wait(0.2)
        os.close(theirs)
        assert ended.wait(20)
        assert forced.wait(20)


def test_who_listens_for_the_service_lets_the_watcher_end(tmp_path):
    """The thread still waits for it then; Python took that for a fault and aborted."""
    (tmp_path / "config.toml").touch()
    told = (
        "import sys, threading, django; django.setup(); from minzheng.cli.archive import watch; "
        "watch._stop_with_parent(threading.Event(), sys.stdin.buffer); print('ended')"
    )
    known = {
        "MINZHENG_CONFIG": str(tmp_path / "config.toml"),
        "DJANGO_SETTINGS_MODULE": "minzheng.web.settings",
    }
    command = [sys.executable, "-c", told]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(command, **pipes, env=os.environ | known) as process:
        assert process.wait(60) == 0  # our end of its input is still open
        assert process.stdout.read() == b"ended\n"
        assert process.stderr.read() == b""
