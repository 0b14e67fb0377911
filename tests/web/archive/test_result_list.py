"""查档结果清单 in the browser: who may take it, what stands on it, what is written down."""

import io
from dataclasses import replace

import docx
import pytest
from openpyxl import load_workbook

from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.models import ArchivedFile
from archive_indexer.stores.outcomes import leave_trace
from minzheng.accounts.models import AuditEntry, Role
from minzheng.web.gate.office import config
from tests.web.conftest import put_paper

ID = "11010519491231002X"


@pytest.fixture
def papers(db) -> list[ArchivedFile]:
    """Three papers whose words stand in no other test's."""
    return [
        put_paper("钟宝镇", "旧城村", f"列清单的词 {ID}", name=f"清单甲{ID}"),
        put_paper("钟宝镇", "旧城村", "列清单的词", name="清单乙"),
        put_paper("钟宝镇", "民主村", "列清单的词", name="清单丙"),
    ]


def word_rows(answer) -> list[list[str]]:
    (table,) = docx.Document(io.BytesIO(answer.content)).tables
    return [[cell.text for cell in row.cells] for row in table.rows[1:]]


def last_export() -> str:
    return AuditEntry.objects.filter(action="导出").order_by("-number").first().what


def test_the_page_lists_every_hit_masked(sign_in, papers):
    """With the question, who asked, and the hash of each file; it is written down."""
    browser = sign_in(Role.INSPECTOR)
    page = browser.get("/search/list", {"q": "列清单的词"}).content.decode()
    assert "查到 3 件，全部列出" in page
    assert "检查人员" in page
    assert "清单甲110105********002X" in page
    assert ID not in page
    for paper in papers:
        assert paper.sha256 in page
    assert last_export() == "查档结果清单（打印页）查“列清单的词”：共 3 件，列 3 件"


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_list_is_taken_along(sign_in, papers, kind):
    """Under a name with the time, with the mark of who took it."""
    answer = sign_in(Role.INSPECTOR).get(f"/search/list.{kind}", {"q": "列清单的词"})
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["Content-Disposition"].endswith(f".{kind}")
    assert "共 3 件，列 3 件" in last_export()
    if kind == "docx":
        assert [row[1] for row in word_rows(answer)] == [
            "清单乙", "清单甲110105********002X", "清单丙"
        ]  # fmt: skip
    else:
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert "检查人员" in sheet.oddFooter.center.text


def test_only_chosen_rows_are_listed(sign_in, papers):
    """A number of a file that does not answer, or may not be seen, lists nothing."""
    browser = sign_in(Role.TOWN_CLERK, "钟宝镇")
    hidden = put_paper("城关镇", "联盟村", "列清单的词", name="清单丁")
    chosen = [papers[1].pk, papers[2].pk, hidden.pk, "x", "9" * 30]
    page = browser.get("/search/list", {"q": "列清单的词", "pick": chosen}).content.decode()
    assert "查到 3 件，选列 2 件" in page
    assert "清单乙" in page
    assert "清单甲" not in page
    assert "清单丁" not in page
    FullTextIndex(config().data_folder / "index").update([], [hidden.path])


def test_choosing_nothing_lists_nothing(sign_in, papers):
    """Nobody takes the whole for a choice."""
    asked = {"q": "列清单的词", "only": "chosen"}
    page = sign_in(Role.INSPECTOR).get("/search/list", asked, follow=True).content.decode()
    assert "还没有勾选" in page
    assert page.count("<article") == 3


def test_a_filter_holds_for_the_list(sign_in, papers):
    """It stands on the list."""
    asked = {"q": "列清单的词", "village": "民主村"}
    page = sign_in(Role.INSPECTOR).get("/search/list", asked).content.decode()
    assert "查到 1 件，全部列出" in page
    assert "村：民主村" in page


def test_copies_are_rows_of_their_own(sign_in, papers):
    """Folded in the results, but each lies somewhere."""
    put_paper("钟宝镇", "民主村", "列清单的词", papers[1].sha256, name="清单丙")
    browser = sign_in(Role.INSPECTOR)
    assert browser.get("/search", {"q": "列清单的词"}).content.decode().count("<article") == 2
    answer = browser.get("/search/list.docx", {"q": "列清单的词"})
    assert {row[1] for row in word_rows(answer)} >= {"清单丙", "清单乙"}


def test_a_list_that_is_cut_says_so(sign_in, papers, monkeypatch):
    """The limit is the county's."""
    small = replace(config(), list_most=2)
    monkeypatch.setattr("minzheng.web.archive.result_list.config", lambda: small)
    page = sign_in(Role.INSPECTOR).get("/search/list", {"q": "列清单的词"}).content.decode()
    assert "查到 3 件，清单至多列 2 件，其余未列" in page


def test_full_numbers_need_a_reason_that_stands_on_the_list(sign_in, papers):
    """It is of this list only, and is written down."""
    browser = sign_in(Role.INSPECTOR)
    asked = {"q": "列清单的词"}
    refused = browser.post("/search/list/unmask", asked | {"reason": "看"}, follow=True)
    assert "请写明查看完整号码的事由" in refused.content.decode()
    assert ID not in refused.content.decode()
    shown = browser.post("/search/list/unmask", asked | {"reason": "核对发放名册"}, follow=True)
    assert f"清单甲{ID}" in shown.content.decode()
    assert "完整显示，事由：核对发放名册" in shown.content.decode()
    assert last_export().endswith("列 3 件，号码完整显示")
    kept = AuditEntry.objects.filter(action="解除遮盖").order_by("-number").first()
    assert kept.what == "查档结果清单 事由：核对发放名册 查“列清单的词”"
    other = browser.get("/search/list", asked | {"year": "2018", "copies": "1"})
    assert ID not in other.content.decode()


def test_traces_stand_on_the_list_when_asked_for(sign_in, papers):
    """Else the list says how many there are."""
    gone = papers[0]
    (config().archive_folder / gone.path).unlink()
    (outcome,) = leave_trace(gone.path)
    FullTextIndex(config().data_folder / "index").update([outcome.document], [])
    browser = sign_in(Role.INSPECTOR)
    page = browser.get("/search/list", {"q": "列清单的词"}).content.decode()
    assert "查到 2 件，全部列出；另有 1 件曾存在，未列" in page
    page = browser.get("/search/list", {"q": "列清单的词", "gone": "1"}).content.decode()
    assert "查到 3 件，全部列出" in page
    assert "曾存在 20" in page


@pytest.mark.parametrize("q", ["", "甲", "（"])
def test_nothing_asked_lists_nothing(sign_in, q):
    """A wrong question is explained on its own page."""
    answer = sign_in(Role.INSPECTOR).get("/search/list", {"q": q})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/search?")


def test_results_offer_the_list_only_to_who_may_export(sign_in, papers):
    """A village keeper reads, but takes no lists out."""
    offered = sign_in(Role.INSPECTOR).get("/search", {"q": "列清单的词"}).content.decode()
    assert "查档结果清单（全部 3 件）" in offered
    assert offered.count('name="pick"') == 3
    keeper = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "旧城村")
    page = keeper.get("/search", {"q": "列清单的词"}).content.decode()
    assert "清单乙" in page
    assert "查档结果清单" not in page
    assert "列成清单" not in page
