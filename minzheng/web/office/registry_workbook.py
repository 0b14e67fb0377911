"""A table of the county as a workbook: one sheet a part, one row a row, and back."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from filler.errors import RosterError
from filler.roster.read_spreadsheet import CellValue, Sheet, read_spreadsheet
from filler.roster.sheet_marks import ADVICE
from minzheng.county.errors import Problem
from minzheng.county.registry.shown.registry_cells import (
    Change,
    Column,
    Grid,
    Kind,
    says_same,
)
from minzheng.county.registry.shown.registry_guide import RegistryFile
from minzheng.external.files.file_properties import FileProperties, retold

_NUMBER = "行号"
_ABOUT = "怎么改"
_HOW = (
    "改好数，保存，在“登记数据”的这张表里上传。系统先检查、列出改了哪些行，您点“换上”才算数。",
    "第一列“行号”不要动：系统按它认出是哪一行。",
    "要加一行：在它该在的地方插入一行，行号空着。要去掉一行：把整行删去。",
    "空着的格就是没有。灰色的列只能在文件里改，改了也不算。不要合并单元格；公式按算出的结果。",
)
_WIDEST, _NARROWEST = 46, 8
_FORMATS = {Kind.MONEY: "0.00", Kind.WHOLE: "0", Kind.DAY: "yyyy-mm-dd"}
_HEAD = PatternFill("solid", fgColor="E6EFEC")
_GREY = PatternFill("solid", fgColor="ECEEEA")
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_MOST_HEAD_ROWS = 10
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_workbook(one: RegistryFile, grids: Sequence[Grid], properties: FileProperties) -> bytes:
    """The workbook of a table; what the file holds stands in it cell by cell."""
    book = Workbook()
    first = book.active
    if not isinstance(first, Worksheet):
        raise TypeError("a new workbook has a sheet")
    book.remove(first)
    for grid in grids:
        _write_sheet(book.create_sheet(_sheet_name(one, grid)), grid)
    about = book.create_sheet(_ABOUT)
    about.column_dimensions["A"].width = 100
    for line in (f"{one.title}（{one.name}）", *_HOW):
        about.append([line])
        about.cell(about.max_row, 1).alignment = _WRAPPED
    stream = io.BytesIO()
    book.save(stream)
    return retold(stream.getvalue(), properties)


def read_workbook(
    data: bytes, file_name: str, one: RegistryFile, grids: Sequence[Grid]
) -> tuple[list[Change], list[Problem]]:
    """What a workbook changes of a table, and everything that is wrong with it.

    Raises:
        RosterError: it is no workbook that can be read.
    """
    sheets = {sheet.name.strip(): sheet for sheet in read_spreadsheet(data, file_name)}
    known = [(grid, sheets.get(_sheet_name(one, grid))) for grid in grids]
    if not any(sheet for _, sheet in known):
        names = "、".join(_sheet_name(one, grid) for grid in grids)
        raise RosterError(f"里面没有工作表“{names}”。请在下载的那一份上改。")
    changes: list[Change] = []
    problems: list[Problem] = []
    for grid, sheet in known:
        if sheet is not None:
            _Reader(grid, sheet, changes, problems).read()
    return changes, problems


def _sheet_name(one: RegistryFile, grid: Grid) -> str:
    return (grid.title or one.title).translate(_FORBIDDEN)[:31].strip()


def _write_sheet(sheet: Worksheet, grid: Grid) -> None:
    sheet.append([_NUMBER, *(one.heading for one in grid.columns)])
    for cell in sheet[1]:
        cell.font, cell.fill, cell.alignment = Font(bold=True), _HEAD, _WRAPPED
    for number, row in enumerate(grid.rows, 1):
        sheet.append([number])
        sheet.cell(number + 1, 1).fill = _GREY
        for at, column in enumerate(grid.columns, 2):
            _write_cell(sheet, number + 1, at, column, row.get(column.key, ""))
    for at, column in enumerate(grid.columns, 2):
        longest = max((_width(row.get(column.key, "")) for row in grid.rows), default=0)
        width = max(_NARROWEST, _width(column.heading), min(longest, _WIDEST)) + 2
        sheet.column_dimensions[get_column_letter(at)].width = width
        if column.kind == Kind.YES_NO:
            choice = DataValidation(type="list", formula1='"是,否"', allow_blank=True)
            letter = get_column_letter(at)
            choice.add(f"{letter}2:{letter}{len(grid.rows) + 200}")
            sheet.add_data_validation(choice)
    sheet.column_dimensions["A"].width = _NARROWEST
    sheet.freeze_panes = "B2"


def _write_cell(sheet: Worksheet, row: int, at: int, column: Column, text: str) -> None:
    cell = sheet.cell(row, at)
    cell.alignment = _WRAPPED
    if column.kind == Kind.FIXED:
        cell.fill = _GREY
    if not text:
        cell.number_format = _FORMATS.get(column.kind, "@")
        return
    value: Any = text
    if column.kind == Kind.MONEY:
        value = Decimal(text)
    elif column.kind == Kind.WHOLE:
        value = int(text)
    elif column.kind == Kind.DAY:
        value = dt.date.fromisoformat(text)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula
    cell.number_format = _FORMATS.get(column.kind, "@")


def _width(text: str) -> int:
    return max(
        (sum(2 if ord(sign) > 0x2E7F else 1 for sign in line) for line in text.splitlines()),
        default=0,
    )


class _Reader:
    """What one sheet changes of one part."""

    def __init__(
        self, grid: Grid, sheet: Sheet, changes: list[Change], problems: list[Problem]
    ) -> None:
        self._grid, self._sheet = grid, sheet
        self._changes, self._problems = changes, problems
        self._seen: dict[int, int] = {}

    def read(self) -> None:
        """Find the heading, then read row by row; rows that are gone are taken out."""
        head = self._head_row()
        if head is None:
            self._refuse(0, 0, f"没有找到写着“{_NUMBER}”的表头", "在下载的那一份上改，表头不要删")
            return
        columns = self._columns(head)
        if _NUMBER not in columns.values() or self._faulty_cells(head):
            return
        behind = -1
        for row in range(head + 1, len(self._sheet.rows)):
            behind = self._read_row(row, columns, behind)
        gone = set(range(len(self._grid.rows))) - set(self._seen)
        self._changes += [Change(self._grid.table, one) for one in sorted(gone)]

    def _head_row(self) -> int | None:
        rows = range(min(_MOST_HEAD_ROWS, len(self._sheet.rows)))
        return next((one for one in rows if _NUMBER in map(_text, self._sheet.rows[one])), None)

    def _columns(self, head: int) -> dict[int, str]:
        """Where each heading stands; `行号`, else the key of the column."""
        keys = {one.heading: one.key for one in self._grid.columns} | {_NUMBER: _NUMBER}
        found: dict[int, str] = {}
        for at, value in enumerate(self._sheet.rows[head]):
            heading = _text(value)
            if heading and heading not in keys:
                self._refuse(
                    head, at, f"不认得表头“{heading[:20]}”", "改回下载时的表头，或删去这一列"
                )
            elif heading and keys[heading] in found.values():
                self._refuse(head, at, f"有两列“{heading}”", "删去一列")
            elif heading:
                found[at] = keys[heading]
        return found

    def _faulty_cells(self, head: int) -> bool:
        """Merged cells and formulas without a result cannot be read for what they mean."""
        before = len(self._problems)
        for (top, left), (bottom, right) in self._sheet.merged:
            if bottom > head and (top, left) != (bottom, right):
                self._refuse(top, left, "是合并的单元格", "取消合并，每一行都填上")
        for (row, at), what in self._sheet.marks.faults.items():
            if row > head:
                self._refuse(row, at, what, ADVICE[what])
        return len(self._problems) > before

    def _read_row(self, row: int, columns: Mapping[int, str], behind: int) -> int:
        """Gives the row behind which a new one would stand."""
        cells = {key: _text(self._sheet.value(row, at)) for at, key in columns.items()}
        number = cells.pop(_NUMBER, "")
        if not any(cells.values()):
            return behind
        place = f"Excel 第 {row + 1} 行"
        if not number:
            self._changes.append(Change(self._grid.table, behind, cells, is_new=True, place=place))
            return behind
        at = int(number) - 1 if number.isdecimal() and len(number) < 6 else -1
        if not 0 <= at < len(self._grid.rows):
            self._refuse(row, 0, f"行号“{number[:10]}”不是原来的行号", "新加的一行，行号空着")
            return behind
        if at in self._seen:
            what = f"行号 {number} 与第 {self._seen[at] + 1} 行重复"
            self._refuse(row, 0, what, "复制出来的一行，把行号清空")
            return behind
        self._seen[at] = row
        before = self._grid.rows[at]
        typed = [(self._grid.column(key), key) for key in cells]
        if any(one and not says_same(one, cells[key], before.get(key, "")) for one, key in typed):
            self._changes.append(Change(self._grid.table, at, cells, place=place))
        return at

    def _refuse(self, row: int, at: int, what: str, do: str) -> None:
        place = f"{self._sheet.name} {get_column_letter(at + 1)}{row + 1}"
        self._problems.append(Problem(place, what, do))


def _text(value: CellValue) -> str:
    """A cell as one would type it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(round(value, 10))
    return "" if value is None else str(value).strip()
