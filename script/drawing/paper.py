"""Paper in Word: pages, official fonts, grids with exact widths, the code line.

Fonts are named and never embedded (方正小标宋简体, 仿宋_GB2312, 楷体_GB2312, 黑体 are not
free). East-Asian fonts and language are set on every run: without them LibreOffice and
WPS mix glyph shapes of other languages.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from minzheng.external.files.file_properties import PRODUCT, FileProperties
from minzheng.external.files.lean_word import new_document

SONG_TITLE, FANG_SONG, HEI, KAI = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
LATIN = "Times New Roman"
_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})")
_FULL_WIDTH = str.maketrans({"(": "（", ")": "）", ",": "，", ":": "：", ";": "；"})
_AFTER_SPACING = (
    "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr",
)  # fmt: skip
_POINT_MM = 0.353
_LABEL_LEADING, _ROOM_MM = 1.2, 0.8  #: of a label's size; above and below its lines
_DENSE = 9  #: points; smaller print is set without extra room
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text (lines apart by newlines), how many columns, and its look."""

    text: str = ""
    span: int = 1
    align: str = "center"
    size: float = 12
    font: str = FANG_SONG
    bold: bool = False
    vertical: str = "center"
    merge: str = ""  #: "restart" or "continue": part of a cell over several rows
    open_sides: tuple[str, ...] = ()  #: sides without a line
    leading: float = 0.0  #: points from line to line; 0: as the font has it
    indent: bool = False  #: the first line two characters in, as official texts are set
    free_right: float = 0.0  #: room that lines leave at their end, in points


def label(text: str, span: int = 1, size: float = 12, **look: Any) -> Cell:
    """A label: 黑体, centred."""
    return Cell(text, span, font=HEI, size=size, **look)


def value(text: str, span: int = 1, align: str = "center", size: float = 12, **look: Any) -> Cell:
    """A field: 仿宋."""
    return Cell(text, span, align=align, size=size, **look)


def tag(slug: str) -> str:
    """The tag of a field."""
    return "{{ " + slug + " }}"


