"""A register as a Word document."""

import io

import docx

from minzheng.registers.register_word import write_word
from tests.registers.test_register_list import listed


def test_the_table_is_whole_and_escaped():
    """Its heading row is repeated, A4 lies across, the mark is in the header."""
    document = docx.Document(io.BytesIO(write_word(listed(("序号", "姓名"), [("1", "甲<b>&乙")]))))
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "姓名"], ["1", "甲<b>&乙"],
    ]  # fmt: skip
    assert "tblHeader" in table.rows[0]._tr.xml
    section = document.sections[0]
    assert section.page_width > section.page_height
    assert section.header.paragraphs[0].text == "某人 导出"
    assert document.paragraphs[0].text == "公示专栏"
