"""What a roster holds: one record a document, and where each answer stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from minzheng.county.errors import Problem


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell, as a spreadsheet names it; no column: the whole row."""

    sheet: str
    row: int  #: from 1
    column: int | None = None  #: from 1

    def __str__(self) -> str:
        if self.column is None:
            return f"第 {self.row} 行"
        return f"{column_letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Where one table stands: its sheet, its header row, the column of each slug."""

    sheet: str
    header_row: int  #: from 1
    columns: Mapping[str, int]  #: slug → column, from 1
    headings: Mapping[str, str] = field(default_factory=dict)  #: slug → heading as written


@dataclass(frozen=True, slots=True)
class Record:
    """The answers of one document."""

    sheet: str
    row: int  #: from 1
    answers: Mapping[str, Any]
    faults: tuple[Problem, ...] = ()  #: cells that could not be read
    member_rows: Mapping[str, tuple[CellPlace, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the roster as a whole; `is_problem` refuses nothing by itself."""

    text: str
    place: CellPlace | None = None
    is_problem: bool = False


@dataclass(frozen=True, slots=True)
class Roster:
    """All records of a spreadsheet in their order."""

    records: tuple[Record, ...]
    main: Mapping[str, TableLayout]  #: sheet → layout
    tables: Mapping[str, TableLayout]  #: slug of a table of rows → layout
    notes: tuple[Note, ...] = ()

    def place_of(self, record: Record, address: str) -> CellPlace:
        """The cell of a problem's field; the record's row when it has no column."""
        table, found, rest = address.partition("[")
        if not found:
            column = self.main[record.sheet].columns.get(address)
            return CellPlace(record.sheet, record.row, column)
        number, slug = rest.split("].")
        rows = record.member_rows.get(table, ())
        if int(number) >= len(rows):
            return CellPlace(record.sheet, record.row)
        place = rows[int(number)]
        return CellPlace(place.sheet, place.row, self.tables[table].columns.get(slug))


def column_letters(number: int) -> str:
    """A column as a spreadsheet calls it: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
