"""What a workbook tells beside its cells: remarks, boxes, charts, heads, feet, hidden rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from zipfile import ZipFile

from lxml import etree

from archive_indexer.extract.markup import html_text
from archive_indexer.extract.office.cell_looks import binary_records
from archive_indexer.extract.office.drawings import (
    chart_lines,
    described,
    drawn_lines,
    lines_of_related,
)
from archive_indexer.extract.office.parts import attribute_of, part_or_none, targets_of, unique

_BOOK = ("xl/workbook.xml", "xl/workbook.bin")
_BINARY_SHEET = re.compile(r"xl/worksheets/\w+\.bin")
_DRAWN_PART = re.compile(r"xl/(?:drawings|charts)/(?:drawing|chart)\d*\.xml")
_HEAD_RECORD, _EMPTY_HEAD = 479, 26  #: its flags and six texts that are none
_LARGEST_SHEET = 64 << 20  #: bytes looked through for hidden rows
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\bhidden="(?:1|true)"')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\b[^>]*?\bhidden="(?:1|true)"')
_HEAD_OR_FOOT = re.compile(
    rb"<(?:\w+:)?((?:odd|even|first)(?:Header|Footer))[^>]*>(.*?)</", re.DOTALL
)
#: Codes of a head: place, font, size, page number, date …
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Z])')
_DRAWN = ("drawing", "vmlDrawing")
_CHOOSERS = ("slicer", "timeline")  #: boxes by which a reader chooses rows
_WITH_WORDS = (*_DRAWN, *_CHOOSERS, "comments", "threadedComment")
#: What is shown of a cell when it is chosen, or filled in wrongly; what may stand in it.
_CHECKED = re.compile(rb"<(?:\w+:)?dataValidation\b[^>]*>")
_SAID_OF_CELL = re.compile(rb'\b(?:prompt|error)(?:Title)?="([^"]*)"')
_CHOICES = re.compile(
    rb'<(?:\w+:)?formula1>(?:<(?:\w+:)?f>)?(?:"|&quot;)(.*?)(?:"|&quot;)<', re.DOTALL
)
_LINK_SAYS = re.compile(rb'<(?:\w+:)?hyperlink\b[^>]*?\btooltip="([^"]*)"')


@dataclass(frozen=True, slots=True)
class SheetBeside:
    """The lines beside the cells of one sheet."""

    is_hidden: bool = False
    lines: tuple[str, ...] = ()


def beside_sheets(package: ZipFile) -> dict[str, SheetBeside]:
    """By the name of each sheet, what stands beside its cells."""
    book = part_or_none(package, _BOOK[0])
    if book is None:
        return {}
    sheets = {}
    parts = sheet_members(package)
    for sheet in book.iter("{*}sheet"):
        part = parts.get(sheet.get("name", ""), "")
        is_hidden = sheet.get("state", "visible") != "visible"
        lines = tuple(unique(_lines(package, part))) if part else ()
        sheets[sheet.get("name", "")] = SheetBeside(is_hidden, lines)
    return sheets


def sheet_members(package: ZipFile) -> dict[str, str]:
    """The member that holds each sheet, by the sheet's name."""
    book = part_or_none(package, _BOOK[0])
    parts = _parts_by_id(package)
    members = {}
    for sheet in book.iter("{*}sheet") if book is not None else ():
        number = attribute_of(sheet, "id")
        members[sheet.get("name", "")] = parts.get(number, "")
    return members


def unread_in_binary_book(package: ZipFile) -> tuple[str, ...]:
    """What a book that is no XML holds and nothing here reads."""
    names = package.namelist()
    if _BOOK[1] not in names:
        return ()
    sheets = (name for name in names if _BINARY_SHEET.fullmatch(name))
    lacking = [
        what
        for what, is_there in (
            ("批注", any(name.startswith("xl/comments") for name in names)),
            ("页眉页脚", any(_has_head(package.read(name)) for name in sheets)),
        )
        if is_there
    ]
    return (f"含{'、'.join(lacking)}，未识别。请另存为 xlsx",) if lacking else ()


