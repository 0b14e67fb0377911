"""A list as a spreadsheet of one sheet: who took it out, headings, rows."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from archive_indexer.showing.result_list_excel import set_up_page
from minzheng.external.files.file_properties import FileProperties, retold

_WRAPPED = Alignment(vertical="top", wrap_text=True)

#: A heading, and how wide its column is.
Columns = Sequence[tuple[str, int]]


def write_list(
    watermark: str,
    title: str,
    columns: Columns,
    lines: Iterable[Sequence[str]],
    *,
    properties: FileProperties,
) -> bytes:
    """One sheet that begins with who took it out and when; texts are texts, never formulas."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = title
    sheet.append([watermark])
    sheet.append([name for name, _ in columns])
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for line in lines:
        sheet.append(list(line))
        for cell in sheet[sheet.max_row]:
            cell.alignment = _WRAPPED
            cell.data_type = "s"
    for number, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A3"
    set_up_page(sheet, watermark)
    sheet.print_title_rows = "1:2"
    stream = io.BytesIO()
    book.save(stream)
    return retold(stream.getvalue(), properties)
