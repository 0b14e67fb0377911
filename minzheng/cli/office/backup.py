"""`minzheng backup DIR`: copy everything the program keeps, also while it runs."""

import datetime as dt
from argparse import Namespace

from archive_indexer.errors import BackupError
from archive_indexer.upkeep.backup import check_backup, find_snapshot, make_backup
from archive_indexer.upkeep.backup_news import note_backup
from minzheng.accounts.audit_log import Action
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.deeds import write_down
from minzheng.county.config import Config


def run(args: Namespace, config: Config) -> int:
    """Make a snapshot, or only check the newest one; how it went is told on the pages."""
    bring_up_to_date()
    try:
        return _check(args, config) if args.check else _make(args, config)
    except BackupError as error:
        note_backup(config.data_folder, "failed", str(error))
        raise
    except OSError as error:
        note_backup(
            config.data_folder, "failed", f"{args.folder} 写不进去或读不出来（{error.strerror}）"
        )
        raise


def _check(args: Namespace, config: Config) -> int:
    snapshot = find_snapshot(args.folder)
    manifest = check_backup(args.folder, snapshot)
    text = f"备份 {snapshot.name} 完好，{len(manifest['files']) + 1} 个文件逐一核对过。"
    note_backup(config.data_folder, "checked", text)
    print(text)
    return 0


def _make(args: Namespace, config: Config) -> int:
    write_down(config, Action.EXPORT, f"备份到 {args.folder}")
    done = make_backup(config.data_folder, config.file, args.folder, dt.datetime.now())
    figures = f"{done.files} 个文件，其中新增 {done.new_files} 个，共 {done.bytes / 1e6:.1f} MB"
    note_backup(config.data_folder, "made", f"{done.snapshot}：{figures}")
    print(f"已备份到 {done.snapshot}：{figures}。全文索引不在其内，恢复时自动重建。")
    print("备份含个人信息，请放在锁好的磁盘上；扫描件原件请另行备份。")
    return 0
