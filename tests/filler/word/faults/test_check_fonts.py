"""Runs whose Chinese characters no font is named for."""

import docx
from docx.oxml.ns import qn

from tests.filler.word_files import new_document, problems_of


def test_a_run_without_a_chinese_font_is_named():
    """Through run, styles and defaults."""
    document = docx.Document()
    fonts = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:rFonts')}")
    fonts.attrib.clear()
    document.add_paragraph("没有字体")
    assert "第1段：“没有字体”没有指定中文字体" in problems_of(document)[0]


def test_the_font_may_come_from_a_style_the_style_is_based_on():
    """Heading → Normal."""
    document = new_document()
    document.add_paragraph("有字体", style="List Bullet")
    assert problems_of(document) == []
