"""`minzheng repair`: make a damaged database and index whole again."""

import datetime as dt
from argparse import Namespace
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Never

from tqdm import tqdm

from archive_indexer.disk.service_lock import PagesLock, ServiceLock
from archive_indexer.index.index_place import index_place
from archive_indexer.upkeep.backup import DATABASE
from archive_indexer.upkeep.backup_manifest import find_snapshot
from archive_indexer.upkeep.lay_back import database_of
from archive_indexer.upkeep.repair import Repair, repair
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.office.backup_secret import key_to_open
from minzheng.county.settings.all_settings import Config
from minzheng.database.server import is_on_server


def run(args: Namespace, config: Config) -> int:
    """Save what can be saved, fill gaps from a backup, make the index anew."""
    stamp = f"{dt.datetime.now():%Y%m%d-%H%M%S}"
    data = config.data_folder
    if is_on_server():  # an embedded one may be damaged, and is replaced by one in the newest shape
        bring_up_to_date()
    with _backup(args, config) as backup, PagesLock(data), ServiceLock(data), _bar() as bar:
        show = partial(_show, bar)
        outcome = repair(data / DATABASE, index_place(config), stamp, backup, show)
    print("\n".join(describe(outcome)))
    return 0


def _backup(args: Namespace, config: Config) -> AbstractContextManager[Path | None]:
    """The database of the newest backup, while it is needed; none when none was named."""
    if args.folder is None:
        return nullcontext()
    snapshot = find_snapshot(args.folder, is_plain=args.plain)
    return database_of(snapshot, config.data_folder, key_to_open(args, config))


def _bar() -> "tqdm[Never]":
    return tqdm(unit="件", disable=None, leave=False)


def _show(bar: "tqdm[Never]", done: int) -> None:
    bar.n = done
    bar.refresh()


def describe(outcome: Repair) -> list[str]:
    """What was found and done, line by line."""
    if not outcome.damage:
        return [f"数据库完好。全文索引已重建，共 {outcome.indexed} 件，没有重新识别扫描件。"]
    lines = [f"数据库已损坏，救回 {outcome.rows} 行，{outcome.lost} 行读不出来。"]
    if outcome.aside is not None:
        lines.append(f"损坏的数据库保留在 {outcome.aside}")
    lines += [f"  {one.table}：读不出 {one.lost} 行" for one in outcome.saved if one.lost]
    lines.append(f"全文索引已重建，共 {outcome.indexed} 件。")
    lines.append("接着启动服务（或运行 minzheng index 档案文件夹），缺的会从扫描件补齐。")
    return lines
