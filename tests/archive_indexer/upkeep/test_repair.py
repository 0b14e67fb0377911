"""A damaged database is set aside and what can be read is saved."""

import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest
from django.db import connection

from archive_indexer.errors import DatabaseBrokenError
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.index_place import IndexPlace
from archive_indexer.models import Content, Page
from archive_indexer.upkeep import repair as made_whole
from archive_indexer.upkeep.repair import Repair, repair
from minzheng.external.files.sqlite_file import Saved
from tests.database.on_server import needs_file


@pytest.mark.django_db(transaction=True)
def test_a_sound_database_stays_and_the_index_is_made_again(tmp_path):
    """Nothing is set aside."""
    file = tmp_path / "sound.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE t (x)")
        database.commit()
    told = []
    done = repair(file, IndexPlace(tmp_path / "index"), "1", None, told.append)
    assert done == Repair("", None, (), 0)
    assert file.exists()
    assert FullTextIndex(tmp_path / "index").paths() == set()


def test_what_was_saved_and_lost_is_added_up():
    """Over all tables."""
    done = Repair("坏", None, (Saved("a", 3, 1), Saved("b", 4, 2)), 0)
    assert (done.rows, done.lost) == (7, 3)


def with_rows(file, *rows):
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT)")
        database.executemany("INSERT INTO t VALUES (?, ?)", rows)
        database.commit()
    return file


def rows_in(file):
    with closing(sqlite3.connect(file)) as database:
        return database.execute("SELECT id, x FROM t ORDER BY id").fetchall()


@pytest.fixture
def damaged(tmp_path, monkeypatch):
    """Where a database lies that is said to be damaged; a fresh one has the same table."""
    file = tmp_path / "data" / "d.sqlite3"
    file.parent.mkdir()
    monkeypatch.setattr(made_whole, "find_damage", lambda _: "坏")
    monkeypatch.setattr(made_whole, "call_command", lambda *_, **__: with_rows(file))
    return file


OWN, KEPT = (1, "甲"), (2, "乙")


@needs_file
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("has_own", "has_backup", "rows"),
    [
        (True, False, [OWN]), (True, True, [OWN, KEPT]), (False, True, [(1, "旧"), KEPT]),
        (False, False, []),
    ],
)  # fmt: skip
def test_what_can_be_read_is_saved_and_a_backup_fills_the_gaps(
    damaged, tmp_path, has_own, has_backup, rows
):
    """What was saved goes before what the backup has; the damaged one is set aside, whole."""
    if has_own:
        with_rows(damaged, OWN)
        damaged.with_name("d.sqlite3-wal").write_bytes(b"")
    backup = with_rows(tmp_path / "backup", (1, "旧"), KEPT) if has_backup else None
    done = repair(damaged, IndexPlace(tmp_path / "index"), "1", backup, lambda _: None)
    assert rows_in(damaged) == rows
    assert done.damage == ("坏" if has_own else "没有数据库文件")
    aside = damaged.with_name("d.sqlite3.damaged-1")
    assert done.aside == (aside if has_own else None)
    assert aside.exists() == has_own
    assert damaged.with_name("d.sqlite3.damaged-1-wal").exists() == has_own


@needs_file
@pytest.mark.django_db(transaction=True)
def test_rows_whose_parent_was_lost_are_dropped():
    """They would break every later change; the others stay."""
    Content.objects.create(sha256="a", kind="txt")
    with connection.constraint_checks_disabled():
        for sha256 in "ab":
            Page.objects.create(content_id=sha256, number=1)
    made_whole._drop_orphans()
    assert [page.content_id for page in Page.objects.all()] == ["a"]
    made_whole._drop_orphans()
    assert Page.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("damage", ["", "invalid page in block 0"])
def test_the_tables_of_a_server_are_looked_at_and_left(tmp_path, monkeypatch, damage):
    """Sound, the index is made anew; damaged, it is said whose work it is to mend them."""
    monkeypatch.setattr(made_whole, "is_on_server", lambda: True)
    monkeypatch.setattr(made_whole, "tables_of", lambda data: SimpleNamespace(
        find_damage=lambda: damage
    ))  # fmt: skip
    if not damage:
        done = repair(tmp_path / "none", IndexPlace(tmp_path / "index"), "1", None, lambda _: None)
        assert done == Repair("", None, (), 0)
        return
    with pytest.raises(DatabaseBrokenError, match=r"invalid page.*服务器管理员.*restore"):
        repair(tmp_path / "none", IndexPlace(tmp_path / "index"), "1", None, lambda _: None)
