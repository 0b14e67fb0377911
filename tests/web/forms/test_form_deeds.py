"""Looking at answers and issuing them: nothing unseen, nothing twice."""

import re

import pytest

from filler.models import Issued, KnownPerson
from minzheng.accounts.models import AuditEntry
from tests.web.forms.conftest import field


def test_nothing_is_issued_before_it_was_seen(applied, posted):
    """A case number typed at the end shows first what it brings; then it is issued."""
    browser, issued = applied
    data = posted("DB-02") | {"case_no": issued.case_no}
    answer = browser.post("/forms/DB-02", data)
    page = answer.content.decode()
    assert "请核对" in page
    assert Issued.objects.count() == 1
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    locked = set(re.findall(r'class="locked" id="f-([\w-]+)"', page))
    rest = {key: value for key, value in data.items() if key not in locked}
    answer = browser.post("/forms/DB-02", rest | {"seen": seen}, follow=True)
    assert "已生成" in answer.content.decode()
    assert Issued.objects.get(form_id="DB-02").answers["name"] == issued.answers["name"]


def test_while_typing_the_rules_of_history_speak(sign_in, posted):
    """A second case of the same person is pointed out before issuing."""
    browser = sign_in()
    browser.post("/forms/DB-02", posted("DB-02"))
    case_no = Issued.objects.get().case_no
    page = browser.post("/forms/DB-02/preview", posted("DB-02")).content.decode()
    assert f"此人已有 DB-02，编号 {case_no}" in page


def test_whose_documents_filled_a_page_is_written_down(applied):
    """By form and day; a page that took nothing writes nothing."""
    browser, issued = applied
    browser.get("/forms/DB-02")
    assert not AuditEntry.objects.filter(what__startswith="填表 DB-02").exists()
    browser.get(f"/forms/DB-02?case_no={issued.case_no}")
    entry = AuditEntry.objects.get(action="查看", what__startswith="填表 DB-02")
    assert entry.what.startswith(f"填表 DB-02 {issued.case_no} 取用 DB-01 2")


def test_a_refusal_and_an_issue_are_written_down_apart(sign_in, posted):
    """What was only tried says no number."""
    browser = sign_in()
    browser.post("/forms/DB-01", posted("DB-01") | {"phone": "1"})
    browser.post("/forms/DB-01", posted("DB-01"))
    deeds = AuditEntry.objects.filter(action="更改").order_by("number")
    told = list(deeds.values_list("what", "result"))
    issued = Issued.objects.get()
    assert told == [("填表 DB-01", "未成"), (f"出具 DB-01 {issued.case_no}", "成功")]


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


@pytest.mark.parametrize("name", ["person", "corrects", "draft", "batch"])
def test_an_address_with_a_number_nobody_has_opens_the_form(applied, name):
    """Python itself refuses to read so many digits."""
    browser, _ = applied
    assert browser.get(f"/forms/COM-03?{name}={'9' * 5000}").status_code == 200


def test_of_two_schemes_none_is_taken(applied, posted):
    """A form that may be of either waits until its 救助项目 is said."""
    browser, issued = applied
    who = {slug: issued.answers[slug] for slug in ("name", "id_no", "town", "village")}
    browser.post("/forms/ZF-09", posted("ZF-09") | who)
    assert Issued.objects.filter(form_id="ZF-09").exists()
    person = KnownPerson.objects.filter(id_no=issued.id_no).first()
    page = browser.get(f"/forms/COM-03?person={person.pk}").content.decode()
    assert "已归入" not in page
