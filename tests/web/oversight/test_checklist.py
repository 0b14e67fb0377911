"""The inspector's checklist and the checks of papers."""

import re

import pytest

from minzheng.accounts.models import Role
from minzheng.county.registry.checks import load_checks
from minzheng.county.registry.questions import load_questions
from tests.web.conftest import put_paper

pytestmark = pytest.mark.django_db
A = "11010519491231002X"
PLACE = ("钟宝镇", "旧城村")


@pytest.fixture(autouse=True)
def papers():
    death = f"姓名 测试甲 身份证号 {A}\n死亡日期 2018年5月5日"
    put_paper(*PLACE, death, dossier="BZ", name="死亡登记", form_id="BZ-01", year="2018")
    roster = f"2018年6月花名册\n1 测试甲 {A} 245.00"
    put_paper(*PLACE, roster, dossier="DB", name="花名册", form_id="DB-03", year="2018")


def test_every_question_has_its_line(sign_in):
    """With the number of files, or what must be filled in first, or why not yet."""
    page = sign_in(Role.INSPECTOR).get("/checklist").content.decode()
    for question in load_questions():
        assert f'id="q{question.no}"' in page
        assert question.not_yet in page
    assert "先填姓名" in page
    assert "民发〔2021〕43号：2021-07-01 起，现行有效" in page
    assert len(page) < 100_000


def test_the_links_carry_what_was_chosen(sign_in):
    """Village, year, quarter, name and number."""
    given = {
        "village": "103200", "year": "2018", "quarter": "2", "name": "测试甲", "number": A,
    }  # fmt: skip
    answer = sign_in(Role.INSPECTOR).post("/checklist", given, follow=True)
    assert all(A not in address for address, _ in answer.redirect_chain)
    page = answer.content.decode()
    assert f"q=%E8%BA%AB%E4%BB%BD%E8%AF%81%3A{A}" not in page
    assert "/doubts/paid_after_death/103200?year=2018" in page
    assert "2018-04..2018-06" in page.replace("%3A", ":").replace("%2E", ".")
    assert "/traces?name=%E6%B5%8B%E8%AF%95%E7%94%B2" in page
    line = page.split('id="q2"')[1].split("</li>")[0]
    assert re.search(r">\s*2 件\s*<", line)


def test_a_number_in_an_address_is_replaced(sign_in):
    """Whoever types it there; another person's address tells nothing."""
    answer = sign_in().get("/checklist", {"number": A})
    assert answer.status_code == 302
    assert A not in answer["Location"]
    page = sign_in(Role.INSPECTOR).get(answer["Location"]).content.decode()
    assert A not in page


@pytest.mark.parametrize(
    "given",
    [
        {"village": "x", "year": "20180", "quarter": "9"},
        {"name": '"' * 50, "number": "'; --"},
        {"name": "\0", "year": "二〇一八"},
    ],
)
def test_odd_choices_are_no_choices(sign_in, given):
    """And no error."""
    assert sign_in().get("/checklist", given).status_code == 200


@pytest.mark.parametrize("rule", [one.id for one in load_checks().all])
def test_every_check_runs_on_any_archive(sign_in, rule):
    """On papers of other kinds, too."""
    assert sign_in().get(f"/doubts/{rule}/all").status_code == 200


def test_nothing_of_another_place_or_dossier_is_compared(sign_in):
    """Who may not see the roster sees no doubt about it."""
    keeper = sign_in(Role.VILLAGE_KEEPER, "城关镇", "蔬菜村")
    assert "测试甲" not in keeper.get("/doubts/paid_after_death/all").content.decode()
    assert keeper.get("/doubts/paid_after_death/103200").status_code == 404
    page = keeper.get("/checklist", {"village": "103200"}).content.decode()
    assert "旧城村" not in page


@pytest.mark.parametrize("address", ["/doubts/no_such/all", "/doubts/paid_after_death/999"])
def test_an_unknown_check_is_not_found(sign_in, address):
    """And no error."""
    assert sign_in().get(address).status_code == 404
