"""Second sheets of a roster: each row goes to its household, none is lost silently."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from filler.form.forms import Field
from filler.roster.cells import key_text
from filler.roster.columns import is_number_heading, is_person_heading
from filler.roster.layout import FoundTable
from filler.roster.roster import CellPlace, Note
from minzheng.county.errors import Problem
from minzheng.county.writing.id_card import normalise_id

ReadRow = Callable[
    [FoundTable, Mapping[str, Field], int, int | None, str],
    tuple[dict[str, Any], list[Problem]],
]


@dataclass(frozen=True, slots=True)
class Joined:
    """What the second sheets hold for one household."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    faults: tuple[Problem, ...] = ()
    rows: Mapping[str, tuple[CellPlace, ...]] = field(default_factory=dict)


@dataclass
class _Table:
    """One table of a second sheet: rows by the household's key, in their order."""

    found: FoundTable
    table: Field
    by_key: dict[str, list[int]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)


class Members:
    """The rows of all second sheets, taken household by household."""

    def __init__(self, tables: Sequence[_Table], read_row: ReadRow) -> None:
        self._tables, self._read_row = tables, read_row

    def take(self, number: str, person: str) -> Joined:
        """The rows of the household with this running number or this ID number."""
        answers: dict[str, list[Any]] = {}
        faults: list[Problem] = []
        places: dict[str, tuple[CellPlace, ...]] = {}
        for one in self._tables:
            slug, sheet = one.table.slug, one.found.sheet.name
            for row in self._rows_of(one, number, person):
                before = answers.setdefault(slug, [])
                made, wrong = self._read(one, row, len(before))
                before.append(made)
                faults += wrong
                places[slug] = (*places.get(slug, ()), CellPlace(sheet, row + 1))
        return Joined(answers, tuple(faults), places)

    def is_asked_by(self, number: str) -> bool:
        """Whether rows name their household by this running number."""
        return any(number in one.by_key for one in self._tables)

    def rows_left(self) -> dict[str, set[int]]:
        """Sheet → rows, from 0, that no household took."""
        left: dict[str, set[int]] = {}
        for one in self._tables:
            rows = (row for key in one.by_key.keys() - one.taken for row in one.by_key[key])
            left.setdefault(one.found.sheet.name, set()).update(rows)
        return left

    def left_over(self) -> Iterator[Note]:
        """Rows that belong to no household."""
        for one in self._tables:
            for key, rows in one.by_key.items():
                if key in one.taken:
                    continue
                what = f"“{key}”在主表中找不到" if key else "没有填写属于哪一户"
                for row in rows:
                    place = CellPlace(one.found.sheet.name, row + 1)
                    yield Note(f"{what}，这一行没有用", place, is_problem=True)

    def _rows_of(self, one: _Table, number: str, person: str) -> Iterator[int]:
        for key in dict.fromkeys((number, person)):
            if key and key in one.by_key:
                one.taken.add(key)
                yield from one.by_key[key]

    def _read(self, one: _Table, row: int, number: int) -> tuple[Any, list[Problem]]:
        fields = {column.slug: column for column in one.table.columns}
        return self._read_row(one.found, fields, row, None, f"{one.table.slug}[{number}].")


def read_members(found: Sequence[tuple[FoundTable, Sequence[int]]], read_row: ReadRow) -> Members:
    """Group the records of every second sheet by their household."""
    tables = []
    for table, rows in found:
        if table.field is None or table.sheet.is_hidden:
            continue
        one = _Table(table, table.field)
        for row, key in _keys(table, rows):
            one.by_key.setdefault(key, []).append(row)
        tables.append(one)
    return Members(tables, read_row)


def _keys(table: FoundTable, rows: Sequence[int]) -> Iterator[tuple[int, str]]:
    number_at = _find(table, is_number_heading)
    person_at = _find(table, is_person_heading)
    last = ""
    for row in rows:
        key = key_text(table.sheet.value(row, number_at)) if number_at is not None else ""
        if not key and person_at is not None:
            key = normalise_id(key_text(table.sheet.value(row, person_at)))
        if not key and _is_under_merged(table, row, number_at, person_at):
            key = last
        last = key
        yield row, key


def _is_under_merged(table: FoundTable, row: int, *columns: int | None) -> bool:
    """Whether the key's cell is covered by a merged one: it counts for all its rows."""
    return any(column is not None and (row, column) in table.sheet.under for column in columns)


def _find(table: FoundTable, is_wanted: Callable[[str], bool]) -> int | None:
    used = {column - 1 for column in table.layout.used}
    return next(
        (at for at, text in enumerate(table.headings) if at not in used and is_wanted(text)), None
    )
