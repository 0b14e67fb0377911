"""What a killed process had begun to write: `.part` files nobody will ever finish."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from minzheng.external.files.whole_file import PART
from minzheng.external.process_memory import begun_at

_OLD_SECONDS = 600.0  #: a command beside the service may be writing its own just now
_WRITER = re.compile(r"\.([0-9a-f]+)-[0-9a-f]+" + re.escape(PART))
_CLOCK_SECONDS = 2.0  #: the times of files and of processes come from two clocks


def remove_unfinished(
    folder: Path,
    now: float,
    rest: Callable[[], object] = lambda: None,
    *,
    is_share: bool = False,
) -> int:
    """Remove the `.part` files of processes that are gone; how many there were.

    `rest` is called after each folder: there may be a million files. Of a folder that other
    machines write into, too, only age tells: a process of theirs is none of this machine.
    """
    removed = 0
    for file in _halves_below(folder, rest):
        try:
            if file.is_file() and _is_left_behind(file, now, is_share):
                file.unlink()
                removed += 1
        except OSError:
            continue  # finished meanwhile, or not ours to remove
    return removed


def _halves_below(folder: Path, rest: Callable[[], object]) -> Iterator[Path]:
    for where, _, names in os.walk(folder):
        yield from (Path(where, one) for one in names if one.endswith(PART))
        rest()


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
