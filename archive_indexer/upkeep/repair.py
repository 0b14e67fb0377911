"""Make a damaged database and index whole again, losing nothing that can be saved."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connections

from archive_indexer.errors import DatabaseBrokenError
from archive_indexer.index.index_place import IndexPlace
from archive_indexer.index.index_writer import rebuild_index
from minzheng.database.server import is_on_server
from minzheng.database.tables import tables_of
from minzheng.external.files.sqlite_file import Saved, find_damage, save_rows


@dataclass(frozen=True, slots=True)
class Repair:
    """What was wrong and what was saved."""

    damage: str  #: empty when the database was sound
    aside: Path | None  #: where the damaged database lies now
    saved: tuple[Saved, ...]
    indexed: int

    @property
    def rows(self) -> int:
        """Rows saved."""
        return sum(one.rows for one in self.saved)

    @property
    def lost(self) -> int:
        """Row numbers that could not be read."""
        return sum(one.lost for one in self.saved)


def repair(
    database: Path, place: IndexPlace, stamp: str, backup: Path | None,
    progress: Callable[[int], None],
) -> Repair:  # fmt: skip
    """Save every readable row into a fresh database, fill gaps from a backup, index anew.

    Raises:
        DatabaseBrokenError: it is a server's, and damaged: its files are not ours to mend.
    """
    if is_on_server():
        _refuse_damaged_server(database.parent)
        return Repair("", None, (), rebuild_index(place.emptied(), progress))
    damage = find_damage(database) if database.exists() else "没有数据库文件"
    aside: Path | None = None
    saved: tuple[Saved, ...] = ()
    if damage:
        aside, saved = _replace(database, stamp, backup)
    index = place.emptied()
    return Repair(damage, aside, saved, rebuild_index(index, progress))


_OF_SERVER = (
    "数据库服务器上的数据已损坏（{}）。本程序不动服务器的文件：请先停下服务，让服务器管理员检查磁盘，"
    "再用 minzheng restore 备份文件夹 --force 恢复最近的备份，之后新放入的扫描件会重新入库。"
)


def _refuse_damaged_server(data: Path) -> None:
    if damage := tables_of(data).find_damage():
        raise DatabaseBrokenError(_OF_SERVER.format(damage))


def _replace(
    database: Path, stamp: str, backup: Path | None
) -> tuple[Path | None, tuple[Saved, ...]]:
    connections.close_all()
    aside = database.with_name(f"{database.name}.damaged-{stamp}")
    is_there = database.exists()
    for end in ("", "-wal", "-shm"):
        part = database.with_name(database.name + end)
        if part.exists():
            shutil.move(part, aside.with_name(aside.name + end))
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()
    saved: list[Saved] = []
    if is_there:
        saved += save_rows(aside, database)
    if backup is not None:
        saved += save_rows(backup, database, is_supplement=is_there)
    _drop_orphans()
    return (aside if is_there else None), tuple(saved)


def _drop_orphans() -> None:
    """Rows whose parent was lost would break every later change; contents are read again."""
    connection = connections["default"]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        orphans = [(row[0], row[1]) for row in cursor.fetchall() if row[1] is not None]
        for table, number in orphans:
            name = connection.ops.quote_name(table)
            cursor.execute(f"DELETE FROM {name} WHERE rowid = %s", [number])
