"""No second case of the same person is opened unsaid, on whatever way a form comes."""

import datetime as dt

import pytest

from filler.carry_over.running_cases import NEW_CASE, means_new_case
from filler.fill_form import read_form
from filler.form.form_data import Refused

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("case_no", "is_new"),
    [("新案件", True), (" 新 案件 ", True), ("", False), ("DB-103200-2018-0001", False)],
)
def test_another_case_is_said_in_place_of_the_number(case_no, is_new):
    """By that word and no other."""
    assert means_new_case({"case_no": case_no}) == is_new


@pytest.mark.parametrize("form_id", ["DB-01", "COM-03"])
def test_a_form_without_number_names_the_running_case(fill, answers_of, form_id):
    """Beside all other mistakes; with the number, or as a new case, it is issued."""
    first = fill("DB-01", answers_of("DB-01"))
    answers = answers_of(form_id)
    refused = fill(form_id, answers | {"phone": "1"})
    told = {one.field: f"{one.what} {one.do}" for one in refused.problems}
    assert first.case_no in told["case_no"]
    assert NEW_CASE in told["case_no"]
    assert set(told) == {"case_no", "phone"}
    assert fill(form_id, answers | {"case_no": first.case_no}).case_no == first.case_no
    other = fill(form_id, answers | {"case_no": NEW_CASE})
    assert other.case_no not in ("", first.case_no, NEW_CASE)


def test_what_is_kept_of_a_new_case_is_not_the_word(fill, answers_of, store):
    """A correction of it goes on under its number."""
    fill("DB-01", answers_of("DB-01"))
    other = fill("DB-01", answers_of("DB-01") | {"case_no": NEW_CASE})
    (past,) = store.issued_for("DB-01", case_no=other.case_no)
    assert not past.answers.get("case_no")
    again = fill("DB-01", past.answers, corrects=other.number)
    assert again.case_no == other.case_no


def test_an_ended_case_another_scheme_and_person_are_none(fill, answers_of):
    """Who was stopped may apply again."""
    first = fill("DB-01", answers_of("DB-01"))
    letter = {"case_no": first.case_no, "id_no": answers_of("DB-01")["id_no"],
              "addressee": "测试周桂兰", "decision": "停发", "old_amount": "100.00",
              "new_amount": "0.00", "effective_month": "2018-07"}  # fmt: skip
    assert not isinstance(fill("COM-03", answers_of("COM-03") | {"scheme": "特困"}), Refused)
    assert isinstance(fill("DB-01", answers_of("DB-01")), Refused)
    assert not isinstance(fill("COM-07", answers_of("COM-07") | letter), Refused)
    assert not isinstance(fill("DB-01", answers_of("DB-01")), Refused)


def test_help_given_once_is_over_when_its_terms_are(fill, answers_of, catalogue, store):
    """A second application in the same weeks is asked about, one of another year is not."""
    applied = fill("LS-01", answers_of("LS-01"))
    assert not isinstance(applied, Refused)

    def running(today):
        read = read_form(catalogue.form("LS-01"), answers_of("LS-01"), today=today,
                         catalogue=catalogue, history=store)  # fmt: skip
        return [one.case_no for one in read.running]

    day = dt.date.fromisoformat(str(answers_of("LS-01")["apply_date"]))
    assert running(day + dt.timedelta(days=10)) == [applied.case_no]
    assert running(day + dt.timedelta(days=400)) == []


def test_a_visit_is_no_case(fill, answers_of):
    """Of a dossier of visits the application begins one; the next visit asks nothing."""
    assert not isinstance(fill("ZF-01", answers_of("ZF-01")), Refused)
    again = fill("ZF-01", answers_of("ZF-01"))
    assert "case_no" not in {one.field for one in getattr(again, "problems", ())}
