"""What the program keeps, copied away: encrypted, or plain when asked for."""

import datetime as dt
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive_indexer.errors import BackupError, WrongKeyError
from archive_indexer.upkeep.backup import DATABASE, check_backup, database_in, make_backup
from archive_indexer.upkeep.backup_key import LOCKED_KEY, BackupKey
from archive_indexer.upkeep.backup_manifest import find_snapshot, read_manifest
from minzheng.database import embedded_tables
from minzheng.external.files.age_files import new_identity
from tests.archive_indexer.upkeep.backups import IDENTITY, KEY, LOCKED, NOW, stored

LATER = NOW + dt.timedelta(days=1)


def test_everything_kept_is_copied_once(data, config, tmp_path, key):
    """A second backup copies only what is new; the index and the logs are made again."""
    first = make_backup(data, config, tmp_path / "to", NOW, key)
    names = read_manifest(first.snapshot, key).files
    assert set(names) == {"data/issued/a.docx", "data/secret_key", "config.toml"}
    assert (first.files, first.new_files) == (4, 3)
    sizes = sum(one.size for one in names.values())
    assert first.bytes == sizes + (data / DATABASE).stat().st_size
    (data / "issued/c.docx").write_text("neu", encoding="utf-8")
    second = make_backup(data, config, tmp_path / "to", LATER, key)
    assert (second.files, second.new_files) == (5, 1)
    assert find_snapshot(tmp_path / "to", is_plain=key is None) == second.snapshot
    assert sorted(one.name for one in data.iterdir()) == [
        "index", "issued", "log", DATABASE, "secret_key",
    ]  # fmt: skip


def test_an_encrypted_backup_holds_nothing_in_the_clear(data, config, tmp_path):
    """No content, no name, no table of the database."""
    number = "610927190001010000"
    (data / "issued/测试甲.docx").write_text(f"{number} 的申请", encoding="utf-8")
    make_backup(data, config, tmp_path / "to", NOW, KEY)
    # Whole words only: four digits stand by chance in a digest or in what is encrypted.
    clear = (b"SQLite format", b"CREATE TABLE", number.encode(), b"secret_key")
    for file in (tmp_path / "to").rglob("*"):
        assert "测试甲" not in file.name
        if file.is_file():
            held = file.read_bytes()
            assert not [one for one in clear if one in held]


def test_a_backup_lies_outside_and_is_made_once_a_moment(data, config, tmp_path, key):
    """Inside the data folder it would copy itself."""
    for inside in (data, data / "backup"):
        with pytest.raises(BackupError, match="不能放在数据文件夹"):
            make_backup(data, config, inside, NOW, key)
    make_backup(data, config, tmp_path / "to", NOW, key)
    with pytest.raises(BackupError, match="已存在"):
        make_backup(data, config, tmp_path / "to", NOW, key)


def test_a_damaged_database_is_not_backed_up(data, config, tmp_path, key):
    """And leaves no snapshot, nor a copy."""
    with closing(sqlite3.connect(data / DATABASE)) as database:
        database.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 200)
        database.commit()
    raw = bytearray((data / DATABASE).read_bytes())
    raw[4096:12000] = b"\xff" * (12000 - 4096)
    (data / DATABASE).write_bytes(raw)
    with pytest.raises(BackupError, match="数据库已损坏"):
        make_backup(data, config, tmp_path / "to", NOW, key)
    with pytest.raises(BackupError, match="任何完整的"):
        find_snapshot(tmp_path / "to", is_plain=key is None)
    assert not list((tmp_path / "to/snapshots").iterdir())
    assert not list(data.glob("*.part"))


def test_what_is_copied_again_was_cut_short(data, config, tmp_path, key):
    """A file of the right name and another size is no copy."""
    made = make_backup(data, config, tmp_path / "to", NOW, key)
    kept = next(one for one in stored(tmp_path / "to") if one.stat().st_size)
    kept.write_bytes(kept.read_bytes()[:-1])
    with pytest.raises(BackupError, match="1 个文件缺失或损坏"):
        check_backup(tmp_path / "to", made.snapshot, key)
    again = make_backup(data, config, tmp_path / "to", LATER, key)
    assert again.new_files == 1
    assert check_backup(tmp_path / "to", again.snapshot, key).made_at == LATER.isoformat()


