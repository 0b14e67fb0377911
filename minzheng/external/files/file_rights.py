"""Who may read a file: the program's own are its user's alone, shared ones as their folder."""

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

_FILE, _FOLDER = 0o600, 0o700
_OTHERS = 0o077
_READ_AND_WRITE = 0o666


def keep_to_ourselves() -> None:
    """Whatever this process makes from now on, only its user may read."""
    os.umask(_OTHERS)


def make_private(
    folder: Path, spared: Iterable[Path] = (), rest: Callable[[], object] = lambda: None
) -> int:
    """Take what lies in a folder from all others; how many entries others could reach.

    Links are not followed; what belongs to another user stays as it is. `rest` is called after
    each folder: there may be a million files.
    """
    untouched = {one.resolve() for one in spared}
    changed = int(_restrict(str(folder), folder.lstat().st_mode))
    below = _modes_below(folder, untouched, rest)
    return changed + sum(_restrict(one, mode) for one, mode in below)


def shut_out_others(folder: Path, spared: Iterable[Path] = ()) -> int:
    """The folder and what lies at its top: nobody else gets to what is deeper, however much."""
    untouched = {one.resolve() for one in spared}
    changed = int(_restrict(str(folder), folder.lstat().st_mode))
    top = _modes_in(folder, untouched)
    return changed + sum(_restrict(one.path, mode) for one, mode in top)


def make_shared_folder(folder: Path) -> None:
    """Make a folder, and those above it, each with the rights of the folder it lies in."""
    if folder.is_dir():
        return
    make_shared_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    share_as_its_folder(folder)


def share_as_its_folder(path: Path) -> None:
    """Give what we laid in a folder of others the rights that folder has."""
    if os.name == "nt":
        return
    rights = path.parent.stat().st_mode & 0o777
    try:
        path.chmod(rights if path.is_dir() else rights & _READ_AND_WRITE)
    except OSError:
        return  # a share that knows no such rights has its own
    if path.is_dir():
        for entry in path.iterdir():
            share_as_its_folder(entry)


def _modes_below(
    folder: str | Path, untouched: Collection[Path], rest: Callable[[], object]
) -> Iterator[tuple[str, int]]:
    """Whatever lies in a folder, with its mode; one look at each."""
    folders = []
    for entry, mode in _modes_in(folder, untouched):
        yield entry.path, mode
        if stat.S_ISDIR(mode):
            folders.append(entry.path)
    rest()
    for one in folders:
        yield from _modes_below(one, untouched, rest)


def _modes_in(
    folder: str | Path, untouched: Collection[Path]
) -> Iterator[tuple[os.DirEntry[str], int]]:
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError:
        return  # gone meanwhile, or another user's
    for entry in entries:
        is_folder = entry.is_dir(follow_symlinks=False)
        if is_folder and Path(entry.path).resolve() in untouched:
            continue
        with suppress(OSError):
            yield entry, entry.stat(follow_symlinks=False).st_mode


def _restrict(path: str, mode: int) -> bool:
    if not mode & _OTHERS or stat.S_ISLNK(mode):
        return False
    try:
        Path(path).chmod(_FOLDER if stat.S_ISDIR(mode) else _FILE)
    except OSError:
        return False  # gone meanwhile, or another user's
    return True
