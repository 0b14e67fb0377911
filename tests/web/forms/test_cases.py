"""What a case holds already is shown on the next form's page, and locked."""

import re

from filler.models import Issued
from minzheng.accounts.models import Role
from tests.filler.rosters import PEOPLE
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
