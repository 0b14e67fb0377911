"""Rows of an embedded database, taken over into another; with a server in the journeys."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from minzheng.accounts.models import ApiToken, AuditEntry, Person, Role
from minzheng.database import move
from minzheng.database.move import MoveError, holds_rows, move_rows
from tests.cli.office.test_backup import Office


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A database with an account, a key of it, and the log of both."""
    office = Office(tmp_path_factory.mktemp("moved") / "office")
    office.run("account", "add", "zhang", "--role", "管理员", "--name", "测试张")
    file = office.data / "minzheng.sqlite3"
    with closing(sqlite3.connect(file)) as tables, tables:
        tables.execute(
            "INSERT INTO accounts_apitoken (id, person_id, purpose, start, digest, issued_by,"
            " issued_at, expires_at) VALUES (7, 1, 'a' || char(0) || 'b', 'mz-1', 'd', 'zhang',"
            " '2020-02-03 04:05:06.789012', '2031-01-01 00:00:00')"
        )
    return file


@pytest.fixture(autouse=True)
def _second_database(db, django_db_blocker, monkeypatch):
    """A test may ask the one database that it was given; these ask a file besides."""
    real = django_db_blocker._real_ensure_connection
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", real)


@pytest.fixture
def told() -> list[tuple[str, int]]:
    return []


def test_every_row_arrives_with_its_number_and_its_times(made, told):
    """Also the times that are else noted when a row is written."""
    rows = move_rows(made, lambda name, count: told.append((name, count)))
    assert rows == sum(count for _, count in told)
    assert Person.objects.get().username == "zhang"
    token = ApiToken.objects.get()
    assert (token.pk, f"{token.issued_at:%Y-%m-%d %H:%M:%S.%f}") == (
        7,
        "2020-02-03 04:05:06.789012",
    )
    assert AuditEntry.objects.exists()


def test_the_next_row_is_numbered_after_the_last(made):
    """And notes its own time again."""
    move_rows(made, lambda *_: None)
    token = ApiToken.objects.create(
        person=Person.objects.get(), purpose="b", start="s", digest="e", issued_by="zhang",
        expires_at="2031-01-01T00:00:00Z",
    )  # fmt: skip
    assert token.pk == 8
    assert token.issued_at.year > 2020


def test_a_database_that_holds_something_is_left_alone(made):
    """It is somebody's; what it holds is named."""
    Person.objects.create_user("li", role=Role.AUDITOR)
    with pytest.raises(MoveError, match="只搬进空的库"):
        move_rows(made, lambda *_: None)
    assert [one.username for one in Person.objects.all()] == ["li"]


def test_a_row_that_arrives_otherwise_undoes_all(made, monkeypatch):
    """Nothing stays half moved."""

    def copy_badly(model):
        count = real(model)
        if model is Person:
            Person.objects.update(town="城关镇")
        return count

    real = move._copy
    monkeypatch.setattr(move, "_copy", copy_badly)
    with pytest.raises(MoveError, match="不一样"):
        move_rows(made, lambda *_: None)
    assert not Person.objects.exists()


def test_what_the_server_cannot_hold_is_told_with_its_rows(made, monkeypatch):
    """By the server's own words; a server that is away is no such thing."""

    def refuse(rows, batch):
        error = OperationalError("index row size 3400 exceeds\nDETAIL: x")
        error.__cause__ = psycopg.errors.ProgramLimitExceeded()
        raise error

    monkeypatch.setattr(QuerySet, "bulk_create", refuse)
    told = r"第 \d+ 至 \d+ 行里有服务器存不下的内容（index row size 3400 exceeds），没有搬"
    with pytest.raises(MoveError, match=told):
        move_rows(made, lambda *_: None)
    assert not Person.objects.exists()


def test_an_older_database_is_upgraded_first(made, tmp_path):
    """Its tables have other columns."""
    older = tmp_path / "older.sqlite3"
    older.write_bytes(made.read_bytes())
    with closing(sqlite3.connect(older)) as tables, tables:
        tables.execute(
            "DELETE FROM django_migrations WHERE id ="
            " (SELECT id FROM django_migrations WHERE app = 'accounts' ORDER BY name DESC LIMIT 1)"
        )
    with pytest.raises(MoveError, match="旧版程序"):
        move_rows(older, lambda *_: None)


def test_fresh_tables_hold_nobody_s_work():
    """What migrations write into them does not count."""
    assert not holds_rows()
    Person.objects.create_user("li", role=Role.AUDITOR)
    assert holds_rows()
