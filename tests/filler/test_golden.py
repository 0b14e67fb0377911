"""What stands on the paper of every form is what was last looked at."""

import importlib

import pytest

from tests.shipped_forms import shipped_forms

golden = importlib.import_module("script.golden")
FORMS = [spec.id for spec in shipped_forms().forms]


@pytest.mark.parametrize("form_id", FORMS)
def test_a_form_prints_what_its_golden_says(catalogue, form_id):
    """A wanted change is taken over by `python -m script.golden`."""
    for name, text in golden.dumps_of(form_id, catalogue).items():
        assert text == (golden.GOLDEN / name).read_text(encoding="utf-8"), name


def test_no_golden_is_left_of_a_form_that_is_gone():
    """Two files for each form, and no others."""
    wanted = {f"{form_id}.{kind}.txt" for form_id in FORMS for kind in ("blank", "filled")}
    assert {file.name for file in golden.GOLDEN.iterdir()} == wanted
