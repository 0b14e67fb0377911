"""A form opened from a register begins with its rows."""

import pytest

from tests.registers.records import issue
from tests.web.conftest import KEEPER

PROBLEM = {
    "object": "测试甲",
    "problem_type": "漏保",
    "deadline": "2018-06-30",
    "issue_date": "2018-05-10",
}


@pytest.fixture
def problem(db):
    """One problem of 旧城村."""
    return issue("ZF-02", 7, PROBLEM)


def test_the_ledger_begins_with_the_problems_of_the_town(sign_in, problem):
    """Their numbers are whole case numbers, so that a scan can bear them."""
    page = sign_in().get("/forms/ZF-03", {"town": "钟宝镇", "given": "problems"}).content.decode()
    assert f'value="{problem.case_no}"' in page
    assert problem.case_no not in sign_in().get("/forms/ZF-03", {"town": "钟宝镇"}).content.decode()


def test_counts_are_given_by_village(sign_in, problem):
    """For the meeting."""
    page = sign_in().get("/forms/ZF-05", {"town": "钟宝镇", "given": "problems"}).content.decode()
    assert 'name="counts-0-ct_missing"' in page
    assert 'value="旧城村"' in page


@pytest.mark.parametrize(
    "asked", [{"given": "nothing"}, {"given": "notices"}, {"given": "problems"}]
)
def test_what_is_not_given_is_not_there(sign_in, problem, asked):
    """No such register, none for this form, no town yet."""
    page = sign_in().get("/forms/ZF-03", asked).content.decode()
    assert problem.case_no not in page


def test_only_rows_of_the_area_are_given(sign_in, problem):
    """Whatever town an address names."""
    issue("ZF-02", 8, {**PROBLEM, "village": "民主村"})
    page = (
        sign_in(*KEEPER)
        .get("/forms/ZF-03", {"town": "钟宝镇", "given": "problems"})
        .content.decode()
    )
    assert "ZF-103200-2018-0008" not in page
