"""Specs found right once, in every part, need no second look while nothing changed.

What is remembered is only that: a digest of everything the check depends on, never what was
read. A wrong one could at most have a form refused when it is asked for, and not at the start.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from filler.form.county_facts import county_facts
from filler.spec.form_catalogue import Catalogue, catalogue_of, open_catalogue
from minzheng.county.config import TEMPLATES_FOLDER, Config
from minzheng.county.county import County
from minzheng.external.files.whole_file import write_whole

_MEMORY = "checked_specs"
_ROOT = 0
#: The program's own files that say what is right.
_CHECKING = tuple(Path(__file__).parents[2] / name for name in ("filler", "minzheng/county"))


def checked_catalogue(config: Config, county: County) -> Catalogue:
    """All forms, each read when asked for; all of them first where they may have changed.

    Raises:
        CatalogueError: with every mistake in every spec.
    """
    memory, digest = config.data_folder / _MEMORY, _digest(county.folder)
    if _recall(memory) == digest:
        return open_catalogue(TEMPLATES_FOLDER, county_facts(config, county))
    catalogue = catalogue_of(config, county)
    _remember(memory, digest)
    return catalogue


def _digest(registry: Path) -> str:
    """Changes with every word of specs and tables, and with the program."""
    digest = hashlib.sha256()
    for folder in (TEMPLATES_FOLDER, registry):
        for file in sorted(folder.rglob("*.*")):
            digest.update(f"{file}\0".encode("utf-8", "surrogateescape"))
            if file.suffix != ".docx":  # only has to be there
                digest.update(hashlib.sha256(_content(file)).digest())
    digest.update("\n".join(_program()).encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # a folder, or gone since: the check will say so
        return b""


def _program() -> Iterator[str]:
    """What the program's files look like from outside: an installation makes others."""
    for root in _CHECKING:
        for folder, below, names in os.walk(root):
            below[:] = sorted(one for one in below if one != "__pycache__")
            for name in sorted(names):
                look = os.stat(os.path.join(folder, name))  # noqa: PTH116, PTH118  # a third of Path's
                yield f"{folder}/{name} {look.st_size} {look.st_mtime_ns}"


def _recall(memory: Path) -> str:
    """Nothing, when somebody else may have written it."""
    try:
        if hasattr(os, "geteuid") and memory.stat().st_uid not in (_ROOT, os.geteuid()):
            return ""
        return memory.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""


def _remember(memory: Path, digest: str) -> None:
    """Another start may not be able to write: it looks at all of them again."""
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        write_whole(memory, digest.encode(), is_private=True)
    except OSError:
        return
