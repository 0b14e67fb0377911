"""What a form is: its fields in order, which of them are typed."""

from pathlib import Path

import pytest

from filler.form.forms import Call, Field, FormSpec, Section

A, B = Field("a", "甲", "text"), Field("photo", "照片", "photo")
SPEC = FormSpec("XX-01", "{a}的表", "1", "制式", "L-TABLE", "",
                (Section("一", (A,)), Section("二", (B,))), Path("x"))  # fmt: skip


@pytest.mark.parametrize(
    ("field", "is_typed"),
    [
        (A, True),
        (B, True),
        (Field("c", "丙", "int", derived=Call("seq")), False),
        (Field("s", "签字", "sign"), False),
        (Field("s", "章", "seal"), False),
        (Field("p", "手印", "print"), False),
    ],
)
def test_only_some_fields_are_typed(field, is_typed):
    """What is derived or done by pen is not."""
    assert field.is_typed == is_typed


def test_fields_of_all_sections_stand_in_order():
    """Photos are known by their labels."""
    assert SPEC.fields == (A, B)
    assert SPEC.photos == {"photo": "照片"}


def test_a_list_calls_a_form_by_its_name_when_its_title_has_gaps():
    """Else by its title."""
    assert SPEC.short_title == "{a}的表"
    named = FormSpec("XX-01", "{a}的表", "1", "制式", "L-TABLE", "", (), Path("x"), name="试表")
    assert named.short_title == "试表"


def test_rows_may_be_named_by_a_column():
    """Each choice of the column has its own row."""
    column = Field("dossier", "专档", "choice", choices=("低保", "特困"))
    assert Field("r", "表", "rows", columns=(column,), one_row_each="dossier").row_names == (
        "低保",
        "特困",
    )
    assert Field("r", "表", "rows", columns=(column,)).row_names == ()
