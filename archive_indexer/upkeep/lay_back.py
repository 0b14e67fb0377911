"""A backup laid back: staged beside the data, checked whole, only then put in place."""

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive_indexer.errors import BackupError
from archive_indexer.upkeep.backup import Backup, database_in, refuse_damage
from archive_indexer.upkeep.backup_key import BackupKey
from archive_indexer.upkeep.backup_manifest import (
    CONFIG,
    NOT_LAID,
    STAGED,
    Manifest,
    read_manifest,
)
from archive_indexer.upkeep.backup_shelf import Shelf
from minzheng.county.settings.all_settings import issued_in
from minzheng.database import embedded_tables, server_tables
from minzheng.database.errors import ServerToolError
from minzheng.database.tables import tables_of
from minzheng.external.files.file_rights import make_private
from minzheng.external.files.whole_file import draft_of


def stage(source: Path, snapshot: Path, data: Path, key: BackupKey | None) -> Backup:
    """Copy a snapshot into the data folder, beside what lies there, and check it meanwhile.

    Raises:
        WrongKeyError: another key opens it; nothing was moved.
        BackupError: what it holds is damaged; nothing was moved.
        OSError: there is no room for it; nothing was moved.
    """
    manifest, shelf = read_manifest(snapshot, key), Shelf(source, key)
    _refuse_other_store(manifest, data)
    staged = data / STAGED
    shutil.rmtree(staged, ignore_errors=True)
    try:
        refuse_damage(snapshot, list(_lay(manifest, snapshot, shelf, staged)))
        make_private(staged)
        tables_of(data).stage(staged / "data" / manifest.database_file)
    except BaseException as error:
        shutil.rmtree(staged, ignore_errors=True)
        tables_of(data).drop_staged()
        if isinstance(error, ServerToolError):
            raise BackupError(f"没有恢复任何内容。{error}") from error
        raise
    files = len(manifest.files) + 1
    return Backup(snapshot, files, files, manifest.bytes)


@contextmanager
def database_of(snapshot: Path, data: Path, key: BackupKey | None) -> Iterator[Path]:
    """The database of a snapshot, whole, laid beside the data as long as it is needed.

    Raises:
        WrongKeyError: another key opens it.
        BackupError: it is damaged.
    """
    manifest, shelf = read_manifest(snapshot, key), Shelf(snapshot.parents[1], key)
    _refuse_other_store(manifest, data)
    name = manifest.database_file
    copy = draft_of(data / name).part
    try:
        if not _is_laid(shelf, database_in(snapshot, key, name), manifest.database.sha256, copy):
            refuse_damage(snapshot, ["数据库"])
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _lay(manifest: Manifest, snapshot: Path, shelf: Shelf, staged: Path) -> Iterator[str]:
    """Copy everything a list names; gives the names of what was not what it should be."""
    for name, one in manifest.files.items():
        if not _is_laid(shelf, shelf.place_of(one.sha256), one.sha256, staged / name):
            yield name
    name = manifest.database_file
    database = database_in(snapshot, shelf.key, name)
    if not _is_laid(shelf, database, manifest.database.sha256, staged / "data" / name):
        yield "数据库"


def _is_laid(shelf: Shelf, source: Path, digest: str, target: Path) -> bool:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as stream:
        return shelf.digest_of(source, stream) == digest


def put_in_place(data: Path, config: Path, aside: "Aside | None" = None) -> None:
    """Let what was staged be the data; a config that is there already is not overwritten.

    `aside`: what was there and was set aside.
    """
    staged = data / STAGED
    if (staged / CONFIG).exists():
        own = config.with_name("config.from-backup.toml") if config.exists() else config
        shutil.copyfile(staged / CONFIG, own)
    for file in sorted((staged / "data").rglob("*")):
        place = data / file.relative_to(staged / "data")
        if file.is_dir():
            place.mkdir(exist_ok=True, mode=0o700)
        else:
            file.replace(place)
    shutil.rmtree(staged)
    tables_of(data).put_in_place(aside.tables if aside else "")


def has_data(data: Path) -> bool:
    """Whether a data folder is in use."""
    return tables_of(data).exist() or any(issued_in(data).glob("*"))


@dataclass(frozen=True, slots=True)
class Aside:
    """Where what was there lies now."""

    folder: Path
    tables: str  #: another name on their server; empty for those of the folder

    def __str__(self) -> str:
        return (
            f"{self.folder}，原来的数据库改名为 {self.tables}" if self.tables else str(self.folder)
        )


def set_aside(data: Path, now: dt.datetime) -> Aside:
    """Move what lies in a data folder beside it; nothing is deleted."""
    stamp = f"{now:%Y%m%d-%H%M%S}"
    tables = tables_of(data).set_aside(stamp)
    aside = data.with_name(f"{data.name}.before-{stamp}")
    aside.mkdir(mode=0o700)
    for entry in data.iterdir():
        if entry.name not in NOT_LAID:
            entry.rename(aside / entry.name)
    return Aside(aside, tables)


_STORES = {
    embedded_tables.KIND: ("自带的（SQLite）", "config.toml [database] 的 url 空着"),
    server_tables.KIND: ("PostgreSQL 的", "config.toml [database] 的 url 写上数据库服务器的地址"),
}


def _refuse_other_store(manifest: Manifest, data: Path) -> None:
    """Tables go back into what they lay in.

    Raises:
        BackupError: they lay in something else.
    """
    if manifest.store != tables_of(data).kind:
        name, do = _STORES[manifest.store]
        raise BackupError(f"这份备份里的数据库是{name}，没有恢复任何内容。请先让 {do}，再试一次。")
