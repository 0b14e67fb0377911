"""In which printed rows a form is signed is read from its Word file."""

import pytest

from minzheng.county.config import TEMPLATES_FOLDER
from minzheng.county.form_files import form_files
from minzheng.county.sign_fields import SignField, load_sign_fields
from minzheng.county.sign_rows import SignRow, load_sign_rows, sign_rows_of

ROWS = load_sign_rows()


def test_the_head_of_a_list_tells_which_columns_are_signed():
    """With all that is printed beside them, from the left."""
    (row,) = ROWS["LR-03"]
    assert row.kind == "head"
    assert row.cells[-3:] == ("结对月份", "老人签字", "责任人签字")
    assert [row.cells[number] for number in row.asks] == ["老人签字", "责任人签字"]


def test_beside_the_column_to_be_signed_a_name_is_print():
    """探访人 is written by the program, 探访人签字 by a hand."""
    (row,) = ROWS["TK-05"]
    assert [row.cells[number] for number in row.asks] == ["被探访人签字", "探访人签字"]


def test_labels_beside_empty_cells_are_told_with_what_stands_around_the_row():
    """Print of one row, nothing where somebody writes."""
    row = next(row for row in ROWS["LS-02"] if row.kind == "cells")
    assert row == SignRow(
        "cells",
        ("经办人（一）签字", "", "经办人（二）签字", "", "领取人签字（按印）", ""),
        (0, 2, 4), "价值（元）", "补办手续",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("form_id", "labels"),
    [
        ("DB-03", ("制表", "审核", "单位负责人")), ("ZF-11", ("拟稿人签字", "签发人")),
        ("TK-02", ("镇经办人签字", "镇负责人签字")),
    ],
)  # fmt: skip
def test_labels_before_rules_stand_in_a_line(form_id: str, labels: tuple[str, ...]):
    """Print may leave out 人 and 签字 of the spec's label."""
    assert any(row.kind == "line" and row.cells == labels for row in ROWS[form_id])


def test_nearly_every_form_that_is_signed_has_its_rows():
    """One alone has labels that only an answer makes whole (整理人：… 签字：)."""
    fields = load_sign_fields()
    assert [form for form in fields if fields[form] and not ROWS[form]] == ["ZH-05"]


def test_a_form_that_nobody_signs_has_no_rows():
    """Nor has one whose Word file asks for nobody of the spec."""
    form = next(one for one in form_files(TEMPLATES_FOLDER) if one.id == "LR-03")
    assert sign_rows_of(form, ()) == ()
    assert sign_rows_of(form, (SignField("证明人", False),)) == ()
