"""What a roster holds: one record a document, and where each answer stands."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
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
    parts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Slug → all its columns, from 1, where it has several: 姓 and 名."""
    together: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Column, from 1 → the slugs of all that stands in it, where that is more than one."""

    @property
    def used(self) -> frozenset[int]:
        """Every column that is read, from 1."""
        more = (column for columns in self.parts.values() for column in columns)
        return frozenset((*self.columns.values(), *more))


@dataclass(frozen=True, slots=True)
class Record:
    """The answers of one document."""

    sheet: str
    row: int  #: from 1
    answers: Mapping[str, Any]
    faults: tuple[Problem, ...] = ()  #: cells that could not be read
    member_rows: Mapping[str, tuple[CellPlace, ...]] = field(default_factory=dict)
    layout: TableLayout | None = None  #: where its answers stand, when others stand in its row
    is_no_applicant: bool = False  #: no paper is for it: what else it lacks only follows from that

    @property
    def rows_of_sheet(self) -> frozenset[int]:
        """All rows of its sheet, from 1, that it is made of."""
        places = (place for found in self.member_rows.values() for place in found)
        return frozenset((self.row, *(one.row for one in places if one.sheet == self.sheet)))


@dataclass(frozen=True, slots=True)
class Note:
    """Something about the roster as a whole; `is_problem` refuses nothing by itself."""

    text: str
    place: CellPlace | None = None
    is_problem: bool = False


class RowKind(StrEnum):
    """What a row of a sheet is, as it is told."""

    TITLE = "标题"
    HEADER = "表头"
    AGAIN = "再次出现的表头"
    READ = "读入"
    TOTAL = "合计"
    NOTE = "说明、签名"
    EMPTY = "空行"
    LEFT = "没有用"


@dataclass(frozen=True, slots=True)
class SheetAccount:
    """How many rows of each kind a sheet has, to its last filled one; together all of them."""

    sheet: str
    counts: Mapping[RowKind, int]

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(self.counts.values())


def account_for(sheet: str, kinds: Iterable[RowKind]) -> SheetAccount:
    """The account of a sheet's rows."""
    counts = Counter(kinds)
    return SheetAccount(sheet, {kind: counts[kind] for kind in RowKind if counts[kind]})


@dataclass(frozen=True, slots=True)
class Roster:
    """All records of a spreadsheet in their order."""

    records: tuple[Record, ...]
    main: Mapping[str, TableLayout]  #: sheet → layout
    tables: Mapping[str, TableLayout]  #: slug of a table of rows → layout
    notes: tuple[Note, ...] = ()
    blocks: tuple[TableLayout, ...] = ()  #: every table of every sheet, from top to bottom
    accounts: tuple[SheetAccount, ...] = ()  #: what every row of every sheet is

    def place_of(self, record: Record, address: str) -> CellPlace:
        """The cell of a problem's field; the record's row when it has no column."""
        table, found, rest = address.partition("[")
        if not found:
            layout = record.layout or self._layout_at(record.sheet, record.row)
            layout = layout or self.main[record.sheet]
            return CellPlace(record.sheet, record.row, layout.columns.get(address))
        number, slug = rest.split("].")
        rows = record.member_rows.get(table, ())
        if int(number) >= len(rows):
            return CellPlace(record.sheet, record.row)
        place = rows[int(number)]
        layout = self._layout_at(place.sheet, place.row) or self.tables[table]
        return CellPlace(place.sheet, place.row, layout.columns.get(slug))

    def _layout_at(self, sheet: str, row: int) -> TableLayout | None:
        """The last header above a row."""
        above = (one for one in self.blocks if one.sheet == sheet and one.header_row < row)
        return max(above, key=lambda one: one.header_row, default=None)


def column_letters(number: int) -> str:
    """A column as a spreadsheet calls it: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
