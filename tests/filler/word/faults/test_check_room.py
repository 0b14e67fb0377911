"""Room for seals and signatures in a template, in tables and outside."""

from pathlib import Path

import pytest
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Mm

from filler.form.forms import Field, FormSpec, Section
from filler.word.faults.check_room import find_room_faults
from filler.word.faults.template_text import read_template_text
from tests.filler.word_files import add_table, new_document, problems_of, with_lines, with_table

SEAL = Field("v_seal", "村委会", "seal", seal_name="村民委员会")
SIGN = Field("maker", "制表人", "sign")


def spec_of(*fields):
    section = Section("", fields)
    return FormSpec("XX-01", "试", "1", "制式", "L-TABLE", "", (section,), Path("x"))


def faults(document, *fields):
    found = find_room_faults(read_template_text(document), spec_of(*fields) if fields else None)
    return [fault.what for fault in found]


def lines(*texts):
    document = new_document()
    for text in texts:
        document.add_paragraph(text)
    return document


@pytest.mark.parametrize(
    ("texts", "is_enough"),
    [
        (("村民委员会（盖章）", "以下为正文"), False),
        (("", "村民委员会（盖章）", "", "以下为正文"), False),
        (("", "", "", "", "村民委员会（盖章）", "", "", "", "以下为正文"), True),
        (("以上为正文", "村民委员会（盖章）", ""), True),
    ],
)
def test_a_seal_outside_tables_needs_empty_lines(texts, is_enough):
    """Or the end of the page, where nothing follows."""
    assert ("盖章处上下" in "".join(faults(lines(*texts)))) != is_enough


def test_space_around_a_line_counts():
    """Before and after, as Word sets it."""
    document = lines("村民委员会（盖章）", "正文")
    document.paragraphs[0].paragraph_format.space_before = Mm(20)
    document.paragraphs[0].paragraph_format.space_after = Mm(20)
    assert faults(document) == []


@pytest.mark.parametrize(
    ("text", "is_enough"),
    [
        ("制表人签字：____　审核人签字：________________", False),
        ("制表人签字：________________　　审核人签字：", True),
        ("制表人签字（按印）：　　　　　　年　月　日", True),
        ("自签字之日起生效。", True),
    ],
)
def test_a_signature_outside_tables_needs_width(text, is_enough):
    """Twenty millimetres, or the rest of the line."""
    assert ("毫米宽" in "".join(faults(lines(text)))) != is_enough


@pytest.mark.parametrize(
    ("text", "has_place"),
    [
        ("村委会（盖章）", True),
        ("村委会应当在七日内张贴。", False),
        ("{{ v_seal }}", True),
    ],
)
def test_a_seals_name_in_a_sentence_is_no_place_for_it(text, has_place):
    """It must stand where something is sealed."""
    assert bool(faults(lines(text), SEAL)) != has_place


def test_a_label_beside_an_empty_cell_is_a_place_to_sign():
    """As tables ask for signatures."""
    document = new_document()
    add_table(document, ("制表人", ""))
    assert faults(document, SIGN) == []
    document = new_document()
    add_table(document, ("制表人说明", "如实填写"))
    assert faults(document, SIGN) == ["没有给“制表人”签字的位置"]


def test_too_small_a_room_for_a_seal_is_named():
    """38 mm with the row above; a seal of 42 mm overlaps the lines."""
    document = with_table(("意见",), ("（盖章）",))
    rows = document.tables[0].rows
    rows[0].height, rows[1].height = Mm(10), Mm(20)
    assert "盖章处只有 30 毫米高" in problems_of(document)[0]
    rows[0].height = Mm(18)
    assert problems_of(document) == []


def test_too_low_a_row_for_a_signature_is_named():
    """Nobody signs in 4 mm."""
    document = with_table(("负责人签字",))
    document.tables[0].rows[0].height = Mm(4)
    assert "签字处只有 4 毫米高" in problems_of(document)[0]


def test_seals_and_signatures_of_the_form_need_a_place(catalogue):
    """An opinion without its seal is not valid."""
    found = problems_of(with_lines("{{ name }}"), catalogue.form("DB-02"))
    assert any("“县民政局”盖章的位置" in one for one in found)
    assert any("“镇经办人”签字的位置" in one for one in found)


def table(*rows, heights=(), before=0):
    """A document with lines and a table whose rows have heights in millimetres."""
    document = new_document()
    for number in range(before):
        document.add_paragraph(f"第 {number} 行")
    add_table(document, *rows)
    for row, height in zip(document.tables[0].rows, heights, strict=False):
        row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    return document


