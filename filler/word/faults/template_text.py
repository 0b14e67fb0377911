"""The paragraphs of a Word template, each with its place as a person would say it; faults there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from docx.oxml.ns import qn

from minzheng.county.errors import Problem

_TRACKED = (qn("w:ins"), qn("w:del"), qn("w:moveFrom"), qn("w:moveTo"))
_BOX, _FALLBACK = (
    qn("w:txbxContent"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
_LETTERS = {qn("w:t"): "", qn("w:delText"): "", qn("w:tab"): "\t", qn("w:br"): "\n"}
WHOLE = "全文"
_PARTS = (
    ("/word/header", "页眉"), ("/word/footer", "页脚"), ("/word/footnotes", "脚注"),
    ("/word/endnotes", "尾注"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class PlacedText:
    """One paragraph: where it stands, its text, and which letters are tracked changes."""

    where: str  #: 第3段; 第2个表格第3行第1列; 页脚
    paragraph: Any
    text: str
    tracked: tuple[bool, ...]  #: for each letter
    part: str  #: the body is empty
    cell: Any = None
    row: Any = None
    holders: tuple[Any, ...] = ()  #: for each letter, what its run stands in


@dataclass(frozen=True, slots=True)
class Fault:
    """One mistake where it stands; without a paragraph it concerns the whole."""

    what: str
    do: str
    text: PlacedText | None = None

    @property
    def where(self) -> str:
        """Its place as a person would say it: 第2个表格第3行第1列."""
        return self.text.where if self.text else WHOLE

    def problem(self) -> Problem:
        """The same for a list of problems."""
        return Problem(self.where, self.what, self.do)


@dataclass(slots=True)
class _Walk:
    part: str
    paragraphs: Iterator[int] = field(default_factory=lambda: count(1))
    tables: Iterator[int] = field(default_factory=lambda: count(1))


def read_template_text(document: Any) -> tuple[PlacedText, ...]:
    """All paragraphs of a python-docx document: body, then headers and footers."""
    texts = list(_children(document.element.body, _Walk(""), "", None, None))
    parts = sorted(document.part.package.iter_parts(), key=lambda part: part.partname)
    for start, name in _PARTS:
        for part in parts:
            if part.partname.startswith(start) and hasattr(part, "element"):
                texts += _children(part.element, _Walk(name), name, None, None)
    return tuple(texts)


def _children(element: Any, walk: _Walk, prefix: str, cell: Any, row: Any) -> Iterator[PlacedText]:
    for child in element:
        if child.tag == qn("w:p"):
            yield from _paragraph(child, walk, prefix, cell, row)
        elif child.tag == qn("w:tbl"):
            yield from _table(child, walk, prefix)
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), *_TRACKED):
            yield from _children(child, walk, prefix, cell, row)


def _table(table: Any, walk: _Walk, prefix: str) -> Iterator[PlacedText]:
    """Cells as they are seen: one that spans columns counts once."""
    name = f"{prefix}第{next(walk.tables)}个表格"
    rows = (row for row in table.iter(qn("w:tr")) if _owner(row, "w:tbl") is table)
    for row_no, row in enumerate(rows, 1):
        cells = [cell for cell in row.iter(qn("w:tc")) if _owner(cell, "w:tr") is row]
        for column_no, cell in enumerate(cells, 1):
            place = f"{name}第{row_no}行第{column_no}列"
            yield from _children(cell, walk, place, cell, row)


def _owner(element: Any, tag: str) -> Any:
    return next(element.iterancestors(qn(tag)), None)


def _paragraph(
    paragraph: Any, walk: _Walk, prefix: str, cell: Any, row: Any
) -> Iterator[PlacedText]:
    where = prefix or f"第{next(walk.paragraphs)}段"
    letters: list[tuple[str, bool, Any]] = []
    for node in paragraph.iter(*_LETTERS):
        if _owner(node, "w:p") is paragraph and node.getparent().tag == qn("w:r"):
            is_tracked = any(True for _ in node.iterancestors(*_TRACKED))
            shown, holder = _LETTERS[node.tag] or node.text or "", _holder(node)
            letters += [(letter, is_tracked, holder) for letter in shown]
    text = "".join(letter for letter, _, _ in letters)
    tracked = tuple(is_tracked for _, is_tracked, _ in letters)
    holders = tuple(holder for _, _, holder in letters)
    yield PlacedText(where, paragraph, text, tracked, walk.part, cell, row, holders)
    for box in paragraph.iter(_BOX):
        is_copy = next(box.iterancestors(_FALLBACK), None) is not None
        if _owner(box, "w:p") is paragraph and not is_copy:
            yield from _children(box, walk, f"{where}的文本框", None, None)


def _holder(text: Any) -> Any:
    """What a run stands in; marks that the filling takes out do not count."""
    holder = text.getparent().getparent()
    while holder.tag == qn("w:smartTag"):
        holder = holder.getparent()
    return holder


def read_row(row: Any) -> Iterator[str]:
    """All text of a row."""
    return (node.text or "" for node in row.iter(qn("w:t"), qn("w:delText")))
