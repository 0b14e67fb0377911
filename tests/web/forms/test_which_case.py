"""A form for somebody with a running case: in which case it is to stand."""

import re

import pytest

from filler.models import Issued
from minzheng.accounts.models import Role


def cases() -> set[str]:
    return set(Issued.objects.values_list("case_no", flat=True))


def test_a_form_without_number_asks_in_which_of_several_cases_it_stands(applied, posted):
    """Nothing is issued, nothing typed is lost; a click says which."""
    browser, issued = applied
    browser.post("/forms/DB-01", posted("DB-01") | {"which_case": "new"})
    assert len(cases()) == 2
    survey = posted("COM-03")
    page = browser.post("/forms/COM-03", survey).content.decode()
    assert not Issued.objects.filter(form_id="COM-03").exists()
    assert "填在哪个案件里" in page
    assert all(f'value="{case_no}"' in page for case_no in cases())
    assert survey["conclusion"] in page
    page = browser.post("/forms/COM-03", survey | {"which_case": issued.case_no}).content.decode()
    assert "填在哪个案件里" not in page
    assert "已经取来并锁定" in page
    assert f'value="{issued.case_no}"' in page


def test_another_case_is_opened_only_when_that_is_said(applied, posted):
    """By its button."""
    browser, _ = applied
    browser.post("/forms/COM-03", posted("COM-03") | {"which_case": "new"})
    assert len(cases()) == 2


def test_a_second_application_asks_too(applied, posted):
    """Any form that would open a case of the same scheme."""
    browser, issued = applied
    page = browser.post("/forms/DB-01", posted("DB-01")).content.decode()
    assert "填在哪个案件里" in page
    assert cases() == {issued.case_no}


def test_an_ended_case_is_not_asked_for(applied, posted):
    """Who was stopped may apply again."""
    browser, issued = applied
    stop = posted("COM-07") | {
        "case_no": issued.case_no, "id_no": issued.id_no, "addressee": issued.answers["name"],
        "decision": "停发", "old_amount": "100.00", "new_amount": "0.00",
        "effective_month": "2018-07",
    }  # fmt: skip
    browser.post("/forms/COM-07", stop)
    assert Issued.objects.filter(form_id="COM-07").exists()
    assert "填在哪个案件里" not in browser.post("/forms/DB-01", posted("DB-01")).content.decode()
    assert len(cases()) == 2


def test_a_case_that_may_not_be_seen_is_not_told(applied, sign_in, posted):
    """Not even that there is one."""
    assert applied
    elsewhere = sign_in(Role.TOWN_CLERK, "城关镇")
    page = elsewhere.post("/forms/COM-03", posted("COM-03")).content.decode()
    assert "此人已有" not in page


def test_another_scheme_and_a_number_are_not_asked_about(applied, posted):
    """A survey for 特困 stands in no case of 低保; a correction in that of its document."""
    browser, issued = applied
    assert (
        "填在哪个案件里"
        not in browser.post("/forms/COM-03", posted("COM-03") | {"scheme": "特困"}).content.decode()
    )
    page = browser.post(f"/forms/DB-01?corrects={issued.pk}", posted("DB-01")).content.decode()
    assert "填在哪个案件里" not in page


def test_a_form_opened_from_a_case_knows_place_and_scheme(applied):
    """With its number, or beside it for a list with a number of its own."""
    browser, issued = applied
    page = browser.get(f"/forms/GS-04?from_case={issued.case_no}").content.decode()
    assert f"<option selected>{issued.answers['town']}" in page or "钟宝镇" in page
    assert 'value="低保" checked' in page or "低保" in page
    assert issued.case_no not in page.split("案件编号")[1][:600]


def test_a_list_of_one_days_decisions_knows_the_day_of_the_case(sign_in, posted):
    """Opened from a case that was decided it stands there with its row: nothing is typed again."""
    browser = sign_in(Role.COUNTY_CLERK)
    browser.post("/forms/GL-01", posted("GL-01"))
    issued = Issued.objects.get(form_id="GL-01")
    page = browser.get(f"/forms/GS-03?from_case={issued.case_no}").content.decode()
    assert 'value="2018-05-30"' in page
    assert f'value="{issued.answers["name"]}"' in page
    Issued.objects.filter(pk=issued.pk).update(waits_for="c")
    page = browser.get(f"/forms/GS-03?from_case={issued.case_no}").content.decode()
    assert 'value="2018-05-30"' not in page


@pytest.mark.parametrize(
    ("form_id", "words"),
    [
        ("COM-05", "取在办的各户 先填好镇、村（社区）、公示事项、公示开始"),
        ("COM-04", "取在办的各户"),
        ("GS-01", "取已审批的各户"),
        ("DB-02", "取本案已填的内容"),
    ],
)
def test_a_button_says_whom_it_brings_and_what_it_asks(sign_in, form_id, words):
    """Nobody on a notice before the decision is approved yet."""
    page = sign_in(Role.COUNTY_CLERK).get(f"/forms/{form_id}").content.decode()
    assert [one for one in words.split() if one not in page] == []


def test_a_case_of_tekun_tells_its_scheme(sign_in, posted):
    """Its dossier is called 特困供养, on most forms it is 特困."""
    browser = sign_in(Role.TOWN_CLERK, "钟宝镇")
    browser.post("/forms/TK-01", posted("TK-01"))
    issued = Issued.objects.get(form_id="TK-01")
    page = browser.get(f"/forms/GS-04?from_case={issued.case_no}").content.decode()
    assert re.search(r"<option selected>特困</option>|value=\"特困\"\s+checked", page)
