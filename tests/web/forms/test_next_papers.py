"""The next paper of a case, one click away."""

import pytest

from filler.models import Issued
from minzheng.accounts.areas import Area
from minzheng.accounts.models import Role
from minzheng.inspection.case_steps import CaseStep, Proof
from minzheng.web.forms.next_papers import links_of, next_paper, next_papers
from tests.web.conftest import closed_up

CASE = "DB-103200-2026-0001"


def step(name: str, *forms: str, **more: object) -> CaseStep:
    return CaseStep(name, more.pop("state", "没做"), forms=forms, **more)


def asked(steps, place=None):
    found = next_paper(CASE, steps, place or Area())
    return found and (found.step.name, found.form_id, found.address)


def test_the_next_step_leads_to_its_form():
    """A paper of the case itself within it, a list of many from it."""
    done = step("申请", "DB-01", state="已出具")
    assert asked([done, step("审批", "DB-02", is_next=True)]) == (
        "审批", "DB-02", f"/forms/DB-02?case_no={CASE}",
    )  # fmt: skip
    assert asked([done, step("发放", "GS-04", is_next=True)]) == (
        "发放", "GS-04", f"/forms/GS-04?from_case={CASE}",
    )  # fmt: skip
    assert asked([done]) is None


def test_a_form_one_does_not_see_is_no_link():
    """The step is told all the same."""
    hidden = Area(forbidden=frozenset({"DB"}))
    assert asked([step("审批", "DB-02", is_next=True)], hidden) == ("审批", "", "")
    assert asked([step("审批", "XX-99", is_next=True)]) == ("审批", "", "")


def test_what_is_done_is_not_offered_again():
    """Of an application no other form either; of other steps what goes with them."""
    proofs = (Proof("申请", form_id="LS-01"),)
    there = step("申请", "LS-01", "LS-02", state="已出具", proofs=proofs)
    assert [one.form_id for one in links_of(there, Area())] == ["LS-02"]
    begun = step("申请", "LS-01", "LS-02", state="已出具", proofs=proofs, is_first=True)
    assert [*links_of(begun, Area())] == []
    waiting = step("申请", "LS-01", "LS-02", is_first=True)
    assert [one.form_id for one in links_of(waiting, Area())] == ["LS-01", "LS-02"]


def test_a_link_says_from_which_forms_it_takes():
    """Of those the case has."""
    (link,) = links_of(step("审批", "DB-02"), Area(), {"DB-01", "COM-03"})
    assert link.sources == "COM-03、DB-01"


@pytest.mark.parametrize("role", [Role.COUNTY_CLERK, Role.TOWN_CLERK])
def test_desk_month_and_case_tell_the_same_next_paper(role, sign_in, posted):
    """With until when there is time."""
    sign_in().post("/forms/DB-01", posted("DB-01"))
    case_no = Issued.objects.get().case_no
    found = next_papers(Area(), {case_no: ("钟宝镇", "旧城村")})[case_no]
    browser = sign_in(role, "钟宝镇" if role == Role.TOWN_CLERK else "")
    page = closed_up(browser.get(f"/cases/{case_no}").content.decode())
    own = page.partition('aria-current="step"')[2].partition("</li>")[0]
    assert found.step.name in own
    assert found.address in own
    assert found.step.told_due in own
    desk = closed_up(sign_in(Role.TOWN_CLERK, "钟宝镇").get("/").content.decode())
    line = desk.partition('id="desk"')[2].partition("</li>")[0]
    assert f"下一步 <b>{found.step.name}</b>" in line
    assert found.address in line
    assert found.step.told_due in line
