"""A spreadsheet's cells, whatever program wrote it. Only this file reads the formats.

xlsx, xls, et, ods, csv and tables of a web page come out alike; what a reader would not see
(hidden rows, formulas without a result, cells that hold an error) is told beside the values.
"""

import codecs
import csv
import datetime as dt
import io
import itertools
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
    ZipError,
)

from filler.errors import RosterError
from filler.roster.sheet_marks import SheetMarks, read_marks
from filler.roster.web_tables import is_web_page, read_web_tables
from minzheng.external.files.panics import ParserPanicError, panics_told

CellValue = int | float | str | bool | dt.date | dt.datetime | dt.time | dt.timedelta
Range = tuple[tuple[int, int], tuple[int, int]]  #: first and last cell, row and column from 0

MOST_BYTES = 50 * 1024 * 1024
_MOST_UNPACKED = 400 * 1024 * 1024
_MOST_CELLS = 6_000_000
_MOST_TURNED = 200  #: rows of a list that stands upright
_TEXT_SHEET = "名单"
_SEPARATORS = ",\t;，；|"
_ENCODINGS = ("utf-8-sig", "gb18030")
#: How other texts begin that end in .xls: a word within them, and what they are.
_OTHER_TEXTS = {
    "<?xml": ("urn:schemas-microsoft-com:office:spreadsheet", "“XML 表格 2003”"),
    "mime-version:": ("Content-", "“单个文件网页”"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: values in rows from its top left cell; rows and columns count from 0."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    is_hidden: bool = False
    merged: tuple[Range, ...] = ()
    marks: SheetMarks = field(default_factory=SheetMarks)
    shows_marks: bool = True  #: False of a format of which only the values are read
    under: Mapping[tuple[int, int], int] = field(init=False, default_factory=dict)
    """Cells under one that is merged downwards: whose row shows there."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "under", _covered(self.merged, len(self.rows)))

    def value(self, row: int, column: int) -> CellValue:
        """A cell's value; an empty text when there is none."""
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return ""

    def within(self, columns: range) -> "Sheet":
        """The same with nothing but some columns, which keep their numbers."""
        start, stop = columns.start, columns.stop
        rows = tuple(
            tuple(cell if at in columns else "" for at, cell in enumerate(row[:stop]))
            for row in self.rows
        )
        merged = tuple(one for one in self.merged if start <= one[0][1] and one[1][1] < stop)
        return replace(self, rows=rows, merged=merged, marks=self.marks.within(columns))

    def turned(self) -> "Sheet":
        """The same with rows for columns."""
        rows = tuple(itertools.zip_longest(*self.rows[:_MOST_TURNED], fillvalue=""))
        return Sheet(self.name, rows, self.is_hidden)


def _covered(merged: tuple[Range, ...], height: int) -> dict[tuple[int, int], int]:
    """Each cell under one that is merged downwards, with the row of the upper one."""
    return {
        (row, left): top
        for (top, left), (bottom, _) in merged
        for row in range(top + 1, min(bottom + 1, height))
    }


def read_spreadsheet(data: bytes, name: str) -> tuple[Sheet, ...]:
    """All sheets of a file.

    Raises:
        RosterError: it is no spreadsheet, encrypted, damaged or too large.
    """
    if len(data) > MOST_BYTES:
        raise RosterError(f"{name} 超过 {MOST_BYTES >> 20} MB。请分成几个文件。")
    if not data.strip(b"\0 \r\n\t"):
        raise RosterError(f"{name} 是空文件。")
    if _is_text(data):
        return tuple(_read_text(data, name))
    return tuple(_read_workbook(data, name))


def _is_text(data: bytes) -> bool:
    packed = data.startswith((b"PK", b"\xd0\xcf\x11\xe0", b"\x09\x08", b"\x09\x04"))
    return not packed


def _read_text(data: bytes, name: str) -> Iterator[Sheet]:
    """A list of texts, or the page that other systems call .xls."""
    text = _decode(data, name)
    for start, called in _OTHER_TEXTS.items():
        if text.lstrip()[: len(start)].lower() == start and called[0] in text:
            raise RosterError(f"{name} 是{called[1]}。用 Excel 或 WPS 打开，另存为 .xlsx 再用。")
    if is_web_page(text):
        for number, table in enumerate(read_web_tables(text), start=1):
            rows = tuple(tuple(map(_unwrap, row)) for row in table.rows)
            yield Sheet(f"{_TEXT_SHEET}{number if number > 1 else ''}", rows, merged=table.merged)
    else:
        yield Sheet(_TEXT_SHEET, tuple(_read_csv(text, name)))


def _read_csv(text: str, name: str) -> Iterator[tuple[CellValue, ...]]:
    separator = _separator(text[:4000].splitlines()[:5])
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            yield tuple(_unwrap(cell) for cell in row)
    except csv.Error as error:
        raise RosterError(
            f"{name} 不是完好的表格文件。用 Excel 或 WPS 另存为 .xlsx 再用。"
        ) from error


def _separator(head: Sequence[str]) -> str:
    """What stands most often in a line; of a title's commas there are fewer."""
    return max(_SEPARATORS, key=lambda one: max((line.count(one) for line in head), default=0))


def _unwrap(cell: str) -> str:
    """="6109…" and '6109…: how people keep Excel from spoiling numbers."""
    text = cell.strip()
    if text.startswith('="') and text.endswith('"'):
        return text[2:-1]
    return text.removeprefix("'")


def _decode(data: bytes, name: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise RosterError(f"{name} 不是表格文件。请用 .xlsx、.xls、.ods 或 .csv。")
    for encoding in _ENCODINGS:
        try:  # some programs put the mark of UTF-8 before text in another code
            return data.removeprefix(codecs.BOM_UTF8).decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RosterError(f"{name} 的文字编码认不出。用 Excel 或 WPS 另存为 .xlsx 再用。")


def _read_workbook(data: bytes, name: str) -> Iterator[Sheet]:
    marks = _read_marks(data, name)
    try:
        with panics_told():
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for about in workbook.sheets_metadata:
            with panics_told():
                sheet = _read_sheet(workbook.get_sheet_by_name(about.name), name)
            is_hidden = about.visible != SheetVisibleEnum.Visible
            own = marks.get(about.name)
            sheet = replace(sheet, is_hidden=is_hidden, shows_marks=own is not None)
            yield replace(sheet, marks=own or SheetMarks())
    except PasswordError as error:
        raise RosterError(f"{name} 加了密码。用 Excel 或 WPS 去掉密码再用。") from error
    except (CalamineError, ZipError, ParserPanicError) as error:
        raise RosterError(
            f"{name} 打不开，可能已损坏或不是表格。用 Excel 或 WPS 另存为 .xlsx 再用。"
        ) from error


def _read_marks(data: bytes, name: str) -> Mapping[str, SheetMarks]:
    if not data.startswith(b"PK"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > _MOST_UNPACKED:
                raise RosterError(f"{name} 展开后过大。请分成几个文件。")
            return read_marks(archive)
    except zipfile.BadZipFile as error:
        raise RosterError(f"{name} 已损坏。请重新取得，或用 Excel、WPS 修复后另存。") from error


def _read_sheet(sheet: CalamineSheet, name: str) -> Sheet:
    if sheet.total_height * sheet.total_width > _MOST_CELLS:
        raise RosterError(
            f"{name} 的工作表“{sheet.name}”过大。删去表格以外的内容，或分成几个文件。"
        )
    rows = tuple(tuple(row) for row in sheet.to_python(skip_empty_area=False))
    return Sheet(sheet.name, rows, merged=tuple(sheet.merged_cell_ranges or ()))
