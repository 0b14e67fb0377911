"""Where a case stands."""

import datetime as dt

import pytest

from minzheng.county.county import read_county
from minzheng.county.registry.required_papers import Scheme, Step
from minzheng.inspection.next_steps import Known, StepPaper, steps_of

SCHEME = Scheme(
    "DB",
    (
        Step("申请", frozenset({"DB-01"})),
        Step("受理", frozenset({"COM-02"}), only_if_needed=True),
        Step("评议", frozenset(), frozenset({"COM-04"}), until=dt.date(2021, 6, 30)),
        Step("审批", frozenset({"DB-02"})),
        Step("发放", frozenset(), frozenset({"GS-04", "DB-03"})),
        Step("复核", frozenset({"DB-05", "COM-09"}), again="低保核查·每年"),
        Step("停发", frozenset({"TK-06", "COM-07"}), only_if_needed=True),
    ),
)
TODAY = dt.date(2018, 8, 1)


def paper(form_id: str, month: int = 5, year: int = 2018) -> StepPaper:
    return StepPaper(form_id, 1, dt.date(year, month, 10))


def states(*papers: StepPaper, today: dt.date = TODAY, is_ended: bool = False) -> str:
    known = Known(
        today, lambda _, __: 12, endings=frozenset({"COM-07", "COM-09"}), is_ended=is_ended
    )
    return " ".join(f"{one.name}:{one.state}" for one in steps_of(SCHEME, papers, known))


APPLIED = (paper("DB-01", 4),)
APPROVED = (*APPLIED, paper("COM-04"), paper("DB-02", 6))
PAID = (*APPROVED, paper("GS-04", 7))


@pytest.mark.parametrize(
    ("papers", "said"),
    [
        ((), "申请:下一步 受理:按需要 评议:还没到 审批:还没到 发放:还没到 复核:还没到 停发:按需要"),
        (
            APPLIED,
            "申请:已办 受理:按需要 评议:下一步 审批:还没到 发放:还没到 复核:还没到 停发:按需要",
        ),
        (APPROVED, "申请:已办 受理:按需要 评议:已办 审批:已办 发放:下一步 复核:还没到 停发:按需要"),
        (PAID, "申请:已办 受理:按需要 评议:已办 审批:已办 发放:已办 复核:还没到 停发:按需要"),
    ],
)
def test_the_first_needed_step_without_paper_is_the_next(papers, said):
    """What comes after it has not come yet."""
    assert states(*papers) == said


def test_what_the_law_no_longer_asks_is_not_needed():
    """By the day the case began."""
    assert "评议:不用办 审批:下一步" in states(paper("DB-01", 4, 2022), today=dt.date(2022, 5, 1))


def test_a_review_comes_again_after_its_term():
    """Counted from the decision, then from the last review; lists do not put it off."""
    assert "复核:还没到" in states(*PAID, today=dt.date(2019, 6, 8))
    assert "复核:下一步" in states(*PAID, today=dt.date(2019, 6, 9))
    again = (*PAID, paper("COM-09", 5, 2019))
    assert "复核:已办" in states(*again, today=dt.date(2020, 5, 8))
    assert "复核:下一步" in states(*again, today=dt.date(2020, 5, 9))


def test_the_day_of_a_review_is_told():
    """On its step."""
    known = Known(TODAY, lambda _, __: 12)
    assert steps_of(SCHEME, PAID, known)[5].due == dt.date(2019, 6, 9)
    assert steps_of(SCHEME, APPLIED, known)[5].due is None


def test_a_letter_that_stops_nothing_is_no_end():
    """A stopped case needs nothing more."""
    letter = paper("COM-07", 8)
    assert "停发:按需要" in states(*PAID, letter)
    said = states(*APPROVED, letter, is_ended=True, today=dt.date(2022, 1, 1))
    assert "发放:不用办 复核:不用办 停发:已办" in said


def test_the_cases_own_forms_come_before_lists():
    """As they are offered."""
    known = Known(TODAY, lambda _, __: None)
    assert steps_of(SCHEME, (), known)[5].forms == ("COM-09", "DB-05")


def test_the_countys_review_has_a_term():
    """registry/completeness.toml names one that registry/terms.toml knows."""
    county = read_county()
    steps = [step for one in county.required.schemes.values() for step in one.steps if step.again]
    assert [county.terms.on(step.again, TODAY) for step in steps] == [12]
