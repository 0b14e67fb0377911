"""What lies outside a person's place or dossiers is not issued."""

import pytest

from minzheng.accounts.areas import Area
from minzheng.accounts.models import Role
from minzheng.web.forms.own_area import outside_area


def test_a_keeper_fills_for_the_own_village_only(sign_in, posted):
    """旧城村's paper is not 得胜村's business."""
    browser = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "得胜村")
    answer = browser.post("/forms/DB-01", posted("DB-01"))
    assert answer.status_code == 422
    assert "您的账号只办理钟宝镇得胜村的业务" in answer.content.decode()


@pytest.mark.parametrize(
    ("place", "answers", "where"),
    [
        (Area(), {"town": "城关镇", "village": "蔬菜村"}, ""),
        (Area(town="钟宝镇"), {"town": "钟宝镇", "village": "旧城村"}, ""),
        (Area(town="钟宝镇"), {}, ""),
        (Area(town="钟宝镇"), {"town": "城关镇"}, "镇、村"),
        (Area(town="钟宝镇", village="旧城村"), {"town": "钟宝镇", "village": "民主村"}, "镇、村"),
        (Area(is_nothing=True), {"town": "钟宝镇"}, "镇、村"),
        (Area(forbidden=frozenset({"ET"})), {"case_no": " et-103200-2018-0001"}, "案件编号"),
        (Area(), {"case_no": "ET-103200-2018-0001"}, ""),
    ],
)
def test_place_and_dossier_of_the_answers_are_looked_at(db, place, answers, where):
    """What names neither belongs to whoever fills it."""
    problem = outside_area(place, "zhang", answers)
    assert (problem.where if problem else "") == where


def test_nothing_is_added_to_a_case_one_does_not_see(applied):
    """Its own clerk goes on with it."""
    _, issued = applied
    answers = {"case_no": issued.case_no}
    other = Area(town="城关镇")
    assert outside_area(other, issued.issued_by, answers) is None
    problem = outside_area(other, "zhang", answers)
    assert "不属于您办理的范围" in str(problem)
