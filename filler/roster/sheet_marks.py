"""What an .xlsx file knows of its cells besides their values."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import IO, Any

from lxml import etree

from filler.roster.cell_looks import CellLooks, has_struck_part, read_comments, read_looks

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d+)")
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"

_LINKS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)

NO_RESULT = "公式还没有算出结果"
ERROR = "公式出错"
STRUCK = "有划掉的字，会和没有划掉的连成一串"
_COMPUTE = "用 Excel 或 WPS 打开，等数值出来后保存，再用"
#: What to do about each.
ADVICE = {NO_RESULT: _COMPUTE, ERROR: _COMPUTE, STRUCK: "删去划掉的字，只留要填的内容"}


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """Hidden rows and columns, and cells whose value cannot be trusted, from 0."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    struck_rows: frozenset[int] = frozenset()  #: in which a text is struck through
    coloured_rows: frozenset[int] = frozenset()  #: most of whose cells have a colour
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def within(self, columns: range) -> "SheetMarks":
        """Those of some columns only."""
        faults = {at: text for at, text in self.faults.items() if at[1] in columns}
        comments = {at: text for at, text in self.comments.items() if at[1] in columns}
        return replace(self, faults=faults, comments=comments)


def read_marks(archive: zipfile.ZipFile) -> dict[str, SheetMarks]:
    """The marks of every sheet by its name; nothing when it is no .xlsx."""
    if _WORKBOOK not in archive.namelist() or _RELATIONS not in archive.namelist():
        return {}
    marks, looks = {}, read_looks(archive)
    for name, member in _sheet_members(archive):
        if member in archive.namelist():
            with archive.open(member) as stream:
                read = _read_sheet(stream, looks)
            marks[name] = replace(read, comments=dict(_comments(archive, member)))
    return marks


def _comments(archive: zipfile.ZipFile, member: str) -> Iterator[tuple[tuple[int, int], str]]:
    for cell, text in read_comments(archive, member):
        match = _REFERENCE.fullmatch(cell)
        if match and text:
            yield (int(match[2]) - 1, column_number(match[1])), text


def _sheet_members(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    try:
        workbook = etree.fromstring(archive.read(_WORKBOOK))
        relations = etree.fromstring(archive.read(_RELATIONS))
    except etree.XMLSyntaxError:
        return
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    for sheet in workbook.iterfind(".//{*}sheets/{*}sheet"):
        target = next((targets.get(sheet.get(key)) for key in _LINKS if sheet.get(key)), None) or ""
        yield sheet.get("name", ""), target.lstrip("/") if target[:1] == "/" else f"xl/{target}"


def _read_sheet(stream: IO[bytes], looks: CellLooks) -> SheetMarks:
    rows: set[int] = set()
    struck: set[int] = set()
    coloured: set[int] = set()
    columns: set[int] = set()
    faults: dict[tuple[int, int], str] = {}
    tags = [f"{space}{tag}" for space in (_MAIN, _STRICT) for tag in ("row", "col")]
    try:
        for _, element in etree.iterparse(stream, tag=tags, resolve_entities=False):
            if element.tag.endswith("}col"):
                columns.update(_hidden_columns(element))
                continue
            number = int(element.get("r", "1")) - 1
            if element.get("hidden") in ("1", "true"):
                rows.add(number)
            faults.update(_faults(element, number, looks))
            styles = [cell.get("s") for cell in element if len(cell)]
            if looks.struck.intersection(styles):
                struck.add(number)
            if 2 * sum(one in looks.coloured for one in styles) > len(styles):
                coloured.add(number)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError):
        return SheetMarks()  # calamine says what is wrong with it
    return SheetMarks(
        frozenset(rows), frozenset(columns), faults, frozenset(struck), frozenset(coloured)
    )


def _hidden_columns(element: Any) -> range:
    if element.get("hidden") not in ("1", "true"):
        return range(0)
    return range(int(element.get("min", "1")) - 1, min(int(element.get("max", "1")), 16384))


def _faults(row: Any, number: int, looks: CellLooks) -> Iterator[tuple[tuple[int, int], str]]:
    for cell in row:
        fault = _fault(cell, looks)
        match = _REFERENCE.match(cell.get("r", "")) if fault else None
        if match:
            yield (number, column_number(match[1])), fault


def _fault(cell: Any, looks: CellLooks) -> str:
    kind = cell.get("t")
    if kind == "e":
        return ERROR
    if kind == "s":
        return STRUCK if cell.findtext("{*}v") in looks.struck_texts else ""
    if kind == "inlineStr":
        text = cell.find("{*}is")
        return STRUCK if text is not None and has_struck_part(text) else ""
    return NO_RESULT if _lacks_result(cell, kind) else ""


def _lacks_result(cell: Any, kind: str | None) -> bool:
    """A formula nobody computed; one whose result is an empty text is a `str`."""
    if kind == "str" or cell.find("{*}f") is None:
        return False
    value = cell.find("{*}v")
    return value is None or not value.text


def column_number(letters: str) -> int:
    """The number of a column from its letters: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
