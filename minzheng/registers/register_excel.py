"""A register as a workbook: one sheet, its heading and mark on every printed page."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from archive_indexer.showing.result_list_excel import set_up_page
from minzheng.external.files.file_properties import retold
from minzheng.registers.register_list import RegisterList

_MM_A_CHARACTER = 2.0
_FONT = "宋体"
_TITLE, _BOLD, _PLAIN = Font(_FONT, 16, bold=True), Font(_FONT, 10, bold=True), Font(_FONT, 10)
_CENTRED = Alignment("center", "center", wrap_text=True)
_HEAD = PatternFill("solid", fgColor="E6EFEC")
_MOST_NAME = 31  #: characters of a sheet's name


def write_excel(listed: RegisterList) -> bytes:
    """The workbook's bytes."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(listed.title))
    for number, width in enumerate(listed.widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width / _MM_A_CHARACTER
    set_up_page(sheet, listed.mark)
    head_row = len(listed.heading) + 3
    sheet.freeze_panes = f"A{head_row + 1}"
    sheet.append([_text(sheet, listed.title, _TITLE)])
    sheet.append([_text(sheet, listed.mark, _PLAIN)])
    for line in listed.heading:
        sheet.append([_text(sheet, line, _PLAIN)])
    sheet.append([_head(sheet, name) for name in listed.columns])
    for row in listed.rows:
        sheet.append([_text(sheet, text, _PLAIN) for text in row])
    last = get_column_letter(len(listed.columns))
    sheet.auto_filter.ref = f"A{head_row}:{last}{head_row + len(listed.rows)}"
    sheet.print_title_rows = f"{head_row}:{head_row}"
    stream = io.BytesIO()
    book.save(stream)
    return retold(stream.getvalue(), listed.properties)


def _text(sheet: Any, text: str, font: Font) -> Any:
    """A cell with text; what begins with = is text, too."""
    cell = WriteOnlyCell(sheet, text)
    cell.data_type, cell.font = "s", font
    return cell


def _head(sheet: Any, name: str) -> Any:
    cell = _text(sheet, name, _BOLD)
    cell.alignment, cell.fill = _CENTRED, _HEAD
    return cell


def _sheet_name(title: str) -> str:
    return "".join(sign for sign in title if sign not in "[]:*?/\\")[:_MOST_NAME]
