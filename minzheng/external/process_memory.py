"""How much memory a process holds, and since when it runs. The only file that knows psutil."""

import ctypes
import sys

import psutil

_OWN_BLOCK_FROM, _GIVEN_BACK_FROM = -3, -1  #: M_MMAP_THRESHOLD, M_TRIM_THRESHOLD of malloc.h
_LARGE_BYTES = 64 << 20


def memory_mib(process_id: int) -> int:
    """Resident memory in MiB, children included; 0 when the process is gone."""
    try:
        process = psutil.Process(process_id)
        return sum(map(_resident, [process, *process.children(recursive=True)])) >> 20
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


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def machine_memory_mib() -> int:
    """All the memory the machine has."""
    return int(psutil.virtual_memory().total) >> 20
