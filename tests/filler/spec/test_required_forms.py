"""Papers that steps ask for are there, and can be of the case."""

import dataclasses

import pytest

from filler.errors import CatalogueError
from filler.spec import form_catalogue
from filler.spec.form_catalogue import load_catalogue
from filler.spec.required_forms import (
    find_missing_forms,
    find_papers_of_others,
    tell_papers_of_others,
)
from minzheng.county.registry.required_papers import RequiredPapers, Scheme, YearlyDuty
from tests.shipped_forms import shipped_forms

CATALOGUE = shipped_forms()
COUNTY = CATALOGUE.county
REQUIRED = COUNTY.required


def with_step(code: str, name: str, **changed: object) -> RequiredPapers:
    """The table, one step of a scheme changed."""
    scheme = REQUIRED.schemes[code]
    steps = tuple(
        dataclasses.replace(step, **changed) if step.name == name else step for step in scheme.steps
    )
    return with_scheme(code, dataclasses.replace(scheme, steps=steps))


def with_scheme(code: str, scheme: Scheme) -> RequiredPapers:
    return dataclasses.replace(REQUIRED, schemes={**REQUIRED.schemes, code: scheme})


def test_the_countys_table_names_papers_that_there_are():
    """And each of them proves the step at which it stands."""
    assert list(find_missing_forms(CATALOGUE.by_id, REQUIRED)) == []
    assert list(find_papers_of_others(CATALOGUE.by_id, COUNTY)) == []
    assert tell_papers_of_others(CATALOGUE.by_id, COUNTY) == []


NOBODYS = frozenset({"DB-91"})


@pytest.mark.parametrize(
    ("required", "where"),
    [
        (with_step("DB", "申请", forms=NOBODYS), "DB·申请"),
        (with_step("TK", "公示", lists=NOBODYS), "TK·公示"),
        (
            with_scheme("ET", dataclasses.replace(REQUIRED.schemes["ET"], forbidden=NOBODYS)),
            "ET·forbidden",
        ),
        (
            dataclasses.replace(REQUIRED, yearly=(YearlyDuty("GS", "每季", NOBODYS),)),
            "GS·每季",
        ),
    ],
)
def test_a_form_that_there_is_not_is_told_with_its_place(required, where):
    """Of a step's own papers, of lists, of what is forbidden, of every year's."""
    (told,) = find_missing_forms(CATALOGUE.by_id, required)
    assert where in told.what
    assert "DB-91" in told.what


def test_a_start_refuses_it(monkeypatch):
    """As it refuses a copy from a form that is not there."""
    wrong = with_step("DB", "申请", forms=NOBODYS)
    monkeypatch.setattr(
        form_catalogue, "find_missing_forms", lambda forms, _: find_missing_forms(forms, wrong)
    )
    with pytest.raises(CatalogueError, match="DB-91"):
        load_catalogue()


@pytest.mark.parametrize(
    ("code", "step", "changed", "form_id"),
    [
        ("YL", "调查", {"forms": frozenset({"YL-03", "COM-03"})}, "COM-03"),
        ("YL", "公布", {"lists": frozenset({"GS-03", "GS-01"})}, "GS-01"),
        ("TK", "申请", {"forms": frozenset({"DB-01"})}, "DB-01"),
        ("DB", "发放", {"lists": frozenset({"CB-07"})}, "CB-07"),
    ],
)
def test_a_paper_of_other_schemes_is_told(code, step, changed, form_id):
    """医疗救助 is none of the 调查事项 of COM-03: its step would be missing for ever."""
    county = dataclasses.replace(COUNTY, required=with_step(code, step, **changed))
    (told,) = find_papers_of_others(CATALOGUE.by_id, county)
    assert told.field == form_id
    assert f"{code}·{step}" in tell_papers_of_others(CATALOGUE.by_id, county)[0]
