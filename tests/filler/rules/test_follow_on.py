"""Faults that only follow from another are not told beside it."""

import datetime as dt

import pytest

from filler.fill_form import read_form
from tests.filler.conftest import TODAY


@pytest.fixture
def faults(catalogue, answers_of):
    """Where a form's answers are wrong when some of them are changed."""

    def run(form_id, **changed):
        answers = {
            key: value for key, value in (answers_of(form_id) | changed).items() if value != ""
        }
        read = read_form(catalogue.form(form_id), answers, today=TODAY, catalogue=catalogue)
        return [problem.field for problem in read.problems]

    return run


@pytest.mark.parametrize(
    "number", ["61092719300102101", "61092720130229001X", "", "610927193102021011"]
)
def test_an_opinion_that_speaks_of_the_age_waits_for_the_number(faults, number):
    """Only the ID number is told."""
    assert faults("GL-01", id_no=number) == ["id_no"]


def test_an_address_taken_from_another_waits_for_it(faults):
    """Nor is the same fault told twice."""
    assert faults("GL-01", hukou_addr="") == ["hukou_addr"]
    assert faults("GL-01", hukou_addr="村") == ["hukou_addr"]


def test_what_was_typed_itself_is_judged(faults):
    """An address of its own is wrong of its own."""
    assert faults("GL-01", hukou_addr="", live_addr="村") == ["hukou_addr", "live_addr"]


def test_a_computed_value_that_disagrees_waits_for_its_source(faults):
    """An age typed beside a wrong number says nothing new."""
    assert faults("GL-01", id_no="61092719300102101", age=88) == ["id_no"]
    assert faults("GL-01", age=12) == ["age"]


def test_a_row_waits_for_its_own_columns(faults, answers_of):
    """The age of the second member, typed, for the number of the second."""
    members = [dict(one) for one in answers_of("DB-02")["members"]]
    members[0] |= {"m_age": 3}
    members[1] |= {"m_id": "123", "m_age": 3}
    found = faults("DB-02", members=members)
    assert "members[1].m_id" in found
    assert "members[0].m_age" in found
    assert "members[1].m_age" not in found


def test_a_blank_that_rests_on_a_blank_nobody_misses_is_told(faults):
    """A default that speaks of an optional field does not hide that it is missing."""
    assert "c_date" in faults("GL-01", c_opinion="同意发放，另行通知。", c_date="")
    assert "apply_date" in faults("GL-01", apply_date=dt.date(2027, 1, 1))
