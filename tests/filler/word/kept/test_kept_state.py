"""A template told in texts, and made again of them."""

import json

import pytest

from filler.word.compiled_template import CompiledTemplate
from filler.word.form_template import load_template
from filler.word.kept.kept_state import state_of, template_of
from filler.word.proving.trial_prints import trial_contexts

CODE = "MZ:COM-00:V0:-"
FORMS = ("DB-01", "DB-02", "COM-03", "LS-01", "ET-01", "TK-01", "ZF-01")


def _printed(template: CompiledTemplate) -> list[bytes]:
    names = template.names
    trials = trial_contexts(
        names.used, names.words, template.photos.names, (), 2, annexes=template.annexes.labels
    )
    return [template.render(trial, CODE, {"0" * 64: b"a photo"}) for trial in trials]


@pytest.mark.parametrize("form_id", FORMS)
def test_a_kept_template_prints_the_same_bytes(catalogue, form_id):
    """After being written as JSON and read again: parts, pictures and their places in the file."""
    template = load_template(catalogue.form(form_id))
    again = template_of(template.source, json.loads(json.dumps(state_of(template))))
    assert again.found == template.found
    assert again.names == template.names
    assert _printed(again) == _printed(template)


def test_a_template_of_an_issued_document_is_not_kept(catalogue):
    """It comes out as it did, by rules of before."""
    docx = catalogue.form("DB-01").docx.read_bytes()
    assert state_of(CompiledTemplate(docx, "DB-01.docx", is_quick=False, is_kept=True)) is None


def test_a_template_with_runs_of_its_own_is_not_kept(catalogue):
    """What makes them is no text."""
    docx = catalogue.form("DB-01").docx.read_bytes()
    template = CompiledTemplate(docx, "DB-01.docx", is_kept=True)
    template.runs.append(str)
    assert state_of(template) is None
