"""Waiting for a state: as long as something moves, however slow the machine is."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psutil

#: When nothing moved for so long, nothing will.
STILL_SECONDS = 300.0
#: What a command, a page or a whole story may take on the busiest machine: only what hangs is
#: ended by these.
COMMAND_SECONDS, PAGE_MS, STORY_SECONDS = 1800.0, 300_000.0, 3600
_CPU_STEP_SECONDS = 5.0
_SIGNS_SECONDS = 5.0  #: between two looks for signs, each of which asks for every process
_LOOK_SECONDS = 4.0
_FIGURES = (
    "SELECT report FROM archive_indexer_servicestate",
    "SELECT id, state, stage, done FROM filler_batch",
    "SELECT state, count(*) FROM inbox_original GROUP BY state",
    "SELECT state, count(*) FROM inbox_piece GROUP BY state",
)


def wait_until(
    is_true: Callable[[], bool],
    signs: Callable[[], object],
    *,
    clock: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Look again and again; give up only when the signs of work stood still for long."""
    seen, since = signs(), clock()
    looked = since
    while not is_true():
        if clock() - looked >= _SIGNS_SECONDS:
            now, looked = signs(), clock()
            if now != seen:
                seen, since = now, looked
        assert clock() - since < STILL_SECONDS, f"it never became true; the last signs: {seen}"
        pause(0.3)


def looking_seldom(
    is_true: Callable[[], bool],
    data_folder: Path,
    *,
    clock: Callable[[], float] = time.monotonic,
) -> Callable[[], bool]:
    """For what is dear to look at, a page or a search: again when figures of the service changed.

    Not all that changes is among them: also after some seconds.
    """
    seen: list[object] = []

    def look() -> bool:
        now = (figures(data_folder), clock() // _LOOK_SECONDS)
        if seen == [now]:
            return False
        seen[:] = [now]  # first: what changes while it is looked at is looked at again
        return is_true()

    return look


def signs_of(pid: int, data_folder: Path) -> tuple[object, ...]:
    """What tells that a service works: its figures, and that it uses the processor at all."""
    return (int(_cpu_seconds(pid) / _CPU_STEP_SECONDS), *figures(data_folder))


def report_of(data_folder: Path) -> dict[str, Any]:
    """What the service that watches the archive said last."""
    rows = next(iter(figures(data_folder)), [])
    return json.loads(rows[0][0]) if rows else {}


def figures(data_folder: Path) -> list[list[tuple[Any, ...]]]:
    """Report, batches and inbox as the database tells them; nothing while there is none."""
    file = data_folder / "minzheng.sqlite3"
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as database:
            return [database.execute(query).fetchall() for query in _FIGURES]
    except sqlite3.Error:  # not made yet, or being changed
        return []


def _cpu_seconds(pid: int) -> float:
    """Of a process and all that it started, ended ones among them; it must be alive."""
    return sum(_times(psutil.Process(pid)))


def _times(process: psutil.Process) -> Iterator[float]:
    used = process.cpu_times()
    yield used.user + used.system + used.children_user + used.children_system
    for child in process.children():
        with suppress(psutil.NoSuchProcess):  # ended since: counted among its parent's
            yield from _times(child)
