"""Everything the program keeps, copied to another disk and laid back from there.

    DIR/files/ab/abcd…            every kept file once, by its hash
    DIR/snapshots/2026-11-25_0300/  the database as of one moment, and manifest.json

The full-text index and the logs are left out: the index is made again from what was read.
"""

import datetime as dt
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive_indexer.disk.service_lock import READING, SERVING
from archive_indexer.errors import BackupError
from archive_indexer.upkeep.backup_news import NEWS_FILE
from minzheng.external.files.sqlite_file import copy_database, find_damage
from minzheng.external.files.whole_file import draft_of

DATABASE = "minzheng.sqlite3"
MANIFEST = "manifest.json"
CONFIG = "config.toml"
_VERSION = 1
_HASH = re.compile(r"[0-9a-f]{64}")
STAGED = ".restoring"  #: within the data folder: on the same disk
NOT_LAID = (READING, SERVING, STAGED)
_NEVER_LAID = ((), *((name,) for name in NOT_LAID))
_LEFT_OUT = ("index/", "log/", *NOT_LAID, NEWS_FILE, DATABASE)
_LEFT_OUT_ENDS = (".part", ".log")


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds, or what was laid back."""

    snapshot: Path
    files: int
    new_files: int
    bytes: int


def make_backup(data: Path, config: Path, target: Path, now: dt.datetime) -> Backup:
    """Copy database first, files after: every file the database knows is then there.

    Raises:
        BackupError: the target lies in the data folder, or the database is damaged.
    """
    if target.resolve().is_relative_to(data.resolve()):
        raise BackupError(f"备份不能放在数据文件夹 {data} 里面，请换一个磁盘或文件夹。")
    snapshot = target / "snapshots" / now.strftime("%Y-%m-%d_%H%M%S-%f")
    if snapshot.exists():
        raise BackupError(f"{snapshot} 已存在，一秒后再试。")
    part = snapshot.with_name(snapshot.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True, mode=0o700)
    copy_database(data / DATABASE, part / DATABASE)
    if damage := find_damage(part / DATABASE):
        shutil.rmtree(part)
        raise BackupError(f"数据库已损坏，没有备份（{damage}）。请先运行 minzheng repair。")
    kept: dict[str, dict[str, Any]] = {}
    new_files = 0
    for name, file in _kept_files(data, config):
        digest, is_new = _store(file, target / "files")
        kept[name] = {"sha256": digest, "size": file.stat().st_size}
        new_files += is_new
    size = (part / DATABASE).stat().st_size
    database = {"sha256": _hash(part / DATABASE), "size": size}
    manifest = {"version": _VERSION, "made_at": now.isoformat(), "database": database}
    _write_json(part / MANIFEST, manifest | {"files": kept})
    part.rename(snapshot)
    size += sum(one["size"] for one in kept.values())
    return Backup(snapshot, len(kept) + 1, new_files, size)


def find_snapshot(source: Path, name: str = "") -> Path:
    """The newest snapshot, or the one named.

    Raises:
        BackupError: there is none.
    """
    found = sorted(one.parent for one in (source / "snapshots").glob(f"{name or '*'}/{MANIFEST}"))
    found = [one for one in found if not one.name.endswith(".part")]
    if not found:
        raise BackupError(f"{source} 里没有{name or '任何完整的'}备份。请检查文件夹是否写对。")
    return found[-1]


def check_backup(source: Path, snapshot: Path) -> dict[str, Any]:
    """Hash everything a snapshot names; gives its manifest.

    Raises:
        BackupError: with every file that is missing or damaged counted.
    """
    manifest = _read_manifest(snapshot)
    bad = sum(
        not _is_whole(place_of(source / "files", one["sha256"]), one["sha256"])
        for one in manifest["files"].values()
    )
    bad += not _is_whole(snapshot / DATABASE, manifest["database"]["sha256"])
    if bad:
        raise BackupError(f"备份 {snapshot.name} 中有 {bad} 个文件缺失或损坏，没有恢复任何内容。")
    return manifest


def _read_manifest(snapshot: Path) -> dict[str, Any]:
    """A list that is whole and leads nowhere but into a data folder."""
    damaged = BackupError(f"备份 {snapshot.name} 的清单已损坏，没有恢复任何内容。")
    try:
        manifest: dict[str, Any] = json.loads((snapshot / MANIFEST).read_text(encoding="utf-8"))
        if manifest["version"] != _VERSION:
            raise BackupError(f"{snapshot} 是另一版本的程序做的备份，请用那一版本恢复。")
        named = [manifest["database"], *manifest["files"].values()]
        is_whole = all(_HASH.fullmatch(one["sha256"]) and one["size"] >= 0 for one in named)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise damaged from error
    if not is_whole:
        raise damaged
    for name in manifest["files"]:
        if not _leads_into_data(name):
            raise BackupError(f"备份清单里的 {name} 指到数据文件夹之外，没有恢复任何内容。")
    return manifest


def _leads_into_data(name: str) -> bool:
    path = Path(name)
    if name == CONFIG:
        return True
    is_plain = not path.anchor and ".." not in path.parts and path.as_posix() == name
    return is_plain and path.parts[0] == "data" and path.parts[1:2] not in _NEVER_LAID


def _kept_files(data: Path, config: Path) -> Iterator[tuple[str, Path]]:
    for folder, _, names in os.walk(data):
        for name in sorted(names):
            file = Path(folder) / name
            relative = file.relative_to(data).as_posix()
            if not relative.startswith(_LEFT_OUT) and not name.endswith(_LEFT_OUT_ENDS):
                yield f"data/{relative}", file
    if config.is_file():
        yield CONFIG, config


def _store(file: Path, store: Path) -> tuple[str, bool]:
    """Keep a file by its hash; gives the hash, and whether it was new."""
    digest = _hash(file)
    place = place_of(store, digest)
    if place.exists() and place.stat().st_size == file.stat().st_size:
        return digest, False
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = draft_of(place)
    try:
        shutil.copyfile(file, draft.part)
        if _hash(draft.part) != digest:
            raise BackupError(f"{file.name} 在备份时还在变化，请再做一次。")
        draft.put_inplace_of()
    finally:
        draft.drop()
    return digest, True


def place_of(store: Path, digest: str) -> Path:
    """Where a content lies."""
    return store / digest[:2] / digest


def _is_whole(file: Path, digest: str) -> bool:
    return file.is_file() and _hash(file) == digest


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_json(file: Path, content: dict[str, Any]) -> None:
    with file.open("w", encoding="utf-8") as stream:
        json.dump(content, stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
