"""Whoever looks for the tests of a module finds them by its name; no folder is a heap."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
ROOMS = ("filler", "archive_indexer", "minzheng")
FOLDERS = (*ROOMS, "tests", "script", "benchmarks")
MOST_FILES = 20  #: Python files in a folder, `__init__.py` not counted
#: Classes that others' machinery runs: what their methods do is seen where they are used.
DECLARATIONS = ("Error", "Exception", "Model", "AppConfig")
_AT_THE_EDGE = re.compile(r"^(?:async )?def ", re.MULTILINE)


@cache
def modules(room: str) -> list[Path]:
    """The modules of a room in which something happens; nobody may change the list."""
    files = sorted((PROJECT / room).rglob("*.py"))
    return [one for one in files if has_logic(one.read_text("utf-8"), one)]


def has_logic(source: str, file: Path = PROJECT) -> bool:
    """Whether it holds a function or a method; not of a migration, error, model or app."""
    if "migrations" in file.parts:
        return False
    if _AT_THE_EDGE.search(source):  # of most modules: these need not be parsed
        return True
    return any(
        isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) for one in _read(ast.parse(source))
    )


def _read(node: ast.AST) -> Iterator[ast.AST]:
    """A module's nodes without classes that only declare something."""
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.ClassDef) and _is_declaration(child)):
            yield child
            yield from _read(child)


def _is_declaration(node: ast.ClassDef) -> bool:
    return any(ast.unparse(base).endswith(DECLARATIONS) for base in node.bases)


def test_file_of(module: Path) -> Path:
    """`minzheng/web/forms/fill.py` is tested by `tests/web/forms/test_fill.py`."""
    parts = module.relative_to(PROJECT).parts
    folders = parts[1:-1] if parts[0] == "minzheng" else parts[:-1]
    return PROJECT.joinpath("tests", *folders, f"test_{module.name}")


test_file_of.__test__ = False  # type: ignore[attr-defined] # a help, not a test


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_with_logic_has_its_test_file(room):
    """With at least one test in it."""
    untested = [
        str(module.relative_to(PROJECT))
        for module in modules(room)
        if not (file := test_file_of(module)).exists() or "def test_" not in file.read_text("utf-8")
    ]
    assert modules(room)
    assert untested == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_test_file_is_left_behind_by_its_module(room):
    """What tests several modules together stands beside the folders of the room."""
    files = [*(PROJECT / room).rglob("*.py")]
    known = {test_file_of(module) for module in files}
    folders = {test_file_of(module).parent for module in files}
    beside = {PROJECT / "tests", *(PROJECT / "tests" / one for one in ("filler", "web"))}
    beside |= {PROJECT / "tests" / one for one in ("archive_indexer", "inbox", "cli")}
    lost = [
        str(file.relative_to(PROJECT))
        for folder in folders - beside
        for file in folder.glob("test_*.py")
        if file not in known
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("source", "is_logic"),
    [
        ("WORDS = ('甲',)", False),
        ("@dataclass\nclass A:\n    a: str", False),
        ("class A(ValueError):\n    def __init__(self): ...", False),
        ("class A(models.Model):\n    def __str__(self): ...", False),
        ("class A(AppConfig):\n    def ready(self): ...", False),
        ("@dataclass\nclass A:\n    a: str\n    def b(self): ...", True),
        ("def a(): ...", True),
        ("if a:\n    async def b(): ...", True),
        ("class A(models.Model): ...\ndef b(): ...", True),
    ],
)
def test_what_only_declares_has_no_logic(source, is_logic):
    """The rule by which a module needs no test of its name."""
    assert has_logic(source) == is_logic


def test_a_folder_holds_what_one_can_overlook():
    """Beyond twenty files it is made into rooms."""
    files = [file for folder in FOLDERS for file in (PROJECT / folder).rglob("*.py")]
    count = Counter(file.parent for file in files if file.name != "__init__.py")
    assert len(count) > 60
    heaps = {str(folder.relative_to(PROJECT)): n for folder, n in count.items() if n > MOST_FILES}
    assert heaps == {}
