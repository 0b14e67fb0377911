"""Pieces of the book in Word's XML: headings that are found again, paragraphs, tables."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from minzheng.external.files.list_document import (
    HEI,
    SONG,
    cell,
    in_twips,
    paragraph,
    row,
    table_of,
)

KAI, FANG = "楷体", "仿宋"
WIDE = 156  #: millimetres between the margins of GB/T 9704
_TEXT = 24  #: half points: 小四
_CELL = 19
_TWIPS_A_MM = 1440 / 25.4
_MARGINS = (
    'w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="1134" w:footer="1134"'
)


def said(
    text: str,
    *,
    size: int = _TEXT,
    font: str = FANG,
    look: str = "",
    is_bold: bool = False,
) -> str:
    """A paragraph of the book; `look`: what else its properties hold."""
    bold = "<w:b/>" if is_bold else ""
    run = f'{_run_look(size, font, bold)}<w:t xml:space="preserve">{escape(text)}</w:t>'
    return f"<w:p><w:pPr>{look}</w:pPr><w:r>{run}</w:r></w:p>"


def body(text: str) -> str:
    """A paragraph of running text, its first line two signs in."""
    return said(text, look=f'{_spacing(0, 60)}<w:ind w:firstLineChars="200" w:firstLine="480"/>')


def point(text: str, sign: str) -> str:
    """A point of a list, its sign hanging."""
    look = f'{_spacing(0, 50)}<w:ind w:left="420" w:hanging="420"/>'
    return said(f"{sign} {text}", look=look)


def chapter_head(text: str, mark: str, number: int) -> str:
    """The heading of a chapter."""
    look = f'<w:keepNext/>{_spacing(120, 240)}<w:jc w:val="center"/><w:outlineLvl w:val="0"/>'
    return _marked(said(text, size=36, font=HEI, look=look), mark, number)


def section_head(text: str, mark: str, number: int) -> str:
    """The heading of a section of a chapter."""
    look = f'<w:keepNext/>{_spacing(240, 100)}<w:outlineLvl w:val="1"/>'
    return _marked(said(text, size=28, font=HEI, look=look), mark, number)


def small_head(text: str) -> str:
    """A heading within a section."""
    return said(text, font=KAI, look=f"<w:keepNext/>{_spacing(120, 60)}", is_bold=True)


def contents_line(text: str, mark: str, page: int | None, *, is_chapter: bool) -> str:
    """A line of the contents: dots, then the page, which Word finds again by its mark."""
    end = round(WIDE * _TWIPS_A_MM)
    stop = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{end}"/></w:tabs>'
    size, font, left, above = (22, HEI, 0, 80) if is_chapter else (20, SONG, 420, 0)
    spacing = f'<w:spacing w:before="{above}" w:after="0" w:line="290" w:lineRule="exact"/>'
    look = f'{stop}{spacing}<w:ind w:left="{left}"/>'
    run = _run_look(size, font, "")
    shown = "" if page is None else str(page)
    field = (
        f'<w:r>{run}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{run}<w:instrText xml:space="preserve"> PAGEREF {mark} \\h </w:instrText></w:r>'
        f'<w:r>{run}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{run}<w:t>{shown}</w:t></w:r>"
        f'<w:r>{run}<w:fldChar w:fldCharType="end"/></w:r>'
    )
    text_run = f'<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t><w:tab/></w:r>'
    return f"<w:p><w:pPr>{look}</w:pPr>{text_run}{field}</w:p>"


def table(heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[str]]) -> str:
    """A table over the whole width; `widths` are parts of it."""
    whole = sum(widths)
    twips = in_twips(width * WIDE / whole for width in widths)
    lines = (
        row("".join(map(cell, twips, (paragraph(text, _CELL) for text in one)))) for one in rows
    )
    return table_of(heads, twips, lines) + said("", size=8, look=_spacing(0, 0))


def blank_room(millimetres: float, look: str) -> str:
    """Room of a height in which nothing stands, in a paragraph that looks so."""
    high = round(millimetres * _TWIPS_A_MM)
    return f'<w:p><w:pPr>{look[:-2]} w:line="{high}" w:lineRule="exact"/></w:pPr></w:p>'


def section_end(*, numbers: str = "") -> str:
    """The end of a section, a new page after it; `numbers` tells how its pages are counted."""
    look = f'<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>{page_of(numbers)}'
    return f"<w:p><w:pPr>{look}</w:pPr></w:p>"


def page_of(numbers: str) -> str:
    """The page of a section: A4 with the margins of GB/T 9704."""
    counted = f"<w:pgNumType {numbers}/>" if numbers else ""
    return (
        '<w:sectPr><w:type w:val="nextPage"/><w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:pgMar {_MARGINS} w:gutter="0"/>{counted}<w:cols w:space="720"/></w:sectPr>'
    )


def _marked(paragraph_xml: str, mark: str, number: int) -> str:
    """A heading with a bookmark around its text."""
    begin = f'<w:bookmarkStart w:id="{number}" w:name="{mark}"/>'
    end = f'<w:bookmarkEnd w:id="{number}"/></w:p>'
    return paragraph_xml.replace("</w:pPr>", f"</w:pPr>{begin}", 1).removesuffix("</w:p>") + end


def _spacing(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="360" w:lineRule="auto"/>'


def _run_look(size: int, font: str, more: str) -> str:
    fonts = f'w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{font}"'
    language = '<w:lang w:eastAsia="zh-CN"/>'
    return f'<w:rPr><w:rFonts {fonts}/>{more}<w:sz w:val="{size}"/>{language}</w:rPr>'
