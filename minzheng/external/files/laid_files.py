"""Files that come with the program and that the county may change: what an upgrade does to them.

A file the county left as it was follows the program. One it changed stays; when the program
changed it, too, that is told until somebody has decided. A Word template and its spec, which
have one name, are one thing.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from minzheng.external.files.whole_file import PART, write_whole

_STAMP = "stamp.txt"


@dataclass(frozen=True, slots=True)
class Laid:
    """One folder of such files in its three states."""

    shipped: Path  #: as this version of the program brings them
    own: Path  #: in use
    before: Path  #: as the program brought them when they were laid or looked at last


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that the county changed."""

    name: str  #: without its ending
    files: tuple[str, ...]
    is_both: bool  #: this version of the program has changed it, too


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What an upgrade of the files did."""

    renewed: tuple[str, ...] = ()
    both: tuple[str, ...] = ()


def bring_files_up_to_date(laid: Laid) -> Upgrade | None:
    """Lay what is not there, renew what the county left as it was; none: nothing was to be done.

    Killed at any moment, the next call goes on.
    """
    stamp = _stamp_of(laid.shipped)
    if laid.own.is_dir() and _read_stamp(laid) == stamp:
        return None
    if not laid.own.is_dir():
        _lay_whole(laid.shipped, laid.before)
        _lay_whole(laid.shipped, laid.own)
    names = _names(laid)
    renewed = [name for name, files in names if _is_renewed(laid, files)]
    both = tuple(name for name, files in names if _is_changed_by_both(laid, files))
    laid.before.mkdir(parents=True, exist_ok=True)
    write_whole(laid.before / _STAMP, stamp.encode(), is_forced=True)
    return Upgrade(tuple(renewed), both)


def find_changes(laid: Laid) -> list[Change]:
    """What the county uses otherwise than the program brings it; nothing before files are laid."""
    if not laid.own.is_dir():
        return []
    return [
        Change(name, files, _is_changed_by_both(laid, files))
        for name, files in _names(laid)
        if _differ(laid.own, laid.shipped, files)
    ]


def keep_own(laid: Laid, change: Change) -> None:
    """Both were looked at, and the county's stays."""
    for file in change.files:
        _copy(laid.shipped / file, laid.before / file)


def take_shipped(laid: Laid, change: Change) -> None:
    """Both were looked at, and the program's is used; the county's must be kept elsewhere."""
    for file in change.files:
        _copy(laid.shipped / file, laid.own / file)
    keep_own(laid, change)


def _lay_whole(source: Path, target: Path) -> None:
    """Copy a folder, whole or not at all; somebody else may do it at the same time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=".", suffix=PART, dir=target.parent))
    try:
        for file in _files_in(source):
            (part / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / file, part / file)
        part.rename(target)
    except OSError:
        if not target.is_dir():
            raise
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _is_renewed(laid: Laid, files: tuple[str, ...]) -> bool:
    """Whether the program's new one took the place of one that nobody had changed."""
    if not _differ(laid.shipped, laid.before, files) or _is_own(laid, files):
        return False
    is_renewed = _differ(laid.shipped, laid.own, files)
    for place in (laid.own, laid.before):
        for file in files:
            if _differ(laid.shipped, place, (file,)):
                _copy(laid.shipped / file, place / file)
    return is_renewed


def _is_changed_by_both(laid: Laid, files: tuple[str, ...]) -> bool:
    return _differ(laid.shipped, laid.before, files) and _is_own(laid, files)


def _is_own(laid: Laid, files: tuple[str, ...]) -> bool:
    """Whether the county changed one: a kill leaves some as they were, others renewed."""
    return any(
        _differ(laid.own, laid.shipped, (file,)) and _differ(laid.own, laid.before, (file,))
        for file in files
    )


def _names(laid: Laid) -> list[tuple[str, tuple[str, ...]]]:
    """Everything there is in any of the three, files of one name together."""
    every = {file for folder in (laid.shipped, laid.own, laid.before) for file in _files_in(folder)}
    groups: dict[str, list[str]] = {}
    for file in sorted(every - {_STAMP}):
        groups.setdefault(str(PurePosixPath(file).with_suffix("")), []).append(file)
    return [(name, tuple(files)) for name, files in groups.items()]


def _files_in(folder: Path) -> Iterator[str]:
    """Files below a folder; hidden ones and what Word lays beside an open one do not count."""
    for file in sorted(folder.rglob("*")):
        relative = file.relative_to(folder)
        if file.is_file() and not relative.name.startswith((".", "~")):
            yield relative.as_posix()


def _differ(one: Path, other: Path, files: Iterable[str]) -> bool:
    return any(_content(one / file) != _content(other / file) for file in files)


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _copy(source: Path, target: Path) -> None:
    """The same content, or the same absence."""
    content = _content(source)
    if content is None:
        target.unlink(missing_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, content, is_forced=True)


def _stamp_of(folder: Path) -> str:
    """Another one after every installation, without reading a file."""
    looks = ((file, (folder / file).stat()) for file in _files_in(folder))
    lines = (f"{file} {look.st_size} {look.st_mtime_ns}" for file, look in looks)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _read_stamp(laid: Laid) -> str:
    content = _content(laid.before / _STAMP)
    return "" if content is None else content.decode("ascii", "replace")
