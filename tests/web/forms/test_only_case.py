"""A later paper of somebody with one running case stands in it, and the page says so."""

import re

import pytest

from filler.models import Issued, KnownPerson
from tests.web.forms.conftest import field


def surveys():
    return Issued.objects.filter(form_id="COM-03")


def test_the_one_running_case_is_taken_and_said(applied, posted):
    """Nothing is issued before what came from the case was looked at."""
    browser, issued = applied
    survey = posted("COM-03")
    page = browser.post("/forms/COM-03", survey).content.decode()
    assert not surveys().exists()
    assert "填在哪个案件里" not in page
    assert "此人只有一个在办案件，已归入" in page
    assert f'value="{issued.case_no}"' in field(page, "case_no")
    assert survey["conclusion"] in page
    assert "已经取来并锁定" in page
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1]
    browser.post("/forms/COM-03", survey | {"case_no": issued.case_no, "seen": seen})
    assert surveys().get().case_no == issued.case_no


def test_another_case_may_be_meant_all_the_same(applied, posted):
    """The number that the page put there is none that somebody typed."""
    browser, issued = applied
    joined = {"case_no": issued.case_no, "joined_case": issued.case_no, "which_case": "new"}
    page = browser.post("/forms/COM-03", posted("COM-03") | joined | {"action": "check"})
    assert "已归入" not in page.content.decode()
    assert f'value="{issued.case_no}"' not in page.content.decode()
    browser.post("/forms/COM-03", posted("COM-03") | joined)
    assert surveys().get().case_no != issued.case_no


def test_a_number_that_was_typed_stays(applied, posted):
    """The button of another page takes no number away that somebody wrote."""
    browser, issued = applied
    told = {"case_no": issued.case_no, "joined_case": "", "which_case": "new", "action": "check"}
    page = browser.post("/forms/COM-03", posted("COM-03") | told).content.decode()
    assert f'value="{issued.case_no}"' in page


@pytest.mark.parametrize("action", ["keep", "more:neighbours"])
def test_a_page_that_only_grows_or_is_kept_stays_as_it_is(applied, posted, action):
    """It is put in the case when it is checked or issued."""
    browser, _ = applied
    page = browser.post("/forms/COM-03", posted("COM-03") | {"action": action}).content.decode()
    assert "已归入" not in page


def test_a_form_opened_for_a_known_person_says_it_at_once(applied):
    """With what the case gives already there."""
    browser, issued = applied
    person = KnownPerson.objects.get(id_no=issued.id_no)
    page = browser.get(f"/forms/COM-03?person={person.pk}").content.decode()
    assert "此人只有一个在办案件，已归入" in page
    assert page.count("来自") > 3


def test_of_two_schemes_none_is_taken(applied, posted):
    """A form that may be of either waits until its 救助项目 is said."""
    browser, issued = applied
    who = {slug: issued.answers[slug] for slug in ("name", "id_no", "town", "village")}
    browser.post("/forms/ZF-09", posted("ZF-09") | who)
    assert Issued.objects.filter(form_id="ZF-09").exists()
    person = KnownPerson.objects.filter(id_no=issued.id_no).first()
    page = browser.get(f"/forms/COM-03?person={person.pk}").content.decode()
    assert "已归入" not in page
