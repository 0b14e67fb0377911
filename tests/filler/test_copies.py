"""What a form takes over from forms issued before."""

import datetime as dt

import pytest

from filler.copies import Copies, Copy, find_retyped, load_copies
from filler.derive import derive
from filler.form_data import Refused
from filler.read_answers import read_answers

DAY = dt.date(2026, 11, 23)


@pytest.fixture
def scope_of(catalogue, answers_of):
    def make(form_id):
        spec = catalogue.form(form_id)
        return derive(spec, read_answers(spec, answers_of(form_id))[0], catalogue.facts, DAY)

    return make


def test_the_approval_takes_name_and_members_over(catalogue, scope_of, answers_of):
    """From the application, and what was found at home from the survey."""
    sources = {form_id: scope_of(form_id) for form_id in ("DB-01", "COM-03")}
    taken = catalogue.copies.copied("DB-02", sources.get)
    assert taken["name"] == (answers_of("DB-01")["name"], "DB-01")
    assert taken["inc_total"] == (sources["COM-03"].text("inc_total"), "COM-03")
    assert len(taken["members"][0]) == len(answers_of("COM-03")["members"])


def test_nothing_is_taken_from_a_form_that_was_not_issued(catalogue):
    """Then the fields are typed as before."""
    assert catalogue.copies.copied("DB-02", lambda form_id: None) == {}


@pytest.mark.parametrize(
    ("given", "is_wrong"),
    [("2018年4月2日", False), ("2018-04-02", False), ("2018-04-03", True), ("", False)],
)
def test_what_is_taken_over_is_not_retyped(catalogue, given, is_wrong):
    """The same day in another writing is the same; another day is a problem."""
    taken = {"apply_date": ("2018年4月2日", "DB-01")}
    problems = list(find_retyped(catalogue.form("DB-02"), {"apply_date": given}, taken))
    assert bool(problems) == is_wrong
    assert all("DB-01" in problem.what for problem in problems)


def test_every_mistake_in_the_table_is_named(catalogue, monkeypatch, tmp_path):
    """A form or field that is not there."""
    file = tmp_path / "copies.toml"
    file.write_text(
        '[[copy]]\nto = "DB-02"\nfrom = "XX-99"\nfields = ["nothing", "hh_size"]\n', "utf-8"
    )
    monkeypatch.setattr("filler.copies.FILE", file)
    problems = []
    load_copies(catalogue.by_id, problems)
    assert [problem.field for problem in problems] == ["nothing", "hh_size", "XX-99"]


def test_a_copy_under_another_name(scope_of):
    """The addressee of a letter is the person of the review."""
    copies = Copies((Copy("COM-07", "COM-09", {"addressee": "name"}),))
    source = scope_of("COM-09")
    assert copies.copied("COM-07", {"COM-09": source}.get)["addressee"][0] == source.text("name")


def test_a_case_is_not_typed_twice(fill, answers_of):
    """The approval of a case takes name and members from its application."""
    issued = fill("DB-01", answers_of("DB-01"))
    answers = answers_of("DB-02") | {"case_no": issued.case_no}
    for slug in ("name", "id_no", "members", "phone", "apply_date", "accept_date"):
        answers.pop(slug, None)
    approved = fill("DB-02", answers)
    assert not isinstance(approved, Refused), approved.problems
    assert approved.case_no == issued.case_no


def test_what_was_retyped_otherwise_is_refused(fill, answers_of):
    """With the form to correct instead."""
    issued = fill("DB-01", answers_of("DB-01"))
    answers = answers_of("DB-02") | {"case_no": issued.case_no, "phone": "13991599999"}
    refused = fill("DB-02", answers)
    assert isinstance(refused, Refused)
    assert [problem.field for problem in refused.problems] == ["phone"]
    assert "DB-01" in refused.problems[0].do
