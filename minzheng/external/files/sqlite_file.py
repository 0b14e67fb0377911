"""A SQLite database as a file: checked, copied while in use, and saved row by row."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

_PAGES_AT_ONCE = 2000
_WAIT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a table: rows saved, and row numbers that could not be read."""

    table: str
    rows: int
    lost: int


def find_damage(file: Path) -> str:
    """What is wrong with a database; empty when it is sound."""
    try:
        with closing(_open(file)) as database:
            answer = database.execute("PRAGMA integrity_check(5)").fetchall()
    except sqlite3.DatabaseError as error:
        return str(error)
    lines = [str(row[0]) for row in answer]
    return "" if lines == ["ok"] else "; ".join(lines)


def copy_database(source: Path, target: Path) -> None:
    """Copy a database as of one moment, while others write it."""
    with closing(_open(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new, pages=_PAGES_AT_ONCE, sleep=0.05)
        new.execute("PRAGMA journal_mode=DELETE")


def save_rows(damaged: Path, fresh: Path, is_supplement: bool = False) -> list[Saved]:
    """Copy every row that can be read into a fresh database of the same tables.

    A supplement fills only gaps: rows whose number is taken stay as they are.
    """
    with closing(_open(damaged)) as old, closing(sqlite3.connect(fresh)) as new:
        new.execute("PRAGMA foreign_keys=OFF")
        tables = [name for name in _tables(new) if name != "django_migrations"]
        if not is_supplement:
            for table in tables:
                new.execute(f"DELETE FROM {_quoted(table)}")
        saved = [_save_table(old, new, table) for table in tables]
        new.commit()
        return saved


def _save_table(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> Saved:
    columns = _common_columns(old, new, table)
    if not columns:
        return Saved(table, 0, 0)
    names = ", ".join(map(_quoted, columns))
    marks = ", ".join("?" * len(columns))
    put = f"INSERT OR IGNORE INTO {_quoted(table)} ({names}) VALUES ({marks})"
    rows = lost = 0
    for found, unreadable in _ranges(old, f"SELECT {names} FROM {_quoted(table)}", table):
        new.executemany(put, found)
        rows, lost = rows + len(found), lost + unreadable
    return Saved(table, rows, lost)


def _ranges(
    old: sqlite3.Connection, select: str, table: str
) -> Iterator[tuple[list[tuple[object, ...]], int]]:
    """Rows by ranges of row numbers; a range that fails is halved down to the bad rows."""
    last = _last_row(old, table)
    waiting = [(1, last)] if last else []
    while waiting:
        first, end = waiting.pop()
        try:
            yield old.execute(f"{select} WHERE rowid BETWEEN ? AND ?", (first, end)).fetchall(), 0
        except sqlite3.DatabaseError:
            if first == end:
                yield [], 1
                continue
            middle = (first + end) // 2
            waiting += [(middle + 1, end), (first, middle)]


def _last_row(old: sqlite3.Connection, table: str) -> int:
    """The highest row number; when even that cannot be read, what the sequence gave out."""
    for question in (
        f"SELECT max(rowid) FROM {_quoted(table)}",
        f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'",
    ):
        try:
            row = old.execute(question).fetchone()
        except sqlite3.DatabaseError:
            continue
        if row and row[0]:
            return int(row[0])
    return 0


def _common_columns(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> list[str]:
    question = f"PRAGMA table_info({_quoted(table)})"
    try:
        known = {row[1] for row in old.execute(question)}
    except sqlite3.DatabaseError:
        return []
    return [row[1] for row in new.execute(question) if row[1] in known]


def _tables(database: sqlite3.Connection) -> list[str]:
    rows = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return [row[0] for row in rows]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=_WAIT_SECONDS)