def lines_in_binary_book(package: ZipFile) -> list[str]:
    """Words of boxes and charts, which are XML in a book that is none, too."""
    lines = list[str]()
    for name in package.namelist():
        root = part_or_none(package, name) if _DRAWN_PART.fullmatch(name) else None
        if root is not None:
            lines += drawn_lines(root)
            lines += chart_lines(root) if "/charts/" in name else ()
    return unique(iter(lines))


def _has_head(sheet: bytes) -> bool:
    """Whether a sheet of records has a head or a foot."""
    return any(
        kind == _HEAD_RECORD and len(body) > _EMPTY_HEAD for kind, body in binary_records(sheet)
    )


def unread_in_book(package: ZipFile) -> tuple[str, ...]:
    """Files of other programs that lie in a book."""
    laid_in = [name for name in package.namelist() if name.startswith("xl/embeddings/")]
    return (*say_laid_in(len(laid_in)), *unread_in_binary_book(package))


def say_laid_in(count: int) -> tuple[str, ...]:
    """How many objects of other programs lie in a book."""
    return (f"含 {count} 个嵌入的文件或对象，未识别",) if count else ()


def _parts_by_id(package: ZipFile) -> dict[str, str]:
    rels = part_or_none(package, "xl/_rels/workbook.xml.rels")
    nodes = rels.iter("{*}Relationship") if rels is not None else ()
    targets = {node.get("Id", ""): node.get("Target", "") for node in nodes}
    return {
        key: target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        for key, target in targets.items()
    }


def _lines(package: ZipFile, part: str) -> Iterator[str]:
    for target in targets_of(package, part):
        if target.kind not in _WITH_WORDS:
            continue  # settings of a printer are no XML
        is_old = target.kind == "vmlDrawing"
        root = part_or_none(package, target.part, repair=is_old)
        if root is None:
            continue
        if target.kind in ("comments", "threadedComment"):
            yield from _remarks(root)
        elif target.kind == "vmlDrawing":
            yield from _old_boxes(root)
        elif target.kind in _CHOOSERS:
            yield from (node.get("caption", "") for node in root.iter("*"))
        elif target.kind == "drawing":
            yield from drawn_lines(root)
            yield from lines_of_related(package, target.part)
            yield from (f"图：{words}" for words in described(root))
    yield from lines_of_related(package, part)
    yield from _in_sheet(package, part)


def _remarks(root: etree._Element) -> Iterator[str]:
    for remark in root.iter("{*}comment", "{*}threadedComment"):
        words = "".join(node.text or "" for node in remark.iter("{*}t", "{*}text"))
        yield f"批注 {remark.get('ref', '')}：{' '.join(words.split())}"


def _old_boxes(root: etree._Element) -> Iterator[str]:
    """Boxes and buttons of older programs; the boxes of remarks are empty here."""
    for box in root.iter("{*}textbox"):
        yield html_text(etree.tostring(box, encoding="unicode")).replace("\n", " ")


def _in_sheet(package: ZipFile, part: str) -> Iterator[str]:
    """Heads and feet, and how much is hidden; the cells are not built for it."""
    if part not in package.namelist() or package.getinfo(part).file_size > _LARGEST_SHEET:
        return
    content = package.read(part)
    for _, text in _HEAD_OR_FOOT.findall(content):
        written = etree.fromstring(b"<x>" + text + b"</x>").text or ""
        yield " ".join(_CODES.sub(" ", written.replace("&&", "＆")).split())
    checked = (said for cell in _CHECKED.findall(content) for said in _SAID_OF_CELL.findall(cell))
    for said in (*checked, *_CHOICES.findall(content), *_LINK_SAYS.findall(content)):
        yield " ".join(unescape(said.decode("utf-8", errors="replace")).split())
    rows, columns = len(_HIDDEN_ROW.findall(content)), len(_HIDDEN_COLUMN.findall(content))
    if rows or columns:
        yield f"（含隐藏的行 {rows} 行、隐藏的列 {columns} 处，已一并识别）"
