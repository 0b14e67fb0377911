"""`minzheng move-database`: the embedded database's rows, taken to the server of config.toml."""

import datetime as dt
from argparse import Namespace
from pathlib import Path

from archive_indexer.disk.service_lock import PagesLock, ServiceLock
from minzheng.accounts.audit_log import Action
from minzheng.cli.database import bring_up_to_date
from minzheng.cli.deeds import write_down
from minzheng.county.settings.all_settings import Config
from minzheng.database.embedded_tables import FILE
from minzheng.database.move import MoveError, holds_rows, move_rows
from minzheng.database.server import address

_NOT_SET = (
    "config.toml 里还没有写数据库服务器。先建一个空库（createdb -T template0 -E UTF8 --locale=C "
    "库名），把 [database] url 写成它的地址，再运行一次；自带数据库里的内容就搬过去。"
)
_NOTHING = "数据文件夹里没有自带的数据库，没有要搬的。"
_LEFT = (
    "数据文件夹里还有自带的数据库（{file}），服务器上的库是空的：账号、档案、文书都在原来那里。"
    "要搬过去，停下服务，运行 minzheng move-database。"
)


def run(args: Namespace, config: Config) -> int:
    """Do it while no service runs; what was there stays beside, under another name.

    Raises:
        MoveError: there is no server, or it holds something already.
    """
    if config.database is None:
        raise MoveError(_NOT_SET)
    file = config.data_folder / FILE
    if not file.exists():
        print(_NOTHING)
        return 0
    with PagesLock(config.data_folder), ServiceLock(config.data_folder):
        bring_up_to_date()
        rows = move_rows(file, lambda name, count: print(f"  {name}：{count} 行"))
        aside = _set_aside(file)
    write_down(config, Action.ADMINISTER, f"数据库搬到 {address()}，{rows} 行")
    print(f"已搬到 {address()}，{rows} 行，逐行核对过。可以启动服务了。")
    print(f"原来的留在 {aside}，程序不再用它；确认无误后可以移走。")
    return 0


def tell_left_behind(config: Config) -> str:
    """That the embedded database still holds what the server lacks; empty when it does not."""
    file = config.data_folder / FILE
    if config.database is None or not file.exists() or holds_rows():
        return ""
    return _LEFT.format(file=file)


def _set_aside(file: Path) -> Path:
    aside = file.with_name(f"{file.name}.moved-{dt.datetime.now():%Y%m%d-%H%M%S}")
    for end in ("", "-wal", "-shm"):
        part = file.with_name(file.name + end)
        if part.exists():
            part.rename(aside.with_name(aside.name + end))
    return aside
