"""Spreadsheets: a sheet is a page, a row is a line; pictures are further pages."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.office.old_sheet import beside_old_sheets
from archive_indexer.extract.office.open_document import lines_beside, remarks_in
from archive_indexer.extract.office.parts import (
    is_package,
    part_or_none,
    refuse_large,
    say_broken,
)
from archive_indexer.extract.office.pictures import pictures_in, read_pictures
from archive_indexer.extract.office.sheet_parts import (
    SheetBeside,
    beside_sheets,
    lines_in_binary_book,
    say_laid_in,
    unread_in_book,
)

CellValue = int | float | str | bool | dt.date | dt.time | dt.timedelta
_HIDDEN = "（隐藏的工作表）"


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a workbook tells beside its cells."""

    sheets: dict[str, SheetBeside]
    lines: tuple[str, ...] = ()  #: that belong to no sheet
    pictured: tuple[ExtractedPage, ...] = ()
    unread: tuple[str, ...] = ()


def read_spreadsheet(file: Path, limits: Limits, kind: str = "xlsx") -> Extraction:
    """Every sheet's cells as people see them, and what stands beside them."""
    try:
        workbook = CalamineWorkbook.from_path(str(file))
    except PasswordError as error:
        raise UnreadableError("文件已加密，请提供未加密的版本") from error
    except CalamineError as error:
        raise UnreadableError("表格文件已损坏，打不开。请用 Excel 或 WPS 修复后另存") from error
    names = workbook.sheet_names
    if len(names) > limits.max_pages:
        raise UnreadableError(f"超过 {limits.max_pages} 张工作表，只登记、不识别。请拆分后放回原处")
    beside = _beside(file, max(len(names), 1), limits, kind)
    pages = [
        ExtractedPage(number, _sheet_text(workbook, name, beside.sheets.get(name)))
        for number, name in enumerate(names, start=1)
    ] or [ExtractedPage(1, "")]
    text = "\n".join(filter(None, (pages[0].text, *beside.lines)))
    pages[0] = replace(pages[0], text=text, unread=beside.unread)
    return Extraction(kind, (*pages, *beside.pictured))


def print_cell(value: CellValue) -> str:
    """A cell as text: 568 and not 568.0, dates as 2018-05-07."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value).strip()


def _sheet_text(workbook: CalamineWorkbook, name: str, beside: SheetBeside | None) -> str:
    beside = beside or SheetBeside()
    head = name + (_HIDDEN if beside.is_hidden else "")
    return "\n".join(filter(None, (head, *_rows(workbook, name), *beside.lines)))


def _rows(workbook: CalamineWorkbook, name: str) -> Iterator[str]:
    """The cells row by row; a sheet that is only a chart has none."""
    try:
        rows = workbook.get_sheet_by_name(name).to_python()
    except CalamineError:
        return
    for row in rows:
        yield " ".join(filter(None, map(print_cell, row)))


def _beside(file: Path, pages: int, limits: Limits, kind: str) -> _Beside:
    if not is_package(file):
        old = beside_old_sheets(file)
        loaded = [("picture", lambda content=one: content) for one in old.pictures]
        drawn = [("picture.emf", bytes)] * old.drawn
        pictured, unread = read_pictures([*loaded, *drawn], pages + 1, limits)
        unread = (*say_laid_in(old.laid_in), *unread)
        return _Beside({}, tuple(old.lines), pictured, unread)
    with ZipFile(file) as package:
        refuse_large(package)
        folders = ("Pictures/",) if kind == "ods" else ("xl/media/",)
        pictured, unread = read_pictures(pictures_in(package, folders), pages + 1, limits)
        if kind == "ods":
            content = part_or_none(package, "content.xml")
            told = [*(remarks_in(content) if content is not None else ()), *lines_beside(package)]
            return _Beside({}, tuple(told), pictured, (*unread, *say_broken(package)))
        sheets = beside_sheets(package)
        not_read = (*unread_in_book(package), *unread, *say_broken(package))
        lines = lines_in_binary_book(package) if kind == "xlsb" else []
        return _Beside(sheets, tuple(lines), pictured, not_read)
