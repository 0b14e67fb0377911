"""A 送审稿 that waits is gone on with."""

import pytest

from filler.carry_over.sent_drafts import (
    corrected_paper,
    find_draft,
    find_undone,
    locked_draft,
    with_draft,
)
from filler.form.case_history import PastForm
from filler.form.printings import printing_of
from tests.filler.one_rule import Issued

CASE = "DB-103200-2018-0001"
SENT = PastForm("DB-02", CASE, {"category": "B类", "t_date": "2018-05-02"}, 1, waits_for="c")
DECIDED = PastForm("DB-02", CASE, {"c_date": "2018-05-07"}, 2)


@pytest.fixture
def spec(catalogue):
    return catalogue.form("DB-02")


@pytest.mark.parametrize(
    ("papers", "given", "corrected", "found"),
    [
        ((SENT,), {"case_no": CASE.lower()}, None, SENT), ((SENT,), {}, None, None),
        ((SENT,), {"case_no": CASE}, 1, None), ((SENT, DECIDED), {"case_no": CASE}, None, None),
        ((), {"case_no": CASE}, None, None),
    ],
)  # fmt: skip
def test_the_newest_paper_of_the_case_is_gone_on_with_while_it_waits(
    spec, papers, given, corrected, found
):
    """Not when it is corrected openly, and not once it is decided."""
    assert find_draft(spec, given, Issued(papers), corrected) == found


def test_a_form_without_opinions_is_never_gone_on_with(catalogue):
    """A second application is another paper."""
    assert find_draft(catalogue.form("DB-01"), {"case_no": CASE}, Issued((SENT,)), None) is None


def test_what_is_typed_goes_before_what_was_sent(spec):
    """A blank, or the form's own wording, does not."""
    draft = PastForm(
        "DB-02", CASE, {"category": "B类", "property_exempt": "唯一住房"}, 1, None, 1, "c"
    )
    given = {"category": "A类", "property_exempt": "无", "job": "", "cause": "因病"}
    assert with_draft(spec, given, draft) == {
        "category": "A类", "property_exempt": "唯一住房", "cause": "因病",
    }  # fmt: skip
    assert with_draft(spec, given, None) == given


@pytest.mark.parametrize(
    ("given", "hands", "is_locked"),
    [
        ({}, None, False), ({"c_date": "2018-05-07"}, None, True), ({}, {"v", "t"}, False),
        ({}, {"v", "t", "c"}, True),
    ],
)  # fmt: skip
def test_what_was_written_is_locked_for_the_next_hand(spec, given, hands, is_locked):
    """The one before may mend it until then."""
    found = locked_draft(spec, given, SENT, hands and frozenset(hands))
    assert (found is SENT) == is_locked
    assert locked_draft(spec, given, None, None) is None


def test_a_decision_is_not_taken_back_by_a_blank(spec):
    """A 送审稿 may be mended, a 定稿 stays one."""
    blank, whole = printing_of(spec, {}), printing_of(spec, {"c_date": "2018-05-07"})
    history = Issued((SENT, DECIDED))
    assert corrected_paper(spec, 2, CASE, history) == DECIDED
    assert corrected_paper(spec, 0, "", history) is None
    assert [one.where for one in find_undone(DECIDED, blank)] == ["整份"]
    for paper, printing in ((DECIDED, whole), (SENT, blank), (None, blank)):
        assert not list(find_undone(paper, printing))
