"""The pages of 专柜: numbers are given once, catalogues are taken along."""

import io
import re
import zipfile

import openpyxl
import pytest

from archive_indexer.models import ItemNumber
from filler.models import Issued
from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import AuditEntry, Role
from minzheng.web.cabinets import cabinets_shown
from tests.registers.records import issue
from tests.web.conftest import KEEPER, closed_up

FIRST = "610927103200-WS·2018-D10-DB-0001"


def page(browser, address, **asked):
    answer = browser.get(address, asked)
    assert answer.status_code == 200
    return closed_up(answer.content.decode())


def test_every_village_has_its_line(sign_in, papers, card):
    """Fifty-eight, with who keeps the cabinet and what waits."""
    told = page(sign_in(), "/cabinets/")
    assert len(re.findall('href="/cabinets/[0-9]{6}"', told)) == 58
    assert "没有登记57" in told.replace(" ", "")
    assert "测试甲" in told
    assert "<b>4</b>件还没有件号" in told.replace(" ", "")


def test_numbers_are_given_once(sign_in, papers):
    """By whoever keeps the papers; it is written down."""
    browser = sign_in(*KEEPER)
    assert "还没有件号" in page(browser, "/cabinets/103200")
    browser.post("/cabinets/103200/number")
    assert FIRST in page(browser, "/cabinets/103200")
    browser.post("/cabinets/103200/number")
    assert ItemNumber.objects.filter(village="旧城村").count() == 3
    assert AuditEntry.objects.filter(action=Action.CHANGE, what__contains="编件号").count() == 2


def test_all_of_an_area_are_numbered_at_once(sign_in, papers):
    """A village's keeper reaches no other."""
    sign_in(*KEEPER).post("/cabinets/all/number")
    assert set(ItemNumber.objects.values_list("village", flat=True)) == {"旧城村"}
    sign_in().post("/cabinets/all/number")
    assert set(ItemNumber.objects.values_list("village", flat=True)) == {"旧城村", "民主村"}


def test_a_catalogue_to_be_signed_is_issued_with_a_number(sign_in, papers):
    """Its rows come from the papers as they lie there; scanned, it is known by its code."""
    browser = sign_in(*KEEPER)
    browser.post("/cabinets/103200/number")
    told = browser.get("/cabinets/103200", {"dossier": "DB"}).content.decode()
    for form_id in ("ZH-03", "ZH-04"):
        address = re.search(rf'href="(/forms/{form_id}[^"]+)"', told)[1].replace("&amp;", "&")
        form = browser.get(address).content.decode()
        fields = dict(re.findall(r'name="(rows-\d+-\w+)"[^>]* value="([^"]*)"', form))
        assert FIRST in fields.values() or fields["rows-0-items"] == "2", form_id
    assert form.count('name="rows-0-title"') == 1
    rows = {f"{row}-d": "2018-05-07" for row in ("rows-0", "rows-1")}  # no paper tells its day
    place = {"town": "钟宝镇", "village": "旧城村", "dossier": "低保", "year": "2018"}
    told = {**place, "box_no": "1", "made_on": "2026-08-01", **fields, **rows, "action": "issue"}
    browser.post("/forms/ZH-04", told)
    (issued,) = Issued.objects.filter(form_id="ZH-04")
    assert issued.answers["rows"][0]["archive_no"] == FIRST
    assert issued.case_no.startswith("ZH-103200-")


def test_an_inspector_gives_no_numbers(sign_in, papers):
    """He reads."""
    browser = sign_in(Role.INSPECTOR)
    assert browser.post("/cabinets/103200/number").status_code == 403
    assert "/number" not in page(browser, "/cabinets/103200")


def test_a_dossier_one_does_not_see_is_not_there(sign_in, papers):
    """Its number was given all the same: nobody else is to get it."""
    browser = sign_in(given=())
    browser.post("/cabinets/103200/number")
    told = page(browser, "/cabinets/103200")
    assert "儿童保障" not in told
    assert "孤儿申请" not in told
    assert ItemNumber.objects.filter(dossier="ET").exists()
    assert "孤儿申请" in page(sign_in(), "/cabinets/103200")


