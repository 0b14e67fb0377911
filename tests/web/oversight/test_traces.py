"""All traces of one person on one page."""

import datetime as dt
import io
import re

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from filler.models import Issued
from filler.records.named_people import note_named
from minzheng.accounts.models import Role
from tests.web.conftest import closed_up, put_paper

pytestmark = pytest.mark.django_db
A, B = "11010519491231002X", "440524188001010014"


@pytest.fixture(autouse=True)
def papers():
    put_paper("钟宝镇", "旧城村", f"申请人 测试丁 {A} 2018年4月2日", dossier="DB", name="一")
    put_paper("城关镇", "蔬菜村", f"申请人 测试丁 {B} 2019年4月2日", dossier="DB", name="二")


def test_people_of_one_name_stand_apart(sign_in):
    """Each under a heading of its own, IDs masked."""
    page = sign_in(Role.INSPECTOR).get("/traces", {"name": "测试丁"}).content.decode()
    assert "有 2 人" in page
    assert page.count('class="card person"') == 2
    assert A not in page
    assert "4月2日" in page


def test_a_keeper_sees_the_own_village_only(sign_in):
    """Neither the other person nor that there is one."""
    keeper = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "旧城村")
    page = keeper.get("/traces", {"name": "测试丁"}).content.decode()
    assert page.count('class="card person"') == 1
    assert "蔬菜村" not in page


def test_records_and_scans_stand_together(sign_in, posted):
    """A document issued here is a trace, too; that nothing was found concludes nothing."""
    browser = sign_in()
    browser.post("/forms/DB-01", posted("DB-01"))
    page = browser.get("/traces", {"name": "测试周桂兰"}).content.decode()
    assert "出具文书" in page
    assert "没有查到：授权" in page
    assert "没有查到材料，" in page
    assert "没做" not in page


def test_every_step_tells_what_it_rests_on(sign_in):
    """The regulation that held on its day, with its articles; it opens there."""
    put_paper(
        "钟宝镇", "旧城村", f"申请人 测试丁 {A} 2018年5月2日", dossier="DB", name="审批表",
        form_id="DB-02", case_no="DB-103200-2018-0001",
    )  # fmt: skip
    page = sign_in(Role.INSPECTOR).get("/traces", {"name": "测试丁"}).content.decode()
    basis = closed_up(page.partition("各步的依据")[2].partition("</details>")[0])
    assert 'href="/policies/' in basis
    assert "社会救助暂行办法》</a>第九条至第十三条" in basis


def test_what_lists_pay_is_added_up(sign_in):
    """By year and dossier, of this person only."""
    roster = f"临时救助发放花名册\n1 测试丁 {A} 600.00\n2 测试丁 {B} 900.00"
    put_paper(
        "钟宝镇", "旧城村", roster, dossier="LS", name="发放花名册", year="2019", form_id="LS-04"
    )
    page = sign_in(Role.INSPECTOR).get("/traces", {"name": "测试丁"}).content.decode()
    given = closed_up(page.partition('<ul class="given">')[2].partition("<details>")[0])
    assert "<b>2019年临时救助</b>·发放表1份，<b>合计600.00元</b>" in given.replace(" ", "")


def test_a_roster_and_an_issued_notice_say_what_each_figure_is(sign_in):
    """The issued list is a trace of whom it names, and its amount is no sum with the roster's."""
    text = f"旧城村低保户名单\n6 测试丁 {A} 1 460.50"
    more = {"dossier": "DB", "form_id": "DB-03", "year": "2018"}
    put_paper("钟宝镇", "旧城村", text, name="低保户名单", **more)
    list_paid("测试丁", "285.62")
    page = sign_in(Role.INSPECTOR).get("/traces", {"name": "测试丁"}).content.decode()
    given = re.sub(r"\s|<[^>]*>", "", page.partition('<ul class="given">')[2])
    assert "2018年低保·花名册1份，所列460.50元" in given
    assert "2018年低保·发放公示1份，合计285.62元" in given
    assert "746.12" not in page
    assert "救助补贴资金发放公示表（低保）" in given


