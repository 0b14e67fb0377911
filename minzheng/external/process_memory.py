"""How much memory a process holds, and since when it runs. The only file that knows psutil."""

import ctypes
import sys

import psutil


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
