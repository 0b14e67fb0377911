"""A database as a file: checked, copied, and saved row by row."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from minzheng.external.files.sqlite_file import copy_database, find_damage, save_rows

_TABLE = "CREATE TABLE paper (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT)"
_PAGE = 4096


def make(file: Path, rows: int) -> Path:
    with closing(sqlite3.connect(file)) as database:
        database.execute(_TABLE)
        database.executemany(
            "INSERT INTO paper (text) VALUES (?)", [(f"{n} " + "字" * 300,) for n in range(rows)]
        )
        database.commit()
    return file


def count(file: Path) -> int:
    with closing(sqlite3.connect(file)) as database:
        return int(database.execute("SELECT count(*) FROM paper").fetchone()[0])


def damage(file: Path, page: int) -> None:
    with file.open("r+b") as stream:
        stream.seek(page * _PAGE)
        stream.write(b"\xff" * _PAGE)


def test_a_copy_is_of_one_moment_while_somebody_writes(tmp_path: Path):
    """What is not committed is not in it; the copy is sound."""
    file = make(tmp_path / "a.sqlite3", 50)
    with closing(sqlite3.connect(file)) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("INSERT INTO paper (text) VALUES ('not yet')")
        copy_database(file, tmp_path / "b.sqlite3")
        writer.commit()
    assert count(tmp_path / "b.sqlite3") == 50
    assert count(file) == 51
    assert find_damage(tmp_path / "b.sqlite3") == ""


def test_a_damaged_page_costs_only_its_rows(tmp_path: Path):
    """Every row outside the page is saved, and the lost ones are counted."""
    file = make(tmp_path / "a.sqlite3", 400)
    damage(file, file.stat().st_size // _PAGE // 2)
    assert find_damage(file)
    fresh = make(tmp_path / "fresh.sqlite3", 0)
    (saved,) = save_rows(file, fresh)
    assert saved.rows + saved.lost == 400
    assert 0 < saved.lost < 20
    assert count(fresh) == saved.rows
    assert find_damage(fresh) == ""


def test_gaps_are_filled_from_a_backup(tmp_path: Path):
    """Rows that are there stay as they are, the lost ones come back."""
    file = make(tmp_path / "a.sqlite3", 400)
    copy_database(file, tmp_path / "backup.sqlite3")
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE paper SET text = 'newer' WHERE id = 1")
        database.commit()
    damage(file, file.stat().st_size // _PAGE // 2)
    fresh = make(tmp_path / "fresh.sqlite3", 0)
    save_rows(file, fresh)
    save_rows(tmp_path / "backup.sqlite3", fresh, is_supplement=True)
    assert count(fresh) == 400
    with closing(sqlite3.connect(fresh)) as database:
        assert database.execute("SELECT text FROM paper WHERE id = 1").fetchone() == ("newer",)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 400])
def test_what_is_no_database_is_said(tmp_path: Path, content: bytes):
    """A file overwritten from its first page gives nothing, and does not stop the rest."""
    file = tmp_path / "a.sqlite3"
    file.write_bytes(content)
    fresh = make(tmp_path / "fresh.sqlite3", 0)
    assert [one.rows for one in save_rows(file, fresh)] == [0]
