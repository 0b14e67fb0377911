"""A case as it stands on a day."""

import datetime as dt
from types import SimpleNamespace

import pytest

from filler.carry_over.standing_cases import StandingCase, apply_change, approved_cases
from filler.spec.taken_from import ColumnSource
from minzheng.county.registry.case_changes import CaseChange

D = dt.date


def past(case_no, number=1, **answers):
    """An issued document as it is read: its case, its answers, its place in time."""
    scope = SimpleNamespace(
        case_no=case_no, text=lambda slug: str(answers.get(slug, "")), date=answers.get
    )
    source = SimpleNamespace(number=number)
    return SimpleNamespace(case_no=case_no, scope=scope, source=source, waits_for="")


def history(**papers):
    """Documents by form; each is read as it is."""
    asked = SimpleNamespace(issued_for=lambda form_id, where: papers.get(form_id.lower(), []))
    return SimpleNamespace(history=asked, read=lambda one: one)


DAY = D(2019, 6, 30)


@pytest.mark.parametrize(
    ("days", "approved"),
    [
        ([D(2019, 6, 30)], D(2019, 6, 30)), ([D(2019, 7, 1)], None), ([None], None),
        ([D(2019, 1, 1), D(2019, 3, 1)], D(2019, 3, 1)),
        ([D(2019, 3, 1), D(2019, 1, 1)], D(2019, 3, 1)),
        ([D(2019, 1, 1), D(2019, 7, 1)], D(2019, 1, 1)),
    ],
)  # fmt: skip
def test_a_case_counts_by_its_latest_approval_until_the_day(days, approved):
    """That of the day itself too."""
    papers = [past("X", number, day=day) for number, day in enumerate(days, start=1)]
    cases = approved_cases("A", "day", {}, DAY, history(a=papers))
    assert (cases["X"].approved if cases else None) == approved


def test_of_two_approvals_of_one_day_the_later_paper_counts():
    """It may be a correction."""
    papers = [past("X", number, day=D(2019, 1, 1)) for number in (1, 2)]
    (case,) = approved_cases("A", "day", {}, DAY, history(a=papers)).values()
    assert case.approval.source.number == 2


CHANGE = CaseChange("C", "since", {"decision": ("停发",)}, {"sum": "new"})


@pytest.mark.parametrize(
    ("since", "is_applied"),
    [(D(2019, 3, 1), True), (D(2019, 2, 28), False), (D(2019, 6, 30), True),
     (D(2019, 7, 1), False), (None, False)],
)  # fmt: skip
@pytest.mark.parametrize("decision", ["停发", "减发"])
def test_a_change_counts_from_the_month_of_the_approval_to_the_day(since, is_applied, decision):
    """One that ends the case, and one that changes it."""
    case = StandingCase(past("X", sum="100"), D(2019, 3, 15))
    papers = [past("X", since=since, decision=decision, new="50"), past("Y", since=since)]
    apply_change(CHANGE, {"X": case}, papers, DAY)
    assert case.is_running != (is_applied and decision == "停发")
    is_changed = is_applied and decision == "减发"
    assert case.text(ColumnSource("", "sum")) == ("50" if is_changed else "100")


def test_of_several_changes_the_latest_holds():
    """Of one day the later paper; what it leaves blank stays."""
    case = StandingCase(past("X", sum="100"), D(2019, 1, 1))
    told = ((3, D(2019, 2, 1), "30"), (2, D(2019, 2, 1), "20"), (1, D(2019, 1, 1), "10"),
            (4, D(2019, 3, 1), ""))  # fmt: skip
    papers = [past("X", number, since=since, new=new) for number, since, new in told]
    apply_change(CHANGE, {"X": case}, papers, DAY)
    assert case.text(ColumnSource("", "sum")) == "30"


def test_a_cell_is_fixed_or_of_another_form_or_of_the_approval():
    """Blank where the other form is not there."""
    case = StandingCase(past("X", sum="100"), D(2019, 1, 1), others={"B": past("X", bank="6")})
    cells = (ColumnSource(fixed="1"), ColumnSource("B", "bank"), ColumnSource("C", "bank"),
             ColumnSource("", "sum"))  # fmt: skip
    assert [case.text(cell) for cell in cells] == ["1", "6", "", "100"]
