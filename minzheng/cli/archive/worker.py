"""`minzheng worker`: read scans for the service of this or another machine."""

import datetime as dt
import os
import signal
import socket
import threading
from argparse import Namespace
from types import FrameType

from archive_indexer.errors import NotSharedError, OtherTermsError
from archive_indexer.worker import Worker
from minzheng.cli.database import is_outdated, keep_connections, wait_for_server
from minzheng.cli.log_files import start_logging
from minzheng.county.county import read_county
from minzheng.county.settings.all_settings import Config
from minzheng.inbox.suggest import gather_knowledge

_NOT_SET = (
    '这台机器的 config.toml 里没有设 [reading] queue = "postgresql"。设好，并让 [database] url、'
    "[archive] folder 与看守服务那台指同一个库、同一个档案文件夹，再启动 worker。"
)
_OUTDATED = (
    "数据库里的表和这台机器的程序不是同一版。程序比看守服务那台新：先在那台运行 minzheng upgrade；"
    "还没有启动过看守服务：先启动它。然后再启动 worker。"
)


def run(args: Namespace, config: Config) -> int:
    """Read until Ctrl-C or SIGTERM; the second time at once, which loses nothing."""
    if not config.shares_reading:
        raise NotSharedError(_NOT_SET)
    name = args.name or socket.gethostname()
    start_logging(config.data_folder, f"worker-{name}")
    keep_connections()
    wait_for_server()
    if is_outdated():  # the service alone changes tables
        raise OtherTermsError(_OUTDATED)
    stop = threading.Event()

    def leave(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            os._exit(1)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)
    known = gather_knowledge(read_county()).known
    print(f"{name} 开始识别 {config.archive_folder}，按 Ctrl-C 停止。", flush=True)
    Worker(config, known, name, _say).run_until(stop)
    print("已停止。")
    return 0


def _say(text: str) -> None:
    print(f"[{dt.datetime.now():%H:%M:%S}] {text}", flush=True)
