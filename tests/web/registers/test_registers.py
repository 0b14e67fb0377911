"""The pages of the registers: counts that open, rows that lead to papers, taken along."""

import io
import re
import zipfile

import docx
import openpyxl
import pytest

from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import AuditEntry, Role
from tests.registers.records import COUNTY_SEAL, issue, scan
from tests.web.conftest import KEEPER, closed_up

NOTICE = {"scheme": "低保", "as_of": "2018-06-30", "post_date": "2018-07-02"}
TEXTS = {"total_person": "3", "total_amount": "890.00"}


@pytest.fixture
def notice(db):
    """One notice of 旧城村 with its stamped scan."""
    one = issue("GS-01", 1, NOTICE, texts=TEXTS)
    return one, scan(one.case_no, "GS-01", [COUNTY_SEAL])


def test_all_registers_are_named_by_group(sign_in):
    """And those of one group alone."""
    page = sign_in().get("/registers/").content.decode()
    assert "应访名单" in page
    assert "公示专栏" in page
    only = sign_in().get("/registers/", {"group": "专栏"}).content.decode()
    assert "应访名单" not in only


def test_what_no_village_has_is_lacking(sign_in):
    """In numbers, never a dash."""
    page = closed_up(sign_in().get("/registers/notices").content.decode())
    assert "没有 232" in page
    assert "另有 232 行还没有表" in page and "全部：232 行" in page
    assert "—" not in page


def test_a_town_opens_to_its_villages(sign_in, notice):
    """With the state of each scheme."""
    page = sign_in().get("/registers/notices", {"open": "103"}).content.decode()
    assert "旧城村" in page
    assert "过期 1" in page
    assert "联坪村" not in page.split('id="rows"', maxsplit=1)[0]


def test_a_page_says_what_waits_for_a_town(sign_in, notice):
    """The forms that get rows of one; nothing once it is chosen."""
    issue("ZF-02", 7, {"object": "测试甲", "issue_date": "2018-05-10"})
    browser = sign_in()
    whole = browser.get("/registers/problems").content.decode()
    assert "可带入 ZF-03、ZF-05、ZF-13" in whole
    of_town = browser.get("/registers/problems", {"town": "钟宝镇"}).content.decode()
    assert "可带入" not in of_town
    assert "带入 ZF-13" in of_town


def test_a_row_leads_to_its_document_and_its_scan(sign_in, notice):
    """Which open."""
    document, paper = notice
    browser = sign_in()
    page = browser.get(
        "/registers/notices", {"village": "旧城村", "scheme": "低保"}
    ).content.decode()
    assert f'href="/documents/{document.pk}"' in page
    assert f'href="/files/{paper.pk}"' in page
    assert "890.00" in page
    assert AuditEntry.objects.filter(action=Action.VIEW, what__contains="公示专栏").exists()


def test_what_is_lacking_can_be_filled(sign_in):
    """With place and scheme."""
    page = (
        sign_in()
        .get("/registers/notices", {"village": "旧城村", "scheme": "特困"})
        .content.decode()
    )
    assert "/forms/GS-01?town=" in page
    assert "/forms/GS-01?town=" not in (
        sign_in(Role.INSPECTOR).get("/registers/notices", {"village": "旧城村"}).content.decode()
    )


def test_a_notice_that_is_not_posted_leads_to_the_report(sign_in, notice):
    """With its number, scheme and place; once posted it does not."""
    browser, number = sign_in(), notice[0].case_no
    asked = {"village": "旧城村", "scheme": "低保"}
    page = browser.get("/registers/notices", asked).content.decode()
    address = re.search(r'href="(/forms/COM-06[^"]+)"', page)[1].replace("&amp;", "&")
    form = browser.get(address).content.decode()
    assert f'value="{number}"' in re.search(r'<input[^>]+name="notice_no"[^>]*>', form)[0]
    issue("COM-06", 1, {"notice_no": number, "post_date": "2018-07-02"})
    assert "/forms/COM-06" not in browser.get("/registers/notices", asked).content.decode()


def test_an_account_sees_its_area_only(sign_in, notice):
    """Counts, rows and files."""
    issue("GS-01", 9, {**NOTICE, "village": "红星村"}, texts=TEXTS)
    page = sign_in(*KEEPER).get("/registers/notices").content.decode()
    assert "红星村" not in page
    assert "没有 3" in page
    assert "没有 0" in sign_in(Role.TOWN_CLERK).get("/registers/notices").content.decode()


def test_children_and_numbers_are_masked(sign_in):
    """For who may not see the children's dossiers."""
    child = {"name": "测试小宝", "id_no": "610927201503151219", "c_date": "2018-03-05"}
    issue("CB-01", 1, child)
    page = sign_in(given=()).get("/registers/visit-list").content.decode()
    assert "测试小宝" not in page
    assert "610927201503151219" not in page
    assert "测试小宝" in sign_in().get("/registers/visit-list").content.decode()


def test_names_that_are_html_stay_text(sign_in):
    """Whatever somebody typed."""
    issue("DB-02", 1, {"name": "<b>甲</b>", "id_no": "610927196203151216", "c_date": "2018-03-05"})
    page = sign_in().get("/registers/visit-list").content.decode()
    assert "<b>甲</b>" not in page


