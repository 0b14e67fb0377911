"""Tables of one county among several: `registry/counties/平利县/standards.toml` before the common.

What a county has no table of its own for is as the common table says.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from minzheng.county.errors import UNREADABLE, Problem, RegistryError
from minzheng.county.registry.desks import load_desks
from minzheng.county.registry.places import FOLDERS, load_places
from minzheng.county.registry.standards import load_limits, load_standards
from minzheng.county.town_names import own_name

FOLDER = "counties"
#: Which tables a county may have of its own, and what they are called in the county.
_OWN: dict[str, tuple[str, Callable[[Path], Any]]] = {
    "standards.toml": ("standards", load_standards),
    "limits.toml": ("limits", load_limits),
    "desks.toml": ("desks", load_desks),
}


def read_own_tables(registry: Path, county: str) -> dict[str, Any]:
    """The tables that a county (`平利县·`) has of its own, by their names.

    Raises:
        RegistryError: with every wrong entry.
    """
    folder = registry / FOLDER / own_name(county)
    return {name: load(folder) for file, (name, load) in _OWN.items() if (folder / file).is_file()}


def find_own_problems(registry: Path) -> list[Problem]:
    """What is wrong with the tables of single counties; the common ones are right."""
    return [one for folder in _folders(registry) for one in _problems_of(registry, folder)]


def _folders(registry: Path) -> list[Path]:
    return sorted(one for one in (registry / FOLDER).glob("*") if one.is_dir())


def _problems_of(registry: Path, folder: Path) -> Iterator[Problem]:
    where = f"{FOLDER}/{folder.name}"
    known = [own_name(one) for one in load_places(registry).counties]
    if folder.name not in known:
        do = f"文件夹名写成 {'、'.join(known)} 之一" if known else "镇村名册里没有分县，删去"
        yield Problem(where, "镇村名册里没有这个县", do)
        return
    for file in sorted(folder.iterdir()):
        if file.name.startswith((".", "~")) or file.name == FOLDERS:
            continue
        if file.name not in _OWN:
            what = "各县不能单独有这张表"
            yield Problem(f"{where}/{file.name}", what, f"单独有的可以是 {'、'.join(_OWN)}")
            continue
        yield from _problems_in(folder, file.name, where)


def _problems_in(folder: Path, name: str, where: str) -> Iterator[Problem]:
    _, load = _OWN[name]
    try:
        load(folder)
    except RegistryError as error:
        for one in error.problems:
            yield Problem(f"{where}/{one.where}", one.what, one.do, one.field)
    except (*UNREADABLE, OSError) as error:
        yield Problem(f"{where}/{name}", f"读不出来（{error}）", "对照各县共用的表改正")
