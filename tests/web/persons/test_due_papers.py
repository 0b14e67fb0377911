"""到期清理: proposed, and done only when somebody confirmed."""

import html
import re

from archive_indexer.models import ArchivedFile
from minzheng.accounts.models import AuditEntry
from tests.web.conftest import put_paper

REASON = "镇民鉴〔2026〕1号"


def test_what_is_due_is_listed_and_goes_item_by_item(sign_in):
    """A wrong count, no reason or nothing ticked changes nothing."""
    put_paper("钟宝镇", "旧城村", "临时救助", "a" * 64, dossier="LS", year="2005", name="甲")
    put_paper("钟宝镇", "旧城村", "临时救助", "b" * 64, dossier="LS", year="2005", name="乙")
    put_paper("钟宝镇", "旧城村", "会议", "c" * 64, dossier="ZZ", year="1990", name="丙")
    browser = sign_in()
    page = browser.get("/persons/due").content.decode()
    assert "保管期限已满的有 2 件" in page
    assert "2016-01-01" in page
    assert "村民自治" not in page.partition("<main")[2]
    page = browser.get("/persons/due", {"group": "钟宝镇/旧城村/LS/2005"}).content.decode()
    first = ArchivedFile.objects.get(sha256="a" * 64)
    assert f'value="PAPER-{first.pk}"' in page
    ticked = {"take": f"PAPER-{first.pk}", "reason": REASON, "confirm": "删除1件"}
    for wrong in ({"take": ""}, {"reason": "好"}, {"confirm": "删除2件"}):
        browser.post("/persons/due/erase", ticked | wrong)
        assert not ArchivedFile.objects.filter(state="withheld").exists()
    done = browser.post("/persons/due/erase", ticked).content.decode()
    assert "<b>删除</b>：扫描件 1 件" in done
    assert "回到“到期清理”" in done
    assert ArchivedFile.objects.get(state="withheld") == first
    assert REASON in AuditEntry.objects.filter(action="更改").first().what
    assert "保管期限已满的有 1 件" in browser.get("/persons/due").content.decode()


def test_a_permanent_paper_is_not_taken_when_it_is_named(sign_in):
    """What is not due is not erased, whatever the browser sends."""
    paper = put_paper("钟宝镇", "旧城村", "会议", "c" * 64, dossier="ZZ", year="1990")
    asked = {"take": f"PAPER-{paper.pk}", "reason": REASON, "confirm": "删除1件"}
    answer = sign_in().post("/persons/due/erase", asked, follow=True)
    assert "没有勾选到期的材料" in answer.content.decode()
    paper.refresh_from_db()
    assert paper.state == "indexed"


def test_nothing_is_ticked_until_somebody_ticks_it(sign_in):
    """Erasing is never the default; all of a group by one link, also without scripts."""
    papers = [
        put_paper("钟宝镇", "旧城村", "临时救助", mark * 64, dossier="LS", year="2005", name=mark)
        for mark in "ab"
    ]
    keys = [f"PAPER-{one.pk}" for one in papers]
    browser, group = sign_in(), "钟宝镇/旧城村/LS/2005"
    page = browser.get("/persons/due", {"group": group}).content.decode()
    assert ticked(page) == {key: False for key in keys}
    link = re.search(r'href="([^"]+)">全选 2 件', page)
    page = browser.get(html.unescape(f"/persons/due{link[1]}")).content.decode()
    assert ticked(page) == {key: True for key in keys}
    assert "全选" not in page
    assert "都不选" in page


def test_what_was_ticked_and_typed_is_there_after_a_mistake(sign_in):
    """The page comes back with the ticks, the reason and the count that was written."""
    papers = [
        put_paper("钟宝镇", "旧城村", "临时救助", mark * 64, dossier="LS", year="2005", name=mark)
        for mark in "ab"
    ]
    asked = {
        "group": "钟宝镇/旧城村/LS/2005",
        "take": f"PAPER-{papers[1].pk}",
        "reason": REASON,
        "confirm": "删除2件",
    }
    answer = sign_in().post("/persons/due/erase", asked)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "勾选了 1 件" in page
    assert ticked(page) == {f"PAPER-{papers[0].pk}": False, f"PAPER-{papers[1].pk}": True}
    assert f'value="{REASON}"' in page
    assert 'value="删除2件"' in page


def ticked(page: str) -> dict[str, bool]:
    """The pieces of a page by their key, and whether each is ticked."""
    boxes = re.findall(r'<input[^>]*name="take"[^>]*>', page)
    return {re.search(r'value="([^"]+)"', one)[1]: " checked" in one for one in boxes}