@pytest.mark.parametrize(
    "asked",
    [
        {"state": "<b>"}, {"village": "x" * 5000}, {"page": "99"}, {"open": "\0"}, {"by": "x"},
        {"page": "<b>"},
    ],
)  # fmt: skip
def test_odd_addresses_are_answered(sign_in, asked):
    """With nothing found."""
    assert sign_in().get("/registers/notices", asked).status_code == 200


def test_a_register_nobody_wrote_is_not_there(sign_in):
    """404, also for a kind of file that is not made."""
    browser = sign_in()
    assert browser.get("/registers/nothing").status_code == 404
    assert browser.get("/registers/notices.pdf").status_code == 404


def test_many_rows_come_page_by_page(sign_in):
    """Fifty at a time."""
    page = sign_in().get("/registers/notices", {"page": "2"}).content.decode()
    assert "第 2 / 5 页" in page
    assert len(page) < 100_000


def test_the_workbook_holds_what_was_chosen(sign_in, notice):
    """With who took it out."""
    answer = sign_in().get("/registers/notices.xlsx", {"village": "旧城村"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    texts = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert texts[0][0] == "镇坪县公示专栏"
    assert "导出" in texts[1][0]
    assert len(texts) == 5 + 4
    assert [row[3] for row in texts[5:]] == ["低保", "特困", "残疾人两项补贴", "高龄补贴"]
    assert AuditEntry.objects.filter(action=Action.EXPORT, what__contains="公示专栏").exists()


def test_the_word_file_holds_the_same(sign_in, notice):
    """As a table that Word opens."""
    answer = sign_in().get("/registers/notices.docx", {"village": "旧城村"})
    document = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert document.count("<w:tr>") == 5
    assert "镇坪县公示专栏" in document
    assert "890.00" in document


def test_rows_are_counted_by_team_and_week(sign_in):
    """One way at a time; each leads to its rows."""
    visit = {"name": "测试甲", "id_no": "610927196203151216", "visit_date": "2018-05-09"}
    issue("ZF-01", 1, {**visit, "team": "第一组", "campaign": "走访", "round": 1})
    issue("ZF-01", 2, {**visit, "team": "第二组", "campaign": "走访", "round": 2})
    browser = sign_in()
    page = closed_up(browser.get("/registers/visits", {"by": "team"}).content.decode())
    assert "第一组</a></td>" in page
    assert re.search(r"共 <b>2</b>\s*人次，\s*<b>1</b>\s*人", page)
    week = browser.get("/registers/visits", {"by": "week"}).content.decode()
    assert "2018-05-07 起一周" in week
    chosen = browser.get("/registers/visits", {"by": "team", "team": "第一组"}).content.decode()
    assert "第一组：1 行" in chosen


def test_a_register_is_looked_at_as_it_was_at_the_end_of_a_month(sign_in):
    """What began later was not there; its links keep the month."""
    case = {"name": "测试甲", "id_no": "610927196203151216", "c_date": "2018-03-05"}
    issue("DB-02", 1, case, texts={"start_month": "2018年4月", "month_amount": "285.00"})
    browser = sign_in()
    assert "共 <b>1</b>" in browser.get("/registers/running").content.decode()
    then = browser.get("/registers/running", {"on": "2018-03"}).content.decode()
    assert "共 <b>0</b>" in then
    assert "on=2018-03" in then
    assert "按 2018年3月31日" in then


def test_notices_of_all_villages_are_printed_in_one_run(sign_in, posted):
    """One Word file on A3, a section each; a file that is gone is named, nothing left out."""
    browser = sign_in()
    browser.post("/forms/GS-01", posted("GS-01"))
    browser.post("/forms/GS-01", posted("GS-01") | {"village": "民主村"})
    assert "一次打印 2 份" in browser.get("/registers/notices").content.decode()
    answer = browser.get("/registers/notices/print")
    document = docx.Document(io.BytesIO(answer.content))
    assert [round(one.page_width.mm) for one in document.sections] == [297, 297]
    assert "旧城村" in document.element.xml
    assert "民主村" in document.element.xml
    issue("GS-01", 9, {**NOTICE, "village": "金岭村"})
    refused = browser.get("/registers/notices/print")
    assert refused.status_code == 409
    assert "GS-103200-2018-0009" in refused.content.decode()
    assert sign_in(Role.TOWN_CLERK, "曙坪镇").get("/registers/notices/print").status_code == 404


def test_a_scan_with_a_code_and_its_document_lead_to_one_another(sign_in, notice):
    """The typed answers are known without reading; another's document is not told of."""
    document, paper = notice
    browser = sign_in()
    assert f'href="/documents/{document.pk}"' in browser.get(f"/files/{paper.pk}").content.decode()
    assert f'href="/files/{paper.pk}"' in browser.get(f"/documents/{document.pk}").content.decode()
    inspector = sign_in(Role.INSPECTOR).get(f"/files/{paper.pk}").content.decode()
    assert f"/documents/{document.pk}" not in inspector
