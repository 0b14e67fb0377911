"""A body packed between a fixed beginning and a fixed end: a print run takes it as it lies.

Three parts are packed each for itself and joined at full flushes. An empty block before them says
so, and that a run need not change the body: it names no other part of the file, and what must
be numbered once bears numbers that begin with the document's own.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jinja2 import nodes
from lxml import etree

from filler.word.word_package import USUAL_LEVEL, deflated

FRAMED = b"\0\0\0\xff\xff"  #: a block of nothing, which whoever unpacks passes over
OWN_NUMBER = "own_number"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BODY = "<w:body>"
_FIRST, _BEHIND = 1_000_000, 2_147_483  #: with three digits more it is a number that Word can hold
_RANGE = re.compile(r'(<w:perm(?:Start|End) w:id=")(\d{1,3})(?=")')
_RANGES = (_W + "permStart", _W + "permEnd")
_PAGES = (_W + "headerReference", _W + "footerReference")
_OWN = re.compile(rb'<w:permStart w:id="(\d{%d})\d{3}"' % len(str(_BEHIND)))
_STARTS = (b'<w:permStart w:id="', b'<w:permEnd w:id="')
#: What is only text, tables and how they look.
_PLAIN = frozenset(
    _W + name
    for name in (
        "body", "p", "pPr", "r", "rPr", "t", "br", "tab", "tabs", "tbl", "tblPr", "tblGrid",
        "gridCol", "tr", "trPr", "tc", "tcPr", "permStart", "permEnd", "sectPr",
        "footerReference", "headerReference", "pgSz", "pgMar", "cols", "docGrid", "titlePg",
        "vAlign", "textDirection", "pStyle", "rStyle", "tblStyle", "spacing", "ind", "jc",
        "keepNext", "keepLines", "pageBreakBefore", "widowControl", "snapToGrid", "autoSpaceDE",
        "autoSpaceDN", "adjustRightInd", "wordWrap", "contextualSpacing", "outlineLvl", "shd",
        "pBdr", "rFonts", "sz", "szCs", "lang", "b", "bCs", "i", "iCs", "u", "color",
        "vertAlign", "strike", "w", "kern", "tblW", "tblInd", "tblLook", "tblLayout",
        "tblBorders", "tblCellMar", "top", "left", "bottom", "right", "start", "end", "insideH",
        "insideV", "trHeight", "cantSplit", "tblHeader", "tcW", "tcBorders", "tcMar",
        "gridSpan", "vMerge", "noWrap", "hideMark",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BodyFrame:
    """What stands before and behind the body in every document of a template, packed."""

    head: bytes
    end: bytes
    packed_head: bytes
    packed_end: bytes

    @classmethod
    def of(cls, source: str) -> "BodyFrame | None":
        """By the source of a template; None: a print run may have to change a body of it."""
        end = _end_of_body(source)
        if not end:
            return None
        head, tail = source[: source.find(_BODY) + len(_BODY)].encode(), source[end:].encode()
        return cls(head, tail, FRAMED + pack_piece(head), deflated(tail))

    def packed(self, data: bytes, level: int) -> bytes | None:
        """A document in three parts; None: it is not as its template says."""
        if not data.startswith(self.head) or not data.endswith(self.end):
            return None
        body = memoryview(data)[len(self.head) : len(data) - len(self.end)]
        return b"".join((self.packed_head, pack_piece(body, level), self.packed_end))


def pack_piece(data: bytes | memoryview, level: int = USUAL_LEVEL) -> bytes:
    """What may stand anywhere among packed pieces."""
    return deflated(data, level, zlib.Z_FULL_FLUSH)


def own_number(code: str) -> str:
    """What the numbers in a document begin with, by its code: of one case another each time.

    Two of other cases may have the same; who puts documents together looks for that.
    """
    stem, _, number = code.rpartition("-")
    own = zlib.crc32(stem.encode()) + (int(number) if number.isdecimal() else 0)
    return str(_FIRST + own % (_BEHIND - _FIRST))


def give_own_numbers(tree: nodes.Template) -> None:
    """Have numbers of the template printed behind the document's own."""
    for output in tree.find_all(nodes.Output):
        output.nodes = [made for node in output.nodes for made in _with_own_number(node)]


def find_own_number(start: bytes) -> bytes:
    """The number of a document of which this is the beginning of the body; empty: none is told."""
    found = _OWN.search(start)
    return found[1] if found else b""


def without_own_number(data: bytes) -> bytes:
    """A body with the numbers of its template, as others of it have them."""
    number = find_own_number(data)
    for start in _STARTS if number else ():
        data = data.replace(start + number, start)
    return data


def _with_own_number(node: nodes.Expr) -> Iterator[nodes.Expr]:
    if not isinstance(node, nodes.TemplateData):
        yield node
        return
    before, *found = _RANGE.split(node.data)
    pairs = zip(found[::3], found[1::3], found[2::3], strict=True)
    for start, number, rest in pairs:
        yield nodes.TemplateData(before + start)
        yield nodes.Name(OWN_NUMBER, "load")
        before = number.rjust(3, "0") + rest
    yield nodes.TemplateData(before)


def _end_of_body(source: str) -> int:
    """Where the last paragraph begins; 0: it holds tags, or something may need change."""
    at = source.rfind("<w:sectPr")
    end = max(source.rfind(start, 0, at) for start in ("<w:p>", "<w:p ", "<w:p/>"))
    begin = source.find(_BODY)
    if source.count(_BODY) != 1 or not begin < end or "{" in source[:begin] + source[end:]:
        return 0
    try:
        body: Any = etree.fromstring(source.encode()).find(f"{_W}body")
        rest: Any = etree.fromstring(f"{source[: begin + len(_BODY)]}{source[end:]}".encode())
    except etree.XMLSyntaxError:
        return 0
    last = [one.tag for one in rest.find(f"{_W}body")]
    ranges = sum(1 for _ in body.iter(*_RANGES))
    is_plain = all(map(_needs_no_change, body.iter())) and len(_RANGE.findall(source)) == ranges
    return end if is_plain and last == [f"{_W}p", f"{_W}sectPr"] else 0


def _needs_no_change(element: Any) -> bool:
    """Whether it is the same in every print run, wherever it stands there."""
    tag = element.tag
    if tag not in _PLAIN or (tag == f"{_W}sectPr" and element.getparent().tag != f"{_W}body"):
        return False
    allowed = (_RELATION,) if tag in _PAGES else (f"{_W}id",) if tag in _RANGES else ()
    return all(
        name in allowed or (name.startswith((_W, _XML)) and name != f"{_W}id")
        for name in element.attrib
    )
