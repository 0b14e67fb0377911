"""A backup laid back: as it was, or not at all."""

import json
import sqlite3
from contextlib import closing

import pytest

from archive_indexer.errors import BackupError, WrongKeyError
from archive_indexer.upkeep.backup import DATABASE, database_in, make_backup
from archive_indexer.upkeep.backup_key import BackupKey
from archive_indexer.upkeep.lay_back import database_of, has_data, put_in_place, set_aside, stage
from minzheng.external.files.age_files import new_identity
from tests.archive_indexer.upkeep.backups import KEY, NOW, stored


def lay_back(source, snapshot, data, config, key):
    """As `minzheng restore` does it: checked and copied whole, then put in place."""
    laid = stage(source, snapshot, data, key)
    put_in_place(data, config)
    return laid


@pytest.mark.parametrize("what", ["missing", "altered", "database"])
def test_a_backup_is_checked_whole_before_anything_is_laid_back(data, config, tmp_path, key, what):
    """Nothing is restored from half of one."""
    made = make_backup(data, config, tmp_path / "to", NOW, key)
    kept = stored(tmp_path / "to")[0]
    match what:
        case "missing":
            kept.unlink()
        case "altered":
            kept.write_text("anderes", encoding="utf-8")
        case "database":
            database_in(made.snapshot, key).write_bytes(b"x")
    with pytest.raises(BackupError, match="1 个文件缺失或损坏"):
        stage(tmp_path / "to", made.snapshot, tmp_path / "new", key)
    assert not list((tmp_path / "new").iterdir())


def test_what_is_laid_back_is_what_was_kept(data, config, tmp_path, key):
    """A config that is there is not overwritten; the key stays secret."""
    made = make_backup(data, config, tmp_path / "to", NOW, key)
    laid = lay_back(tmp_path / "to", made.snapshot, tmp_path / "new", tmp_path / "other.toml", key)
    assert (laid.files, laid.new_files) == (4, 4)
    assert laid.bytes == made.bytes - (data / DATABASE).stat().st_size
    assert (tmp_path / "new/issued/a.docx").read_text(encoding="utf-8") == "issued/a.docx"
    assert (tmp_path / "new/secret_key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "new/issued").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "other.toml").exists()
    config.write_text("# changed", encoding="utf-8")
    lay_back(tmp_path / "to", made.snapshot, tmp_path / "new2", config, key)
    assert config.read_text(encoding="utf-8") == "# changed"
    assert (tmp_path / "config.from-backup.toml").read_text(encoding="utf-8") == ""


def test_another_key_lays_nothing_back(data, config, tmp_path):
    """And is told as that."""
    made = make_backup(data, config, tmp_path / "to", NOW, KEY)
    with pytest.raises(WrongKeyError, match="钥匙不对"):
        stage(tmp_path / "to", made.snapshot, tmp_path / "new", BackupKey(new_identity()))
    assert not (tmp_path / "new").exists()


def test_the_database_alone_is_lent(data, config, tmp_path, key):
    """Whole, and gone afterwards."""
    made = make_backup(data, config, tmp_path / "to", NOW, key)
    with database_of(made.snapshot, data, key) as copy, closing(sqlite3.connect(copy)) as opened:
        assert opened.execute("SELECT name FROM sqlite_master").fetchall() == [("t",)]
    assert not copy.exists()
    database_in(made.snapshot, key).write_bytes(b"x")
    with pytest.raises(BackupError, match="数据库"), database_of(made.snapshot, data, key):
        pass
    assert not list(data.glob("*.part"))


def test_a_folder_in_use_is_known_and_set_aside(data, tmp_path):
    """Nothing is deleted; only the lock stays."""
    assert has_data(data)
    assert not has_data(tmp_path / "empty")
    (tmp_path / "issued-only/issued").mkdir(parents=True)
    assert not has_data(tmp_path / "issued-only")
    (tmp_path / "issued-only/issued/a").write_text("x", encoding="utf-8")
    assert has_data(tmp_path / "issued-only")
    (data / "service.lock").write_text("", encoding="utf-8")
    put = set_aside(data, NOW)
    aside = put.folder
    assert (str(put), put.tables) == (str(aside), "")
    assert [one.name for one in data.iterdir()] == ["service.lock"]
    assert (aside / DATABASE).exists()
    assert not (aside / "service.lock").exists()


def test_tables_of_a_server_are_not_laid_into_a_folder(data, config, tmp_path):
    """Nothing is moved, and it is said which setting to change."""
    made = make_backup(data, config, tmp_path / "to", NOW, None)
    file = made.snapshot / "manifest.json"
    told = json.loads(file.read_text(encoding="utf-8")) | {"store": "postgresql"}
    file.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(BackupError, match=r"PostgreSQL 的，没有恢复任何内容.*url 写上"):
        stage(tmp_path / "to", made.snapshot, data, None)
    with (
        pytest.raises(BackupError, match="PostgreSQL 的"),
        database_of(made.snapshot, data, None),
    ):
        pass
    file.write_text(json.dumps(told | {"store": "oracle"}), encoding="utf-8")
    with pytest.raises(BackupError, match="清单已损坏"):
        stage(tmp_path / "to", made.snapshot, data, None)
