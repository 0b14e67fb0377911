"""Room for seals and signatures in a template, in tables and outside."""

from pathlib import Path

import pytest
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
