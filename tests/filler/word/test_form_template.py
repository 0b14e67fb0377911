"""The template of a form, compiled once; and as it was kept."""

import json
import shutil
from dataclasses import replace

import pytest

from filler.errors import TemplateError
from filler.form.form_data import Printed
from filler.word import form_template
from filler.word.form_template import kept_template, load_template, spec_as_json


@pytest.fixture
def own(catalogue, tmp_path):
    """A form whose template can be changed."""
    spec = catalogue.form("GS-01")
    file = tmp_path / spec.docx.name
    shutil.copy(spec.docx, file)
    return replace(spec, docx=file)


def test_a_template_is_compiled_once_until_its_file_changes(own, catalogue):
    """An office may put another in its place while the service runs."""
    first = load_template(own)
    assert load_template(own) is first
    other = own.docx.with_name("other.docx")
    shutil.copy(own.docx, other)
    other.replace(own.docx)
    assert load_template(own) is not first
    assert load_template(own).source == first.source


def test_a_template_that_does_not_fit_is_refused_with_all_its_mistakes(own, catalogue):
    """GS-01's paper is no DB-01."""
    with pytest.raises(TemplateError) as caught:
        load_template(replace(catalogue.form("DB-01"), docx=own.docx))
    assert len(caught.value.problems) > 5


def test_a_kept_template_prints_the_labels_of_its_day(own):
    """The spec of today is not asked."""
    printed = Printed(own.docx.read_bytes(), spec_as_json(own), {}, "")
    assert kept_template(printed).names.used == load_template(own).names.used


def test_a_spec_is_kept_in_the_same_bytes(own):
    """Without the folder its template lies in."""
    kept = json.loads(spec_as_json(own))
    assert kept["spec"]["docx"] == own.docx.name
    assert spec_as_json(replace(own, docx=own.docx.with_name("x") / own.docx.name)) == spec_as_json(
        own
    )
    assert spec_as_json(replace(own, version="9")) != spec_as_json(own)


@pytest.mark.parametrize(
    ("texts", "edition"),
    [
        ({}, 0), ({"file:mended": "1"}, 1), ({"file:mended": "2"}, 2),
        ({"file:mended": "3"}, 3), ({"file:mended": "4"}, 4), ({"file:mended": "5"}, 5),
        ({"file:mended": "7"}, 6), ({"file:mended": "8"}, 7),
    ],
)  # fmt: skip
def test_a_kept_template_is_of_its_edition(own, monkeypatch, texts, edition):
    """What was printed then is printed again, whatever was mended since."""
    given = {}
    monkeypatch.setattr(
        form_template, "CompiledTemplate", lambda *_, **options: given.update(options)
    )
    kept_template(Printed(own.docx.read_bytes(), spec_as_json(own), texts, ""))
    names = ("new", "fitted", "quick", "named", "once", "framed", "numbered")
    steps = [given[f"is_{one}"] for one in names]
    assert steps == [True] * edition + [False] * (7 - edition)
    assert given["is_kept"]
