"""Who may read a file: the program's own are its user's alone, shared ones as their folder."""

import os
from collections.abc import Iterable
from pathlib import Path

_FILE, _FOLDER = 0o600, 0o700
_OTHERS = 0o077
_READ_AND_WRITE = 0o666


def keep_to_ourselves() -> None:
    """Whatever this process makes from now on, only its user may read."""
    os.umask(_OTHERS)


def make_private(folder: Path, spared: Iterable[Path] = ()) -> int:
    """Take what lies in a folder from all others; how many entries others could reach.

    Links are not followed; what belongs to another user stays as it is.
    """
    untouched = {one.resolve() for one in spared}
    changed = int(_restrict(folder, _FOLDER))
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = [one for one in folders if (here / one).resolve() not in untouched]
        changed += sum(_restrict(here / one, _FOLDER) for one in folders)
        changed += sum(_restrict(here / one, _FILE) for one in files)
    return changed


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


def _restrict(path: Path, most: int) -> bool:
    try:
        if path.is_symlink() or not path.lstat().st_mode & _OTHERS:
            return False
        path.chmod(most)
    except OSError:
        return False  # gone meanwhile, or another user's
    return True
