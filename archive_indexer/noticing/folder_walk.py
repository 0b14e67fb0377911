"""Walk the whole archive: the truth that events only hint at."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archive_indexer.disk.file_names import as_key, disk_path
from archive_indexer.disk.identify import Signature
from archive_indexer.errors import ArchiveFolderError

#: What systems and network disks lay beside papers: thumbnails, snapshots, lists.
_IGNORED_NAMES = frozenset({
    "thumbs.db", "desktop.ini", ".ds_store", "@eadir", "@tmp", "@sharebin", "#snapshot",
    "system volume information", "lost+found", "__macosx", "ehthumbs.db", "aquota.user",
})  # fmt: skip
#: Where deleted papers lie until somebody empties it: told, and not read.
_BINS = frozenset({"#recycle", "@recycle", "$recycle.bin", "recycler", "recycled"})
_SHORTCUTS = (".lnk", ".url", ".desktop")
_IGNORED_STARTS = ("~$", ".", "~wrl")
_IGNORED_ENDS = (".tmp", ".part", ".partial", ".crdownload", ".download", *_SHORTCUTS)


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk saw: files, folders that could not be read, disks joined in."""

    files: Mapping[str, Signature]
    unreadable: tuple[str, ...] = ()
    mounts: tuple[str, ...] = ()  #: folders that are disks or shares of their own
    folders: int = 0
    passed_over: tuple[str, ...] = ()  #: links, shortcuts and bins: seen and not followed


@dataclass(frozen=True, slots=True)
class Changes:
    """What must be looked at: new or changed files, and files that are gone."""

    changed: tuple[str, ...]
    gone: tuple[str, ...]
    recased: tuple[str, ...] = ()  #: gone, but for upper and lower case still there


def is_ignored(path: str) -> bool:
    """Whether a file or folder is litter of the system and no work trace."""
    return any(_is_litter(part.lower()) for part in path.split("/"))


def walk(root: Path, below: str = "") -> Walked:
    """Every file below the archive folder, or a folder in it; links are not followed.

    Raises:
        ArchiveFolderError: the archive folder itself cannot be read.
    """
    files: dict[str, Signature] = {}
    unreadable: list[str] = []
    seen = _Seen(files, mounts := list[str](), passed_over := list[str]())
    waiting, folders = [below], 0
    while waiting:
        folder = waiting.pop()
        folders += 1
        try:
            waiting += _scan(root, folder, seen)
        except OSError as error:
            if not folder:
                raise ArchiveFolderError(
                    f"档案文件夹 {root} 读不到（{error.strerror or error}）。"
                    "请检查网络盘是否连上、文件夹是否存在、是否有读取权限；恢复后会自动继续。"
                ) from error
            unreadable.append(folder)
    return Walked(files, tuple(unreadable), tuple(mounts), folders, tuple(sorted(passed_over)))


def compare(
    found: Walked, known: Mapping[str, tuple[Signature, bool]], may_be_empty: bool = False
) -> Changes:
    """What differs from the store.

    `known` gives for each present path its signature and whether it is done with.
    When everything is gone at once, a share was unmounted: nothing is concluded.

    Raises:
        ArchiveFolderError: the archive is suddenly empty.
    """
    if known and not found.files and not may_be_empty:
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
    return Changes(changed, gone, _recased(changed, gone))


def _recased(changed: tuple[str, ...], gone: tuple[str, ...]) -> tuple[str, ...]:
    """On disks that do not tell `A.jpg` from `a.jpg`, asking for the old name finds the new."""
    if not changed or not gone:
        return ()
    folded = {path.casefold() for path in changed}
    return tuple(path for path in gone if path.casefold() in folded)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a walk gathers."""

    files: dict[str, Signature]
    mounts: list[str]
    passed_over: list[str]


def _scan(root: Path, folder: str, seen: _Seen) -> list[str]:
    """Note the files of a folder; gives its folders."""
    place = str(disk_path(root, folder))
    start = f"{folder}/" if folder else ""
    folders: list[str] = []
    with os.scandir(place) as entries:
        for entry in entries:
            path = start + as_key(entry.name)
            if _is_passed_over(entry):
                seen.passed_over.append(path)
            elif _is_litter(entry.name.lower()):
                continue
            elif entry.is_file(follow_symlinks=False):
                status = entry.stat(follow_symlinks=False)
                seen.files[path] = (status.st_size, status.st_mtime_ns)
            else:
                folders.append(path)
                if os.path.ismount(entry.path):
                    seen.mounts.append(path)
    return folders


def _is_passed_over(entry: os.DirEntry[str]) -> bool:
    """Whether something leads elsewhere, or is neither file nor folder, or a bin."""
    name = entry.name.lower()
    if name in _BINS or name.endswith(_SHORTCUTS):
        return True
    if _is_litter(name):
        return False
    is_plain = entry.is_file(follow_symlinks=False) or entry.is_dir(follow_symlinks=False)
    return entry.is_symlink() or not is_plain


def _is_litter(name: str) -> bool:
    return (
        name in _IGNORED_NAMES
        or name in _BINS
        or name.startswith(_IGNORED_STARTS)
        or name.endswith(_IGNORED_ENDS)
    )
