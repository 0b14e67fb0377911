"""Spreadsheets: a sheet is a page, a row is a line."""

import datetime as dt
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.extract.limits import Limits, UnreadableError

CellValue = int | float | str | bool | dt.date | dt.time | dt.timedelta


def read_spreadsheet(file: Path, limits: Limits, kind: str = "xlsx") -> Extraction:
    """Every sheet's cells as people see them: whole numbers without .0."""
    try:
        workbook = CalamineWorkbook.from_path(str(file))
    except PasswordError as error:
        raise UnreadableError("文件已加密，请提供未加密的版本") from error
    except CalamineError as error:
        raise UnreadableError("表格文件已损坏，打不开。请用 Excel 或 WPS 修复后另存") from error
    pages = []
    for number, name in enumerate(workbook.sheet_names[: limits.max_pages], start=1):
        rows = workbook.get_sheet_by_name(name).to_python()
        lines = (" ".join(filter(None, map(print_cell, row))) for row in rows)
        pages.append(ExtractedPage(number, "\n".join([name, *filter(None, lines)])))
    return Extraction(kind, tuple(pages))


def print_cell(value: CellValue) -> str:
    """A cell as text: 568 and not 568.0, dates as 2018-05-07."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value).strip()
