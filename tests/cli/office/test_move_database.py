"""`minzheng move-database` where there is nothing to move, and what a start says of it."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest

from minzheng.accounts.models import Person, Role
from minzheng.cli.office.move_database import run, tell_left_behind
from minzheng.county.config import load_config
from minzheng.database.move import MoveError


@pytest.fixture
def config(tmp_path: Path):
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    (tmp_path / "data").mkdir()
    return load_config(tmp_path / "config.toml")


@pytest.fixture
def on_server(config):
    return replace(config, database_url="postgresql://u@h/d")


def test_without_a_server_it_says_how_to_name_one(config):
    """Nothing was done."""
    with pytest.raises(MoveError, match="createdb"):
        run(Namespace(), config)


def test_without_an_embedded_database_there_is_nothing_to_do(on_server, capsys):
    """An office that began with a server."""
    assert run(Namespace(), on_server) == 0
    assert "没有要搬的" in capsys.readouterr().out


def test_a_start_says_that_all_lies_elsewhere(db, config, on_server):
    """Else an office that only wrote an address would find itself empty."""
    assert tell_left_behind(on_server) == ""
    (config.data_folder / "minzheng.sqlite3").touch()
    assert "minzheng move-database" in tell_left_behind(on_server)
    assert tell_left_behind(config) == ""
    Person.objects.create_user("li", role=Role.AUDITOR)
    assert tell_left_behind(on_server) == ""
