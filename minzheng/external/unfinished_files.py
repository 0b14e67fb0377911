"""What a killed process had begun to write: `.part` files nobody will ever finish."""

import re
from pathlib import Path

from minzheng.external.files.whole_file import PART
from minzheng.external.process_memory import begun_at

_OLD_SECONDS = 600.0  #: a command beside the service may be writing its own just now
_WRITER = re.compile(r"\.([0-9a-f]+)-[0-9a-f]+" + re.escape(PART))
_CLOCK_SECONDS = 2.0  #: the times of files and of processes come from two clocks


def remove_unfinished(folder: Path, now: float, *, is_share: bool = False) -> int:
    """Remove the `.part` files of processes that are gone; how many there were.

    Of a folder that other machines write into, too, only age tells: a process of theirs is none
    of this machine.
    """
    removed = 0
    for file in folder.rglob(f"*{PART}"):
        try:
            if file.is_file() and _is_left_behind(file, now, is_share):
                file.unlink()
                removed += 1
        except OSError:
            continue  # finished meanwhile, or not ours to remove
    return removed


def _is_left_behind(file: Path, now: float, is_share: bool) -> bool:
    """Whether it is old, or its writer is gone; a number may have been given again since."""
    written = file.lstat().st_mtime
    if written < now - _OLD_SECONDS:
        return True
    writer = _WRITER.fullmatch(file.name)
    if writer is None or is_share:
        return False
    begun = begun_at(int(writer[1], 16))
    return begun is None or begun > written + _CLOCK_SECONDS
