"""Looking at answers and issuing them: nothing unseen, nothing twice."""

import re

from filler.models import Issued
from minzheng.accounts.models import AuditEntry


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
