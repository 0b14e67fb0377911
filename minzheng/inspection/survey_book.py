"""The heat map and all that is missing as a spreadsheet."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from archive_indexer.showing.result_list_excel import set_up_page
from minzheng.county.registry.dossiers import Dossiers
from minzheng.external.files.file_properties import FileProperties, retold
from minzheng.inspection.standings import Lack, Standing
from minzheng.inspection.survey import Cell

Line = tuple[str, bool, Sequence[Cell]]  #: name, whether it is a town, its cells
_FILLS = {
    "full": "BFE3D3", "most": "DCEDC8", "half": "FDF0B8", "low": "FBDCBD", "none": "F5C6BF",
    "unruled": "EAEEF0",
}  # fmt: skip
_BOLD = Font(bold=True)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def write_book(
    watermark: str,
    columns: Sequence[str],
    lines: Iterable[Line],
    standings: Iterable[Standing],
    dossiers: Dossiers,
    *,
    properties: FileProperties,
) -> bytes:
    """Two sheets, each begins with who took it out and when."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    _write_map(sheet, watermark, columns, lines)
    _write_lacks(book.create_sheet("缺件清单"), watermark, standings, dossiers)
    stream = io.BytesIO()
    book.save(stream)
    return retold(stream.getvalue(), properties)


def say(cell: Cell) -> str:
    """A cell in words: files, and how much is missing of what must be there."""
    if not cell.needed:
        return f"{cell.files} 件" if cell.files else ""
    lack = f"缺{cell.lacking}/{cell.needed}" if cell.lacking else f"齐{cell.needed}"
    return f"{cell.files} 件\n{lack}"


def _write_map(
    sheet: Worksheet, watermark: str, columns: Sequence[str], lines: Iterable[Line]
) -> None:
    sheet.title = "齐全情况"
    _head(sheet, watermark, ["镇、村", *columns, "合计"])
    for name, is_town, cells in lines:
        sheet.append([name if is_town else f"　{name}", *(say(cell) for cell in cells)])
        row = sheet.max_row
        sheet.cell(row, 1).font = Font(bold=is_town)
        for number, cell in enumerate(cells, start=2):
            drawn = sheet.cell(row, number)
            drawn.alignment = _MIDDLE
            if cell.level in _FILLS:
                drawn.fill = PatternFill("solid", start_color=_FILLS[cell.level])
    _set_page(sheet, watermark, [14, *[9] * (len(columns) + 1)])


def _write_lacks(
    sheet: Worksheet, watermark: str, standings: Iterable[Standing], dossiers: Dossiers
) -> None:
    _head(
        sheet, watermark, ["镇", "村", "专档", "年度", "案件编号", "姓名", "缺", "已有", "不应有"]
    )
    for one in standings:
        of = one.subject
        dossier = dossiers.by_code(of.dossier)
        sheet.append([
            of.town, of.village, dossier.short_name if dossier else of.dossier, of.year,
            of.case_no, of.person, "、".join(map(_say_lack, one.lacks)),
            "、".join(one.found), "、".join(one.forbidden),
        ])  # fmt: skip
    _set_page(sheet, watermark, [10, 11, 14, 7, 24, 12, 46, 30, 12])


def _say_lack(lack: Lack) -> str:
    if lack.need.times == 1:
        return lack.need.name
    return f"{lack.need.name}（有 {lack.found}，应 {lack.need.times}）"


def _head(sheet: Worksheet, watermark: str, columns: Sequence[str]) -> None:
    sheet.append([watermark])
    sheet.append(list(columns))
    for cell in sheet[2]:
        cell.font, cell.alignment = _BOLD, _MIDDLE
    sheet.freeze_panes = "B3"


def _set_page(sheet: Worksheet, watermark: str, widths: Sequence[int]) -> None:
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    set_up_page(sheet, watermark)
    sheet.print_title_rows = "1:2"