@pytest.mark.parametrize("what", ["missing", "altered", "swapped", "database", "old database"])
def test_whatever_is_not_as_it_was_is_found(data, config, tmp_path, key, what):
    """With what it is, and where it lies on the disk."""
    first = make_backup(data, config, tmp_path / "to", NOW, key)
    with closing(sqlite3.connect(data / DATABASE)) as database:
        database.execute("CREATE TABLE u (x)")
        database.commit()
    made = make_backup(data, config, tmp_path / "to", LATER, key)
    kept, other = [one for one in stored(tmp_path / "to") if one.stat().st_size][:2]
    match what:
        case "missing":
            kept.unlink()
        case "altered":
            kept.write_bytes(kept.read_bytes()[:-1] + bytes([kept.read_bytes()[-1] ^ 1]))
        case "swapped":
            kept.write_bytes(other.read_bytes())
        case "database":
            database_in(made.snapshot, key).write_bytes(b"x")
        case "old database":
            old = database_in(first.snapshot, key).read_bytes()
            database_in(made.snapshot, key).write_bytes(old)
    where = "数据库" if "database" in what else kept.name
    with pytest.raises(BackupError, match=f"1 个文件缺失或损坏.*{where}"):
        check_backup(tmp_path / "to", made.snapshot, key)


def test_a_locked_key_lies_in_the_backup_and_in_each_snapshot(data, config, tmp_path):
    """So that damage of one loses nothing; a key from a file lies nowhere."""
    made = make_backup(data, config, tmp_path / "to", NOW, BackupKey(IDENTITY, LOCKED))
    assert (made.snapshot / LOCKED_KEY).read_bytes() == LOCKED
    assert (tmp_path / "to" / LOCKED_KEY).read_bytes() == LOCKED
    other = make_backup(data, config, tmp_path / "other", NOW, KEY)
    assert not list((tmp_path / "other").rglob(LOCKED_KEY))
    assert other.files == made.files


def test_another_key_is_noticed_when_a_backup_is_made(data, config, tmp_path):
    """Not on the day it is needed."""
    make_backup(data, config, tmp_path / "to", NOW, KEY)
    with pytest.raises(WrongKeyError, match="另一把钥匙"):
        make_backup(data, config, tmp_path / "to", LATER, BackupKey(new_identity()))
    assert len(list((tmp_path / "to/snapshots").iterdir())) == 1


def test_a_backup_without_config_has_none(data, tmp_path):
    """Nor is one laid back."""
    made = make_backup(data, tmp_path / "none.toml", tmp_path / "to", NOW, KEY)
    assert made.files == 3


def test_the_head_of_the_audit_log_is_never_newer_than_the_database(
    data, config, tmp_path, monkeypatch
):
    """Somebody does something while the database is copied: no entry seems cut off later."""
    head = data / "audit_head.json"
    head.write_text("before", encoding="utf-8")
    real = embedded_tables.copy_database

    def copy(source: Path, target: Path) -> None:
        real(source, target)
        head.write_text("after", encoding="utf-8")

    monkeypatch.setattr(embedded_tables, "copy_database", copy)
    made = make_backup(data, config, tmp_path / "to", NOW, None)
    kept = read_manifest(made.snapshot, None).files["data/audit_head.json"]
    assert (tmp_path / "to/files" / kept.sha256[:2] / kept.sha256).read_text() == "before"


def test_a_plain_backup_has_the_shape_of_the_version_before(data, config, tmp_path):
    """An older program lays it back, too."""
    made = make_backup(data, config, tmp_path / "to", NOW, None)
    told = json.loads((made.snapshot / "manifest.json").read_text(encoding="utf-8"))
    assert told["version"] == 1
    assert set(told) == {"version", "made_at", "database", "files"}
    assert set(told["database"]) == {"sha256", "size"}
