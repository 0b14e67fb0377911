"""What a killed process had begun to write: `.part` files nobody will ever finish."""

from pathlib import Path

from minzheng.external.files.whole_file import PART

_OLD_SECONDS = 600.0  #: a command beside the service may be writing its own just now


def remove_unfinished(folder: Path, now: float) -> int:
    """Remove the `.part` files of processes that are gone; how many there were."""
    removed = 0
    for file in folder.rglob(f"*{PART}"):
        try:
            if file.is_file() and file.lstat().st_mtime < now - _OLD_SECONDS:
                file.unlink()
                removed += 1
        except OSError:
            continue  # finished meanwhile, or not ours to remove
    return removed
