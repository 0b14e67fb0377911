"""A data folder to be backed up, and how: plain, or encrypted."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive_indexer.upkeep.backup import DATABASE
from archive_indexer.upkeep.backup_key import BackupKey
from tests.archive_indexer.upkeep.backups import KEY


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a database, issued papers, and what need not be kept."""
    monkeypatch.setattr("minzheng.database.tables.is_on_server", lambda: False)
    folder = tmp_path / "data"
    for name in ("issued/a.docx", "index/seg.bin", "log/x.log", "issued/b.part", "secret_key"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        database.execute("CREATE TABLE t (x)")
        database.commit()
    return folder


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.toml"
    file.write_text("", encoding="utf-8")
    return file


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request) -> BackupKey | None:
    return request.param
