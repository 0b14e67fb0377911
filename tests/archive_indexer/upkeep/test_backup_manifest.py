"""The list of a snapshot: its own, by the hand that holds the key, and leading nowhere else."""

import io
import json
from pathlib import Path

import pytest

from archive_indexer.errors import BackupError, WrongKeyError
from archive_indexer.upkeep.backup_key import BackupKey
from archive_indexer.upkeep.backup_manifest import (
    LOCKED_MANIFEST,
    MANIFEST,
    Listed,
    Manifest,
    find_snapshot,
    list_snapshots,
    read_manifest,
    refuse_other_key,
    write_manifest,
)
from minzheng.external.files.age_files import encrypt, new_identity
from tests.archive_indexer.upkeep.backups import IDENTITY, KEY

ONE = Listed("a" * 64, 3)
LIST = Manifest("2026-11-23T03:00:00", ONE, {"data/issued/测试甲.docx": ONE, "config.toml": ONE})


def snapshot(disk: Path, name: str, key: BackupKey | None, manifest: Manifest = LIST) -> Path:
    folder = disk / "snapshots" / name
    folder.mkdir(parents=True)
    write_manifest(folder, name, manifest, key)
    return folder


@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_a_list_is_read_as_it_was_written(tmp_path: Path, key: BackupKey | None):
    """The sizes of its files add up."""
    made = snapshot(tmp_path, "one", key)
    assert read_manifest(made, key) == LIST
    assert LIST.bytes == 6


def test_an_encrypted_list_names_nobody(tmp_path: Path):
    """Not to somebody without the key."""
    made = snapshot(tmp_path, "one", KEY)
    assert "测试甲".encode() not in (made / LOCKED_MANIFEST).read_bytes()
    with pytest.raises(WrongKeyError, match="钥匙不对"):
        read_manifest(made, BackupKey(new_identity()))


def test_a_list_of_another_snapshot_is_refused(tmp_path: Path):
    """Also when it is whole and by the right hand."""
    old, new = snapshot(tmp_path, "old", KEY), snapshot(tmp_path, "new", KEY)
    (new / LOCKED_MANIFEST).write_bytes((old / LOCKED_MANIFEST).read_bytes())
    with pytest.raises(BackupError, match="其实是 old 的"):
        read_manifest(new, KEY)


def test_a_list_by_another_hand_is_refused(tmp_path: Path):
    """Whoever can encrypt to the key cannot seal with it."""
    made, text = snapshot(tmp_path, "one", KEY), json.dumps({"version": 2, "snapshot": "one"})
    for seal in (b"", b"0" * 64, BackupKey(new_identity()).seal_of(text.encode()).encode()):
        with (made / LOCKED_MANIFEST).open("wb") as stream:
            encrypt(io.BytesIO(seal + b"\n" + text.encode()), stream, IDENTITY)
        with pytest.raises(BackupError, match="不是用这把钥匙写的"):
            read_manifest(made, KEY)


def test_a_changed_byte_of_a_list_is_found(tmp_path: Path):
    """Wherever it is."""
    made = snapshot(tmp_path, "one", KEY)
    data = (made / LOCKED_MANIFEST).read_bytes()
    for at in range(0, len(data), 5):
        (made / LOCKED_MANIFEST).write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        with pytest.raises(BackupError):
            read_manifest(made, KEY)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"version": 1}', '{"version": 1, "made_at": "", "files": [1]}']
)
def test_a_broken_plain_list_is_told(tmp_path: Path, text: str):
    """Nothing is concluded from half of one."""
    made = snapshot(tmp_path, "one", None)
    (made / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(BackupError, match="清单已损坏"):
        read_manifest(made, None)


@pytest.mark.parametrize(
    "name", ["data/../../x", "/tmp/x", "data", "other/x", "data/.restoring", ""]
)
@pytest.mark.parametrize("key", [None, KEY], ids=["plain", "encrypted"])
def test_a_list_leads_into_the_data_folder_only(tmp_path: Path, key: BackupKey | None, name: str):
    """Whoever wrote it."""
    made = snapshot(tmp_path, "one", key, Manifest("", ONE, {name: ONE}))
    with pytest.raises(BackupError, match="数据文件夹之外"):
        read_manifest(made, key)


def test_a_list_of_another_version_is_told(tmp_path: Path):
    """A program of later may have another shape."""
    made = snapshot(tmp_path, "one", None)
    text = (made / MANIFEST).read_text(encoding="utf-8").replace('"version": 1', '"version": 3')
    (made / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(BackupError, match="另一版本"):
        read_manifest(made, None)


def test_the_newest_is_found_and_a_plain_one_only_when_asked_for(tmp_path: Path):
    """Whoever lays a plain one beside encrypted ones gets nothing restored."""
    with pytest.raises(BackupError, match="任何完整的"):
        find_snapshot(tmp_path)
    plain = snapshot(tmp_path, "2026-12-31", None)
    with pytest.raises(BackupError, match="没有加密"):
        find_snapshot(tmp_path)
    old, new = snapshot(tmp_path, "2026-01-01", KEY), snapshot(tmp_path, "2026-02-01", KEY)
    snapshot(tmp_path, "2026-12-01.part", KEY)
    assert find_snapshot(tmp_path) == new
    assert find_snapshot(tmp_path, "2026-01-01") == old
    assert find_snapshot(tmp_path, is_plain=True) == plain
    assert list_snapshots(tmp_path) == [old, new]
    with pytest.raises(BackupError, match="去掉 --plain"):
        find_snapshot(tmp_path, "2026-01-01", is_plain=True)


def test_a_folder_has_one_key(tmp_path: Path):
    """A wrong key file is noticed when the backup is made, not when it is needed."""
    refuse_other_key(tmp_path, KEY)
    made = snapshot(tmp_path, "one", KEY)
    refuse_other_key(tmp_path, KEY)
    with pytest.raises(WrongKeyError, match="另一把钥匙"):
        refuse_other_key(tmp_path, BackupKey(new_identity()))
    (made / LOCKED_MANIFEST).write_bytes((made / LOCKED_MANIFEST).read_bytes()[:-3])
    refuse_other_key(tmp_path, KEY)
