"""Which version of program and rules is in use, and what an update of them changes."""

import hashlib
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.urls import reverse

from minzheng.county.config import REGISTRY_FOLDER, TEMPLATES_FOLDER
from minzheng.county.registry.shown.registry_guide import FILES
from minzheng.county.settings.all_settings import Config
from minzheng.county.shipped import is_installed, program_version
from minzheng.external.county_files import county_folders
from minzheng.external.files.laid_files import Change, find_changes
from minzheng.web.gate.office import forms
from minzheng.web.office.file_versions import Version
from minzheng.web.office.registry_deeds import versions_of_table

_UPGRADED = "program_version.txt"
_TITLES = {one.name.rpartition(".")[0]: one for one in FILES}


@dataclass(frozen=True, slots=True)
class Replaced:
    """A table that the county put in place, and its newest version."""

    title: str
    address: str
    version: Version


@dataclass(frozen=True, slots=True)
class Own:
    """Something the county changed, that an update leaves as it is."""

    title: str
    address: str
    is_both: bool  #: the program that is installed now brings another one, too


@dataclass(frozen=True, slots=True)
class Versions:
    """What is in use."""

    program: str
    is_installed: bool
    python: str
    system: str
    data_from: str  #: the version that brought the data up to date last
    rules: str  #: tells two states of tables and forms apart
    tables: int
    forms: int
    replaced: tuple[Replaced, ...]
    own: tuple[Own, ...]


def versions(config: Config) -> Versions:
    """As they are now."""
    return Versions(
        program=program_version(),
        is_installed=is_installed(),
        python=platform.python_version(),
        system=f"{platform.system()} {platform.machine()}",
        data_from=_upgraded(config),
        rules=digest_of(REGISTRY_FOLDER, TEMPLATES_FOLDER),
        tables=len(FILES),
        forms=len(forms().forms),
        replaced=tuple(_replaced()),
        own=tuple(_own(config)),
    )


def digest_of(*folders: Path) -> str:
    """Twelve signs that differ when any file of some folders does."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not file.name.startswith("."):
                digest.update(f"{file.relative_to(folder).as_posix()}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _upgraded(config: Config) -> str:
    try:
        return (config.data_folder / _UPGRADED).read_text(encoding="ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def _replaced() -> Iterator[Replaced]:
    for one in FILES:
        newest = next(iter(versions_of_table(one.name).history()), None)
        if newest is not None:
            yield Replaced(one.title, reverse("registry-table", args=[one.name]), newest)


def _own(config: Config) -> Iterator[Own]:
    for folder, laid in county_folders(config).items():
        for change in find_changes(laid):
            yield _told(folder, change)


def _told(folder: str, change: Change) -> Own:
    if folder == "registry" and change.name in _TITLES:
        one = _TITLES[change.name]
        return Own(one.title, reverse("registry-table", args=[one.name]), change.is_both)
    form_id = Path(change.name).name
    known = forms().by_id.get(form_id)
    address = reverse("template", args=[form_id]) if known else ""
    title = f"{form_id} {known.short_title}" if known else change.name
    return Own(title, address, change.is_both)
