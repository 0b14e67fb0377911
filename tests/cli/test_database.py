"""The database is brought to its newest shape when, and only when, it is not in it."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from archive_indexer.disk.service_lock import UpgradeLock
from archive_indexer.errors import BeingUpgradedError
from minzheng.cli import database
from minzheng.cli.database import bring_up_to_date
from minzheng.database.errors import ServerAwayError, ServerUnfitError

pytestmark = pytest.mark.django_db


def test_a_database_in_its_newest_shape_is_left_alone(monkeypatch):
    """Every command asks; migrating takes seconds."""

    def refuse(*words, **options):
        raise AssertionError("it was migrated")

    monkeypatch.setattr(database, "call_command", refuse)
    bring_up_to_date()


def test_a_missing_migration_is_made_up_for(monkeypatch, tmp_path):
    """Quietly, without a question."""
    called = []
    monkeypatch.setattr(database, "call_command", lambda *words, **how: called.append((words, how)))
    monkeypatch.setattr(database, "_data_folder", lambda: tmp_path)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE id = "
            "(SELECT MAX(id) FROM django_migrations WHERE app = 'accounts')"
        )
    bring_up_to_date()
    assert called == [(("migrate",), {"verbosity": 0, "interactive": False})]


def test_who_comes_while_another_migrates_waits_and_then_refuses(monkeypatch, tmp_path):
    """It is told as what it is, and nothing is half made by two."""
    monkeypatch.setattr(database, "is_outdated", lambda: True)
    monkeypatch.setattr(UpgradeLock, "wait_seconds", 0.1)
    monkeypatch.setattr(database, "_data_folder", lambda: tmp_path)
    with UpgradeLock(tmp_path), pytest.raises(BeingUpgradedError, match="正在升级数据库"):
        bring_up_to_date()


def test_two_commands_may_be_the_first_ones(tmp_path: Path):
    """Both find no database, and both end well."""
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    command = [sys.executable, "-m", "minzheng.cli.main", "--config", str(tmp_path / "config.toml")]
    both = [
        subprocess.Popen(
            [*command, "audit-verify"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        for _ in range(2)
    ]
    told = [one.communicate()[0].decode() for one in both]
    assert [one.returncode for one in both] == [0, 0], told


def test_a_service_waits_for_its_server_and_says_so_once(monkeypatch, capsys):
    """Whoever looks at it hears what is the matter."""
    answers = iter([ServerAwayError("数据库服务器 u@h 连不上。"), ServerAwayError("x"), None])

    def ask() -> None:
        if (failure := next(answers)) is not None:
            raise failure

    monkeypatch.setattr(database, "confirm_usable", ask)
    monkeypatch.setattr(database, "_LOOK_SECONDS", 0.0)
    database.wait_for_server()
    told = capsys.readouterr().err
    assert told.count("正在等它恢复") == 1
    assert "u@h 连不上" in told
    assert next(answers, "all were asked") == "all were asked"


def test_a_server_that_cannot_be_used_is_not_waited_for(monkeypatch):
    """It would not become newer."""

    def refuse() -> None:
        raise ServerUnfitError("太旧了")

    monkeypatch.setattr(database, "confirm_usable", refuse)
    for ask in (database.wait_for_server, bring_up_to_date):
        with pytest.raises(ServerUnfitError, match="太旧了"):
            ask()
