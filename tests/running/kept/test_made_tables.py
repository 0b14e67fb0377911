"""The tables of an office that begins, made once and copied."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from tests.running.command_starts import run_command
from tests.running.kept.made_tables import NAME, kept_name, lay_tables, made_tables


def shape(file: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def rows(file: Path) -> dict[str, int]:
    with closing(sqlite3.connect(file)) as database:
        names = [name for name, sql in shape(file) if sql and sql.startswith("CREATE TABLE")]
        counts = {
            one: database.execute(f'SELECT COUNT(*) FROM "{one}"').fetchone() for one in names
        }
    return {name: count for name, (count,) in counts.items() if count}


def test_they_are_what_an_office_makes_itself(tmp_path):
    """The same tables with the same rows, readable by its user alone; no office in them."""
    (tmp_path / "config.toml").touch()
    assert run_command(["--config", tmp_path / "config.toml", "coverage"]).returncode == 0
    own = tmp_path / "data" / NAME
    lay_tables(tmp_path / "laid")
    laid = tmp_path / "laid" / NAME
    assert (shape(laid), rows(laid)) == (shape(own), rows(own))
    assert set(rows(laid)) <= {
        "django_migrations", "django_content_type", "auth_permission", "sqlite_sequence",
    }  # fmt: skip
    assert stat.S_IMODE(laid.stat().st_mode) == stat.S_IMODE(own.stat().st_mode)


def test_what_lies_there_is_a_copy(tmp_path):
    """What one office writes no other finds."""
    lay_tables(tmp_path)
    (tmp_path / NAME).write_bytes(b"")
    assert made_tables().stat().st_size > 0


def test_another_migration_makes_them_anew(tmp_path):
    """A new one, one that says something else, another Django."""
    one, other = tmp_path / "0001_a.py", tmp_path / "0002_b.py"
    one.write_text("1")
    other.write_text("2")
    names = [kept_name([one], "6.0"), kept_name([one, other], "6.0"), kept_name([one], "6.1")]
    one.write_text("3")
    names.append(kept_name([one], "6.0"))
    assert len(set(names)) == 4
