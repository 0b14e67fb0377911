"""A copy of the roster with the faulty cells coloured and commented, to be mended and used."""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from filler.print_run.preflight import CheckedRecord, PlacedProblem, Preflight
from filler.roster.cell_looks import CHECKED_BY, CHECKED_COLOUR
from filler.roster.columns import CHECKED, fold_heading
from filler.roster.read_spreadsheet import CellValue, Sheet, read_spreadsheet
from minzheng.external.files.file_properties import FileProperties, retold

_FILL = PatternFill("solid", fgColor=CHECKED_COLOUR)
_NO_FILL = PatternFill()
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def mark_roster(data: bytes, name: str, preflight: Preflight, properties: FileProperties) -> bytes:
    """An .xlsx like the roster, whatever it was, with every problem at its cell."""
    book = _open(data, name)
    for sheet in book.worksheets:
        _take_off_marks(sheet)
    by_row = _texts_by_row(preflight)
    headers: dict[str, int] = {}
    for layout in preflight.roster.blocks:
        headers.setdefault(layout.sheet, layout.header_row)
    for sheet_name, header_row in headers.items():
        _mark_rows(book[sheet_name], header_row, by_row.get(sheet_name, {}))
    for one in preflight.refused:
        for placed in one.problems:
            _mark_cell(book[placed.place.sheet], placed)
    stream = io.BytesIO()
    book.save(stream)
    return retold(stream.getvalue(), properties)


def _open(data: bytes, name: str) -> Workbook:
    if data.startswith(b"PK"):
        try:
            return load_workbook(io.BytesIO(data))
        except (InvalidFileException, KeyError, ValueError, TypeError, zipfile.BadZipFile):
            pass  # an .ods, or an .xlsx of a program openpyxl does not understand
    return _copy_values(read_spreadsheet(data, name))


def _copy_values(sheets: Iterable[Sheet]) -> Workbook:
    book = Workbook()
    for old in list(book.worksheets):
        book.remove(old)
    for sheet in sheets:
        made = book.create_sheet(sheet.name[:31])
        for number, row in enumerate(sheet.rows, start=1):
            for column, value in enumerate(row, start=1):
                if value != "":
                    _copy_value(made, number, column, value)
        for (top, left), (bottom, right) in sheet.merged:
            made.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
        if sheet.is_hidden:
            made.sheet_state = "hidden"
    return book


def _copy_value(sheet: Worksheet, row: int, column: int, value: CellValue) -> None:
    if isinstance(value, str):
        cell = sheet.cell(row, column)
        cell.value = _ILLEGAL.sub("", value)
        cell.data_type = "s"  # a text that begins with = is no formula
        cell.number_format = "@"
    else:
        sheet.cell(row, column, value)


def _take_off_marks(sheet: Worksheet) -> None:
    """Marks of an earlier copy go: what was mended is no longer red."""
    for row in sheet.iter_rows():
        for cell in row:
            if not isinstance(cell, Cell):
                continue
            if cell.comment is not None and cell.comment.author == CHECKED_BY:
                cell.comment = None
            if cell.has_style and cell.fill.fgColor.rgb == CHECKED_COLOUR:
                cell.fill = _NO_FILL


def _texts_by_row(preflight: Preflight) -> dict[str, dict[int, str]]:
    texts: dict[str, dict[int, str]] = {}
    for one in preflight.checked:
        if one.problems or one.warnings:
            rows = texts.setdefault(one.record.sheet, {})
            before, own = rows.get(one.record.row), _row_text(one)
            rows[one.record.row] = f"{before}；{one.name}：{own}" if before else own
    for note in preflight.roster.notes:
        if note.is_problem and note.place:
            rows = texts.setdefault(note.place.sheet, {})
            before = rows.get(note.place.row)
            rows[note.place.row] = "；".join(filter(None, (before, note.text)))
    return texts


def _row_text(one: CheckedRecord) -> str:
    wrong = [f"{placed.problem.where}：{placed.problem.what}" for placed in one.problems]
    soft = [f"请留意 {placed.problem.where}：{placed.problem.what}" for placed in one.warnings]
    return "；".join((*wrong, *soft))


def _mark_rows(sheet: Worksheet, header_row: int, texts: Mapping[int, str]) -> None:
    """A column at the end says what is wrong with each row."""
    column = next(
        (cell.column for cell in sheet[header_row] if fold_heading(str(cell.value)) == CHECKED),
        None,
    )
    if column is not None:
        for (cell,) in sheet.iter_rows(header_row + 1, min_col=column, max_col=column):
            cell.value = None
    if not texts:
        return
    column = column or sheet.max_column + 1
    head = sheet.cell(header_row, column, CHECKED)
    head.font, head.fill = Font(bold=True, color="A8322A"), _FILL
    sheet.column_dimensions[head.column_letter].width = 60
    for row, text in texts.items():
        if row == header_row:
            continue
        cell = sheet.cell(row, column, _ILLEGAL.sub("", text))
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        cell.font = Font(color="A8322A")


def _mark_cell(sheet: Worksheet, placed: PlacedProblem) -> None:
    column = placed.place.column
    cell = sheet.cell(placed.place.row, column or 1)
    if not isinstance(cell, Cell):
        return  # inside a merged cell; the column at the end tells
    cell.fill = _FILL
    text = _ILLEGAL.sub("", f"{placed.problem.what}。{placed.problem.do}。")
    before = cell.comment.text + "\n" if cell.comment and cell.comment.author == CHECKED_BY else ""
    cell.comment = Comment(before + text, CHECKED_BY, height=110, width=260)
