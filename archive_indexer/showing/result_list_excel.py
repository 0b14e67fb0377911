"""查档结果清单 as a workbook: one sheet, the mark on every printed page, hashes in full."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from archive_indexer.showing.result_list import COLUMNS, ResultList, Row
from minzheng.external.files.file_properties import retold

_HEADER_POINTS = 9
_FONT = "宋体"
_MM_A_CHARACTER = 2.0
_PATH_AND_HASH = (("路径", 66), ("SHA-256", 66))
_POINTS_A_LINE = 13.5
_THIN = Side(style="thin", color="999999")
_GRID = Border(_THIN, _THIN, _THIN, _THIN)
_HEAD = PatternFill("solid", fgColor="E6EFEC")
_TITLE, _BOLD, _PLAIN = Font(_FONT, 16, bold=True), Font(_FONT, 10, bold=True), Font(_FONT, 10)
_WRAPPED = Alignment(vertical="center", wrap_text=True)
_CENTRED = Alignment("center", "center", wrap_text=True)


def write_excel(listed: ResultList) -> bytes:
    """The workbook's bytes."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("查档结果清单")
    columns = (*COLUMNS[:-1], *_PATH_AND_HASH)
    for number, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width / _MM_A_CHARACTER
    # before the first row, which closes the sheet's head
    set_up_page(sheet, listed.mark)
    head_row = len(listed.heading) + 4
    sheet.freeze_panes = f"C{head_row + 1}"
    sheet.append([_text(sheet, f"{listed.bureau}查档结果清单", _TITLE)])
    sheet.append([_text(sheet, listed.mark, _PLAIN)])
    for name, value in listed.heading:
        sheet.append([_text(sheet, f"{name}：{value}", _PLAIN)])
    sheet.append([])
    sheet.append([_text(sheet, name, _BOLD, _CENTRED, _HEAD) for name, _ in columns])
    for number, row in enumerate(listed.rows, 1):
        cells = _cells(sheet, number, row)
        widths = [width for _, width in columns]
        lines = max(map(_lines, (cell.value for cell in cells), widths))
        sheet.row_dimensions[head_row + number].height = _POINTS_A_LINE * lines + 2
        sheet.append(cells)
    last = get_column_letter(len(columns))
    sheet.auto_filter.ref = f"A{head_row}:{last}{head_row + len(listed.rows)}"
    sheet.print_title_rows = f"{head_row}:{head_row}"
    stream = io.BytesIO()
    book.save(stream)
    return retold(stream.getvalue(), listed.properties)


def _lines(value: object, width: float) -> int:
    """How many lines a text takes in a column, Chinese characters being two wide."""
    signs = sum(2 if ord(sign) > 0x2E7F else 1 for sign in str(value))
    return max(1, -(-signs * 11 // int(width / _MM_A_CHARACTER * 10)))


def _cells(sheet: Any, number: int, row: Row) -> list[Cell]:
    first = WriteOnlyCell(sheet, number)
    first.font, first.alignment, first.border = _PLAIN, _CENTRED, _GRID
    texts = (
        row.title, row.village, row.dossier, row.year, row.form_id, row.day, row.pages,
        row.place, row.state, row.path, row.sha256,
    )  # fmt: skip
    return [first, *(_text(sheet, text, _PLAIN, _WRAPPED) for text in texts)]


def _text(
    sheet: Any,
    text: str,
    font: Font,
    alignment: Alignment | None = None,
    fill: PatternFill | None = None,
) -> Cell:
    """A cell with text; what begins with = is text, too."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type, cell.font = "s", font
    if alignment is not None:
        cell.alignment, cell.border = alignment, _GRID
    if fill is not None:
        cell.fill = fill
    return cell


def set_up_page(sheet: Any, mark: str) -> None:
    """A4 across, and on every page who took the sheet out of the house."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    # an ampersand begins a code in headers of Excel
    printed = mark.replace("&", "&&")
    sheet.oddHeader.center.text = printed
    sheet.oddFooter.center.text = f"{printed}　第 &P / &N 页"
    sheet.oddHeader.center.size = sheet.oddFooter.center.size = _HEADER_POINTS
