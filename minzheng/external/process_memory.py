"""How much memory a process holds, and since when it runs. The only file that knows psutil."""

import ctypes
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

_PROCESSES = Path("/proc")
_OWN_BLOCK_FROM, _GIVEN_BACK_FROM = -3, -1  #: M_MMAP_THRESHOLD, M_TRIM_THRESHOLD of malloc.h
_LARGE_BYTES = 64 << 20


def memory_mib(process_id: int) -> int:
    """Resident memory in MiB, children included; 0 when the process is gone."""
    try:
        process = psutil.Process(process_id)
        return sum(map(_resident, [process, *_below(process)])) >> 20
    except psutil.NoSuchProcess:
        return 0


def begun_at(process_id: int) -> float | None:
    """When a process began, in seconds since 1970; None: there is no such process."""
    try:
        return float(psutil.Process(process_id).create_time())
    except (psutil.NoSuchProcess, OverflowError):
        return None
    except psutil.AccessDenied:
        return 0.0  # it runs, and does not say since when


def keep_freed_memory() -> None:
    """Use freed blocks again, however large, until they are given back.

    The C library of Linux asks the system for each large block anew, and every page of it is
    cleared: a fifth of the time in which lines are looked for went there.
    """
    if sys.platform == "linux":
        choose = getattr(ctypes.CDLL(None), "mallopt", None)
        if choose is not None:
            choose(_OWN_BLOCK_FROM, _LARGE_BYTES)
            choose(_GIVEN_BACK_FROM, 2 * _LARGE_BYTES)


def give_back_memory() -> None:
    """Return freed memory to the system; the C library of Linux keeps it otherwise."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)


def _below(process: psutil.Process) -> Iterator[psutil.Process]:
    """All that a process started, and what those started.

    Linux tells the children of one; psutil asks every process of the machine for its parent,
    which took a worker, who looks four times a second, a fifth of what it used itself.
    """
    told = _children_told(process.pid)
    if told is None:
        yield from process.children(recursive=True)
        return
    for one in told:
        with suppress(psutil.NoSuchProcess):
            child = psutil.Process(one)
            yield child
            yield from _below(child)


def _children_told(process_id: int) -> list[int] | None:
    """The children of all threads of a process; None where the system does not tell."""
    try:
        threads = list((_PROCESSES / str(process_id) / "task").iterdir())
        told = [(thread / "children").read_text("ascii") for thread in threads]
    except OSError:  # another system, or a thread that ended meanwhile
        return None
    return [int(one) for text in told for one in text.split()]


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def machine_memory_mib() -> int:
    """All the memory the machine has."""
    return int(psutil.virtual_memory().total) >> 20
