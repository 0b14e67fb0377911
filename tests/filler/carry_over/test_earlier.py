"""Documents issued before, read again as the forms they are."""

import pytest

from filler.carry_over.earlier import Earlier
from filler.form.case_history import PastForm
from filler.form.taken import GivingPaper
from tests.filler.conftest import TODAY


@pytest.fixture
def earlier(catalogue, store):
    return Earlier(catalogue.by_id, catalogue.taking_over, catalogue.facts, store, TODAY)


def test_a_document_is_read_with_what_is_derived(earlier, store, fill, answers_of):
    """And under the number of its case."""
    issued = fill("DB-01", answers_of("DB-01"))
    read = earlier.read(store.issued_for("DB-01")[0])
    assert read.scope.text("inc_total") == "6252.50"
    assert read.scope.case_no == issued.case_no
    assert read.source == GivingPaper("DB-01", issued.number)


def test_a_document_is_read_once(earlier, store, fill, answers_of):
    """A dozen checks look into the same papers of a case, found by other questions."""
    issued = fill("DB-01", answers_of("DB-01"))
    read = earlier.read(store.issued_for("DB-01")[0])
    assert earlier.newest("DB-01", issued.case_no) is read


def test_what_was_never_issued_is_told_apart(earlier):
    """It has no number to be known by."""
    first, other = (PastForm("DB-01", "", {"name": name}) for name in ("测试甲", "测试乙"))
    assert earlier.read(first).scope.text("name") == "测试甲"
    assert earlier.read(other).scope.text("name") == "测试乙"


def test_not_all_of_a_county_is_held(earlier):
    """A month reads thousands of papers, each once."""
    papers = [PastForm("DB-01", "", {}, number) for number in range(1, 300)]
    assert [earlier.read(one).source.number for one in papers] == [*range(1, 300)]
    assert len(earlier._kept) <= 256


def test_the_newest_document_of_a_form_in_a_case(earlier, fill, answers_of):
    """Not that of another form or case; none without a case."""
    first = fill("DB-01", answers_of("DB-01"))
    fill("DB-01", answers_of("DB-01"))
    again = fill("DB-01", answers_of("DB-01") | {"case_no": first.case_no})
    assert earlier.newest("DB-01", first.case_no).source.number == again.number
    assert earlier.newest("DB-02", first.case_no) is None
    assert earlier.newest("DB-01", "DB-103200-2018-0009") is None
    assert earlier.newest("DB-01", "") is None
