"""A view module is one that urls.py names: it answers addresses, and nobody takes from it."""

import ast
from collections.abc import Iterator, Set
from pathlib import Path

import pytest

from tests.running.imported import imported, imports_of

PROJECT = Path(__file__).resolve().parents[2]
WEB = PROJECT / "minzheng" / "web"
ROOMS = ("minzheng", "filler", "archive_indexer", "script", "benchmarks")


def parse(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def modules_taken(file: Path) -> set[str]:
    """The modules of the web that a file imports as modules."""
    places = {name: PROJECT / f"{name.replace('.', '/')}.py" for name in imports_of(file)}
    return {name for name, place in places.items() if place.exists()}


VIEWS = {one for one in modules_taken(WEB / "urls.py") if one.startswith("minzheng.web.")}
INTERFACE = "minzheng.web.api.interface"
#: The interface's operations are its views: the file that gathers them is their urls.py.
OPERATIONS = {
    one
    for one in modules_taken(WEB / "api" / "interface.py")
    if one.startswith("minzheng.web.api.") and "router = Router(" in
    (PROJECT / f"{one.replace('.', '/')}.py").read_text(encoding="utf-8")
}  # fmt: skip


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(PROJECT).with_suffix("").parts)


def takers(found: Set[str], leaves: set[str]) -> set[str]:
    """Those of some modules that are imported, whole or in part."""
    return {leaf for leaf in leaves if any(f"{name}.".startswith(f"{leaf}.") for name in found)}


def test_the_view_modules_are_known():
    """Every subject has some, and so has the interface."""
    subjects = {one.split(".")[2] for one in VIEWS}
    assert subjects == {
        "api", "archive", "batches", "cabinets", "forms", "gate", "help", "home", "inbox",
        "issued", "office", "oversight", "persons", "policies", "registers", "upkeep",
    }  # fmt: skip
    assert {one.rpartition(".")[2] for one in OPERATIONS} == {"archive", "batches", "documents"}


@pytest.mark.parametrize(
    "line",
    [
        "from minzheng.web.forms.fill import fill",
        "from minzheng.web.forms import fill",
        "import minzheng.web.forms.fill",
        "if TYPE_CHECKING:\n    from minzheng.web.forms.fill import fill",
    ],
)
def test_whoever_takes_from_a_view_is_seen(line):
    """However the import is written; a module whose name only begins alike is another."""
    assert takers({*imported(line)}, {"minzheng.web.forms.fill"}) == {"minzheng.web.forms.fill"}
    assert takers({*imported(line)}, {"minzheng.web.forms.fil"}) == set()


def test_only_the_addresses_know_the_views():
    """What several pages need lies in a module that is no view."""
    found = {
        module_of(file): taken
        for room in ROOMS
        for file in (PROJECT / room).rglob("*.py")
        if "minzheng.web" in file.read_text(encoding="utf-8")  # others need not be parsed
        and (taken := takers(imports_of(file), VIEWS | OPERATIONS))
    }
    assert found == {"minzheng.web.urls": VIEWS, INTERFACE: OPERATIONS}


@pytest.mark.parametrize("module", sorted(VIEWS - {INTERFACE}))
def test_a_view_module_offers_views_only(module):
    """Each public name is one that an address, or a setting of Django, leads to."""
    tree = parse(PROJECT / f"{module.replace('.', '/')}.py")
    offered = {one for part in tree.body for one in names_made(part) if not one.startswith("_")}
    addresses = (WEB / "urls.py").read_text(encoding="utf-8")
    settings = (WEB / "settings.py").read_text(encoding="utf-8")
    short = module.rpartition(".")[2]
    unasked = {
        one
        for one in offered
        if f" {short}.{one}" not in addresses and f'"{module}.{one}"' not in settings
    }
    assert unasked == set()
    assert offered


def names_made(part: ast.stmt) -> Iterator[str]:
    """Names a statement of a module defines."""
    if isinstance(part, ast.FunctionDef | ast.ClassDef):
        yield part.name
    for target in getattr(part, "targets", [getattr(part, "target", None)]):
        yield from (one.id for one in ast.walk(target or ast.Pass()) if isinstance(one, ast.Name))
