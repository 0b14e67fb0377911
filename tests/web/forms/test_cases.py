"""What a case holds already is shown on the next form's page, and locked."""

import re

import pytest

from filler.models import Issued
from minzheng.accounts.models import AuditEntry, Role
from tests.filler.rosters import PEOPLE


@pytest.fixture
def applied(sign_in, posted):
    """A county clerk's browser, and the application that was issued with it."""
    browser = sign_in()
    browser.post("/forms/DB-01", posted("DB-01"))
    return browser, Issued.objects.get()


def field(page: str, slug: str) -> str:
    """The tag of an input."""
    return re.search(rf'<(?:input|textarea|select)[^>]*id="f-{slug}"[^>]*>', page)[0]


def test_a_case_offers_the_next_form(applied):
    """The forms that take something over come first, with the case number."""
    browser, issued = applied
    page = browser.get(f"/cases/{issued.case_no}").content.decode()
    assert f"/documents/{issued.pk}" in page
    assert f"/forms/DB-02?case_no={issued.case_no}" in page
    assert "从 DB-01 取来相同的内容" in page


def test_what_the_case_holds_is_prefilled_and_locked(applied):
    """Read-only, with its document; computed values follow from it."""
    browser, issued = applied
    page = browser.get(f"/forms/DB-02?case_no={issued.case_no}").content.decode()
    for slug in ("name", "town", "hukou_type", "members-0-m_name", "members-1-m_health"):
        assert "readonly" in field(page, slug)
        assert "name=" not in field(page, slug)
    assert f'value="{issued.answers["name"]}"' in field(page, "name")
    assert f'来自 <a href="/documents/{issued.pk}">DB-01 {issued.issued_at:%Y}' in page
    assert re.search('<output id="d-gender">[男女]</output>', page)
    assert "more:members" not in page
    assert "readonly" not in field(page, "check_report_no")


def test_the_case_is_taken_by_a_button(applied):
    """Without JavaScript: what was typed stays, the case's own takes its place."""
    browser, issued = applied
    typed = {"action": "case", "case_no": issued.case_no.lower(), "check_report_no": "HD-7",
             "name": "测试别人"}  # fmt: skip
    answer = browser.post("/forms/DB-02", typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="HD-7"' in field(page, "check_report_no")
    assert f'value="{issued.answers["name"]}"' in field(page, "name")
    assert "已经取来并锁定" in page


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


def test_another_villages_case_gives_nothing(applied, sign_in):
    """Neither its page nor its people; not while typing either."""
    _, issued = applied
    keeper = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "得胜村")
    assert keeper.get(f"/cases/{issued.case_no}").status_code == 404
    for answer in (
        keeper.get(f"/forms/DB-02?case_no={issued.case_no}"),
        keeper.post("/forms/DB-02/preview", {"case_no": issued.case_no}),
        keeper.post("/forms/DB-02", {"case_no": issued.case_no, "action": "issue"}),
    ):
        assert issued.answers["name"] not in answer.content.decode()
    assert "不属于您办理的范围" in answer.content.decode()


def test_while_typing_the_rules_of_history_speak(sign_in, posted):
    """A second case of the same person is pointed out before issuing."""
    browser = sign_in()
    browser.post("/forms/DB-02", posted("DB-02"))
    case_no = Issued.objects.get().case_no
    page = browser.post("/forms/DB-02/preview", posted("DB-02")).content.decode()
    assert f"此人已有 DB-02，编号 {case_no}" in page


def test_a_notice_is_gathered_from_approved_cases(sign_in, posted):
    """Choose village, scheme and day: the rows are there, locked, with their documents."""
    browser = sign_in()
    browser.post("/forms/DB-02", posted("DB-02"))
    issued = Issued.objects.get()
    data = {key: value for key, value in posted("GS-01").items() if not key.startswith("rows-")}
    data |= {"as_of": "2026-06-30", "post_date": "2026-07-01", "action": "case"}
    page = browser.post("/forms/GS-01", data).content.decode()
    assert f'value="{issued.answers["name"]}"' in field(page, "rows-0-name")
    assert "readonly" in field(page, "rows-0-month_amount")
    assert "readonly" not in field(page, "rows-0-remark")
    assert "readonly" not in field(page, "rows-1-name")
    assert "前 1 行取自系统中已审批的案件" in page
    assert not any(number in page for number in PEOPLE)
    rows = dict(re.findall(r'name="(rows-0-\w+)" value="([^"]*)"', page))
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    final = data | rows | {"rows-0-remark": "新增", "seen": seen, "action": "issue"}
    answer = browser.post("/forms/GS-01", final, follow=True)
    assert "已生成" in answer.content.decode()
    (row,) = Issued.objects.get(form_id="GS-01").answers["rows"]
    assert (row["name"], row["remark"]) == (issued.answers["name"], "新增")


def test_a_keeper_gathers_the_own_village_only(sign_in, posted):
    """Another village's households do not come with a guess at its name."""
    sign_in().post("/forms/DB-02", posted("DB-02"))
    name = Issued.objects.get().answers["name"]
    data = posted("GS-01") | {"as_of": "2026-06-30", "action": "case"}
    data = {key: value for key, value in data.items() if not key.startswith("rows-")}
    keeper = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "得胜村")
    assert name not in keeper.post("/forms/GS-01", data).content.decode()


def test_a_document_is_made_again_to_the_letter(applied):
    """The same bytes as were issued; without its parts it says to use the kept file."""
    browser, issued = applied
    kept = browser.get(f"/documents/{issued.pk}/word").content
    again = browser.get(f"/documents/{issued.pk}/reissue")
    assert again.content == kept
    assert AuditEntry.objects.latest("pk").what.startswith("重出 DB-01")
    Issued.objects.update(template_sha256="")
    answer = browser.get(f"/documents/{issued.pk}/reissue")
    assert answer.status_code == 409
    assert "没有保存当时的模板" in answer.content.decode()
