"""Workbooks that the usual reader refuses for one reference that leads nowhere: cells as written.

What is left of such a book is whole; the programs of offices open it, too.
"""

from collections.abc import Iterator
from zipfile import ZipFile

from lxml import etree

from archive_indexer.extract.office.parts import attribute_of, part_or_none
from archive_indexer.extract.office.sheet_parts import sheet_members

_SHARED = "xl/sharedStrings.xml"


def loose_sheets(package: ZipFile) -> list[tuple[str, list[str]]]:
    """The sheets that are there: name and rows of each, a row as a line of its cells."""
    shared = part_or_none(package, _SHARED)
    texts = [_text(one) for one in shared.iterfind("{*}si")] if shared is not None else []
    found = []
    for name, member in sheet_members(package).items():
        root = part_or_none(package, member) if member else None
        if root is not None:
            found.append((name, [_row(row, texts) for row in root.iter("{*}row")]))
    return found


def _row(row: etree._Element, texts: list[str]) -> str:
    return " ".join(filter(None, (_cell(one, texts) for one in row.iterfind("{*}c"))))


def _cell(cell: etree._Element, texts: list[str]) -> str:
    if attribute_of(cell, "t") == "inlineStr":
        return _text(cell)
    value = cell.findtext("{*}v", "").strip()
    if attribute_of(cell, "t") != "s":
        return value
    return texts[int(value)] if value.isdecimal() and int(value) < len(texts) else ""


def _text(node: etree._Element) -> str:
    """Its words without how they are said, which stands beside them in some languages."""
    return " ".join("".join(_pieces(node)).split())


def _pieces(node: etree._Element) -> Iterator[str]:
    for one in node.iter("{*}t"):
        parent = one.getparent()
        if parent is None or not str(parent.tag).endswith("}rPh"):
            yield one.text or ""
