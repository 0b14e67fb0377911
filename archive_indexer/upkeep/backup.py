"""Everything the program keeps, copied to another disk: encrypted, plain only when asked for.

    DIR/snapshots/2026-11-25_0300/  the database as of one moment, and the list of all files
    DIR/locked/ab/abcd….age         every kept file once, encrypted, under a keyed name
    DIR/files/ab/abcd…              the same of plain backups, by their hash
    DIR/key.age                     the key as a passphrase locks it, when there is one

Index, logs and drawn pages are left out: index and pages are made again from what was read.
"""

import datetime as dt
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive_indexer.errors import BackupError
from archive_indexer.upkeep.backup_key import BackupKey, lay_locked_key
from archive_indexer.upkeep.backup_manifest import (
    CONFIG,
    DATABASE_FILES,
    NOT_LAID,
    Listed,
    Manifest,
    read_manifest,
    refuse_other_key,
    write_manifest,
)
from archive_indexer.upkeep.backup_news import NEWS_FILE
from archive_indexer.upkeep.backup_shelf import Kept, Shelf, hash_of
from minzheng.county.settings.all_settings import DRAWN
from minzheng.database import embedded_tables
from minzheng.database.errors import ServerToolError
from minzheng.database.tables import Tables, tables_of
from minzheng.external.files.whole_file import PART, draft_of

DATABASE = embedded_tables.FILE
#: Older than the database is harmless for it, newer would look like entries cut off.
_AUDIT_HEAD = "audit_head.json"
_LEFT_OUT = (
    *("index/", "log/", "compiled_templates/", f"{DRAWN}/"),
    *(*NOT_LAID, NEWS_FILE, *DATABASE_FILES.values(), _AUDIT_HEAD),
)
_LEFT_OUT_ENDS = (PART, f"{PART}-journal", ".log")
_NAMED = 3  #: damaged files that a message names


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds, or what was laid back."""

    snapshot: Path
    files: int
    new_files: int
    bytes: int


def make_backup(
    data: Path, config: Path, target: Path, now: dt.datetime, key: BackupKey | None
) -> Backup:
    """Copy the database first, files after: every file the database knows is then there.

    Raises:
        BackupError: the target lies in the data folder, or the database is damaged.
        WrongKeyError: what was kept there before has another key.
    """
    if target.resolve().is_relative_to(data.resolve()):
        raise BackupError(f"备份不能放在数据文件夹 {data} 里面，请换一个磁盘或文件夹。")
    snapshot = target / "snapshots" / now.strftime("%Y-%m-%d_%H%M%S-%f")
    if snapshot.exists():
        raise BackupError(f"{snapshot} 已存在，一秒后再试。")
    if key is not None:
        refuse_other_key(target, key)
    part = snapshot.with_name(snapshot.name + PART)
    part.mkdir(parents=True, mode=0o700)
    try:
        kept = _fill(part, data, config, Shelf(target, key))
        write_manifest(part, snapshot.name, kept.as_manifest(now), key)
        part.rename(snapshot)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return Backup(snapshot, len(kept.files) + 1, kept.new_files, kept.bytes)


@dataclass(frozen=True, slots=True)
class _Filled:
    """What was laid into a snapshot and on its shelf."""

    database: Listed
    files: dict[str, Kept]
    store: str

    @property
    def new_files(self) -> int:
        return sum(one.is_new for one in self.files.values())

    @property
    def bytes(self) -> int:
        return self.database.size + sum(one.size for one in self.files.values())

    def as_manifest(self, now: dt.datetime) -> Manifest:
        listed = {name: Listed(one.sha256, one.size) for name, one in self.files.items()}
        return Manifest(now.isoformat(), self.database, listed, self.store)


def _fill(part: Path, data: Path, config: Path, shelf: Shelf) -> _Filled:
    """Keep the audit log's head, then the database, then all other files."""
    if shelf.key is not None:
        lay_locked_key(shelf.key, shelf.backup)
        lay_locked_key(shelf.key, part)
    head = _put([(f"data/{_AUDIT_HEAD}", data / _AUDIT_HEAD)], shelf)
    tables = tables_of(data)
    with _copied(data, tables) as copy:
        database = Listed(hash_of(copy), copy.stat().st_size)
        shelf.write(copy, database_in(part, shelf.key, tables.file_name), database.sha256)
    return _Filled(database, head | _put(_kept_files(data, config), shelf), tables.kind)


def database_in(snapshot: Path, key: BackupKey | None, name: str = DATABASE) -> Path:
    """Where the copy of the tables lies in a snapshot, by what such a copy is called."""
    return snapshot / (name if key is None else f"{name}.age")


def check_backup(source: Path, snapshot: Path, key: BackupKey | None) -> Manifest:
    """Read everything a snapshot names to its end; gives its list.

    Raises:
        BackupError: with every file that is missing or damaged counted.
    """
    manifest, shelf = read_manifest(snapshot, key), Shelf(source, key)
    bad = [
        f"{name}（{shelf.place_of(one.sha256).relative_to(source)}）"
        for name, one in manifest.files.items()
        if shelf.digest_of(shelf.place_of(one.sha256)) != one.sha256
    ]
    database = database_in(snapshot, key, manifest.database_file)
    if shelf.digest_of(database) != manifest.database.sha256:
        bad.append(f"数据库（{database.relative_to(source)}）")
    refuse_damage(snapshot, bad)
    return manifest


def refuse_damage(snapshot: Path, bad: list[str]) -> None:
    """Say what of a snapshot is missing or damaged.

    Raises:
        BackupError: anything is.
    """
    if bad:
        named = "、".join(bad[:_NAMED]) + (" 等" if len(bad) > _NAMED else "")
        raise BackupError(
            f"备份 {snapshot.name} 中有 {len(bad)} 个文件缺失或损坏，没有恢复任何内容：{named}。"
        )


@contextmanager
def _copied(data: Path, tables: Tables) -> Iterator[Path]:
    """The database as of one moment, beside the data: on a backup's disk it would lie plain."""
    copy = draft_of(data / tables.file_name).part
    try:
        with tables.copied(copy) as damage:
            if damage:
                raise BackupError(f"数据库已损坏，没有备份（{damage}）。请先运行 minzheng repair。")
            yield copy
    except ServerToolError as error:
        raise BackupError(f"没有备份。{error}") from error


def _put(files: Iterable[tuple[str, Path]], shelf: Shelf) -> dict[str, Kept]:
    return {name: shelf.put(file) for name, file in files if file.is_file()}


def _kept_files(data: Path, config: Path) -> Iterator[tuple[str, Path]]:
    for folder, _, names in os.walk(data):
        for name in sorted(names):
            file = Path(folder) / name
            relative = file.relative_to(data).as_posix()
            if not relative.startswith(_LEFT_OUT) and not name.endswith(_LEFT_OUT_ENDS):
                yield f"data/{relative}", file
    if config.is_file():
        yield CONFIG, config
