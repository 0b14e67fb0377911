"""Every paragraph of a template is read once, and called as a person would."""

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from filler.word.faults.template_text import Fault, read_template_text
from tests.filler.word_files import add_table, add_xml, new_document, problems_of, with_lines


def test_header_and_footer_are_checked():
    """They are places, too."""
    document = new_document()
    document.sections[0].header.paragraphs[0].text = "{ name }"
    document.sections[0].footer.paragraphs[0].text = "｛｛name｝｝"
    found = problems_of(document)
    assert [one.split("：")[0] for one in found] == ["页眉", "页脚"]


def test_a_text_box_is_read_once():
    """Word stores it twice, for old readers."""
    box = "<w:txbxContent><w:p><w:r><w:t>{ name }</w:t></w:r></w:p></w:txbxContent>"
    fallback = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>'
        "</mc:AlternateContent>"
    )
    document = with_lines("甲")
    add_xml(document.paragraphs[0], f"<w:r>{fallback}</w:r>")
    found = problems_of(document)
    assert len(found) == 1
    assert found[0].startswith("第1段的文本框：")


def places(document):
    """Where each paragraph with words stands, and what stands there."""
    return [(one.where, one.text) for one in read_template_text(document) if one.text]


def test_paragraphs_and_tables_are_counted_apart():
    """Each from one, as a person would."""
    document = with_lines("甲", "")
    add_table(document, ("乙", "丙"), ("丁", "戊"))
    document.add_paragraph("己")
    add_table(document, ("庚",))
    assert places(document) == [
        ("第1段", "甲"), ("第1个表格第1行第1列", "乙"), ("第1个表格第1行第2列", "丙"),
        ("第1个表格第2行第1列", "丁"), ("第1个表格第2行第2列", "戊"), ("第3段", "己"),
        ("第2个表格第1行第1列", "庚"),
    ]  # fmt: skip


def test_a_cell_over_several_columns_counts_once():
    """The next one is the second."""
    document = new_document()
    add_table(document, ("", "", "乙"))
    cells = document.tables[0].rows[0].cells
    cells[0].merge(cells[1]).text = "甲"
    assert places(document) == [("第1个表格第1行第1列", "甲"), ("第1个表格第1行第2列", "乙")]


def test_a_table_in_a_cell_has_a_place_of_its_own():
    """Its rows are not counted with those around it."""
    document = new_document()
    table = add_table(document, ("甲",), ("乙",))
    inner = table.rows[0].cells[0].add_table(2, 1)
    inner.rows[0].cells[0].text, inner.rows[1].cells[0].text = "丙", "丁"
    prefix = "第1个表格第1行第1列"
    assert places(document) == [
        (prefix, "甲"), (f"{prefix}第2个表格第1行第1列", "丙"),
        (f"{prefix}第2个表格第2行第1列", "丁"), ("第1个表格第2行第1列", "乙"),
    ]  # fmt: skip
    rows = {one.text: one.row for one in read_template_text(document)}
    assert rows["甲"] is table.rows[0]._tr
    assert rows["丙"] is inner.rows[0]._tr


def test_letters_that_are_tracked_are_known():
    """Those put in and those taken out; breaks and tabs are letters, too."""
    document = with_lines("甲")
    for xml in (
        "<w:ins><w:r><w:t>乙</w:t></w:r></w:ins>",
        "<w:del><w:r><w:delText>丙</w:delText></w:r></w:del>",
        "<w:r><w:tab/><w:br/><w:t>丁</w:t></w:r>",
        "<w:hyperlink><w:r><w:t>戊</w:t></w:r></w:hyperlink>",
    ):
        add_xml(document.paragraphs[0], xml)
    (text,) = read_template_text(document)[:1]
    assert text.text == "甲乙丙\t\n丁戊"
    assert text.tracked == (False, True, True, False, False, False, False)


@pytest.mark.parametrize("tag", ["sdt", "ins", "moveTo"])
def test_what_stands_in_a_wrapper_is_read(tag):
    """A content control, a tracked paragraph."""
    document = with_lines("甲")
    inside = "<w:p><w:r><w:t>乙</w:t></w:r></w:p>"
    inside = f"<w:sdtContent>{inside}</w:sdtContent>" if tag == "sdt" else inside
    wrapper = parse_xml(f"<w:{tag} {nsdecls('w')}>{inside}</w:{tag}>")
    document.element.body.insert(1, wrapper)
    assert places(document) == [("第1段", "甲"), ("第2段", "乙")]


def test_a_table_in_a_text_box_belongs_to_no_cell():
    """Though the box hangs in one."""
    document = new_document()
    table = add_table(document, ("甲",))
    box = "<w:txbxContent><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:txbxContent>"
    add_xml(table.rows[0].cells[0].paragraphs[0], f"<w:r><w:pict>{box}</w:pict></w:r>")
    found = {one.text: one for one in read_template_text(document)}
    assert found["甲"].row is not None
    assert (found["乙"].where, found["乙"].row) == ("第1个表格第1行第1列的文本框", None)


def test_a_part_is_called_by_its_kind():
    """The body by nothing; a fault of the whole has no place."""
    document = with_lines("甲")
    document.sections[0].header.paragraphs[0].text = "乙"
    document.sections[0].footer.paragraphs[0].text = "丙"
    found = {one.text: one.part for one in read_template_text(document)}
    assert (found["甲"], found["乙"], found["丙"]) == ("", "页眉", "页脚")
    (text,) = read_template_text(with_lines("甲"))[:1]
    assert (Fault("x", "y", text).where, Fault("x", "y").where) == ("第1段", "全文")
