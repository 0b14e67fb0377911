"""One row of a table changed in the page: corrected, replaced from a day on, added, taken out."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from minzheng.county.errors import Problem
from minzheng.county.registry.shown.registry_cells import (
    Change,
    Column,
    Grid,
    Kind,
    WrongCellError,
    apply,
    read,
)
from minzheng.county.registry.shown.registry_guide import RegistryFile
from minzheng.county.toml_rows import UnusualRowError
from minzheng.web.office.registry_deeds import CheckedTable, check_table

_FROM, _TO = "from", "to"
_LONG = 36


@dataclass(frozen=True, slots=True)
class Field:
    """A cell as one types it."""

    column: Column
    value: str
    problems: tuple[Problem, ...]

    @property
    def is_long(self) -> bool:
        """Whether it needs several lines."""
        return len(self.value) > _LONG and self.column.kind in (Kind.TEXT, Kind.LIST)


@dataclass(frozen=True, slots=True)
class Edit:
    """The file as it would be, checked; or what is wrong."""

    text: str
    problems: tuple[Problem, ...]
    checked: CheckedTable | None = None


def may_begin(grid: Grid) -> bool:
    """Whether rows hold from a day on, so that another can follow."""
    start = grid.column(_FROM)
    return start is not None and start.kind == Kind.DAY


def fields_of(grid: Grid, cells: Mapping[str, str], problems: Sequence[Problem]) -> list[Field]:
    """The cells of a row in the order of the columns, each with its mistakes."""
    return [
        Field(
            column,
            cells.get(column.key, ""),
            tuple(one for one in problems if one.field == column.key),
        )
        for column in grid.columns
    ]


def edit_row(  # noqa: PLR0917 # the file, the row, what is to become of it
    one: RegistryFile, text: str, grid: Grid, number: int, cells: Mapping[str, str], deed: str
) -> Edit:
    """Do one deed with the row of a number, counted from 1; 0 is a new row."""
    changes, problems = _changes(grid, number, cells, deed)
    if problems:
        return Edit(text, tuple(problems))
    try:
        changed, problems = apply(one.name, text, changes)
    except UnusualRowError as error:
        return Edit(
            text, (Problem(f"{grid.title}第 {number} 行", str(error).rstrip("。"), "用文件改"),)
        )
    if problems:
        return Edit(text, tuple(problems))
    checked = check_table(one.name, changed.encode())
    return Edit(changed, checked.problems, checked)


def _changes(
    grid: Grid, number: int, cells: Mapping[str, str], deed: str
) -> tuple[list[Change], list[Problem]]:
    at = number - 1
    if deed == "remove" and number:
        return [Change(grid.table, at)], []
    if deed == "since" and number:
        return _since(grid, at, cells)
    if deed == "add" or not number:
        behind = at if number else len(grid.rows) - 1
        return [Change(grid.table, behind, cells, is_new=True)], []
    return [Change(grid.table, at, cells)], []


def _since(grid: Grid, at: int, cells: Mapping[str, str]) -> tuple[list[Change], list[Problem]]:
    """The row ends the day before, a new one holds from the day that was typed."""
    typed = cells.get(_FROM, "")
    try:
        day = read(Kind.DAY, typed)
    except WrongCellError as error:
        return [], [Problem("自", f"读到的是“{typed.strip()}”", str(error), _FROM)]
    began = read(Kind.DAY, grid.rows[at].get(_FROM, ""))
    if day is None or (began is not None and day <= began):
        what = f"要晚于这一行开始的 {began}"
        return [], [Problem("自", what, "写新的数额从哪一天起用", _FROM)]
    before = (day - dt.timedelta(days=1)).isoformat()
    ended = Change(grid.table, at, {_TO: before})
    begun = dict(cells)
    if begun.get(_TO, "") == grid.rows[at].get(_TO, ""):
        begun[_TO] = ""  # the end of the old row is none of the new one
    return [ended, Change(grid.table, at, begun, is_new=True)], []
