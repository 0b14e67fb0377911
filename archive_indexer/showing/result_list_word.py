"""查档结果清单 as a Word document: A4 across, the heading row and the mark on every page."""

import io
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from archive_indexer.showing.result_list import COLUMNS, ResultList, Row
from minzheng.external.files.lean_word import new_document

_SONG, _HEI, _LATIN = "宋体", "黑体", "Times New Roman"
_TWIPS_A_MM = 1440 / 25.4
_CENTRED = {"序号", "年度", "表", "日期", "页", "状态"}
_GAP = "　" * 10
_SIGNING = f"查档人（签字）：{_GAP}档案管理人（签字）：{_GAP}　　年　　月　　日"


def write_word(listed: ResultList) -> bytes:
    """The document's bytes."""
    document = new_document(listed.properties, ("Header", "Footer"))
    style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(10.5)
    fonts = style.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), _SONG)
    style.element.rPr.append(parse_xml(f'<w:lang {nsdecls("w")} w:eastAsia="zh-CN"/>'))
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin, section.bottom_margin = Mm(18), Mm(16)
    section.header_distance, section.footer_distance = Mm(9), Mm(8)
    _say(section.header.paragraphs[0], listed.mark, size=9)
    _lay_footer(section.footer.paragraphs[0], listed)
    title = document.paragraphs[0] if document.paragraphs else document.add_paragraph()
    _say(title, f"{listed.bureau}查档结果清单", size=18, font=_HEI)
    title.paragraph_format.space_after = Pt(6)
    for name, value in listed.heading:
        line = document.add_paragraph()
        _add_run(line, f"{name}：", 10.5, _HEI)
        _add_run(line, value, 10.5, _SONG)
    document.add_paragraph().paragraph_format.line_spacing = Pt(6)
    document.element.body.insert(-1, parse_xml(_table(listed.rows)))
    signing = document.add_paragraph()
    signing.paragraph_format.space_before = Pt(14)
    _add_run(signing, _SIGNING, 10.5, _SONG)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _lay_footer(paragraph: Paragraph, listed: ResultList) -> None:
    _say(paragraph, f"{listed.mark}　　第 ", size=9)
    _add_field(paragraph, "PAGE")
    _add_run(paragraph, " / ", 9, _SONG)
    _add_field(paragraph, "NUMPAGES")
    _add_run(paragraph, " 页", 9, _SONG)


def _say(paragraph: Paragraph, text: str, *, size: float, font: str = _SONG) -> None:
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


def _table(rows: Iterable[Row]) -> str:
    """The table as XML: with python-docx's own cells 5,000 rows would take minutes."""
    widths = [round(width * _TWIPS_A_MM) for _, width in COLUMNS]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{one} w:val="single" w:sz="4" w:color="666666"/>' for one in sides)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    margins = '<w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/>'
    head = "".join(
        _cell(width, _paragraph(name, 18, _HEI, is_centred=True))
        for (name, _), width in zip(COLUMNS, widths, strict=True)
    )
    body = "".join(_row(number, row, widths) for number, row in enumerate(rows, 1))
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{body}</w:tbl>"
    )


def _row(number: int, row: Row, widths: list[int]) -> str:
    texts = (
        str(number), row.title, row.village, row.dossier, row.year, row.form_id, row.day,
        row.pages, row.place, row.state,
    )  # fmt: skip
    cells = "".join(
        _cell(width, _paragraph(text, 17, _SONG, is_centred=name in _CENTRED))
        for text, (name, _), width in zip(texts, COLUMNS, widths, strict=False)
    )
    half = len(row.sha256) // 2
    # broken in the middle: a hash is compared in halves, and fits the column
    digest = [row.sha256[:half], row.sha256[half:]]
    named = _paragraph(row.path, 17, _SONG) + "".join(
        _paragraph(part, 13, _SONG, font_latin="Courier New") for part in digest if part
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}{_cell(widths[-1], named)}</w:tr>"


def _cell(width: int, inside: str) -> str:
    look = f'<w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{inside}</w:tc>"


def _paragraph(
    text: str, half_points: int, font: str, *, is_centred: bool = False, font_latin: str = _LATIN
) -> str:
    centred = '<w:jc w:val="center"/>' if is_centred else ""
    fonts = f'w:ascii="{font_latin}" w:hAnsi="{font_latin}" w:eastAsia="{font}"'
    look = f'<w:rFonts {fonts}/><w:sz w:val="{half_points}"/><w:lang w:eastAsia="zh-CN"/>'
    run = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f"<w:p><w:pPr>{centred}</w:pPr>{run}</w:p>"