class Paper:
    """A document being drawn."""

    def __init__(
        self, width: float, height: float, margins: tuple[float, float, float, float]
    ) -> None:
        """Take paper of a size, with margins (top, right, bottom, left), all in mm."""
        self.document = new_document(FileProperties(PRODUCT, ""))
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(width), Mm(height)
        if width > height:
            section.orientation = WD_ORIENT.LANDSCAPE
        top, right, bottom, left = margins
        section.top_margin, section.right_margin = Mm(top), Mm(right)
        section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
        section.header_distance, section.footer_distance = Mm(8), Mm(6)
        self.section = section
        self.type_width = width - left - right
        self._style()

    def line(self, text: str, **look: Any) -> None:
        """A paragraph of its own; `with_next` keeps it on the page of what follows."""
        with_next = look.pop("with_next", None)
        after = look.pop("after", 0)
        before = look.pop("before", 0)
        new_page = look.pop("new_page", False)
        paragraph = self.document.add_paragraph()
        _write(paragraph, Cell(text, **look))
        paragraph.paragraph_format.space_after = Pt(after)
        paragraph.paragraph_format.space_before = Pt(before)
        paragraph.paragraph_format.page_break_before = new_page or None
        paragraph.paragraph_format.keep_with_next = with_next

    def gap(self, points: float = 1) -> None:
        """A hair between two grids, so that Word keeps them apart."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(points)
        _set_fonts(paragraph.add_run(), FANG_SONG, 1)

    def page_break(self) -> None:
        """What follows stands on a new page."""
        self.gap()
        self.document.paragraphs[-1].paragraph_format.page_break_before = True

    def two_ends(self, left: str, right: str, size: float = 12, middle: str = "") -> None:
        """A line with text at both ends and perhaps in the middle."""
        paragraph = self.document.add_paragraph()
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(self.type_width / 2), alignment=1)
        stops.add_tab_stop(Mm(self.type_width), alignment=2)
        run = paragraph.add_run(full_width(f"{left}\t{middle}\t{right}"))
        _set_fonts(run, FANG_SONG, size)
        paragraph.paragraph_format.space_after = Pt(3)

    def grid(self, widths: Sequence[float], border: str = "single", margin: float = 1) -> "Grid":
        """A table with exact column widths and room left and right in its cells, in mm."""
        return Grid(self.document, widths, border, margin)

    def finish(self) -> Document:
        """The document, with the code line at the foot of every page."""
        footer = self.section.footer
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.paragraph_format.space_before = Pt(0)
        _set_fonts(paragraph.add_run("{{ qr }}"), FANG_SONG, 8)
        _set_fonts(paragraph.add_run("  {{ code_line }}  第"), FANG_SONG, 8)
        _field(paragraph, "PAGE")
        _set_fonts(paragraph.add_run("页/共"), FANG_SONG, 8)
        _field(paragraph, "NUMPAGES")
        _set_fonts(paragraph.add_run("页"), FANG_SONG, 8)
        return self.close()

    def close(self) -> Document:
        """The document as it stands, its page described at its end."""
        body = self.document.element.body
        if body[-1].tag == qn("w:tbl") or body[-2].tag == qn("w:tbl"):
            self.gap()  # else Word adds a line of full height
        body.append(body.find(qn("w:sectPr")))
        return self.document

    def _style(self) -> None:
        style = self.document.styles["Normal"]
        style.font.size = Pt(12)
        _fonts_of(style.element.get_or_add_rPr(), FANG_SONG)
        style.paragraph_format.space_after = Pt(0)
        defaults = self.document.styles.element.find(qn("w:docDefaults"))
        _fonts_of(defaults.find(qn("w:rPrDefault")).find(qn("w:rPr")), FANG_SONG)


class Grid:
    """A table being drawn row by row."""

    def __init__(
        self, document: Document, widths: Sequence[float], border: str, margin: float
    ) -> None:
        self.widths = widths
        self.table = document.add_table(rows=0, cols=len(widths))
        self.table.alignment = WD_TABLE_ALIGNMENT.CENTER
        self.table.autofit = False
        properties = self.table._tbl.tblPr
        properties.append(_borders("w:tblBorders", border))
        properties.append(_margins(margin))
        _sort_properties(properties)
        for column, width in zip(self.table.columns, widths, strict=True):
            column.width = Mm(width)

    def row(
        self, *cells: Cell, height: float = 9, header: bool = False, exact: bool = False
    ) -> None:
        """A row at least so many mm high; it is never torn over two pages."""
        cells = _alike(cells)
        row = self.table.add_row()
        row.height = Mm(max(height, *(_least_height(cell) for cell in cells)))
        row.height_rule = WD_ROW_HEIGHT_RULE.EXACTLY if exact else WD_ROW_HEIGHT_RULE.AT_LEAST
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if header:
            properties.append(OxmlElement("w:tblHeader"))
        if sum(cell.span for cell in cells) != len(self.widths):
            raise ValueError([cell.text for cell in cells])
        for element in list(row._tr.findall(qn("w:tc"))):
            row._tr.remove(element)
        start = 0
        for cell in cells:
            width = sum(self.widths[start : start + cell.span])
            row._tr.append(_make_cell(self.table, cell, width))
            start += cell.span

    def loop(self, table: str, name: str, *cells: Cell, height: float = 8) -> None:
        """A row for each row of a table field."""
        for marker in (f"{{%tr for {name} in {table} %}}", None, "{%tr endfor %}"):
            if marker is None:
                self.row(*cells, height=height)
            else:
                self.row(Cell(marker, span=len(self.widths)), height=1)


def _alike(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The labels of a row in one size, that of the longest; what spans rows is apart."""
    size = min((cell.size for cell in cells if _is_label(cell)), default=0)
    return tuple(
        _set_close(replace(cell, size=size)) if _is_label(cell) else cell for cell in cells
    )


def _set_close(cell: Cell) -> Cell:
    """A label of several lines as high in every font."""
    is_long = "\n" in cell.text
    return replace(cell, leading=round(cell.size * _LABEL_LEADING * 2) / 2) if is_long else cell


def _least_height(cell: Cell) -> float:
    """Millimetres that the lines of a label take."""
    lines = cell.text.count("\n") + 1
    return lines * cell.leading * _POINT_MM + _ROOM_MM if cell.leading else 0


def _is_label(cell: Cell) -> bool:
    return cell.font == HEI and bool(cell.text) and not cell.merge


