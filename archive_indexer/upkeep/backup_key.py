"""The key of encrypted backups: in a file kept apart, or locked by a passphrase beside them.

Whoever has the key reads every backup made with it; without it nobody does. Names of files
and the seal of a manifest are made with it as well, so that the disk tells nothing and a
manifest that somebody else wrote is no manifest.
"""

import datetime as dt
import hashlib
import hmac
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from archive_indexer.errors import BackupError, WrongKeyError
from minzheng.external.files.age_files import (
    AgeFileError,
    WrongSecretError,
    is_identity,
    lock_identity,
    new_identity,
    unlock_identity,
)
from minzheng.external.files.whole_file import write_whole

LOCKED_KEY = "key.age"
LEAST_PASSPHRASE = 12
_COPIES_TRIED = 3  #: each costs a second
_HEAD = (
    "# 民政十五专档的备份钥匙，{day} 生成。有它就能打开全部备份；丢了它，备份永远打不开。\n"
    "# 请另存一份在别处，不要和备份放在一起。\n"
)


@dataclass(frozen=True, slots=True)
class BackupKey:
    """What opens the backups of a folder, and what is laid beside them of it."""

    identity: str = field(repr=False)
    locked: bytes = field(default=b"", repr=False)  #: the same, as its passphrase locks it

    def name_of(self, digest: str) -> str:
        """What a content is called on the disk, where its hash would betray it."""
        return self._sign("name", digest.encode())

    def seal_of(self, text: bytes) -> str:
        """What only a holder of the key can put under a manifest."""
        return self._sign("manifest", text)

    def _sign(self, purpose: str, text: bytes) -> str:
        key = hmac.digest(self.identity.encode(), f"minzheng backup {purpose}".encode(), "sha256")
        return hmac.new(key, text, hashlib.sha256).hexdigest()


def make_key_file(file: Path, backup: Path, today: dt.date) -> None:
    """A new key in a file that only its owner reads.

    Raises:
        BackupError: a file lies there already, or it would lie in the backup.
    """
    _refuse_beside(file, backup)
    if file.exists():
        raise BackupError(f"{file} 已存在，没有另做钥匙。要用新钥匙，请换一个文件名。")
    file.parent.mkdir(parents=True, exist_ok=True)
    text = f"{_HEAD.format(day=today.isoformat())}{new_identity()}\n"
    write_whole(file, text.encode(), is_forced=True, is_private=True)


def read_key_file(file: Path, backup: Path) -> BackupKey:
    """The key of a file, which must not lie with what it opens.

    Raises:
        BackupError: there is none, or it lies in the backup.
    """
    _refuse_beside(file, backup)
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise BackupError(
            f"找不到钥匙文件 {file}。请写明它在哪里，或用 --new-key 生成。"
        ) from error
    except UnicodeDecodeError:
        lines = []
    secrets = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if len(secrets) != 1 or not is_identity(secrets[0]):
        raise BackupError(f"{file} 不是备份钥匙，或已损坏。请用另存的那一份。")
    return BackupKey(secrets[0])


def passphrase_problem(passphrase: str) -> str:
    """What is wrong with a new passphrase; empty: nothing."""
    if len(_folded(passphrase)) < LEAST_PASSPHRASE:
        return f"口令太短，至少 {LEAST_PASSPHRASE} 个字，可以是一句只有自己知道的话。"
    return ""


def new_passphrase_key(passphrase: str) -> BackupKey:
    """A new key, locked by a passphrase.

    Raises:
        BackupError: the passphrase is too short.
    """
    if problem := passphrase_problem(passphrase):
        raise BackupError(problem)
    identity = new_identity()
    return BackupKey(identity, lock_identity(identity, _folded(passphrase)))


def is_locked_by_passphrase(backup: Path) -> bool:
    """Whether a passphrase opens the backups of a folder."""
    return bool(_locked_keys(backup))


def open_by_passphrase(backup: Path, passphrase: str) -> BackupKey:
    """The key that lies locked in a backup; each snapshot has a copy, should one be damaged.

    Raises:
        WrongKeyError: the passphrase does not fit.
        BackupError: every copy is damaged.
    """
    is_wrong = False
    for locked in _locked_keys(backup)[:_COPIES_TRIED]:
        try:
            return BackupKey(unlock_identity(locked, _folded(passphrase)), locked)
        except WrongSecretError:
            is_wrong = True
        except AgeFileError:
            continue
    if is_wrong:
        raise WrongKeyError("口令不对，备份没有打开。请检查大小写和输入法，再试一次。")
    raise BackupError(f"{backup} 里的钥匙 {LOCKED_KEY} 已损坏，备份打不开。")


def lay_locked_key(key: BackupKey, folder: Path) -> None:
    """Put the locked key into a folder that has none."""
    if key.locked and not (folder / LOCKED_KEY).exists():
        write_whole(folder / LOCKED_KEY, key.locked, is_forced=True, is_private=True)


def _refuse_beside(file: Path, backup: Path) -> None:
    if file.resolve().is_relative_to(backup.resolve()):
        raise BackupError(f"钥匙 {file} 和备份放在一起，等于没有加密。请把它放在别处。")


def _locked_keys(backup: Path) -> list[bytes]:
    """The copies that differ, the folder's own first, then the newest snapshot's."""
    copies = [backup / LOCKED_KEY]
    copies += sorted(backup.glob(f"snapshots/*/{LOCKED_KEY}"), reverse=True)
    return list(dict.fromkeys(one.read_bytes() for one in copies if one.is_file()))


def _folded(passphrase: str) -> str:
    """As every keyboard writes it: composed signs, no end of line."""
    return unicodedata.normalize("NFC", passphrase).strip()
