"""What the program keeps, copied away and laid back."""

import datetime as dt
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive_indexer.errors import BackupError
from archive_indexer.upkeep.backup import (
    DATABASE,
    MANIFEST,
    check_backup,
    find_snapshot,
    make_backup,
)
from archive_indexer.upkeep.lay_back import put_in_place, stage

NOW = dt.datetime(2026, 11, 23, 3, 0)
LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with a database, issued papers, and what need not be kept."""
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


def test_everything_kept_is_copied_once(data, config, tmp_path):
    """A second backup copies only what is new; the index and the logs are made again."""
    first = make_backup(data, config, tmp_path / "to", NOW)
    names = json.loads((first.snapshot / MANIFEST).read_text(encoding="utf-8"))["files"]
    assert set(names) == {"data/issued/a.docx", "data/secret_key", "config.toml"}
    assert (first.files, first.new_files) == (4, 3)
    sizes = sum(one["size"] for one in names.values())
    assert first.bytes == sizes + (data / DATABASE).stat().st_size
    (data / "issued/c.docx").write_text("neu", encoding="utf-8")
    second = make_backup(data, config, tmp_path / "to", LATER)
    assert (second.files, second.new_files) == (5, 1)
    assert find_snapshot(tmp_path / "to") == second.snapshot
    assert find_snapshot(tmp_path / "to", first.snapshot.name) == first.snapshot


def test_a_backup_lies_outside_and_is_made_once_a_moment(data, config, tmp_path):
    """Inside the data folder it would copy itself."""
    for inside in (data, data / "backup"):
        with pytest.raises(BackupError, match="不能放在数据文件夹"):
            make_backup(data, config, inside, NOW)
    make_backup(data, config, tmp_path / "to", NOW)
    with pytest.raises(BackupError, match="已存在"):
        make_backup(data, config, tmp_path / "to", NOW)


def test_a_damaged_database_is_not_backed_up(data, config, tmp_path):
    """And leaves no snapshot."""
    with closing(sqlite3.connect(data / DATABASE)) as database:
        database.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 200)
        database.commit()
    raw = bytearray((data / DATABASE).read_bytes())
    raw[4096:12000] = b"\xff" * (12000 - 4096)
    (data / DATABASE).write_bytes(raw)
    with pytest.raises(BackupError, match="数据库已损坏"):
        make_backup(data, config, tmp_path / "to", NOW)
    with pytest.raises(BackupError, match="任何完整的"):
        find_snapshot(tmp_path / "to")


def test_what_is_copied_again_was_cut_short(data, config, tmp_path):
    """A file of the right name and another size is no copy."""
    made = make_backup(data, config, tmp_path / "to", NOW)
    kept = next((tmp_path / "to/files").glob("*/*"))
    kept.write_text("", encoding="utf-8")
    with pytest.raises(BackupError, match="1 个文件缺失或损坏"):
        check_backup(tmp_path / "to", made.snapshot)
    again = make_backup(data, config, tmp_path / "to", LATER)
    assert again.new_files == 1
    assert check_backup(tmp_path / "to", again.snapshot)["version"] == 1


@pytest.mark.parametrize("what", ["missing", "altered", "database", "version"])
def test_a_backup_is_checked_whole_before_anything_is_laid_back(data, config, tmp_path, what):
    """Nothing is restored from half of one."""
    made = make_backup(data, config, tmp_path / "to", NOW)
    kept = next((tmp_path / "to/files").glob("*/*"))
    manifest = made.snapshot / MANIFEST
    match what:
        case "missing":
            kept.unlink()
        case "altered":
            kept.write_text("anderes", encoding="utf-8")
        case "database":
            (made.snapshot / DATABASE).write_bytes(b"x")
        case "version":
            text = manifest.read_text(encoding="utf-8").replace('"version": 1', '"version": 2')
            manifest.write_text(text, encoding="utf-8")
    with pytest.raises(BackupError, match="另一版本" if what == "version" else "1 个文件"):
        lay_back(tmp_path / "to", made.snapshot, tmp_path / "new", tmp_path / "other.toml")
    assert not (tmp_path / "new").exists()


def lay_back(source, snapshot, data, config):
    """As `minzheng restore` does it: checked and copied whole, then put in place."""
    laid = stage(source, snapshot, data)
    put_in_place(data, config)
    return laid


def test_what_is_laid_back_is_what_was_kept(data, config, tmp_path):
    """A config that is there is not overwritten; the key stays secret."""
    made = make_backup(data, config, tmp_path / "to", NOW)
    laid = lay_back(tmp_path / "to", made.snapshot, tmp_path / "new", tmp_path / "other.toml")
    assert (laid.files, laid.new_files) == (4, 4)
    assert laid.bytes == made.bytes - (made.snapshot / DATABASE).stat().st_size
    assert (tmp_path / "new/issued/a.docx").read_text(encoding="utf-8") == "issued/a.docx"
    assert (tmp_path / "new/secret_key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "other.toml").exists()
    config.write_text("# changed", encoding="utf-8")
    lay_back(tmp_path / "to", made.snapshot, tmp_path / "new2", config)
    assert config.read_text(encoding="utf-8") == "# changed"
    assert (tmp_path / "config.from-backup.toml").read_text(encoding="utf-8") == ""


def test_a_name_that_leads_out_of_the_data_folder_is_refused(data, config, tmp_path):
    """Whoever wrote it into the list."""
    made = make_backup(data, config, tmp_path / "to", NOW)
    manifest = made.snapshot / MANIFEST
    text = manifest.read_text(encoding="utf-8").replace("data/secret_key", "data/../../evil")
    manifest.write_text(text, encoding="utf-8")
    with pytest.raises(BackupError, match="数据文件夹之外"):
        lay_back(tmp_path / "to", made.snapshot, tmp_path / "new/data", config)
    assert not (tmp_path / "evil").exists()


def test_a_backup_without_config_has_none(data, tmp_path):
    """Nor is one laid back."""
    made = make_backup(data, tmp_path / "none.toml", tmp_path / "to", NOW)
    assert made.files == 3
