"""The list of doubts as a spreadsheet, each with its state."""

import io
from collections.abc import Iterable
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from archive_indexer.showing.result_list_excel import set_up_page
from minzheng.external.files.file_properties import FileProperties, retold

#: The headings, and how wide each column is.
_COLUMNS = (
    ("编号", 7), ("核对", 22), ("轻重", 6), ("村", 16), ("专档", 10), ("年度", 7), ("对象", 14),
    ("哪里对不上", 48), ("依据的材料", 36), ("状态", 9), ("说明", 28), ("核实人", 12),
    ("核实日期", 12), ("发现日期", 12),
)  # fmt: skip
_WRAPPED = Alignment(vertical="top", wrap_text=True)


class DoubtLine(NamedTuple):
    """One doubt, as a row tells it."""

    no: str
    name: str
    severity: str
    where: str
    dossier: str
    year: str
    about: str
    what: str
    papers: str
    state: str
    note: str
    by: str
    at: str
    found: str


def write_doubts(
    watermark: str, lines: Iterable[DoubtLine], *, properties: FileProperties
) -> bytes:
    """One sheet that begins with who took it out and when; texts are texts, never formulas."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = "疑点清单"
    sheet.append([watermark])
    sheet.append([name for name, _ in _COLUMNS])
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for line in lines:
        sheet.append(list(line))
        for cell in sheet[sheet.max_row]:
            cell.alignment = _WRAPPED
            cell.data_type = "s"
    for number, (_, width) in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A3"
    set_up_page(sheet, watermark)
    sheet.print_title_rows = "1:2"
    stream = io.BytesIO()
    book.save(stream)
    return retold(stream.getvalue(), properties)
