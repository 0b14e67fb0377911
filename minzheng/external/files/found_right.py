"""Files that were found right once need no second look while nothing changed.

What is remembered is only that: a digest of everything the check depends on, never what was
read. A wrong one could at most have a mistake told when something is asked for, and not at the
start.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from minzheng.external.files.whole_file import write_whole

_ROOT = 0


def digest_of(
    folders: Iterable[Path], program: Iterable[Path], *, only_there: Callable[[Path], bool]
) -> str:
    """Changes with every word of the files below folders, and with the program's own files.

    Args:
        folders: where the files lie.
        program: where what says whether they are right lies.
        only_there: of which files it counts only that they are there.
    """
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*.*")):
            digest.update(f"{file}\0".encode("utf-8", "surrogateescape"))
            if not only_there(file):
                digest.update(hashlib.sha256(_content(file)).digest())
    digest.update("\n".join(_looks(program)).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # a folder, or gone since: the check will say so
        return b""


def _looks(program: Iterable[Path]) -> Iterator[str]:
    """What the program's files look like from outside: an installation makes others."""
    for root in program:
        for folder, below, names in os.walk(root):
            below[:] = sorted(one for one in below if one != "__pycache__")
            for name in sorted(names):
                look = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118  # a third of Path's
                yield f"{folder}/{name} {look.st_size} {look.st_mtime_ns}"


def recall(memory: Path) -> str:
    """The digest that was remembered."""
    return read_own(memory).decode("ascii", "replace")


def read_own(file: Path) -> bytes:
    """What was kept in a file; nothing, when somebody else may have written it."""
    try:
        if hasattr(os, "geteuid") and file.stat().st_uid not in (_ROOT, os.geteuid()):
            return b""
        return file.read_bytes()
    except OSError:
        return b""


def remember(memory: Path, digest: str) -> None:
    """Another start may not be able to write: it looks at all of them again."""
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        write_whole(memory, digest.encode(), is_private=True)
    except OSError:
        return
