"""`minzheng backup DIR`: copy everything the program keeps, also while it runs."""

import datetime as dt
from argparse import Namespace

from archive_indexer.errors import BackupError
from archive_indexer.upkeep.backup import check_backup, make_backup
from archive_indexer.upkeep.backup_manifest import find_snapshot, list_snapshots
from archive_indexer.upkeep.backup_news import PLAIN, note_backup
from minzheng.accounts.audit_log import Action
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.deeds import write_down
from minzheng.cli.office.backup_secret import key_to_make, key_to_open
from minzheng.county.settings.all_settings import Config

_PLAIN = (
    "注意：这份备份没有加密。里面有全部低保、特困等人员的身份证号、电话、账号，全部账号的密码摘要，"
    "审计记录和它的密钥。拿到它的人都能看，也能改了不被发觉。请放在锁好的加密磁盘上。"
)


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
    snapshot = find_snapshot(args.folder, is_plain=args.plain)
    manifest = check_backup(args.folder, snapshot, key_to_open(args, config))
    text = f"备份 {snapshot.name} 完好，{len(manifest.files) + 1} 个文件逐一核对过。"
    note_backup(config.data_folder, "checked", text)
    print(text)
    return 0


def _make(args: Namespace, config: Config) -> int:
    key = key_to_make(args, config)
    kind = PLAIN if key is None else "加密"
    write_down(config, Action.EXPORT, f"备份到 {args.folder}（{kind}）")
    done = make_backup(config.data_folder, config.file, args.folder, dt.datetime.now(), key)
    figures = f"{done.files} 个文件，其中新增 {done.new_files} 个，共 {done.bytes / 1e6:.1f} MB"
    note_backup(config.data_folder, "made", f"{done.snapshot}（{kind}）：{figures}")
    print(f"已备份到 {done.snapshot}（{kind}）：{figures}。全文索引不在其内，恢复时自动重建。")
    print("扫描件原件不在其内，请另行备份。" if key else _PLAIN)
    if key is not None and (old := list_snapshots(args.folder, is_plain=True)):
        print(
            f"注意：{args.folder} 里还有 {len(old)} 份以前没有加密的备份（snapshots 里带 "
            "manifest.json 的，和 files 文件夹）。确认新备份能用后，请把它们删掉。"
        )
    return 0
