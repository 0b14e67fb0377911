"""What loops leave behind, mended: numbers that stand twice, cells in which nothing is left.

A row that is repeated repeats the ids of its pictures and controls; a loop without rows
leaves a cell without a paragraph. Word calls such a file unreadable.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from filler.word.proving.told_apart import Twins

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCKS = frozenset(
    _W + name for name in ("p", "tbl", "sdt", "customXml", "altChunk", "ins", "del")
)
#: What must hold a paragraph, and what stands before it.
_HOLDERS = ("tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent")
_IDS = (
    re.compile(rb'<wp:docPr\b[^>]*?\bid="([^"]*)"'),
    re.compile(rb'<w:sdtPr>(?:(?!</w:sdtPr>).)*?<w:id w:val="([^"]*)"', re.DOTALL),
    re.compile(rb'<w:bookmarkStart\b[^>]*?\bw:id="([^"]*)"'),
    re.compile(rb'<w:bookmarkStart\b[^>]*?\bw:name="([^"]*)"'),
    re.compile(rb'<w:permStart\b[^>]*?\bw:id="([^"]*)"'),
    re.compile(rb'<w:commentReference\b[^>]*?\bw:id="([^"]*)"'),
    re.compile(rb'\bw14:paraId="([^"]*)"'),
    re.compile(rb'<v:(?!shapetype)\w+\b[^>]*?\sid="([^"]*)"'),
    re.compile(rb'<w:(?:ins|del|moveFrom|moveTo)\b[^>]*?\bw:id="([^"]*)"'),
)
#: What was not looked for in documents issued before, which come out as they did.
_MORE_IDS = (
    re.compile(rb'<wps:txbx\b[^>]*?\bid="([^"]*)"'),
    re.compile(rb'<w:\w+(?:Change|RangeStart)\b[^>]*?\bw:id="([^"]*)"'),
    re.compile(rb'\b(?:wp14|w14):anchorId="([^"]*)"'),
    re.compile(rb'\bo:spid="([^"]*)"'),
)
_KIND_OF_SHAPE = re.compile(rb'<v:shapetype\b[^>]*?\bid="([^"]*)"')  #: once in a part
_NOTE = re.compile(rb'<w:((?:footnote|endnote)Reference\b)[^>]*?\bw:id="([^"]*)"')
_EMPTY = re.compile(
    rb"(?:</w:tcPr>|<w:tcPr/>|</w:tbl>|<w:tc(?: [^>]*)?>)\s*</w:tc>"
    rb"|(?:</w:tblGrid>|<w:tblGrid/>)\s*</w:tbl>"
    rb"|(?:</w:trPr>|<w:trPr/>|<w:tr(?: [^>]*)?>)\s*</w:tr>"
    rb"|<w:(hdr|ftr|footnote|endnote|comment|txbxContent)(?: [^>]*)?>\s*</w:\1>"
)


def need_mending(parts: Iterable[bytes], *, is_once: bool = True) -> bool:
    """Whether ids stand twice in the parts together, or something was left empty.

    Args:
        parts: what was made.
        is_once: not of a document issued before every kind of id was looked for.
    """
    parts = list(parts)
    if any(_EMPTY.search(part) for part in parts):
        return True
    if is_once and any(_stands_twice(_KIND_OF_SHAPE, [part]) for part in parts):
        return True
    return any(_stands_twice(pattern, parts) for pattern in (*_IDS, *_MORE_IDS * is_once))


def repeats_notes(parts: Iterable[bytes]) -> bool:
    """Whether a note has several places: there is but one text for all of them."""
    return any(_stands_twice(_NOTE, [part]) for part in parts)


def _stands_twice(pattern: re.Pattern[bytes], parts: Iterable[bytes]) -> bool:
    found = [number for part in parts for number in pattern.findall(part)]
    return len(found) != len(set(found))


def mend(parts: Mapping[str, bytes], *, is_once: bool = True) -> dict[str, bytes]:
    """The same parts, every number once, no cell and no table empty."""
    twins = Twins(is_once)
    return {name: _mend_part(data, twins) for name, data in parts.items()}


def _mend_part(data: bytes, twins: Twins) -> bytes:
    root: Any = etree.fromstring(data)
    _fill_empty(root)
    twins.part(root)
    mended: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return mended


def _fill_empty(root: Any) -> None:
    """Rows without cells and tables without rows go; a cell ends with a paragraph."""
    for row in [one for one in root.iter(f"{_W}tr") if one.find(f".//{_W}tc") is None]:
        row.getparent().remove(row)
    for table in [one for one in root.iter(f"{_W}tbl") if one.find(f".//{_W}tr") is None]:
        table.addnext(table.makeelement(f"{_W}p", {}))
        table.getparent().remove(table)
    for holder in list(root.iter(*(_W + name for name in _HOLDERS))):
        blocks = [child for child in holder if child.tag in _BLOCKS]
        is_cell = holder.tag == f"{_W}tc"
        if not blocks or (is_cell and blocks[-1].tag == f"{_W}tbl"):
            holder.append(holder.makeelement(f"{_W}p", {}))
