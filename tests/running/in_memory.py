"""The files of a test run lie in memory: of a disk they ask for nothing but its slowness.

Writing a file whole costs a disk of these days 5 ms and a removal 2, memory some µs; an office is
laid some thousand times a run. Whoever wants to look at the files of a run sets TMPDIR: what that
says is left as it is.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # of Linux; elsewhere there is none, and the disk is used
_PREFIX = "minzheng-"
_NEEDED_BYTES = 6 << 30  #: what a whole run in several processes may lay there at most, and more


def temporary_files_in_memory(memory: Path = MEMORY) -> Path | None:
    """Have all that asks for a temporary place get one in memory; None where there is no room.

    The folder is the caller's to remove. What runs that were killed left there is removed.
    """
    if "TMPDIR" in os.environ or not memory.is_dir():
        return None
    _remove_left_over(memory)
    if shutil.disk_usage(memory).free < _NEEDED_BYTES:
        return None
    folder = memory / f"{_PREFIX}{os.getpid()}"
    folder.mkdir(mode=0o711)  # a server that refuses root goes through it
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
    return folder


def _remove_left_over(memory: Path) -> None:
    for folder in memory.glob(f"{_PREFIX}*"):
        process = folder.name.removeprefix(_PREFIX)
        if process.isdecimal() and not Path("/proc", process).exists():
            shutil.rmtree(folder, ignore_errors=True)
