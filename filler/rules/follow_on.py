"""Faults that only follow from another: an opinion is blank because the ID number is wrong.

They go when the other is mended, and would only lead astray beside it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from filler.form.forms import Field
from filler.values.print_value import placeholders
from filler.values.scope import RowScope, Scope
from minzheng.county.errors import Problem

_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"(\w+)\[(\d+)\]\.(\w+)")


def without_followers(scope: Scope, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Without the faults of computed values that rest on a field with a fault of its own."""
    places = {problem.field: _place(scope, problem.field) for problem in problems}
    typed = {
        address for address, place in places.items() if place is not None and not place.is_computed
    }
    return tuple(
        problem for problem in problems if not _follows(places[problem.field], problem.field, typed)
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """A field of the form, or a column in a row of it, and the scope it is worth something in."""

    scope: Scope
    field: Field
    prefix: str  #: members[0]. in a row

    @property
    def is_computed(self) -> bool:
        """Whether nobody typed its value."""
        if self.field.derived:
            return True
        given = self.scope.data.values.get(self.field.slug)
        return given is None and bool(placeholders(self.field.default))


def _place(scope: Scope, address: str) -> _Place | None:
    match = _ADDRESS.fullmatch(address)
    if match is None:
        field = scope.fields.get(address)
        return _Place(scope, field, "") if field else None
    table, number, column = match.groups()
    rows = scope.rows(table) if table in scope.fields else ()
    if int(number) >= len(rows) or column not in rows[int(number)].columns:
        return None
    row = rows[int(number)]
    return _Place(row, row.columns[column], f"{table}[{number}].")


def _follows(place: _Place | None, address: str, typed: set[str]) -> bool:
    if place is None or not place.is_computed:
        return False
    return any(cause in typed for cause in _rests_on(place, {address}))


def _rests_on(place: _Place, seen: set[str]) -> Iterator[str]:
    """The addresses of all that a computed value is made of."""
    for word in _words(place):
        found = _beside(place, word)
        if found is None:
            continue
        address, other = found
        if address in seen:
            continue
        seen.add(address)
        yield address
        if other.is_computed:
            yield from _rests_on(other, seen)


def _beside(place: _Place, word: str) -> tuple[str, _Place] | None:
    """What a word means where the value stands: a column of its row, else a field."""
    field = place.scope.fields.get(word)
    if field is None:
        return None
    if not isinstance(place.scope, RowScope):
        return word, _Place(place.scope, field, "")
    if word in place.scope.columns:
        return place.prefix + word, _Place(place.scope, field, place.prefix)
    return word, _Place(place.scope.form, field, "")


def _words(place: _Place) -> Iterator[str]:
    field = place.field
    if field.derived:
        for argument in field.derived.args:
            yield from _WORD.findall(argument)
        yield place.scope.spec.reference_date
    yield from placeholders(field.default)
