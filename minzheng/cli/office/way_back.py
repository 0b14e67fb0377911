"""Before all data are changed: a backup that was read to its end, and how it is laid back."""

import datetime as dt
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

from django.db import connections

from archive_indexer.stores.many_machines.workers import knows_workers, seen_workers
from archive_indexer.upkeep.backup import Backup, check_backup, make_backup
from archive_indexer.upkeep.backup_key import BackupKey
from archive_indexer.upkeep.backup_news import PLAIN, note_backup
from archive_indexer.upkeep.lay_back import Aside, put_in_place, set_aside, stage
from minzheng.cli.office.backup_secret import key_to_make
from minzheng.county.settings.all_settings import Config


@dataclass(frozen=True, slots=True)
class Saved:
    """The backup made before anything was changed, and what opens it."""

    folder: Path
    backup: Backup
    key: BackupKey | None

    def lay_back(self, config: Config) -> Aside:
        """Put the data back as they were; what was half made lies aside."""
        data = config.data_folder
        stage(self.folder, self.backup.snapshot, data, self.key)
        connections.close_all()
        aside = set_aside(data, dt.datetime.now())
        put_in_place(data, config.file, aside)
        return aside


def save(args: Namespace, config: Config, before: str) -> Saved:
    """A backup, read to its end before it is trusted; `before` what, in Chinese: 升级前."""
    key = key_to_make(args, config)
    made = make_backup(config.data_folder, config.file, args.folder, dt.datetime.now(), key)
    check_backup(args.folder, made.snapshot, key)
    kind = PLAIN if key is None else "加密"
    note_backup(config.data_folder, "made", f"{made.snapshot}（{kind}），{before}")
    print(f"已备份到 {made.snapshot}（{kind}），{made.files} 个文件逐一核对过。")
    return Saved(args.folder, made, key)


def heard_workers(config: Config) -> list[str]:
    """The workers on whatever machine that are still heard of, by name."""
    if not config.shares_reading or not knows_workers():
        return []
    return [one.name for one in seen_workers() if not one.is_silent]
