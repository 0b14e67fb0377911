"""Spreadsheets: a sheet is a page, a row is a line; pictures are further pages."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.office.cell_looks import (
    CellLooks,
    looks_in_binary_book,
    looks_in_book,
    looks_in_open_sheets,
)
from archive_indexer.extract.office.loose_sheets import loose_sheets
from archive_indexer.extract.office.number_format import (
    as_moment,
    show_moment,
    show_number,
    show_text,
)
from archive_indexer.extract.office.old_sheet import beside_old_sheets, is_locked
from archive_indexer.extract.office.open_document import (
    lines_beside,
    read_opendocument,
    remarks_in,
    said_beside,
)
from archive_indexer.extract.office.parts import (
    is_package,
    part_or_none,
    refuse_large,
    say_broken,
)
from archive_indexer.extract.office.pictures import NOT_AT_HAND, pictures_in, read_pictures
from archive_indexer.extract.office.sheet_parts import (
    SheetBeside,
    beside_sheets,
    lines_in_binary_book,
    say_laid_in,
    sheet_members,
    unread_in_book,
)

CellValue = int | float | str | bool | dt.date | dt.time | dt.timedelta
_HIDDEN = "（隐藏的工作表）"
_LOOSE = "表格文件有损坏，可能缺了一部分；数照文件里的值，没有照单元格的样子"


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a workbook tells beside its cells."""

    sheets: dict[str, SheetBeside]
    lines: tuple[str, ...] = ()  #: that belong to no sheet
    pictured: tuple[ExtractedPage, ...] = ()
    unread: tuple[str, ...] = ()
    looks: CellLooks = field(default_factory=CellLooks)


def read_spreadsheet(file: Path, limits: Limits, kind: str = "xlsx") -> Extraction:
    """Every sheet's cells as people see them, and what stands beside them."""
    try:
        workbook = CalamineWorkbook.from_path(str(file))
    except PasswordError as error:
        raise UnreadableError("文件已加密，请提供未加密的版本") from error
    except CalamineError as error:
        if kind == "xls" and is_locked(file):
            raise UnreadableError("文件已加密，请提供未加密的版本") from error
        loose = _read_loose(file, limits, kind)
        if loose is None:
            raise UnreadableError("表格文件已损坏，打不开。请用 Excel 或 WPS 修复后另存") from error
        return loose
    names = workbook.sheet_names
    if len(names) > limits.max_pages:
        raise UnreadableError(f"超过 {limits.max_pages} 张工作表，只登记、不识别。请拆分后放回原处")
    beside = _beside(file, max(len(names), 1), limits, kind)
    pages = [
        ExtractedPage(number, _sheet_text(workbook, name, beside))
        for number, name in enumerate(names, start=1)
    ] or [ExtractedPage(1, "")]
    text = "\n".join(filter(None, (pages[0].text, *beside.lines)))
    pages[0] = replace(pages[0], text=text, unread=beside.unread)
    return Extraction(kind, (*pages, *beside.pictured))


def _read_loose(file: Path, limits: Limits, kind: str) -> Extraction | None:
    """A workbook that the usual reader refuses, by its XML; None where that is broken, too."""
    if kind == "ods":
        return replace(read_opendocument(file, limits), kind=kind)
    if not is_package(file):
        return None
    with ZipFile(file) as package:
        refuse_large(package)
        sheets = loose_sheets(package)
    if not sheets:
        return None
    beside = _beside(file, len(sheets), limits, kind)
    pages = []
    for number, (name, rows) in enumerate(sheets[: limits.max_pages], start=1):
        own = beside.sheets.get(name) or SheetBeside()
        head = name + (_HIDDEN if own.is_hidden else "")
        pages.append(ExtractedPage(number, "\n".join(filter(None, (head, *rows, *own.lines)))))
    unread = (*beside.unread, _LOOSE)
    return Extraction(kind, (replace(pages[0], unread=unread), *pages[1:], *beside.pictured))


def print_cell(value: CellValue) -> str:
    """A cell as text: 568 and not 568.0, dates as 2018-05-07."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        # of a sum of tenths no program shows the sixteenth digit
        return str(int(value)) if value.is_integer() else repr(float(f"{value:.15g}"))
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value).strip()


def print_shown(value: CellValue, code: str, since_1904: bool = False) -> str:
    """A cell as its number format shows it, and as it is where that is not part of it."""
    if isinstance(value, str):
        return show_text(value, code) or print_cell(value)
    if isinstance(value, bool):
        return print_cell(value)
    if isinstance(value, int | float):
        moment = as_moment(value, code, since_1904)
        if moment is None:
            return _both(show_number(value, code), value)
        value = moment
    return _both(show_moment(value, code), value)


def _both(shown: str, value: CellValue) -> str:
    """What is shown, then the value; an hour and what is within the shown are said once."""
    plain = print_cell(value)
    if shown and (plain in shown or isinstance(value, dt.time | dt.timedelta)):
        return shown
    return f"{shown} {plain}".strip()


def _sheet_text(workbook: CalamineWorkbook, name: str, beside: _Beside) -> str:
    own = beside.sheets.get(name) or SheetBeside()
    head = name + (_HIDDEN if own.is_hidden else "")
    return "\n".join(filter(None, (head, *_rows(workbook, name, beside.looks), *own.lines)))


def _rows(workbook: CalamineWorkbook, name: str, looks: CellLooks) -> Iterator[str]:
    """The cells row by row; a sheet that is only a chart has none."""
    try:
        sheet = workbook.get_sheet_by_name(name)
        rows = sheet.to_python()
    except CalamineError:
        return
    formats, words = looks.formats.get(name, {}), looks.words.get(name, {})
    top, left = sheet.start or (0, 0)
    for down, row in enumerate(rows, start=top):
        texts = []
        for right, value in enumerate(row, start=left):
            code = formats.get((down, right))
            if code:
                texts.append(print_shown(value, code, looks.since_1904))
            else:
                texts.append(_both(words.get((down, right), ""), value))
        yield " ".join(filter(None, texts))


def _beside(file: Path, pages: int, limits: Limits, kind: str) -> _Beside:
    if not is_package(file):
        old = beside_old_sheets(file)
        loaded = [("picture", lambda content=one: content) for one in old.pictures]
        drawn = [("picture.emf", NOT_AT_HAND)] * old.drawn
        pictured, unread = read_pictures([*loaded, *drawn], pages + 1, limits)
        unread = (*say_laid_in(old.laid_in), *unread)
        return _Beside({}, tuple(old.lines), pictured, unread, old.looks)
    with ZipFile(file) as package:
        refuse_large(package)
        folders = ("Pictures/",) if kind == "ods" else ("xl/media/",)
        pictured, unread = read_pictures(pictures_in(package, folders), pages + 1, limits)
        if kind == "ods":
            content = part_or_none(package, "content.xml")
            told = [*(remarks_in(content) if content is not None else ()), *lines_beside(package)]
            looks = looks_in_open_sheets(content) if content is not None else CellLooks()
            unread = (*unread, *(said_beside(package, content) if content is not None else ()))
            return _Beside({}, tuple(told), pictured, (*unread, *say_broken(package)), looks)
        sheets = beside_sheets(package)
        lines = lines_in_binary_book(package) if kind == "xlsb" else []
        if kind == "xlsb":
            looks = looks_in_binary_book(package)
        else:
            looks = looks_in_book(package, sheet_members(package))
        not_read = (*unread_in_book(package), *unread, *say_broken(package))
        return _Beside(sheets, tuple(lines), pictured, not_read, looks)
