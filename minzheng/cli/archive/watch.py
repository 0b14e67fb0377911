"""`minzheng watch`: keep the index true until stopped."""

import signal
import sys
import threading
import time
from argparse import Namespace

from minzheng.cli.archive.progress import ProgressBar, make_service
from minzheng.cli.beside import stop_with_parent
from minzheng.cli.database import bring_up_to_date, keep_connections, wait_for_server
from minzheng.cli.log_files import start_logging
from minzheng.cli.tidying import shut_data_folder, start_tidying
from minzheng.county.config import REGISTRY_FOLDER
from minzheng.county.county import read_county
from minzheng.county.registry.registry_files import find_registry_problems
from minzheng.county.settings.all_settings import Config
from minzheng.external.files.changed_files import State, state_of

_LOOK_SECONDS = 1.0
_REGISTRY_SECONDS = 5.0


def run(args: Namespace, config: Config) -> int:
    """Watch the archive folder until Ctrl-C or SIGTERM."""
    ended = threading.Event()
    if args.beside:
        stop_with_parent(sys.stdin.fileno(), ended.set)
    start_logging(config.data_folder, "service")
    if config.database is not None:
        keep_connections()
    wait_for_server()
    bring_up_to_date()
    if not args.beside:
        shut_data_folder(config)
        start_tidying(config)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    print(f"正在看守 {config.archive_folder}，按 Ctrl-C 停止。", flush=True)
    bar = ProgressBar()
    try:
        while not ended.is_set():
            turn = _stop_when_registry_changes(ended)
            make_service(config, read_county(REGISTRY_FOLDER), bar.show).run_until(turn)
    finally:
        bar.close()
    print("已停止。")
    return 0


def _stop_when_registry_changes(ended: threading.Event) -> threading.Event:
    """An event that is set at the end, or when the county's tables were replaced by right ones."""
    turn, seen = threading.Event(), _registry_state()

    def look() -> None:
        known, next_look = seen, 0.0
        while not ended.wait(_LOOK_SECONDS):
            now = time.monotonic()
            if now < next_look:
                continue
            next_look = now + _REGISTRY_SECONDS
            state = _registry_state()
            if state != known and not find_registry_problems(REGISTRY_FOLDER):
                break
            known = state
        turn.set()

    threading.Thread(target=look, daemon=True).start()
    return turn


def _registry_state() -> State:
    return state_of([REGISTRY_FOLDER])
