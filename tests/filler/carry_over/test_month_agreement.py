"""A month's summary says what the month brought for each case."""

import pytest

from filler.form.form_data import Refused
from tests.filler.one_case.papers import DIBAO, issue_case

ROW = {
    "village": "旧城村", "head": "测试周桂兰", "id_no": "11010519491231002X", "kind": "新增",
    "old_n": 0, "new_n": 2, "old_a": "0.00", "new_a": "285.62", "why": "年老体弱",
    "from_month": "2018-06", "decide_date": "2018-05-07",
}  # fmt: skip
CASE = "DB-103200-2018-0001"


@pytest.fixture
def summary(fill, answers_of):
    """Issues a summary of one row; the household's case stands behind it."""
    issue_case(DIBAO[:9], fill, answers_of)

    def run(month="2018-06", **cells):
        head = {"month": month, "decide_to": "2018-12-31"}
        return fill("DB-04", answers_of("DB-04") | head | {"rows": [ROW | cells]})

    return run


def problems(outcome) -> dict[str, str]:
    return {one.field: one.what for one in outcome.problems}


def test_a_row_as_the_case_says_is_issued(summary):
    """Without a word."""
    made = summary()
    assert not isinstance(made, Refused), [str(one) for one in made.problems]
    assert not made.warnings


@pytest.mark.parametrize(
    ("column", "value", "right"),
    [("new_a", "285.63", "285.62"), ("new_n", 3, "2"), ("head", "测试周桂", "测试周桂兰"),
     ("village", "民主村", "旧城村")],
)  # fmt: skip
def test_each_figure_must_be_that_of_the_case(summary, column, value, right):
    """Both places are named: the cell and the paper, with the number of the case."""
    refused = summary(**{column: value})
    assert isinstance(refused, Refused)
    told = problems(refused)[f"rows[0].{column}"]
    assert f"应是“{right}”" in told
    assert CASE in told
    assert "DB-02" in told


def test_the_kind_must_be_that_of_the_month(summary):
    """What was cut in December is no stop, and nothing in July."""
    cut = {"kind": "减发", "old_n": 2, "new_n": 2, "old_a": "285.62", "new_a": "175.00",
           "from_month": "2018-12", "decide_date": "2018-11-26"}  # fmt: skip
    assert not problems_of_rows(summary("2018-12", **cut))
    wrong = summary("2018-12", **cut | {"kind": "增发", "new_a": "385.00"})
    assert set(problems(wrong)) == {"rows[0].kind", "rows[0].new_a"}
    assert "COM-09" in problems(wrong)["rows[0].kind"]
    early = summary("2018-07", **cut | {"from_month": "2018-07"})
    assert "这一月没有增减" in problems(early)["rows[0].kind"]
    assert CASE in problems(early)["rows[0].kind"]


def problems_of_rows(outcome) -> list[str]:
    return [one.field for one in getattr(outcome, "problems", ()) if one.field.startswith("rows")]


def test_who_has_no_case_is_pointed_out_and_who_is_left_out_too(summary):
    """A household of before the system is summed up as before."""
    made = summary(head="测试吴德才", id_no="610927193804120136")
    assert not isinstance(made, Refused)
    told = problems_told(made.warnings)
    assert "没有“测试吴德才”" in told["rows[0].head"]
    assert f"测试周桂兰（新增，{CASE}）" in told["rows"]


def problems_told(warnings) -> dict[str, str]:
    return {one.field: one.what for one in warnings}


def test_a_row_of_another_month_is_held_against_that_month(summary):
    """What was forgotten in June is added in July."""
    assert not problems_of_rows(summary("2018-07"))
    assert problems_of_rows(summary("2018-07", new_a="300.00")) == ["rows[0].new_a"]
