"""Room for seals and signatures to the millimetre."""

import pytest
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Mm

from filler.form.forms import Field
from tests.filler.word.faults.test_check_room import SEAL, SIGN, faults, lines
from tests.filler.word_files import add_table, new_document


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
