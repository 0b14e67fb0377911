"""Commands of tests are processes of their own, though they share what was loaded."""

import json
import os
import shutil
import subprocess
import sys
from typing import Any

import pytest

from tests.running.command_starts import LIBRARIES, PROGRAM, PROJECT, run_command


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


def test_tables_and_forms_named_by_the_environment_are_the_ones_it_finds(tmp_path):
    """The program reads these names while it is loaded."""
    templates = shutil.copytree(PROJECT / "templates", tmp_path / "templates")
    spec = next(templates.glob("*/DB-01.toml"))
    text = spec.read_text(encoding="utf-8")
    spec.write_text(text.replace("最低生活保障申请书", "另一张申请书"), encoding="utf-8")
    own = run_command(["forms"], env=os.environ | {"MINZHENG_TEMPLATES": str(templates)})
    assert "另一张申请书" in own.stdout, own.stderr
    assert "另一张申请书" not in run_command(["forms"]).stdout


def test_what_changes_in_named_folders_is_found_by_the_next_that_names_them(tmp_path):
    """They share what was loaded of the program, and with others' folders nothing."""
    folders = [shutil.copytree(PROJECT / "templates", tmp_path / name) for name in ("a", "b")]
    specs = [next(folder.glob("*/DB-01.toml")) for folder in folders]
    own = [os.environ | {"MINZHENG_TEMPLATES": str(folder)} for folder in folders]
    text = specs[0].read_text(encoding="utf-8")
    for title in ("另一张申请书", "又一张申请书"):
        specs[0].write_text(text.replace("最低生活保障申请书", title), encoding="utf-8")
        told = [run_command(["forms"], env=env).stdout for env in (own[0], own[0], own[1])]
        assert [title in one for one in told] == [True, True, False]


def loaded(*names: str) -> dict[str, Any]:
    """What a process holds that has loaded these."""
    told = (
        "import importlib, json, os, sys\nbefore = dict(os.environ)\n"
        "for one in sys.argv[1:]: importlib.import_module(one)\n"
        "from django.conf import settings\n"
        "print(json.dumps({'modules': list(sys.modules), 'configured': settings.configured,"
        " 'is_untouched': before == dict(os.environ)}))"
    )
    command = [sys.executable, "-c", told, *names]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_nothing_of_the_program_is_among_the_libraries():
    """It reads the environment while it is loaded."""
    rooms = {one.partition(".")[0] for one in loaded(*LIBRARIES)["modules"]}
    assert "django" in rooms
    assert not rooms & {"minzheng", "filler", "archive_indexer"}


def test_what_is_loaded_of_the_program_knows_no_settings():
    """Those of a command are its own, and so is its environment."""
    found = loaded(*LIBRARIES, *PROGRAM)
    assert (found["configured"], found["is_untouched"]) == (False, True)
    assert "minzheng.web.settings" not in found["modules"]
