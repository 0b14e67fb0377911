"""Whether every package has a wheel everywhere: how it is found and told."""

import subprocess
from types import SimpleNamespace

import pytest

from script import wheels_everywhere
from script.wheelhouse import MACHINES, PYTHONS, Pin, pins_for
from script.wheels_everywhere import (
    GUIDE,
    FetchingFailedError,
    Row,
    as_guide,
    find_missing,
    look_everywhere,
)

ARM = MACHINES["linux-aarch64"]


def answers(monkeypatch, *told: str):
    """What pip says, call after call; nothing: it fetched all."""
    left = list(told)

    def run(words, **_):
        said = left.pop(0)
        return SimpleNamespace(returncode=int(bool(said)), stderr=said)

    monkeypatch.setattr(subprocess, "run", run)


def test_all_that_is_missing_is_found(monkeypatch, tmp_path):
    """pip stops at the first."""
    missing = "ERROR: No matching distribution found for {}==1.0\n"
    answers(monkeypatch, missing.format("b"), missing.format("unrar2-cffi"), "")
    pins = [Pin(name, "1.0", "", ()) for name in ("a", "b", "unrar2-cffi")]
    assert list(find_missing(ARM, "3.11", pins, tmp_path)) == ["b", "unrar2-cffi"]
    assert (tmp_path / "requirements.txt").read_text() == "a==1.0\n"


def test_a_registry_that_is_away_is_no_missing_wheel(monkeypatch, tmp_path):
    """Nothing is said of what was not seen."""
    answers(monkeypatch, "ERROR: no space left on device")
    with pytest.raises(FetchingFailedError, match="no space"):
        list(find_missing(ARM, "3.11", [Pin("a", "1.0", "", ())], tmp_path))


def test_every_machine_is_looked_at_with_every_python(monkeypatch, tmp_path):
    """Twelve times."""
    monkeypatch.setattr(wheels_everywhere, "find_missing", lambda *words: [])
    rows = list(look_everywhere(tmp_path))
    assert [(row.machine, row.python) for row in rows] == [
        (machine, python) for machine in MACHINES.values() for python in PYTHONS
    ]


def test_the_table_in_the_docs_is_that_of_the_lock():
    """Whoever changes the lock looks again: `python -m script.wheels_everywhere`."""
    rows = [
        Row(machine, python, len(pins_for(machine, python)), ())
        for machine in MACHINES.values()
        for python in PYTHONS
    ]
    assert GUIDE.read_text(encoding="utf-8") == as_guide(rows)


def test_what_is_missing_stands_in_the_table():
    """By name."""
    told = as_guide([Row(ARM, python, 9, ("b",)) for python in PYTHONS])
    assert "| 缺 b | 缺 b | 缺 b | 缺 b |" in told
