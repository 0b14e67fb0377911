"""Keys of backups: in a file apart, or locked by a passphrase beside what they open."""

import datetime as dt
import os
import unicodedata
from pathlib import Path

import pytest

from archive_indexer.errors import BackupError, WrongKeyError
from archive_indexer.upkeep.backup_key import (
    LOCKED_KEY,
    BackupKey,
    is_locked_by_passphrase,
    lay_locked_key,
    make_key_file,
    new_passphrase_key,
    open_by_passphrase,
    passphrase_problem,
    read_key_file,
)
from tests.archive_indexer.upkeep.backups import IDENTITY, KEY, LOCKED, PASSPHRASE

DAY = dt.date(2026, 11, 28)


def test_a_key_file_is_made_once_for_its_owner_only(tmp_path: Path):
    """Two are never alike, and what lies there is not written over."""
    make_key_file(tmp_path / "one/backup.key", tmp_path / "disk", DAY)
    make_key_file(tmp_path / "two.key", tmp_path / "disk", DAY)
    first = read_key_file(tmp_path / "one/backup.key", tmp_path / "disk")
    assert first != read_key_file(tmp_path / "two.key", tmp_path / "disk")
    if os.name != "nt":
        assert (tmp_path / "one/backup.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(BackupError, match="已存在"):
        make_key_file(tmp_path / "two.key", tmp_path / "disk", DAY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "找不到钥匙文件"),
        ("", "不是备份钥匙"),
        ("# 只有说明\n", "不是备份钥匙"),
        (IDENTITY[:-4], "不是备份钥匙"),
        (f"{IDENTITY}\n{IDENTITY}", "不是备份钥匙"),
    ],
)
def test_what_is_no_key_file_is_told(tmp_path: Path, text: str | None, said: str):
    """Missing, empty, cut short, two at once."""
    if text is not None:
        (tmp_path / "k").write_text(text, encoding="utf-8")
    with pytest.raises(BackupError, match=said):
        read_key_file(tmp_path / "k", tmp_path / "disk")
    (tmp_path / "k").write_bytes(b"\xff\xfe")
    with pytest.raises(BackupError, match="不是备份钥匙"):
        read_key_file(tmp_path / "k", tmp_path / "disk")


def test_a_key_does_not_lie_with_what_it_opens(tmp_path: Path):
    """That would be no lock."""
    (tmp_path / "disk").mkdir()
    with pytest.raises(BackupError, match="等于没有加密"):
        make_key_file(tmp_path / "disk/backup.key", tmp_path / "disk", DAY)
    assert not list((tmp_path / "disk").iterdir())
    (tmp_path / "disk/backup.key").write_text(IDENTITY, encoding="utf-8")
    with pytest.raises(BackupError, match="等于没有加密"):
        read_key_file(tmp_path / "disk/backup.key", tmp_path / "disk")


def test_a_key_is_never_shown():
    """Not in a message, not in a log."""
    assert IDENTITY not in repr(BackupKey(IDENTITY, LOCKED))


def test_names_and_seals_need_the_key():
    """They differ by key and by purpose."""
    other = BackupKey(IDENTITY.lower())
    names = {KEY.name_of("ab"), KEY.name_of("ac"), other.name_of("ab"), KEY.seal_of(b"ab")}
    assert len(names) == 4
    assert KEY.name_of("ab") == BackupKey(IDENTITY, LOCKED).name_of("ab")


def test_a_passphrase_opens_what_lies_in_the_backup(tmp_path: Path):
    """A wrong one is told as that; how signs are composed does not matter."""
    assert not is_locked_by_passphrase(tmp_path)
    lay_locked_key(BackupKey(IDENTITY, LOCKED), tmp_path)
    assert is_locked_by_passphrase(tmp_path)
    assert open_by_passphrase(tmp_path, PASSPHRASE) == BackupKey(IDENTITY, LOCKED)
    spelled = unicodedata.normalize("NFD", PASSPHRASE) + "\n"
    assert open_by_passphrase(tmp_path, spelled).identity == IDENTITY
    with pytest.raises(WrongKeyError, match="口令不对"):
        open_by_passphrase(tmp_path, PASSPHRASE[:-1])


def test_a_damaged_copy_of_the_key_loses_nothing(tmp_path: Path):
    """Each snapshot has one; when all are damaged that is said."""
    snapshot = tmp_path / "snapshots/2026-11-23"
    snapshot.mkdir(parents=True)
    lay_locked_key(BackupKey(IDENTITY, LOCKED), snapshot)
    (tmp_path / LOCKED_KEY).write_bytes(LOCKED[:-7])
    assert open_by_passphrase(tmp_path, PASSPHRASE).identity == IDENTITY
    (snapshot / LOCKED_KEY).write_bytes(b"")
    with pytest.raises(BackupError, match="已损坏"):
        open_by_passphrase(tmp_path, PASSPHRASE)


def test_a_key_that_is_there_stays(tmp_path: Path):
    """And one from a file leaves nothing in the backup."""
    lay_locked_key(KEY, tmp_path)
    assert not is_locked_by_passphrase(tmp_path)
    (tmp_path / LOCKED_KEY).write_bytes(b"was there")
    lay_locked_key(BackupKey(IDENTITY, LOCKED), tmp_path)
    assert (tmp_path / LOCKED_KEY).read_bytes() == b"was there"


@pytest.mark.parametrize("short", ["", "十一个字十一个字十一个", "  spaces     \n"])
def test_a_short_passphrase_is_refused(short: str):
    """Somebody with the disk tries many."""
    assert "至少 12 个字" in passphrase_problem(short)
    with pytest.raises(BackupError, match="至少 12 个字"):
        new_passphrase_key(short)
    assert passphrase_problem("十二个字十二个字十二个字") == ""
