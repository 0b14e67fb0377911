"""One of many writers, a process of its own; `benchmarks.scale.writers` starts it."""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "minzheng.web.settings"
django.setup()

from django.core.management import call_command  # noqa: E402  # only after the set-up
from django.db import OperationalError  # noqa: E402

from archive_indexer.stores import waiting_list  # noqa: E402
from archive_indexer.stores.waiting_list import Lane  # noqa: E402
from minzheng.accounts.audit_log import Action, AuditLog, Deed  # noqa: E402
from minzheng.county.config import current_config  # noqa: E402

_DEED = Deed("zhang", "检查人员", "127.0.0.1", Action.VIEW, "查看 2018 低保 张家村")


def main(name: str, count: int, begin: Path) -> None:
    """Do one thing; writers say that they are ready and begin together."""
    if name == "migrate":
        call_command("migrate", verbosity=0)
    elif name == "fill":
        waiting_list.add(f"村/{number:06}.pdf" for number in range(count))
    elif name == "look":
        verdict = _log().verify()
        print(json.dumps({"entries": verdict.count, "problems": verdict.problems}))
    else:
        _log().look_at_end()  # connected, before all begin
        print("ready", flush=True)
        while not begin.exists():
            time.sleep(0.001)
        print(json.dumps(_write(count) if name == "audit" else _take()))


def _write(count: int) -> dict[str, Any]:
    log = _log()
    turns = iter(range(count))
    return _timed(lambda: log.record(_DEED), lambda done: next(turns, None) is None)


def _take() -> dict[str, Any]:
    paths = list[str]()
    taken = [""]

    def take() -> None:
        taken[:] = waiting_list.take(Lane.QUICK, 1)
        paths.extend(taken)

    return _timed(take, lambda done: not taken) | {"paths": paths}


def _timed(deed: Callable[[], None], is_over: Callable[[int], bool]) -> dict[str, Any]:
    """Do something again and again; whoever waited half a minute in vain tries once more."""
    used, slowest, done, refused = time.process_time(), 0.0, 0, 0
    while not is_over(done):
        since = time.monotonic()
        while True:
            try:
                deed()
                break
            except OperationalError:
                refused += 1
        slowest = max(slowest, time.monotonic() - since)
        done += 1
    cpu = time.process_time() - used
    return {"cpu": cpu, "slowest": slowest, "done": done, "refused": refused, "paths": []}


def _log() -> AuditLog:
    return AuditLog(current_config().data_folder)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
