"""`minzheng watch` goes on with the county's tables as they are now."""

import shutil
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
    assert turn.wait(240)
    ended.set()


def test_wrong_tables_are_not_taken_up(registry):
    """Until they are right; the end ends the turn, too."""
    ended = threading.Event()
    turn = watch._stop_when_registry_changes(ended)
    (registry / "synonyms.txt").write_text("坝坝会\n", encoding="utf-8")
    assert not turn.wait(0.5)
    ended.set()
    assert turn.wait(240)
