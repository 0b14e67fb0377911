"""Whoever looks for the tests of a module finds them by its name."""

import ast
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
#: Rooms in which every module with logic has a test file of its name.
ROOMS = ("minzheng/web",)


def modules(room: str) -> list[Path]:
    return [one for one in sorted((PROJECT / room).rglob("*.py")) if has_logic(one)]


def has_logic(file: Path) -> bool:
    """Whether anything happens in it: a function or a method that is not of a migration."""
    if "migrations" in file.parts:
        return False
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return any(isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) for one in ast.walk(tree))


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
    tests = PROJECT / "tests" / Path(room).relative_to("minzheng")
    known = {test_file_of(module) for module in modules(room)}
    lost = {
        str(file.relative_to(PROJECT))
        for folder in tests.iterdir()
        if folder.is_dir()
        for file in folder.rglob("test_*.py")
        if file not in known
    }
    assert lost == set()
