"""What loops leave behind, mended: numbers that stand twice, cells in which nothing is left.

A row that is repeated repeats the ids of its pictures and controls; a loop without rows
leaves a cell without a paragraph. Word calls such a file unreadable.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_VML = "{urn:schemas-microsoft-com:vml}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ID, _NAME = f"{_W}id", f"{_W}name"
_BLOCKS = frozenset(
    _W + name for name in ("p", "tbl", "sdt", "customXml", "altChunk", "ins", "del")
)
#: What must hold a paragraph, and what stands before it.
_HOLDERS = ("tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent")
_CHANGES = tuple(_W + name for name in ("ins", "del", "moveFrom", "moveTo"))
_MARKS = frozenset(_W + name for name in ("bookmarkStart", "bookmarkEnd", "permStart", "permEnd"))
_COMMENTED = frozenset(
    _W + name for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
)
_DRAWINGS_FROM, _OTHERS_FROM = 20_001, 900_001
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
_NOTE = re.compile(rb'<w:((?:footnote|endnote)Reference\b)[^>]*?\bw:id="([^"]*)"')
_EMPTY = re.compile(
    rb"(?:</w:tcPr>|<w:tcPr/>|</w:tbl>|<w:tc(?: [^>]*)?>)\s*</w:tc>"
    rb"|(?:</w:tblGrid>|<w:tblGrid/>)\s*</w:tbl>"
    rb"|(?:</w:trPr>|<w:trPr/>|<w:tr(?: [^>]*)?>)\s*</w:tr>"
    rb"|<w:(hdr|ftr|footnote|endnote|comment|txbxContent)(?: [^>]*)?>\s*</w:\1>"
)


def need_mending(parts: Iterable[bytes]) -> bool:
    """Whether ids stand twice in the parts together, or something was left empty."""
    parts = list(parts)
    if any(_EMPTY.search(part) for part in parts):
        return True
    return any(_stands_twice(pattern, parts) for pattern in _IDS)


def repeats_notes(parts: Iterable[bytes]) -> bool:
    """Whether a note has several places: there is but one text for all of them."""
    return any(_stands_twice(_NOTE, [part]) for part in parts)


def _stands_twice(pattern: re.Pattern[bytes], parts: Iterable[bytes]) -> bool:
    found = [number for part in parts for number in pattern.findall(part)]
    return len(found) != len(set(found))


def mend(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same parts, every number once, no cell and no table empty."""
    twins = _Twins()
    return {name: _mend_part(data, twins) for name, data in parts.items()}


def _mend_part(data: bytes, twins: "_Twins") -> bytes:
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


@dataclass
class _Twins:
    """What was seen so far, over all parts; the first keeps its number."""

    seen: set[tuple[str, str]] = field(default_factory=set)
    drawing: int = _DRAWINGS_FROM
    other: int = _OTHERS_FROM
    _open: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def part(self, root: Any) -> None:
        """Give every twin in a part a number of its own."""
        copies = {id(one) for copy in root.iter(_FALLBACK) for one in copy.iter()}
        gone = [one for one in root.iter() if id(one) not in copies and self._must_go(one)]
        for element in gone:
            parent = element.getparent()
            parent.remove(element)
            if parent.tag == f"{_W}r" and len(parent) == 0:
                parent.getparent().remove(parent)

    def _must_go(self, element: Any) -> bool:
        """Renumber a twin; True where a second one has no sense at all."""
        tag = element.tag
        if tag in _MARKS:
            return self._end(element) if tag.endswith("End") else self._start(element)
        if tag in _COMMENTED:
            return self._is_twin(tag, element.get(_ID, ""))
        self._renumber(element)
        return False

    def _renumber(self, element: Any) -> None:
        tag = element.tag
        if tag == _DRAWING and self._is_twin("drawing", element.get("id", "")):
            self.drawing += 1
            element.set("id", str(self.drawing))
        elif tag == f"{_W}sdtPr":
            self._renumber_control(element.find(_ID))
        elif tag in (f"{_W}p", f"{_W}tr"):
            self._forget_paragraph(element)
        elif tag in _CHANGES and self._is_twin("change", element.get(_ID, "")):
            element.set(_ID, self._next())
        elif isinstance(tag, str) and tag.startswith(_VML) and tag != f"{_VML}shapetype":
            self._rename_shape(element)

    def _is_twin(self, kind: str, number: str) -> bool:
        is_twin = (kind, number) in self.seen
        self.seen.add((kind, number))
        return is_twin

    def _next(self) -> str:
        self.other += 1
        return str(self.other)

    def _renumber_control(self, name: Any) -> None:
        if name is not None and self._is_twin("control", name.get(f"{_W}val", "")):
            name.set(f"{_W}val", self._next())

    def _forget_paragraph(self, element: Any) -> None:
        name = element.get(f"{_W14}paraId")
        if name and self._is_twin("paragraph", name):
            del element.attrib[f"{_W14}paraId"]

    def _rename_shape(self, element: Any) -> None:
        name = element.get("id")
        if name and self._is_twin("shape", name):
            element.set("id", f"{name}_{self._next()}")

    def _start(self, element: Any) -> bool:
        """A second bookmark of a name goes with its end; a second range gets a number."""
        kind, old = _kind(element), element.get(_ID, "")
        has_twin = self._is_twin(kind, old)
        name = element.get(_NAME)
        if name is not None and self._is_twin("name", name):
            self._open[kind, old] = None
            return True
        new = self._next() if has_twin else old
        element.set(_ID, new)
        self._open[kind, old] = new
        return False

    def _end(self, element: Any) -> bool:
        key = _kind(element), element.get(_ID, "")
        new = self._open.get(key, key[1])
        if new is None:
            return True
        element.set(_ID, new)
        return False


def _kind(element: Any) -> str:
    return str(element.tag.removeprefix(_W).removesuffix("Start").removesuffix("End"))
