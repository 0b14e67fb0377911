"""The heat map: figures, colours, one click to the files and one to what is missing."""

import datetime as dt
import io
from urllib.parse import quote

import openpyxl
import pytest
from django.utils import timezone

from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import AuditEntry, Role
from tests.web.conftest import put_paper
from tests.web.oversight.conftest import CASE

pytestmark = pytest.mark.usefixtures("papers")


def test_a_year_is_chosen(sign_in):
    """Files of other years are not counted; an unknown year is all."""
    browser = sign_in()
    page = browser.get("/completeness", {"year": "2019", "open": "103"}).content.decode()
    assert "/completeness/files/103200/DB/2019" not in page
    assert browser.get("/completeness", {"year": "<b>"}).status_code == 200


def test_one_click_leads_to_the_files(sign_in):
    """As a search with the words of the cell."""
    answer = sign_in().get("/completeness/files/103200/DB/2018", follow=True)
    page = answer.content.decode()
    assert "村:旧城村 专档:低保 年:2018" in page
    assert "共 <b>2</b> 件" in page


def test_one_click_leads_to_what_is_missing(sign_in, posted):
    """Which form of which case; what was issued here and never scanned is said."""
    browser = sign_in()
    page = browser.get("/completeness/103200/DB/2018").content.decode()
    assert CASE in page
    assert "<b>授权</b>" in page
    assert "COM-01" in page
    assert "没有扫描件" not in page
    browser.post("/forms/COM-03", posted("COM-03") | {"case_no": CASE})
    assert "没有扫描件" in browser.get("/completeness/103200/DB/2018").content.decode()
    assert AuditEntry.objects.filter(action=Action.VIEW, what__contains="旧城村").exists()


@pytest.mark.parametrize(("year", "name"), [("2026", "测试周桂兰"), ("2018", "测试甲")])
def test_every_name_leads_to_the_person(sign_in, posted, monkeypatch, year, name):
    """In what is missing, and in what is not due yet."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: dt.date(2026, 9, 21))
    browser = sign_in()
    dates = dict.fromkeys(("apply_date", "accept_date", "fill_date"), "2026-09-01")
    browser.post("/forms/DB-01", posted("DB-01") | dates)
    page = browser.get(f"/completeness/103200/DB/{year}").content.decode()
    assert f'href="/traces?name={quote(name)}"' in page
    assert ("还没到期的案件" in page) == (year > "2018")


def test_what_is_missing_beyond_ten_is_folded(sign_in):
    """A phone would show twenty screens; none is left out."""
    for number in range(2, 14):
        put_paper(
            "钟宝镇", "旧城村", f"低保 {number}", dossier="DB", name=f"低保乙{number}", year="2018",
            form_id="DB-01", case_no=f"DB-103200-2018-{number:04}", person="测试乙",
        )  # fmt: skip
    page = sign_in().get("/completeness/103200/DB/2018").content.decode()
    first, folded = page.split("<summary>再看 3 项</summary>")
    assert first.count('data-head="缺"') == 10
    assert folded.count('data-head="缺"') == 3


def test_what_is_not_due_is_not_called_missing(sign_in, posted, monkeypatch):
    """On a phone each line is a card and says itself what it is."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: dt.date(2026, 9, 21))
    browser = sign_in()
    dates = dict.fromkeys(("apply_date", "accept_date", "fill_date"), "2026-09-01")
    browser.post("/forms/DB-01", posted("DB-01") | dates)
    page = browser.get("/completeness/103200/DB/2026").content.decode()
    assert 'data-head="缺"' not in page.split("还没到期的案件", 1)[1]
    assert 'data-head="还没到"' in page.split("还没到期的案件", 1)[1]


def test_one_kind_of_gap_can_be_picked(sign_in):
    """For instance whoever lacks the approval."""
    put_paper(
        "钟宝镇", "旧城村", "低保 测试乙", dossier="DB", name="低保乙", year="2018",
        form_id="DB-01", case_no="DB-103200-2018-0002", person="测试乙",
    )  # fmt: skip
    browser = sign_in()
    page = browser.get("/completeness/103200/DB/2018").content.decode()
    assert "缺授权 2" in page
    assert "缺审批 1" in page
    picked = browser.get("/completeness/103200/DB/2018", {"lacks": "审批"}).content.decode()
    assert "测试乙" in picked
    assert CASE not in picked
    assert browser.get("/completeness/103200/DB/2018", {"lacks": "<b>"}).status_code == 200


@pytest.mark.parametrize("address", ["all/all/all", "103/all/2018", "103200/all/all"])
def test_sums_are_cells_too(sign_in, address):
    """A town, a village, the whole county."""
    assert "授权" in sign_in().get(f"/completeness/{address}").content.decode()


def test_who_sees_no_papers_sees_figures_without_links(sign_in):
    """The administrator."""
    page = sign_in(Role.ADMINISTRATOR).get("/completeness", {"open": "103"}).content.decode()
    assert "缺6/8" in page
    assert "/completeness/103200" not in page


def test_each_town_is_printed_under_its_heading(sign_in):
    """With who printed it."""
    page = sign_in().get("/completeness", {"print": "1", "year": "2018"}).content.decode()
    assert page.count("sheet-head") == 7
    assert "镇坪县钟宝镇民政档案齐全情况（2018 年）" in page
    assert len(page) < 100_000


def test_the_spreadsheet_says_who_took_it_out(sign_in):
    """In its first line, on both sheets; and the audit log knows."""
    answer = sign_in(Role.INSPECTOR).get("/completeness/xlsx", {"year": "2018"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert all("检查人员" in sheet["A1"].value for sheet in book)
    told = book.properties
    assert (told.creator, told.title) == ("镇坪县民政局", "齐全情况 全县 2018 年")
    shown = {row[0].value: row[1].value for row in book["齐全情况"].iter_rows(min_row=3)}
    assert shown["　旧城村"] == "2 件\n缺6/8"
    lacks = [[cell.value for cell in row] for row in book["缺件清单"].iter_rows(min_row=3)]
    assert [row[4] for row in lacks if row[4]] == [CASE]
    assert AuditEntry.objects.filter(action=Action.EXPORT).exists()


def test_an_empty_archive_says_what_comes(sign_in):
    """Whoever sees nothing yet is told where to look."""
    page = sign_in(Role.TOWN_CLERK, "华坪镇").get("/completeness").content.decode()
    assert "还没有入库的档案" in page
