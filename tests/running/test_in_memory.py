"""Where the files of a test run lie."""

import os
import tempfile
from pathlib import Path

import pytest

from tests.running import in_memory

ENDED = "minzheng-99999999"  #: no process has such a number


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in place of the memory, and nothing told about temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", "")  # so that it is as before afterwards
    monkeypatch.delenv("TMPDIR")
    monkeypatch.setattr(in_memory, "_NEEDED_BYTES", 0)
    return tmp_path


def test_all_ask_there(memory):
    """Python here and every program that is started."""
    folder = in_memory.temporary_files_in_memory(memory)
    assert folder == memory / f"minzheng-{os.getpid()}"
    assert tempfile.gettempdir() == os.environ["TMPDIR"] == str(folder)


def test_what_was_told_stays(memory, monkeypatch):
    """Somebody wants the files of the run elsewhere."""
    monkeypatch.setenv("TMPDIR", "/somewhere")
    assert in_memory.temporary_files_in_memory(memory) is None
    assert os.environ["TMPDIR"] == "/somewhere"


@pytest.mark.parametrize(("place", "needed"), [("nowhere", 0), ("", 1 << 60)])
def test_without_room_the_disk_is_used(memory, monkeypatch, place, needed):
    """Not Linux, or too little memory."""
    monkeypatch.setattr(in_memory, "_NEEDED_BYTES", needed)
    assert in_memory.temporary_files_in_memory(memory / place) is None
    assert "TMPDIR" not in os.environ


def test_what_killed_runs_left_is_removed(memory):
    """What a run that goes on needs, and what others laid there, stays."""
    kept = [memory / "minzheng-1", memory / "minzheng-pg-x", memory / "other"]
    for one in (*kept, memory / ENDED):
        (one / "data").mkdir(parents=True)
    in_memory.temporary_files_in_memory(memory)
    assert not (memory / ENDED).exists()
    assert all(one.exists() for one in kept)
