"""A list as a Word document: A4 across, its heading row on every page, room to sign below."""

import io
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from minzheng.external.files.file_properties import FileProperties
from minzheng.external.files.lean_word import new_document

SONG, HEI, _LATIN = "宋体", "黑体", "Times New Roman"
HEAD_SIZE, CELL_SIZE = 18, 17  #: half points
_SIZE = 10.5  #: points of the text
_TWIPS_A_MM = 1440 / 25.4


class ListDocument:
    """A list that is written from its title to the place where it is signed."""

    def __init__(self, properties: FileProperties, mark: str, footer: str, title: str) -> None:
        """`mark` stands at the head of each page, `footer` before its number."""
        self._document = new_document(properties, ("Header", "Footer"))
        self._lay_page()
        section = self._document.sections[0]
        _say(section.header.paragraphs[0], mark, 9)
        _lay_footer(section.footer.paragraphs[0], footer)
        known = self._document.paragraphs
        heading = known[0] if known else self._document.add_paragraph()
        _say(heading, title, 18, HEI)
        heading.paragraph_format.space_after = Pt(6)

    def add_line(self, *parts: tuple[str, str]) -> None:
        """A line above the table: texts, each with its font."""
        line = self._document.add_paragraph()
        for text, font in parts:
            _add_run(line, text, _SIZE, font)

    def finish(self, table: str, signing: str) -> bytes:
        """The document's bytes, with its table and the line to sign on."""
        self._document.add_paragraph().paragraph_format.line_spacing = Pt(6)
        self._document.element.body.insert(-1, parse_xml(table))
        below = self._document.add_paragraph()
        below.paragraph_format.space_before = Pt(14)
        _add_run(below, signing, _SIZE, SONG)
        stream = io.BytesIO()
        self._document.save(stream)
        return stream.getvalue()

    def _lay_page(self) -> None:
        style = self._document.styles["Normal"]
        style.font.name, style.font.size = _LATIN, Pt(_SIZE)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), SONG)
        style.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:eastAsia="zh-CN"/>'))
        style.paragraph_format.space_after = Pt(0)
        section = self._document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.left_margin = section.right_margin = Mm(15)
        section.top_margin, section.bottom_margin = Mm(18), Mm(16)
        section.header_distance, section.footer_distance = Mm(9), Mm(8)


def in_twips(millimetres: Iterable[float]) -> list[int]:
    """Widths of columns as Word counts them."""
    return [round(width * _TWIPS_A_MM) for width in millimetres]


def table_of(names: Sequence[str], widths: Sequence[int], rows: Iterable[str]) -> str:
    """The table as XML: with python-docx's own cells some thousand rows would take minutes."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{one} w:val="single" w:sz="4" w:color="666666"/>' for one in sides)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    margins = '<w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/>'
    head = "".join(
        cell(width, paragraph(name, HEAD_SIZE, HEI, is_centred=True))
        for name, width in zip(names, widths, strict=True)
    )
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{''.join(rows)}</w:tbl>"
    )


def row(cells: str) -> str:
    """A row that no page tears."""
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def cell(width: int, inside: str) -> str:
    """A cell so many twips wide."""
    look = f'<w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{inside}</w:tc>"


def paragraph(
    text: str,
    half_points: int = CELL_SIZE,
    font: str = SONG,
    *,
    is_centred: bool = False,
    font_latin: str = _LATIN,
) -> str:
    """A paragraph of a cell."""
    centred = '<w:jc w:val="center"/>' if is_centred else ""
    fonts = f'w:ascii="{font_latin}" w:hAnsi="{font_latin}" w:eastAsia="{font}"'
    look = f'<w:rFonts {fonts}/><w:sz w:val="{half_points}"/><w:lang w:eastAsia="zh-CN"/>'
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f"<w:p><w:pPr>{centred}</w:pPr>{run}</w:p>"


def _lay_footer(paragraph: Paragraph, before: str) -> None:
    _say(paragraph, f"{before}第 ", 9)
    _add_field(paragraph, "PAGE")
    _add_run(paragraph, " / ", 9, SONG)
    _add_field(paragraph, "NUMPAGES")
    _add_run(paragraph, " 页", 9, SONG)


def _say(paragraph: Paragraph, text: str, size: float, font: str = SONG) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add_run(paragraph, text, size, font)


def _add_run(paragraph: Paragraph, text: str, size: float, font: str) -> None:
    run: Any = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), _LATIN
    run.element.rPr.rFonts.set(qn("w:eastAsia"), font)


def _add_field(paragraph: Paragraph, name: str) -> None:
    run = '<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t>1</w:t></w:r>'
    field = f'<w:fldSimple {nsdecls("w")} w:instr=" {name} ">{run}</w:fldSimple>'
    paragraph._p.append(parse_xml(field))
