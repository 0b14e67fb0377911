"""A register as a Word document: A4 across, its heading row and mark on every page."""

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from minzheng.external.files.lean_word import new_document
from minzheng.registers.register_list import RegisterList

_SONG, _HEI, _LATIN = "宋体", "黑体", "Times New Roman"
_TWIPS_A_MM = 1440 / 25.4
_GAP = "　" * 8
_SIGNING = f"制表人（签字）：{_GAP}审核人（签字）：{_GAP}　　年　　月　　日"
_HEAD_SIZE, _CELL_SIZE = 18, 17  #: half points


def write_word(listed: RegisterList) -> bytes:
    """The document's bytes."""
    document = new_document(listed.properties, ("Header", "Footer"))
    style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(10.5)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _SONG)
    style.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:eastAsia="zh-CN"/>'))
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin, section.bottom_margin = Mm(18), Mm(16)
    section.header_distance, section.footer_distance = Mm(9), Mm(8)
    _say(section.header.paragraphs[0], listed.mark, 9)
    _lay_footer(section.footer.paragraphs[0])
    title = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
    _say(title, listed.title, 18, _HEI)
    title.paragraph_format.space_after = Pt(6)
    for line in listed.heading:
        _add_run(document.add_paragraph(), line, 10.5, _SONG)
    document.add_paragraph().paragraph_format.line_spacing = Pt(6)
    document.element.body.insert(-1, parse_xml(_table(listed)))
    signing = document.add_paragraph()
    signing.paragraph_format.space_before = Pt(14)
    _add_run(signing, _SIGNING, 10.5, _SONG)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _lay_footer(paragraph: Paragraph) -> None:
    _say(paragraph, "第 ", 9)
    _add_field(paragraph, "PAGE")
    _add_run(paragraph, " / ", 9, _SONG)
    _add_field(paragraph, "NUMPAGES")
    _add_run(paragraph, " 页", 9, _SONG)


def _say(paragraph: Paragraph, text: str, size: float, font: str = _SONG) -> None:
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


def _table(listed: RegisterList) -> str:
    """The table as XML: with python-docx's own cells 6,000 rows would take minutes."""
    widths = [round(width * _TWIPS_A_MM) for width in listed.widths]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{one} w:val="single" w:sz="4" w:color="666666"/>' for one in sides)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    margins = '<w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/>'
    head = _row(listed.columns, widths, _HEI, _HEAD_SIZE, is_head=True)
    body = "".join(_row(row, widths, _SONG, _CELL_SIZE) for row in listed.rows)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{head}{body}</w:tbl>"
    )


def _row(
    texts: Sequence[str], widths: Sequence[int], font: str, size: int, *, is_head: bool = False
) -> str:
    mark = "<w:tblHeader/>" if is_head else ""
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{_paragraph(text, font, size, is_centred=is_head)}</w:tc>"
        for text, width in zip(texts, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{mark}</w:trPr>{cells}</w:tr>"


def _paragraph(text: str, font: str, size: int, *, is_centred: bool) -> str:
    centred = '<w:jc w:val="center"/>' if is_centred else ""
    fonts = f'w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{font}"'
    look = f'<w:rFonts {fonts}/><w:sz w:val="{size}"/><w:lang w:eastAsia="zh-CN"/>'
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f"<w:p><w:pPr>{centred}</w:pPr>{run}</w:p>"
