"""What the modules of the house import; each is parsed once for all tests that ask."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

#: Where statements stand within statements.
_INNER = ("body", "orelse", "finalbody", "handlers", "cases")


@cache
def imports_of(file: Path) -> frozenset[str]:
    """All that a file imports, as `imported` names it."""
    return frozenset(imported(file.read_text(encoding="utf-8")))


def imported(source: str) -> Iterator[str]:
    """Modules, and what is taken from them: wherever the import stands, for types only, too."""
    for one in _statements(ast.parse(source)):
        if isinstance(one, ast.Import):
            yield from (alias.name for alias in one.names)
        elif isinstance(one, ast.ImportFrom) and one.module:
            yield one.module
            yield from (f"{one.module}.{alias.name}" for alias in one.names)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """Expressions, nine nodes of ten, hold no import and are not entered."""
    for name in _INNER:
        for child in getattr(node, name, ()):
            yield child
            yield from _statements(child)
