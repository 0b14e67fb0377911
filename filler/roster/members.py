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
    """One second sheet: rows by the household's key, in their order."""

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
        answers: dict[str, Any] = {}
        faults: list[Problem] = []
        places: dict[str, tuple[CellPlace, ...]] = {}
        for one in self._tables:
            numbers = list(self._rows_of(one, number, person))
            if not numbers:
                continue
            answers[one.table.slug], wrong = self._read(one, numbers)
            faults += wrong
            sheet = one.found.sheet.name
            places[one.table.slug] = tuple(CellPlace(sheet, row + 1) for row in numbers)
        return Joined(answers, tuple(faults), places)

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

    def _read(self, one: _Table, rows: Sequence[int]) -> tuple[list[Any], list[Problem]]:
        fields = {column.slug: column for column in one.table.columns}
        made, faults = [], []
        for number, row in enumerate(rows):
            prefix = f"{one.table.slug}[{number}]."
            answers, wrong = self._read_row(one.found, fields, row, None, prefix)
            made.append(answers)
            faults += wrong
        return made, faults


def read_members(found: Sequence[FoundTable], read_row: ReadRow) -> Members:
    """Group the rows of every second sheet by their household."""
    tables = []
    for table in found:
        if table.field is None or table.sheet.is_hidden:
            continue
        one = _Table(table, table.field)
        for row, key in _keys(table):
            one.by_key.setdefault(key, []).append(row)
        tables.append(one)
    return Members(tables, read_row)


def _keys(table: FoundTable) -> Iterator[tuple[int, str]]:
    number_at = _find(table, is_number_heading)
    person_at = _find(table, is_person_heading)
    answers_at = [column - 1 for column in table.layout.columns.values()]
    last = ""
    for row in range(table.layout.header_row, len(table.sheet.rows)):
        cells = table.sheet.rows[row]
        if not any(at < len(cells) and str(cells[at]).strip() for at in answers_at):
            continue
        key = key_text(table.sheet.value(row, number_at)) if number_at is not None else ""
        if not key and person_at is not None:
            key = normalise_id(key_text(table.sheet.value(row, person_at)))
        if not key and _is_under_merged(table, row, number_at, person_at):
            key = last
        last = key
        yield row, key


def _is_under_merged(table: FoundTable, row: int, *columns: int | None) -> bool:
    """Whether the key's cell is covered by a merged one: it counts for all its rows."""
    return any(
        top < row <= bottom and left in columns for (top, left), (bottom, _) in table.sheet.merged
    )


def _find(table: FoundTable, is_wanted: Callable[[str], bool]) -> int | None:
    used = {column - 1 for column in table.layout.columns.values()}
    return next(
        (at for at, text in enumerate(table.headings) if at not in used and is_wanted(text)), None
    )
