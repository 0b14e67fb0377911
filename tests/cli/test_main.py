"""The command line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import NotSupportedError, OperationalError, connection

from minzheng.cli.main import main
from minzheng.county.config import PROJECT_FOLDER
from tests.running.kept.made_tables import lay_tables


def test_help_is_chinese(capsys: pytest.CaptureFixture[str]):
    """--help explains in Chinese and ends well."""
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert "用法" in shown
    assert "optional" not in shown
    assert "usage" not in shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ([], "还需要写"),
        (["fly"], "fly"),
        (["search"], "还需要写"),
        (["search", "低保", "--year", "18"], "四位年份"),
        (["search", "低保", "--limit", "x"], "1–10000"),
        (["search", "低保", "--unmask", "查"], "4 至 120 个字"),
    ],
)
def test_wrong_usage_is_explained(words: list[str], shown: str, capsys):
    """A wrong command line has status 2 and says what is wrong, in Chinese."""
    assert main(words) == 2
    assert shown in capsys.readouterr().err


def test_a_wrong_config_is_refused(tmp_path: Path, capsys):
    """A mistake in config.toml has status 1 and names the key."""
    file = tmp_path / "config.toml"
    file.write_text("[web]\nport = 'x'\n", encoding="utf-8")
    assert main(["coverage", "--config", str(file)]) == 1
    assert "[web] port" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_server_that_goes_away_in_the_middle_is_no_unexpected_failure(
    tmp_path: Path, capsys, monkeypatch
):
    """What to do is said, and status 1 given; no log is written."""

    def refuse(args, config):
        error = OperationalError("x")
        error.__cause__ = psycopg.OperationalError("server closed the connection unexpectedly")
        raise error

    for name in ("USER", "HOST", "PORT"):
        monkeypatch.setitem(connection.settings_dict, name, "x")
    monkeypatch.setattr("minzheng.cli.archive.coverage.run", refuse)
    file = tmp_path / "config.toml"
    file.touch()
    assert main(["--config", str(file), "coverage"]) == 1
    told = capsys.readouterr().err
    assert "连不上（server closed the connection unexpectedly）" in told
    assert not (tmp_path / "data" / "minzheng.log").exists()


@pytest.mark.django_db
def test_a_server_too_old_is_no_unexpected_failure(tmp_path: Path, capsys, monkeypatch):
    """Whichever command asks it first: status 1, no log."""

    def refuse(args, config):
        raise NotSupportedError("PostgreSQL 14 or later is required (found 13.23).")

    monkeypatch.setattr("minzheng.cli.archive.coverage.run", refuse)
    monkeypatch.setattr("minzheng.database.server.say_if_unfit", lambda error: "太旧了")
    (tmp_path / "config.toml").touch()
    assert main(["--config", str(tmp_path / "config.toml"), "coverage"]) == 1
    assert capsys.readouterr().err == "太旧了\n"
    assert not (tmp_path / "data" / "minzheng.log").exists()


@pytest.mark.django_db
def test_json_is_one_object(tmp_path: Path, capsys):
    """search --json prints total, hits and what else may be meant, and nothing else."""
    file = tmp_path / "config.toml"
    file.touch()
    assert main(["--config", str(file), "search", "低保", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [*told] == ["total", "hits", "nearest"]
    assert (told["total"], told["hits"]) == (0, [])


@pytest.mark.django_db
def test_a_question_too_short_is_refused(tmp_path: Path, capsys):
    """A question nobody can answer has status 1."""
    file = tmp_path / "config.toml"
    file.touch()
    assert main(["--config", str(file), "search", "张"]) == 1
    assert "太短" in capsys.readouterr().err


_FORMS, _NAMES, _ARRAYS = "filler.spec.form_catalogue", "pypinyin", "numpy"


@pytest.mark.parametrize(
    ("words", "unneeded"),
    [
        (["--help"], {"django.db", "whoosh", _FORMS, _NAMES, _ARRAYS}),
        (["forms", "低保"], {_NAMES, _ARRAYS, "docx", "jinja2", "PIL", "whoosh"}),
        (["forms"], {_NAMES}),
        (["search", "低保"], {_NAMES, "docx", "jinja2", "PIL", "pypdf"}),
        (["fill", "DB-01", "--blank", "--out", "blank.docx"], {_NAMES, _ARRAYS, "whoosh", "pypdf"}),
    ],
)
def test_a_command_loads_what_it_needs(tmp_path: Path, words: list[str], unneeded: set[str]):
    """Each of the others takes longer to load than `--help` to be read."""
    (tmp_path / "config.toml").touch()
    lay_tables(tmp_path / "data")
    told = "import json, sys; from minzheng.cli.main import main; status = main(sys.argv[1:]); "
    told += "print(); print(json.dumps([status, *sys.modules]))"
    command = [sys.executable, "-c", told, *words]
    if words[0] != "--help":
        command += ["--config", str(tmp_path / "config.toml")]
    folder = {"cwd": tmp_path, "env": os.environ | {"PYTHONPATH": str(PROJECT_FOLDER)}}
    done = subprocess.run(command, **folder, capture_output=True, check=True)
    status, *loaded = json.loads(done.stdout.splitlines()[-1])
    assert status == 0
    assert unneeded & set(loaded) == set()


def test_a_command_ends_at_once_and_leaves_all_in_order(tmp_path: Path):
    """What it said was said, the database is closed, nothing is told of the program's inside."""
    (tmp_path / "config.toml").touch()
    command = [sys.executable, "-m", "minzheng.cli.main", "--config", str(tmp_path / "config.toml")]
    done = subprocess.run(
        [*command, "coverage"], cwd=PROJECT_FOLDER, capture_output=True, text=True, check=True
    )
    assert (bool(done.stdout), done.stderr) == (True, "")
    assert [one.name for one in (tmp_path / "data").glob("minzheng.sqlite3*")] == [
        "minzheng.sqlite3"
    ]
