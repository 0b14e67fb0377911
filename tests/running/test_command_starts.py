"""Commands of tests are processes of their own, though they share what was loaded."""

import json
import os
import subprocess
import sys

import pytest

from tests.running.command_starts import LIBRARIES, PROJECT, run_command


def test_it_prints_complains_and_ends_as_one_that_was_started():
    """Streams apart, the exit status, what was typed."""
    for words in (["--version"], ["serch"]):
        command = [sys.executable, "-m", "minzheng.cli.main", *words]
        started = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
        forked = run_command(words)
        assert (forked.returncode, forked.stdout, forked.stderr) == (
            started.returncode, started.stdout, started.stderr,
        )  # fmt: skip


def test_complaints_may_stand_among_what_is_printed():
    """As on a terminal."""
    both = run_command(["serch"], merged=True)
    assert (both.stdout, both.stderr) == (run_command(["serch"]).stderr, "")


def test_each_has_an_environment_of_its_own(tmp_path):
    """Nothing of one is left for the next; settings are read anew."""
    for name in ("a", "b"):
        config = tmp_path / name / "config.toml"
        config.parent.mkdir()
        config.write_text("", encoding="utf-8")
        done = run_command(["--config", config, "audit-verify"], env={"PATH": os.environ["PATH"]})
        assert done.returncode == 0, done.stderr
        assert (tmp_path / name / "data" / "minzheng.sqlite3").exists()


def test_one_that_does_not_end_is_ended_and_the_next_begins(tmp_path):
    """A test that hangs would take the others along."""
    (tmp_path / "archive").mkdir()
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    with pytest.raises(subprocess.TimeoutExpired):
        run_command(["--config", tmp_path / "config.toml", "watch"], seconds=0.1)
    assert run_command(["--version"]).returncode == 0


def test_nothing_of_the_program_is_loaded_before():
    """It reads settings while it is loaded."""
    told = (
        "import importlib, json, sys\nfor one in json.loads(sys.argv[1]):"
        " importlib.import_module(one)\nprint(json.dumps(list(sys.modules)))"
    )
    command = [sys.executable, "-c", told, json.dumps(LIBRARIES)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    rooms = {one.partition(".")[0] for one in json.loads(done.stdout)}
    assert "django" in rooms
    assert not rooms & {"minzheng", "filler", "archive_indexer"}
