"""`minzheng restore DIR`: lay a backup back, check it whole first, make the index anew."""

import datetime as dt
from argparse import Namespace

from django.db import connections

from archive_indexer.disk.service_lock import PagesLock, ServiceLock
from archive_indexer.errors import BackupError
from archive_indexer.index.index_place import index_place
from archive_indexer.index.index_writer import rebuild_index
from archive_indexer.upkeep.backup_manifest import find_snapshot, read_manifest
from archive_indexer.upkeep.lay_back import has_data, put_in_place, set_aside, stage
from minzheng.accounts.audit_log import Action
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.deeds import write_down
from minzheng.cli.office.backup_secret import key_to_open
from minzheng.county.settings.all_settings import Config


def run(args: Namespace, config: Config) -> int:
    """Refuse to overwrite; with --force what is there is moved aside, not deleted."""
    data = config.data_folder
    snapshot = find_snapshot(args.folder, args.snapshot, is_plain=args.plain)
    key = key_to_open(args, config)
    read_manifest(snapshot, key)
    data.mkdir(parents=True, exist_ok=True)
    with PagesLock(data), ServiceLock(data):
        in_use = has_data(data)
        if in_use and not args.force:
            raise BackupError(
                f"{data} 里已有数据，没有恢复。要恢复请加 --force，原有数据会移到旁边。"
            )
        done = stage(args.folder, snapshot, data, key)
        connections.close_all()
        aside = set_aside(data, dt.datetime.now()) if in_use else None
        put_in_place(data, config.file, aside)
        if aside:
            print(f"原有数据已移到 {aside}")
        bring_up_to_date()
        kind = "没有加密，未验证来历" if key is None else "加密"
        write_down(config, Action.ADMINISTER, f"从备份 {snapshot.name} 恢复（{kind}）")
        index = index_place(config).emptied()
        indexed = rebuild_index(index, lambda _: None)
    print(f"已恢复 {snapshot.name}：{done.files} 个文件逐一核对过，全文索引重建 {indexed} 件。")
    return 0
