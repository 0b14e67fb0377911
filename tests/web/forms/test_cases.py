"""What a case holds already is shown on the next form's page, and locked."""

import re
from urllib.parse import quote

from filler.models import Issued
from minzheng.accounts.models import Role
from tests.filler.rosters import PEOPLE
from tests.web.conftest import closed_up
from tests.web.forms.conftest import field


def test_a_case_offers_the_next_form(applied):
    """The forms that take something over come first, with the case number."""
    browser, issued = applied
    page = browser.get(f"/cases/{issued.case_no}").content.decode()
    assert f"/documents/{issued.pk}" in page
    assert f"/forms/DB-02?case_no={issued.case_no}" in page
    assert "从 DB-01 取来相同的内容" in page


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


def steps(page: str) -> dict[str, str]:
    """The state of each step, as the page says."""
    found = re.findall(r"<li[^>]*><b>(\w+)</b><span class=\"state \w+\">(\w+)", closed_up(page))
    return dict(found)


def test_every_step_is_shown_in_order_one_click_away(applied):
    """Also those that copy nothing; the first that is missing is the next."""
    browser, issued = applied
    page = browser.get(f"/cases/{issued.case_no}").content.decode()
    told = steps(page)
    assert list(told) == [
        "申请", "授权", "受理", "调查", "评议", "公示", "审批", "公布", "发放", "复核", "停发",
    ]  # fmt: skip
    assert (told["申请"], told["授权"], told["受理"]) == ("已出具", "没做", "按需要")
    assert (told["评议"], told["复核"]) == ("没做", "没做")
    assert closed_up(page).count("<small>下一步</small>") == 1
    assert re.search(r"aria-current=\"step\"><b>授权", closed_up(page))
    for form_id in ("COM-01", "COM-03", "COM-04", "COM-05", "COM-06", "DB-02", "DB-05", "COM-07"):
        assert f"/forms/{form_id}?case_no={issued.case_no}" in page, form_id
    assert f"/forms/DB-01?case_no={issued.case_no}" not in page.split("本案的其他表")[0]
    for form_id in ("GS-03", "GS-04", "DB-03"):
        assert f"/forms/{form_id}?from_case={issued.case_no}" in page, form_id
    assert "GS-02" not in page


def test_a_list_that_names_the_person_proves_its_step(applied, posted):
    """And no other list of the village does."""
    browser, issued = applied
    notice = posted("COM-05") | {"rows-0-name": "测试别人"}
    notice = {key: value for key, value in notice.items() if not re.match("rows-[1-9]", key)}
    browser.post("/forms/COM-05", notice)
    where = f"/cases/{issued.case_no}"
    assert steps(browser.get(where).content.decode())["公示"] == "没做"
    browser.post("/forms/COM-05", notice | {"rows-0-name": issued.answers["name"]})
    assert Issued.objects.filter(form_id="COM-05").count() == 2
    assert steps(browser.get(where).content.decode())["公示"] == "已出具"


def test_a_paper_that_may_not_be_opened_has_its_day_apart(sign_in, posted):
    """The town's own list proves the step on the page of the village, and is no link there."""
    clerk = sign_in(Role.COUNTY_CLERK)
    clerk.post("/forms/CB-01", posted("CB-01"))
    issued = Issued.objects.get(form_id="CB-01")
    paid = posted("CB-07") | {"rows-0-kind": "两项", "rows-0-amount": "140.00"}
    clerk.post("/forms/CB-07", {k: v for k, v in paid.items() if not re.match("rows-[1-9]", k)})
    assert Issued.objects.filter(form_id="CB-07").exists()
    keeper = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "旧城村")
    page = keeper.get(f"/cases/{issued.case_no}").content.decode()
    assert re.search(r"残疾人两项补贴发放明细表(&#32;| )\s*<small>2018-06-15", page)


def test_the_heading_keeps_the_person(applied, posted):
    """Also after a paper that names nobody of its own."""
    browser, issued = applied
    browser.post("/forms/COM-05", posted("COM-05") | {"case_no": issued.case_no})
    page = browser.get(f"/cases/{issued.case_no}").content.decode()
    heading = page.split("</h1>")[1][:200]
    assert issued.answers["name"] in heading


def test_a_report_on_a_notice_stands_in_its_case(applied, posted):
    """By the number of the notice; opened from the case it is not refused."""
    browser, issued = applied
    browser.post("/forms/COM-05", posted("COM-05") | {"case_no": issued.case_no})
    report = posted("COM-06") | {"notice_no": issued.case_no, "case_no": issued.case_no}
    browser.post("/forms/COM-06", report)
    assert Issued.objects.get(form_id="COM-06").case_no == issued.case_no


def test_a_case_of_a_dossier_without_steps_has_none(sign_in, posted):
    """Its documents and forms are shown."""
    browser = sign_in()
    browser.post("/forms/BZ-01", posted("BZ-01"))
    issued = Issued.objects.get()
    page = browser.get(f"/cases/{issued.case_no}").content.decode()
    assert "办理步骤" not in page
    assert "本案的文书" in page


def test_the_name_leads_to_the_person(applied):
    """To 查人, for whoever may search."""
    browser, issued = applied
    page = browser.get(f"/cases/{issued.case_no}").content.decode()
    name = issued.answers["name"]
    assert f'href="/traces?name={quote(name)}"' in page.split("</h1>")[1][:400]


def test_a_draft_that_was_gone_on_with_was_not_corrected(sign_in, posted):
    """It was a 送审稿 all along; the newest edition takes its place."""
    county = sign_in()
    sent = dict.fromkeys(("c_opinion", "c_date", "c_amount", "cert_no"), "")
    county.post("/forms/DB-02", posted("DB-02") | sent)
    draft = Issued.objects.get()
    county.post("/forms/DB-02", posted("DB-02") | {"case_no": draft.case_no, "seen": f"{draft.pk}"})
    assert Issued.objects.count() == 2
    page = county.get(f"/cases/{draft.case_no}").content.decode()
    assert "送审稿，已由下一版替换" in page
    assert "已更正" not in page
