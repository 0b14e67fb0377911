"""Walk the whole archive: the truth that events only hint at."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from archive_indexer.errors import ArchiveFolderError
from archive_indexer.identify import Signature

_IGNORED_NAMES = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
_IGNORED_STARTS = ("~$", ".", "~wrl")
_IGNORED_ENDS = (".tmp", ".part", ".partial", ".crdownload", ".download", ".lnk")


@dataclass(frozen=True, slots=True)
class Found:
    """What a walk saw: files, and folders that could not be read."""

    files: Mapping[str, Signature]
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What must be looked at: new or changed files, and files that are gone."""

    changed: tuple[str, ...]
    gone: tuple[str, ...]


def is_ignored(path: str) -> bool:
    """Whether a file or folder is litter of the system and no work trace."""
    return any(_is_litter(part.lower()) for part in path.split("/"))


def walk(root: Path) -> Found:
    """Every file below the archive folder; links are not followed.

    Raises:
        ArchiveFolderError: the folder itself cannot be read.
    """
    files: dict[str, Signature] = {}
    unreadable: list[str] = []
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(_scan(root, folder))
        except OSError as error:
            if not folder:
                raise ArchiveFolderError(
                    f"档案文件夹 {root} 读不到（{error.strerror or error}）。"
                    "请检查网络盘是否连上、文件夹是否存在、是否有读取权限；恢复后会自动继续。"
                ) from error
            unreadable.append(folder)
            continue
        for path, signature in entries:
            if signature is None:
                waiting.append(path)
            else:
                files[path] = signature
    return Found(files, tuple(unreadable))


def compare(found: Found, known: Mapping[str, tuple[Signature, bool]]) -> Changes:
    """What differs from the store.

    `known` gives for each present path its signature and whether it is done with.
    When everything is gone at once, a share was unmounted: nothing is concluded.

    Raises:
        ArchiveFolderError: the archive is suddenly empty.
    """
    if known and not found.files:
        raise ArchiveFolderError(
            "档案文件夹里一个文件也看不到了，可能是网络盘断开。已有索引保持不变，恢复后会自动继续。"
        )
    changed = tuple(
        path for path, signature in found.files.items() if known.get(path) != (signature, True)
    )
    hidden = tuple(f"{folder}/" for folder in found.unreadable)
    gone = tuple(
        path for path in known if path not in found.files and not path.startswith(hidden or "\0")
    )
    return Changes(changed, gone)


def _scan(root: Path, folder: str) -> Iterator[tuple[str, Signature | None]]:
    """Entries of a folder; a folder has no signature."""
    with os.scandir(root / folder) as entries:
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if _is_litter(entry.name.lower()) or entry.is_symlink():
                continue
            if entry.is_dir(follow_symlinks=False):
                yield path, None
            elif entry.is_file(follow_symlinks=False):
                status = entry.stat(follow_symlinks=False)
                yield path, (status.st_size, status.st_mtime_ns)


def _is_litter(name: str) -> bool:
    return (
        name in _IGNORED_NAMES or name.startswith(_IGNORED_STARTS) or name.endswith(_IGNORED_ENDS)
    )
