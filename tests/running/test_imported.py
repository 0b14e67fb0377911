"""What a module imports."""

import ast
import sys
from pathlib import Path

import pytest

from tests.running.imported import imported, imports_of

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "def a():\n  {}",
        "async def a():\n  {}",
        "class A:\n  def a(self):\n    {}",
        "if a:\n  pass\nelif b:\n  {}",
        "if a:\n  pass\nelse:\n  {}",
        "for a in b:\n  {}",
        "while a:\n  pass\nelse:\n  {}",
        "with a:\n  {}",
        "try:\n  {}\nfinally:\n  pass",
        "try:\n  pass\nexcept A:\n  {}",
        "try:\n  pass\nexcept A:\n  pass\nelse:\n  {}",
        "try:\n  pass\nfinally:\n  {}",
        "match a:\n  case 1:\n    {}",
    ],
)
def test_an_import_is_seen_wherever_it_stands(around):
    """A module, what is taken from one, and both under other names."""
    assert set(imported(around.format("import a.b as c"))) == {"a.b"}
    assert set(imported(around.format("from a.b import c, d as e"))) == {"a.b", "a.b.c", "a.b.d"}


def test_no_import_of_the_house_is_passed_over():
    """As many as stand among all nodes, in a room with many kinds of them."""
    for file in sorted((PROJECT / "minzheng/external").rglob("*.py")):
        nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        kinds = (ast.Import, ast.ImportFrom)
        there = [alias.name for one in nodes if isinstance(one, kinds) for alias in one.names]
        seen = imports_of(file)
        assert all(any(f".{one}".endswith(f".{name}") for one in seen) for name in there), file


def test_what_a_file_imports_is_found_out_once(tmp_path):
    """Several tests look into the same modules."""
    file = tmp_path / "one.py"
    file.write_text("import sys", encoding="utf-8")
    assert imports_of(file) == {sys.__name__}
    file.unlink()
    assert imports_of(file) == {sys.__name__}
