"""`minzheng watch`: keep the index true until stopped."""

import os
import signal
import threading
from argparse import Namespace

from cli.archive import ProgressBar, make_service
from cli.database import bring_up_to_date
from cli.log_files import start_logging
from county.config import Config

_LOOK_SECONDS = 1.0


def run(args: Namespace, config: Config) -> int:
    """Watch the archive folder until Ctrl-C or SIGTERM."""
    start_logging(config.data_folder, "service")
    bring_up_to_date()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    print(f"正在看守 {config.archive_folder}，按 Ctrl-C 停止。", flush=True)
    if args.beside:
        _stop_with_parent(stop)
    bar = ProgressBar()
    try:
        make_service(config, bar.show).run_until(stop)
    finally:
        bar.close()
    print("已停止。")
    return 0


def _stop_with_parent(stop: threading.Event) -> None:
    """A web service that was killed must not leave its watcher behind."""
    parent = os.getppid()

    def look() -> None:
        while not stop.wait(_LOOK_SECONDS):
            if os.getppid() != parent:
                stop.set()

    threading.Thread(target=look, daemon=True).start()
