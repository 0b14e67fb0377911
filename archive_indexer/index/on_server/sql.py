"""Pieces of a statement, each with the values that stand in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of a statement; its values are told to the server apart from it."""

    text: str
    values: tuple[Any, ...] = ()

    def within(self, text: str) -> "Sql":
        """This piece in the place of `{}` in a longer one."""
        return Sql(text.replace("{}", self.text, 1), self.values)


TRUE, FALSE = Sql("TRUE"), Sql("FALSE")


def all_of(parts: Iterable[Sql]) -> Sql:
    """That all hold."""
    kept = [part for part in parts if part != TRUE]
    return _joined(kept, " AND ") if kept else TRUE


def any_of(parts: Iterable[Sql]) -> Sql:
    """That at least one holds."""
    kept = [part for part in parts if part != FALSE]
    if TRUE in kept:
        return TRUE
    return _joined(kept, " OR ") if kept else FALSE


def in_turn(parts: Iterable[Sql], between: str) -> Sql:
    """Pieces one after another."""
    given = list(parts)
    return Sql(between.join(part.text for part in given), _values(given))


def _joined(parts: Sequence[Sql], between: str) -> Sql:
    if len(parts) == 1:
        return parts[0]
    return Sql(f"({between.join(part.text for part in parts)})", _values(parts))


def _values(parts: Sequence[Sql]) -> tuple[Any, ...]:
    return tuple(value for part in parts for value in part.values)
