"""Templates are checked at start: all of them once, afterwards what has changed."""

import shutil
from dataclasses import replace

import docx
import pytest

from filler.errors import TemplateError
from filler.word.faults.checked_templates import check_templates


@pytest.fixture
def own_forms(catalogue, tmp_path):
    """Two forms whose templates the test may change."""
    forms = []
    for form_id in ("COM-10", "GS-03"):
        spec = catalogue.form(form_id)
        forms.append(replace(spec, docx=tmp_path / spec.docx.name))
        shutil.copy(spec.docx, forms[-1].docx)
    return forms


def spoil(spec, words):
    document = docx.Document(str(spec.docx))
    document.add_paragraph(words)
    document.save(str(spec.docx))


def test_an_unchanged_template_is_not_compiled_again(own_forms, tmp_path):
    """A changed one is, and a changed spec."""
    memory = tmp_path / "data" / "checked.json"
    assert check_templates(own_forms, memory) == 2
    assert check_templates(own_forms, memory) == 0
    spoil(own_forms[0], "附注")
    assert check_templates(own_forms, memory) == 1
    assert check_templates([replace(own_forms[1], version="9")], memory) == 1


def test_every_mistake_of_every_template_is_told_each_time(own_forms, tmp_path):
    """Until it is mended; the right ones are not looked at again."""
    memory = tmp_path / "checked.json"
    spoil(own_forms[0], "{{ nobody }}")
    spoil(own_forms[1], "{{ nothing }}")
    for _ in range(2):
        with pytest.raises(TemplateError) as error:
            check_templates(own_forms, memory)
        assert {"nobody", "nothing"} <= {problem.field for problem in error.value.problems}


@pytest.mark.parametrize("kept", ["", "{}", "[1", "null"])
def test_a_damaged_memory_costs_only_time(own_forms, tmp_path, kept):
    """Everything is checked anew."""
    memory = tmp_path / "checked.json"
    memory.write_text(kept, encoding="utf-8")
    assert check_templates(own_forms, memory) == 2
