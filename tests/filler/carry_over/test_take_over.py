"""What a form takes over from forms issued before for its case."""

import pytest

from filler.carry_over.earlier import Earlier
from filler.carry_over.take_over import take_over
from filler.fill_form import read_form
from filler.form.form_data import Refused
from filler.form.taken import GivingPaper, TakenOver
from filler.spec.taken_from import Take, TakingOver
from tests.filler.conftest import TODAY


@pytest.fixture
def case(fill, answers_of):
    """Issues forms of one case; its number."""

    def run(*form_ids):
        case_no = ""
        for form_id in form_ids:
            answers = answers_of(form_id) | ({"case_no": case_no} if case_no else {})
            if case_no:
                answers |= dict.fromkeys(("name", "id_no", "accept_date", "group_no"), "")
            issued = fill(form_id, answers)
            assert not isinstance(issued, Refused), issued.problems
            case_no = issued.case_no
        return case_no

    return run


@pytest.fixture
def taken_for(catalogue, store):
    def run(form_id, case_no, taking_over=None):
        taking_over = taking_over or catalogue.taking_over
        earlier = Earlier(catalogue.by_id, taking_over, catalogue.facts, store, TODAY)
        return take_over(catalogue.form(form_id), {"case_no": case_no}, earlier)

    return run


def test_the_approval_takes_name_and_members_over(case, taken_for, answers_of):
    """From the application, and what was found at home from the survey; each says from where."""
    taken = taken_for("DB-02", case("DB-01", "COM-03"))
    assert taken.single["name"] == (answers_of("DB-01")["name"], GivingPaper("DB-01", 1))
    answer, source = taken.single["inc_total"]
    assert source == GivingPaper("COM-03", 2)
    assert answer
    assert len(taken.single["members"][0]) == len(answers_of("COM-03")["members"])
    assert taken.sources == (GivingPaper("DB-01", 1), GivingPaper("COM-03", 2))


def test_nothing_is_taken_from_a_form_that_was_not_issued(taken_for):
    """Then the fields are typed as before."""
    assert taken_for("DB-02", "DB-103200-2018-0009") == TakenOver()


def test_a_field_is_taken_over_under_another_name(case, taken_for, answers_of):
    """The addressee of a letter is the person of the review."""
    taking_over = TakingOver((Take("COM-07", "COM-09", {"addressee": "name"}),))
    taken = taken_for("COM-07", case("COM-09"), taking_over)
    assert taken.single["addressee"][0] == answers_of("COM-09")["name"]


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
    """With the form to correct instead; by its label as by its slug."""
    issued = fill("DB-01", answers_of("DB-01"))
    answers = answers_of("DB-02") | {"case_no": issued.case_no}
    del answers["phone"]
    for key in ("phone", "联系电话"):
        refused = fill("DB-02", answers | {key: "13991599999"})
        assert isinstance(refused, Refused)
        assert [problem.field for problem in refused.problems] == ["phone"]
        assert "DB-01" in refused.problems[0].do


def test_the_preview_shows_what_issuing_would_say(catalogue, store, fill, answers_of):
    """What is taken over, and rules of history: no problem comes only at the end."""
    issued = fill("DB-02", answers_of("DB-02"))
    spec = catalogue.form("DB-02")
    assert not read_form(spec, answers_of("DB-02"), today=TODAY, catalogue=catalogue).problems
    again = read_form(spec, answers_of("DB-02"), today=TODAY, catalogue=catalogue, history=store)
    assert {one.field for one in again.problems} == {"case_no", "id_no"}
    assert all(issued.case_no in one.what for one in again.problems)


def test_a_corrected_application_gives_what_it_says_now(catalogue, store, fill, answers_of):
    """Of editions only the newest counts."""
    first = fill("DB-01", answers_of("DB-01"))
    mended = answers_of("DB-01") | {"phone": "13991599999"}
    second = fill("DB-01", mended, corrects=first.number)
    assert second.case_no == first.case_no
    (past,) = store.issued_for("DB-01", case_no=first.case_no)
    assert (past.number, past.answers["phone"]) == (second.number, "13991599999")


def test_a_correction_is_not_held_against_what_it_corrects(fill, answers_of):
    """补正 is asked for once only; mending that very notice is no second time."""
    first = fill("COM-02", answers_of("COM-02"))
    assert not isinstance(fill("COM-02", answers_of("COM-02"), corrects=first.number), Refused)
    other = answers_of("COM-02") | {"case_no": "DB-103200-2018-0099"}
    refused = fill("COM-02", other, corrects=first.number + 1)
    assert [problem.field for problem in refused.problems] == ["case_no"]
