"""The list of a snapshot: what it holds, by hash; encrypted and sealed, or plain when asked."""

import hmac
import io
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from archive_indexer.disk.service_lock import READING, SERVING, UPGRADING
from archive_indexer.errors import BackupError, WrongKeyError
from archive_indexer.upkeep.backup_key import BackupKey
from minzheng.database import embedded_tables, server_tables
from minzheng.external.files.age_files import AgeFileError, WrongSecretError, decrypt, encrypt
from minzheng.external.files.whole_file import PART, write_whole
from minzheng.external.shared_folder import RUN

MANIFEST, LOCKED_MANIFEST = "manifest.json", "manifest.age"
CONFIG = "config.toml"
#: What a copy of the tables is called, by what they lie in.
DATABASE_FILES = {
    embedded_tables.KIND: embedded_tables.FILE,
    server_tables.KIND: server_tables.FILE,
}
STAGED = ".restoring"  #: within the data folder: on the same disk
NOT_LAID = (READING, SERVING, UPGRADING, RUN, STAGED)
_NEVER_LAID = ((), *((name,) for name in NOT_LAID))
_PLAIN, _LOCKED = 1, 2  #: versions; 1 is that of backups before there were encrypted ones
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Listed:
    """One content, as a list names it."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot holds: its database, and files by the name they are laid back under."""

    made_at: str
    database: Listed
    files: Mapping[str, Listed]
    store: str = embedded_tables.KIND  #: what the tables lay in; older lists do not say

    @property
    def database_file(self) -> str:
        """What the copy of the tables is called."""
        return DATABASE_FILES[self.store]

    @property
    def bytes(self) -> int:
        """How much the files hold, the database left out."""
        return sum(one.size for one in self.files.values())


def find_snapshot(source: Path, name: str = "", *, is_plain: bool = False) -> Path:
    """The newest snapshot, or the one named; a plain one only when asked for.

    Raises:
        BackupError: there is none.
    """
    found = list_snapshots(source, name, is_plain=is_plain)
    if found:
        return found[-1]
    if list_snapshots(source, name, is_plain=not is_plain):
        raise BackupError(_ENCRYPTED if is_plain else _NOT_ENCRYPTED.format(source))
    raise BackupError(f"{source} 里没有{name or '任何完整的'}备份。请检查文件夹是否写对。")


def list_snapshots(source: Path, name: str = "", *, is_plain: bool = False) -> list[Path]:
    """The whole snapshots of a folder, oldest first."""
    manifest = MANIFEST if is_plain else LOCKED_MANIFEST
    found = (one.parent for one in (source / "snapshots").glob(f"{name or '*'}/{manifest}"))
    return sorted(one for one in found if not one.name.endswith(PART))


def write_manifest(folder: Path, name: str, manifest: Manifest, key: BackupKey | None) -> None:
    """Put the list into a snapshot that is being made."""
    version = {"version": _PLAIN} if key is None else {"version": _LOCKED, "snapshot": name}
    told = asdict(manifest)
    if manifest.store == embedded_tables.KIND:
        del told["store"]  # as older programs write and read it
    text = json.dumps(version | told, ensure_ascii=False, indent=1).encode()
    if key is None:
        write_whole(folder / MANIFEST, text, is_forced=True, is_private=True)
        return
    locked = io.BytesIO()
    encrypt(io.BytesIO(f"{key.seal_of(text)}\n".encode() + text), locked, key.identity)
    write_whole(folder / LOCKED_MANIFEST, locked.getvalue(), is_forced=True, is_private=True)


def read_manifest(snapshot: Path, key: BackupKey | None) -> Manifest:
    """A list that is whole, the snapshot's own, and leads nowhere but into a data folder.

    Raises:
        WrongKeyError: another key opens it.
        BackupError: it is damaged, or another one's.
    """
    try:
        told = json.loads(_opened(snapshot, key))
        _refuse_other(told, snapshot, key)
        listed = {name: _listed(one) for name, one in told["files"].items()}
        store = told.get("store", embedded_tables.KIND)
        if store not in DATABASE_FILES:
            raise ValueError(store)
        manifest = Manifest(told["made_at"], _listed(told["database"]), listed, store)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise _damaged(snapshot) from error
    for name in manifest.files:
        if not _leads_into_data(name):
            raise BackupError(f"备份清单里的 {name} 指到数据文件夹之外，没有恢复任何内容。")
    return manifest


def refuse_other_key(backup: Path, key: BackupKey) -> None:
    """Ask for the key of the snapshots that are there: one folder, one key.

    Raises:
        WrongKeyError: another key opens every one of them.
    """
    made = list_snapshots(backup)
    if made and not any(_fits(key, one) for one in reversed(made)):
        raise WrongKeyError(
            f"{backup} 里的备份是用另一把钥匙加密的。请用原来的钥匙，或另选一个文件夹。"
        )


def _fits(key: BackupKey, snapshot: Path) -> bool:
    try:
        read_manifest(snapshot, key)
    except WrongKeyError:
        return False
    except BackupError:
        return True  # damaged, but not another's
    return True


def _opened(snapshot: Path, key: BackupKey | None) -> bytes:
    """The text of a list, once its seal is known to be right."""
    if key is None:
        return (snapshot / MANIFEST).read_bytes()
    plain = io.BytesIO()
    try:
        with (snapshot / LOCKED_MANIFEST).open("rb") as stream:
            decrypt(stream, plain, key.identity)
    except WrongSecretError as error:
        raise WrongKeyError(
            f"钥匙不对，打不开备份 {snapshot.name}。请用做备份时的那一把。"
        ) from error
    except AgeFileError as error:
        raise _damaged(snapshot) from error
    seal, _, text = plain.getvalue().partition(b"\n")
    if not hmac.compare_digest(seal, key.seal_of(text).encode()):
        raise BackupError(f"备份 {snapshot.name} 的清单不是用这把钥匙写的，没有恢复任何内容。")
    return text


def _refuse_other(told: dict[str, Any], snapshot: Path, key: BackupKey | None) -> None:
    if told["version"] != (_PLAIN if key is None else _LOCKED):
        raise BackupError(f"{snapshot} 是另一版本的程序做的备份，请用那一版本恢复。")
    if key is not None and told["snapshot"] != snapshot.name:
        raise BackupError(
            f"备份 {snapshot.name} 的清单其实是 {told['snapshot']} 的，没有恢复任何内容。"
        )


def _listed(one: dict[str, Any]) -> Listed:
    if not _HASH.fullmatch(one["sha256"]) or one["size"] < 0:
        raise ValueError(one)
    return Listed(one["sha256"], one["size"])


def _damaged(snapshot: Path) -> BackupError:
    return BackupError(f"备份 {snapshot.name} 的清单已损坏，没有恢复任何内容。")


def _leads_into_data(name: str) -> bool:
    path = Path(name)
    if name == CONFIG:
        return True
    is_plain = not path.anchor and ".." not in path.parts and path.as_posix() == name
    return is_plain and path.parts[0] == "data" and path.parts[1:2] not in _NEVER_LAID


_ENCRYPTED = "这里的备份是加密的，请去掉 --plain。"
_NOT_ENCRYPTED = (
    "{} 里只有没有加密的备份：含个人信息、账号和密钥，也看不出有没有被人改过。"
    "确认来历可靠、仍要用它的，加 --plain。"
)
