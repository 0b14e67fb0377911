"""How much memory a process and its children hold. The only file that knows psutil."""

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