@pytest.mark.parametrize(
    "address", ["/cabinets/103201", "/cabinets/103201/whole.docx", "/cabinets/000000"]
)
def test_a_cabinet_of_another_village_is_not_found(sign_in, papers, address):
    """As if there were none."""
    assert sign_in(*KEEPER).get(address).status_code == 404


def test_a_number_stands_on_the_hit_and_on_the_file(sign_in, paper):
    """With its box."""
    browser = sign_in()
    paper.dossier, paper.year = "DB", "2018"
    paper.save()
    browser.post("/cabinets/103200/number")
    for address in ("/search?q=测试甲", f"/files/{paper.pk}"):
        told = browser.get(address).content.decode()
        assert FIRST in told
        assert "0001" in told


@pytest.mark.parametrize(
    "what",
    [
        "whole.docx", "whole.xlsx", "items.docx", "items.xlsx", "boxes.docx", "covers.docx",
        "spines.docx", "labels.docx", "all.zip", "missing.docx", "missing.xlsx",
    ],
)  # fmt: skip
def test_every_paper_of_a_cabinet_is_given(sign_in, papers, what):
    """And written down as taken along."""
    browser = sign_in(*KEEPER)
    browser.post("/cabinets/103200/number")
    answer = browser.get(f"/cabinets/103200/{what}")
    assert answer.status_code == 200
    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    assert AuditEntry.objects.filter(action=Action.EXPORT, what__contains="导出专柜").exists()


def test_covers_of_nothing_are_refused(sign_in, db):
    """It is said what to do first."""
    answer = sign_in().get("/cabinets/103200/covers.docx")
    assert answer.status_code == 409
    assert "编件号" in answer.content.decode()
    assert sign_in().get("/cabinets/103200/nothing.docx").status_code == 404


def test_a_catalogue_has_the_columns_of_da_t_22(sign_in, papers):
    """Of one dossier when that is asked for."""
    browser = sign_in()
    browser.post("/cabinets/103200/number")
    data = browser.get("/cabinets/103200/items.xlsx", {"dossier": "DB"}).content
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.values)
    heads = next(at for at, row in enumerate(rows) if row[0] == "序号")
    assert rows[heads][1:] == ("档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注")
    assert [row[1] for row in rows[heads + 1 :]] == [FIRST, FIRST.replace("0001", "0002")]


def test_what_is_missing_is_what_the_survey_says(sign_in, papers):
    """The same steps as 齐全情况."""
    browser = sign_in()
    told = page(browser, "/cabinets/103200", dossier="DB")
    cell = page(browser, "/completeness/103200/DB/2018")
    for step in ("授权", "调查", "公示"):
        assert step in told.split("补件清单", 1)[1]
        assert step in cell


def test_what_is_missing_beyond_ten_is_folded(sign_in, papers, monkeypatch):
    """A phone would show forty screens; none is left out."""
    browser = sign_in()
    listed = cabinets_shown.ShownCabinet.missing.func
    monkeypatch.setattr(
        cabinets_shown.ShownCabinet, "missing", property(lambda shown: [*listed(shown)] * 30)
    )
    told = page(browser, "/cabinets/103200").split("补件清单", 1)[1]
    first, folded = told.split("<details>", 1)
    assert first.count('data-head="缺什么"') == 10
    assert "再看 " in folded
    assert folded.count('data-head="缺什么"') == 40


def test_the_newest_hand_over_tells_who_keeps_it(sign_in, papers, card):
    """And leads to the next, with what is handed over."""
    items = [{"dossier": "低保", "boxes": "1", "pieces": "2", "state": "完好"}]
    given = {"hand_date": "2019-01-02", "from_name": "测试甲", "to_name": "测试乙", "items": items}
    issue("ZH-10", 2, given)
    browser = sign_in()
    told = page(browser, "/cabinets/103200")
    assert "测试乙" in told
    assert "2019-01-02" in told
    browser.post("/cabinets/103200/number")
    form = browser.get(
        "/forms/ZH-10", {"town": "钟宝镇", "village": "旧城村", "given": "cabinet"}
    ).content.decode()
    assert re.search('name="items-0-pieces"[^>]*value="2"', form.replace("\n", " "))