@pytest.mark.parametrize(
    ("rows", "heights", "before", "is_enough"),
    [
        ([("（盖章）", "")], (37,), 0, False), ([("（盖章）", "")], (38,), 0, True),
        ([("（盖章）", "")], (28,), 2, True), ([("（盖章）", "")], (33,), 1, True),
        ([("（盖章）", "")], (27,), 2, False), ([("（盖章）", "")], (32,), 1, False),
        ([("（盖章）", "")], (28,), 3, True), ([("（盖章）", "")], (23,), 3, False),
        ([("意见", ""), ("（盖章）", "")], (20, 18), 0, True),
        ([("意见", ""), ("（盖章）", "")], (20, 17), 0, False),
        ([("（公章）", ""), ("（盖章）", "")], (38, 37), 0, False),
        ([("（盖章）", "")], (), 0, True),
    ],
)  # fmt: skip
def test_a_seal_in_a_table_needs_38_millimetres(rows, heights, before, is_enough):
    """With the row above of the same opinion, or two lines before the table."""
    told = [one for one in faults(table(*rows, heights=heights, before=before)) if "毫米高" in one]
    assert (not told) == is_enough


@pytest.mark.parametrize(
    ("text", "height", "is_enough"),
    [
        ("制表人签字：", 6.9, False), ("制表人签字：", 7.1, True), ("签字后交回", 3, True),
        ("经办人（签章）", 6.9, False), ("签收：____", 6.9, False), ("签收：___", 6.9, True),
    ],
)  # fmt: skip
def test_a_signature_in_a_table_needs_7_millimetres(text, height, is_enough):
    """A cell that only speaks of signing needs none."""
    assert (not faults(table((text, ""), heights=(height,)))) == is_enough


def test_a_form_that_nobody_signs_needs_no_room_to_sign():
    """As its spec says."""
    text = Field("a", "制表人签字", "text")
    document = table(("制表人签字：", ""), heights=(3,))
    assert faults(document, SIGN) == ["签字处只有 3 毫米高"]
    assert faults(document, text) == []
    narrow = lines("制表人签字：____　审核人：")
    assert len(faults(narrow, SIGN)) == 1
    assert faults(narrow, text) == []


@pytest.mark.parametrize(
    ("gap", "is_enough"),
    [("_" * 9, False), ("_" * 10, True), ("\u3000" * 4, False), ("\u3000" * 5, True),
    (" " * 19, False),
     (" " * 20, True), ("\t", False), ("\t\t", True)],
)  # fmt: skip
def test_a_signature_in_a_line_needs_20_millimetres(gap, is_enough):
    """Whatever it is written over."""
    assert (not faults(lines(f"制表人签字：{gap}审核人"))) == is_enough


@pytest.mark.parametrize(("before", "line", "is_enough"), [(11, 27, True), (11, 26, False),
                                                           (33, 0, True),
                                                           (32, 0, False)])  # fmt: skip
def test_the_height_of_a_line_counts_when_it_is_fixed(before, line, is_enough):
    """With the space before it; 38 millimetres but a half."""
    document = lines("村民委员会（盖章）", "正文")
    spacing = document.paragraphs[0].paragraph_format
    spacing.space_before = Mm(before)
    if line:
        spacing.line_spacing = Mm(line)
    assert (not faults(document)) == is_enough


@pytest.mark.parametrize(
    ("rows", "field", "has_place"),
    [
        ([("村委会意见", "同意"), ("", ""), ("", "（盖章）")], SEAL, True),
        ([("村委会意见", "同意"), ("甲", "乙"), ("丙", "丁"), ("", "（盖章）")], SEAL, False),
        ([("委会意见", "同意"), ("", "盖章")], SEAL, True), ([("会", "盖章")], SEAL, False),
        ([("制表", "")], SIGN, True), ([("制表", "甲")], SIGN, False),
        ([("制表", "签")], SIGN, True),
        ([("甲", "制 表（人）：")], SIGN, True), ([("审核", "")], SIGN, False),
        ([("{{maker}}", "")], SIGN, True), ([("{{makers}}", "甲")], SIGN, False),
        ([("村", "盖章")], Field("v", "村", "seal"), True),
        ([("镇村", "盖章")], Field("v", "镇村", "seal"), True),
        ([("村", "盖章")], Field("v", "镇村", "seal"), False),
    ],
)  # fmt: skip
def test_a_place_is_known_by_its_label_and_what_stands_near(rows, field, has_place):
    """In the same row or the two below; the label may be shortened."""
    told = [one for one in faults(table(*rows), field) if "没有给" in one]
    assert (not told) == has_place
