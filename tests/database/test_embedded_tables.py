"""The tables as a file: copied as of one moment, looked at."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from minzheng.database.embedded_tables import FILE, EmbeddedTables


@pytest.fixture
def tables(tmp_path: Path) -> EmbeddedTables:
    with closing(sqlite3.connect(tmp_path / FILE)) as database:
        database.execute("CREATE TABLE t (x)")
        database.execute("INSERT INTO t VALUES (5)")
        database.commit()
    return EmbeddedTables(tmp_path)


def test_a_copy_lives_as_long_as_it_is_needed(tables, tmp_path):
    """It holds what the tables held, and leaves nothing behind."""
    copy = tmp_path / "copy"
    with tables.copied(copy) as damage, closing(sqlite3.connect(copy)) as database:
        assert damage == ""
        assert database.execute("SELECT x FROM t").fetchall() == [(5,)]
    assert [one.name for one in tmp_path.iterdir()] == [FILE]


def test_damage_is_told(tables, tmp_path):
    """Of the tables and of a copy; whole ones have none."""
    assert tables.find_damage() == ""
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    assert "not a database" in tables.find_damage()


def test_they_exist_once_there_is_a_file(tables, tmp_path):
    """And take as much as it does."""
    assert tables.exist()
    assert tables.bytes() == (tmp_path / FILE).stat().st_size
    assert not EmbeddedTables(tmp_path / "elsewhere").exist()


def test_the_file_goes_and_comes_with_its_folder(tables, tmp_path):
    """Nothing is to be prepared, and nothing bears another name."""
    tables.stage(tmp_path / "copy")
    tables.put_in_place()
    tables.drop_staged()
    assert tables.set_aside("x") == ""
    assert tables.exist()
