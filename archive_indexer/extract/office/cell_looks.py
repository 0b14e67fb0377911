"""How the cells of a workbook are to be shown: the number format of each, by its place.

Of OpenDocument the words are kept, which it holds beside the values.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from zipfile import ZipFile

from lxml import etree

from archive_indexer.extract.office.number_format import BUILT_IN, says_something
from archive_indexer.extract.office.parts import attribute_of, local_name, part_or_none

Place = tuple[int, int]  #: row and column, from 0
_LARGEST_SHEET = 64 << 20  #: bytes of a sheet that is looked through
_MOST_REPEATED = 1000  #: cells in a row, or rows, that one cell stands for
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_WITH_VALUES = ("float", "percentage", "currency", "date", "time")
#: Records of [MS-XLSB].
_ROW, _CELLS, _FORMAT, _XFS, _END_OF_XFS, _XF, _SHEET = 0, range(1, 12), 44, 617, 618, 47, 156


@dataclass(slots=True)
class CellLooks:
    """By the name of each sheet, what is to be known of its cells."""

    formats: dict[str, dict[Place, str]] = field(default_factory=dict)
    words: dict[str, dict[Place, str]] = field(default_factory=dict)  #: as they are shown
    since_1904: bool = False  #: days are counted from then


def looks_in_book(package: ZipFile, parts: Mapping[str, str]) -> CellLooks:
    """Of an .xlsx; `parts` are its sheets by their names."""
    styles, book = (part_or_none(package, f"xl/{name}.xml") for name in ("styles", "workbook"))
    looks = CellLooks()
    if styles is None or book is None:
        return looks
    looks.since_1904 = any(
        one.get("date1904") in ("1", "true") for one in book.iter("{*}workbookPr")
    )
    codes = _codes(styles)
    for name, part in parts.items() if codes else ():
        if part in package.namelist() and package.getinfo(part).file_size <= _LARGEST_SHEET:
            looks.formats[name] = dict(_formatted(package.read(part), codes))
    return looks


def looks_in_binary_book(package: ZipFile) -> CellLooks:
    """Of an .xlsb."""
    looks, names = CellLooks(), package.namelist()
    if not {"xl/workbook.bin", "xl/styles.bin"}.issubset(names):
        return looks
    codes = _binary_codes(package.read("xl/styles.bin"))
    links = part_or_none(package, "xl/_rels/workbook.bin.rels")
    targets = {one.get("Id"): one.get("Target", "") for one in links} if links is not None else {}
    for kind, body in binary_records(package.read("xl/workbook.bin")):
        if kind == _SHEET and codes:
            link, at = _wide_text(body, 8)
            name, _ = _wide_text(body, at)
            part = f"xl/{targets.get(link, '')}"
            if part in names and package.getinfo(part).file_size <= _LARGEST_SHEET:
                looks.formats[name] = dict(_binary_formatted(package.read(part), codes))
    return looks


def looks_in_open_sheets(content: etree._Element) -> CellLooks:
    """Of an .ods: what its cells show."""
    looks = CellLooks()
    for table in content.iter("{*}table"):
        looks.words[attribute_of(table, "name")] = dict(_open_cells(table))
    return looks


def binary_records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The records of a part that is no XML ([MS-XLSB])."""
    at = 0
    while at < len(content):
        kind, at = _number_at(content, at, 2)
        length, at = _number_at(content, at, 4)
        yield kind, content[at : at + length]
        at += length


def _number_at(content: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends."""
    number = 0
    for shift in range(0, most * 7, 7):
        if at >= len(content):
            break
        number |= (content[at] & 0x7F) << shift
        at += 1
        if not content[at - 1] & 0x80:
            break
    return number, at


def _codes(styles: etree._Element) -> dict[bytes, str]:
    """Formats that show something else, by the number of the cells' style."""
    said = dict(BUILT_IN)
    for one in styles.iterfind("{*}numFmts/{*}numFmt"):
        if one.get("numFmtId", "").isdecimal():
            said[int(one.get("numFmtId", "0"))] = one.get("formatCode", "")
    ids = [one.get("numFmtId", "0") for one in styles.iterfind("{*}cellXfs/{*}xf")]
    named = [said.get(int(one), "") if one.isdecimal() else "" for one in ids]
    return {str(at).encode(): code for at, code in enumerate(named) if says_something(code)}


def _formatted(sheet: bytes, codes: Mapping[bytes, str]) -> Iterator[tuple[Place, str]]:
    for match in _CELL.finditer(sheet):
        style = _STYLE.search(match[1])
        code = codes.get(style[1]) if style else None
        place = _PLACE.search(match[1]) if code else None
        if code and place and not match[1].endswith(b"/"):
            yield (int(place[2]) - 1, _column(place[1])), code


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _binary_codes(styles: bytes) -> dict[int, str]:
    said, codes, number, within = dict(BUILT_IN), dict[int, str](), 0, False
    for kind, body in binary_records(styles):
        if kind == _FORMAT:
            said[int.from_bytes(body[:2], "little")], _ = _wide_text(body, 2)
        elif kind in (_XFS, _END_OF_XFS):
            within = kind == _XFS
        elif kind == _XF and within:
            code = said.get(int.from_bytes(body[2:4], "little"), "")
            if says_something(code):
                codes[number] = code
            number += 1
    return codes


def _binary_formatted(sheet: bytes, codes: Mapping[int, str]) -> Iterator[tuple[Place, str]]:
    row = 0
    for kind, body in binary_records(sheet):
        if kind == _ROW:
            row = int.from_bytes(body[:4], "little")
        elif kind in _CELLS:
            code = codes.get(int.from_bytes(body[4:7], "little"))
            if code:
                yield (row, int.from_bytes(body[:4], "little")), code


def _wide_text(body: bytes, at: int) -> tuple[str, int]:
    length = int.from_bytes(body[at : at + 4], "little")
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le", errors="replace"), end


def _open_cells(table: etree._Element) -> Iterator[tuple[Place, str]]:
    top = 0
    for row in table.iter("{*}table-row"):
        rows, column = _repeated(row, "number-rows-repeated"), 0
        for cell in row.iterchildren("*"):
            if local_name(cell) not in ("table-cell", "covered-table-cell"):
                continue
            columns = _repeated(cell, "number-columns-repeated")
            if attribute_of(cell, "value-type") in _WITH_VALUES:
                words = " ".join("".join(map(str, one.itertext())) for one in cell.iterfind("{*}p"))
                for down in range(min(rows, _MOST_REPEATED)):
                    for right in range(min(columns, _MOST_REPEATED)):
                        yield (top + down, column + right), words
            column += columns
        top += rows


def _repeated(node: etree._Element, name: str) -> int:
    text = attribute_of(node, name)
    return int(text) if text.isdecimal() else 1
