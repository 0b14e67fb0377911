"""A list as a Word document."""

import io

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from minzheng.external.files.file_properties import FileProperties
from minzheng.external.files.list_document import (
    SONG,
    ListDocument,
    cell,
    in_twips,
    paragraph,
    row,
    table_of,
)

TOLD = FileProperties("镇坪县民政局", "清单")


def test_a_list_lies_across_with_its_mark_head_and_signatures():
    """What is written stands there, whatever its signs; the heading row is on every page."""
    document = ListDocument(TOLD, "测试", "内部　", "甲村的名单")
    document.add_line(("制表：", SONG), ("测试甲", SONG))
    widths = in_twips((25.4, 50.8))
    rows = [row(cell(widths[0], paragraph("1")) + cell(widths[1], paragraph("<b>&乙")))]
    made = document.finish(table_of(("序号", "姓名"), widths, rows), "签字：")
    read = docx.Document(io.BytesIO(made))
    texts = [one.text for one in read.paragraphs]
    assert texts[0] == "甲村的名单"
    assert texts[1] == "制表：测试甲"
    assert texts[-1] == "签字："
    section = read.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.header.paragraphs[0].text == "测试"
    assert section.footer.paragraphs[0].text.startswith("内部　第 ")
    (table,) = read.tables
    assert [[one.text for one in line.cells] for line in table.rows] == [
        ["序号", "姓名"], ["1", "<b>&乙"],
    ]  # fmt: skip
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert widths == [1440, 2880]