def _make_cell(table: Any, cell: Cell, width: float) -> Any:
    element = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    element.append(properties)
    size = OxmlElement("w:tcW")
    size.set(qn("w:w"), str(round(width * 56.6929)))
    size.set(qn("w:type"), "dxa")
    properties.append(size)
    if cell.span > 1:
        span = OxmlElement("w:gridSpan")
        span.set(qn("w:val"), str(cell.span))
        properties.append(span)
    if cell.merge:
        merge = OxmlElement("w:vMerge")
        if cell.merge == "restart":
            merge.set(qn("w:val"), "restart")
        properties.append(merge)
    if cell.open_sides:
        borders = OxmlElement("w:tcBorders")
        for side in ("top", "left", "bottom", "right"):
            if side in cell.open_sides:
                line = OxmlElement(f"w:{side}")
                line.set(qn("w:val"), "nil")
                borders.append(line)
        properties.append(borders)
    vertical = OxmlElement("w:vAlign")
    vertical.set(qn("w:val"), cell.vertical)
    properties.append(vertical)
    from_docx = table._parent.part.document.add_paragraph
    for text in cell.text.split("\n"):
        paragraph = from_docx()
        _write(paragraph, replace(cell, text=text))
        element.append(paragraph._p)
    return element


def _write(paragraph: Any, cell: Cell) -> None:
    paragraph.alignment = ALIGN[cell.align]
    paragraph.paragraph_format.space_after = Pt(0)
    if cell.vertical == "top":
        paragraph.paragraph_format.space_before = Pt(3)
    if cell.free_right:
        paragraph.paragraph_format.right_indent = Pt(cell.free_right)
    if cell.indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * cell.size)
    if cell.size < _DENSE:
        _set_dense(paragraph)
    if cell.leading:
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(cell.leading)
    if cell.text:
        run = paragraph.add_run(full_width(cell.text))
        run.bold = cell.bold or None
        _set_fonts(run, cell.font, cell.size)
    _set_mark(paragraph, cell)


def _set_mark(paragraph: Any, cell: Cell) -> None:
    """The mark at the end is as large as the text, else it alone makes the line high."""
    properties: Any = OxmlElement("w:rPr")
    _fonts_of(properties, cell.font)
    for name in ("w:sz", "w:szCs"):
        size = OxmlElement(name)
        size.set(qn("w:val"), str(round(cell.size * 2)))
        properties.find(qn("w:lang")).addprevious(size)
    paragraph._p.get_or_add_pPr().append(properties)


def full_width(text: str) -> str:
    """Punctuation as GB/T 15834 wants it, tags left alone."""
    pieces = _TAG.split(text)
    pieces[::2] = [piece.translate(_FULL_WIDTH) for piece in pieces[::2]]
    return "".join(pieces)


def _set_dense(paragraph: Any) -> None:
    """No extra room between digits and Chinese: dense tables need every millimetre."""
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        spacing = OxmlElement(name)
        spacing.set(qn("w:val"), "0")
        paragraph._p.get_or_add_pPr().insert_element_before(spacing, *_AFTER_SPACING)


def _set_fonts(run: Any, font: str, size: float) -> None:
    run.font.size = Pt(size)
    _fonts_of(run._r.get_or_add_rPr(), font)


def _fonts_of(properties: Any, font: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    fonts.set(qn("w:ascii"), LATIN)
    fonts.set(qn("w:hAnsi"), LATIN)
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:hint"), "eastAsia")
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")


def _field(paragraph: Any, name: str) -> None:
    """A field that Word counts itself."""
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("text", "1"), ("end", "")):
        run = paragraph.add_run()
        _set_fonts(run, FANG_SONG, 8)
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif kind == "text":
            run.text = text
        else:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = text
            run._r.append(instruction)


def _borders(name: str, kind: str) -> Any:
    borders = OxmlElement(name)
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), kind)
        if kind != "nil":
            line.set(qn("w:sz"), "4")
            line.set(qn("w:color"), "000000")
        borders.append(line)
    return borders


_PROPERTY_ORDER = (
    "tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook",
)  # fmt: skip


def _sort_properties(properties: Any) -> None:
    """Word refuses table properties out of the order of ISO/IEC 29500-1, 17.4.60."""
    for name in _PROPERTY_ORDER:
        for element in properties.findall(qn(f"w:{name}")):
            properties.append(element)


def _margins(millimetres: float) -> Any:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(millimetres * 56.6929)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    return margins
