"""`minzheng backup DIR`: copy everything the program keeps, also while it runs."""

import datetime as dt
from argparse import Namespace

from archive_indexer.backup import check_backup, find_snapshot, make_backup
from cli.database import bring_up_to_date
from county.config import Config


def run(args: Namespace, config: Config) -> int:
    """Make a snapshot, or only check the newest one."""
    if args.check:
        snapshot = find_snapshot(args.folder)
        manifest = check_backup(args.folder, snapshot)
        print(f"备份 {snapshot.name} 完好，{len(manifest['files']) + 1} 个文件逐一核对过。")
        return 0
    bring_up_to_date()
    done = make_backup(config.data_folder, config.file, args.folder, dt.datetime.now())
    print(
        f"已备份到 {done.snapshot}：{done.files} 个文件，其中新增 {done.new_files} 个，"
        f"共 {done.bytes / 1e6:.1f} MB。全文索引不在其内，恢复时自动重建。"
    )
    print("备份含个人信息，请放在锁好的磁盘上；扫描件原件请另行备份。")
    return 0
