"""Of a 制式 form Word lets only the fields be written in; a 模版 is free."""

import io
import re

import docx
import pytest
from docx.oxml.ns import qn

from tests.shipped_forms import shipped_forms

FORMS = {spec.id: spec for spec in shipped_forms().forms}
_TAG_NAME = re.compile(r"\{\{\s*(\w+(?:\.\w+)?)")
#: Printed by the house, never typed.
LOCKED = {"title", "case_no", "form_id", "version", "code_line", "qr"}


def is_protected(document):
    mark = document.settings.element.find(qn("w:documentProtection"))
    return mark is not None and (mark.get(qn("w:edit")), mark.get(qn("w:enforcement"))) == (
        "readOnly",
        "1",
    )


def open_and_locked_texts(body):
    """Texts inside the ranges that everyone may edit, and those outside."""
    texts: dict[bool, list[str]] = {True: [], False: []}
    is_open = False
    for element in body.iter(qn("w:permStart"), qn("w:permEnd"), qn("w:t")):
        if element.tag == qn("w:t"):
            texts[is_open].append(element.text or "")
        else:
            assert is_open == (element.tag == qn("w:permEnd")), "ranges do not overlap"
            is_open = not is_open
    assert not is_open
    return texts[True], texts[False]


@pytest.mark.parametrize("form_id", FORMS)
def test_a_fixed_form_is_protected_and_a_model_is_not(form_id):
    """`python -m script.drawing.protection` protects what a drawing or an edit left open."""
    document = docx.Document(str(FORMS[form_id].docx))
    assert is_protected(document) == (FORMS[form_id].kind == "制式")


@pytest.mark.parametrize("form_id", [id for id, spec in FORMS.items() if spec.kind == "制式"])
def test_every_field_is_open_and_every_printed_word_locked(form_id):
    """Title, labels, seals and the number stay; what a clerk enters can be entered."""
    spec = FORMS[form_id]
    seals = {field.slug for field in spec.fields if field.type == "seal"}
    document = docx.Document(str(spec.docx))
    open_texts, locked_texts = open_and_locked_texts(document.element.body)
    open_names = set(_TAG_NAME.findall("".join(open_texts)))
    locked_names = set(_TAG_NAME.findall("".join(locked_texts)))
    assert not open_names & (LOCKED | seals)
    assert locked_names <= LOCKED | seals
    assert re.search(r"[㐀-鿿]", "".join(locked_texts))


@pytest.mark.parametrize("form_id", ["ZF-01", "DB-03", "ZZ-01", "COM-03"])
def test_a_filled_form_has_no_range_twice(fill, answers_of, form_id):
    """However many rows are printed: Word refuses two ranges of one number."""
    document = docx.Document(io.BytesIO(fill(form_id, answers_of(form_id)).docx))
    assert is_protected(document)
    for name in ("w:permStart", "w:permEnd"):
        marks = document.element.body.iter(qn(name))
        numbers = [mark.get(qn("w:id")) for mark in marks]
        assert len(numbers) == len(set(numbers)) > 0
    open_and_locked_texts(document.element.body)