def test_an_issued_list_is_no_trace_outside_its_place(sign_in):
    """A keeper of another village is told neither the list nor the amount."""
    list_paid("测试戊", "285.62")
    pages = [
        sign_in(Role.VILLAGE_KEEPER, *place).get("/traces", {"name": "测试戊"}).content.decode()
        for place in (("钟宝镇", "旧城村"), ("城关镇", "蔬菜村"))
    ]
    assert ["285.62" in page for page in pages] == [True, False]
    assert "没有找到" in pages[1]


def list_paid(name: str, amount: str) -> None:
    """Issue a notice of what was paid to somebody."""
    issued = Issued.objects.create(
        form_id="GS-04", version="1", case_no="GS-103200-2018-0001", file_name="a.docx",
        sha256="0", issued_by="别人",
        answers={
            "town": "钟宝镇", "village": "旧城村", "scheme": "低保", "pay_date": "2018-06-15",
            "rows": [{"name": name, "std": "295.00", "amount": amount}],
        },
    )  # fmt: skip
    note_named(issued)


def test_a_number_is_looked_up_by_the_search(sign_in):
    """The page knows people by name."""
    answer = sign_in().get("/traces", {"name": A})
    assert answer["Location"].startswith("/search?q=")


@pytest.mark.parametrize("name", ["", "甲", "没有此人", "%00", '"'])
def test_any_name_is_answered(sign_in, name):
    """With a page, never an error."""
    assert sign_in().get("/traces", {"name": name}).status_code == 200


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2026, 9, 21), ("还没到", "还没到期的案件")),
        (dt.date(2027, 1, 4), ("没有扫描件：申请", "没有扫描件")),
    ],
)
def test_both_pages_say_the_same_of_a_case_in_the_same_minute(
    sign_in, posted, monkeypatch, day, words
):
    """Red and grey alike; whoever is on no list is credited with none of the village's."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: day)
    browser = sign_in()
    dates = dict.fromkeys(("apply_date", "accept_date", "fill_date"), "2026-09-01")
    browser.post("/forms/DB-01", posted("DB-01") | dates)
    for number, form_id in enumerate(("COM-04", "COM-06", "GS-01", "GS-04")):
        put_paper(
            "钟宝镇", "旧城村", "低保 测试乙", dossier="GS", name=f"低保公示{number}", year="2026",
            form_id=form_id, persons=("测试乙",),
        )  # fmt: skip
    put_paper(
        "钟宝镇", "旧城村", "低保花名册 测试周桂兰", dossier="DB", name="花名册", year="2026",
        form_id="DB-03", persons=("测试周桂兰",),
    )  # fmt: skip
    page = browser.get("/traces", {"name": "测试周桂兰"}).content.decode()
    cell = browser.get("/completeness/103200/DB/2026").content.decode()
    assert words[0] in page
    assert words[1] in cell
    line = closed_up(page[page.index('class="case-line"') :])
    assert '<li class="there"><b>发放</b>' in line
    steps = ("授权", "调查", "公示", "审批", "公布")
    assert all(f'<li class="there"><b>{step}</b>' not in line for step in steps)
    lacking = {one for one in steps if f'<li class="missing"><b>{one}</b>' in line}
    assert lacking == {one for one in steps if f"缺{one} 1" in cell}
    assert lacking == (set() if day.year == 2026 else set(steps))


def test_the_traces_are_taken_out_as_a_spreadsheet(sign_in):
    """With who took them, numbers masked; a name nobody has is none; a keeper takes none out."""
    browser = sign_in(Role.INSPECTOR)
    page = browser.get("/traces", {"name": "测试丁"}).content.decode()
    assert "/traces/xlsx?name=" in page
    assert "data-print" in page
    answer = browser.get("/traces/xlsx", {"name": "测试丁"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert "导出，查“测试丁”" in rows[0][0]
    told = str(rows)
    assert (A in told, "旧城村" in told, "蔬菜村" in told) == (False, True, True)
    assert browser.get("/traces/xlsx", {"name": "没有人"}).status_code == 404
    assert browser.get("/traces/xlsx", {"name": "丁"}).status_code == 404
    keeper = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "旧城村")
    assert "traces/xlsx" not in keeper.get("/traces", {"name": "测试丁"}).content.decode()


def test_who_asked_nothing_is_told_what_can_be_asked(sign_in):
    """An empty page with a box says nothing of itself."""
    browser = sign_in()
    assert "写全姓名" in browser.get("/traces").content.decode()
    assert "写全姓名" not in browser.get("/traces?name=测试甲").content.decode()
