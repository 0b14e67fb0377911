"""The page of one file: where it belongs, its text, its seals, its past."""

from django.utils import timezone

from archive_indexer.documents import ExtractedPage, Extraction, Seal, SignaturePlace, TextLine
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index_file import leave_trace
from archive_indexer.stores import page_store
from minzheng.accounts.models import Role
from minzheng.web.gate.office import config


def test_a_paper_says_where_it_belongs_and_why(sign_in, paper):
    """The filing with its reason, the text with marks."""
    page = sign_in().get(f"/files/{paper.pk}", {"q": "测试甲"}).content.decode()
    assert "路径" in page
    assert "<mark>测试甲</mark>" in page


def test_a_paper_shows_its_seals_and_what_was_repaired(sign_in, paper):
    """Seals with place and words, repaired lines with their raw reading."""
    number = "11010519491231002X"
    page = ExtractedPage(
        1, number,
        lines=(TextLine(number, (0, 0, 1, 0.1), 0.9, "11O10519491231002X"),),
        seals=(Seal((0.7, 0.8, 0.9, 0.9), "#c41c20", "镇坪县测试用印样章"),
               Seal((0.4, 0.4, 0.6, 0.6), "#c41c20")),
    )  # fmt: skip
    page_store.keep_content(paper.sha256, Extraction("txt", (page,)))
    browser = sign_in()
    assert number not in browser.get(f"/files/{paper.pk}").content.decode()
    browser.post(f"/files/{paper.pk}/unmask", {"reason": "核对改正的号码"})
    shown = browser.get(f"/files/{paper.pk}").content.decode()
    assert "页面右下：镇坪县测试用印样章" in shown
    assert "页面中间：<small>印文看不清</small>" in shown
    assert f"{number} <small>原识别：11O10519491231002X</small>" in shown


def test_a_paper_shows_where_somebody_signed(sign_in, paper):
    """Each place with what is seen there, and that this is no verdict."""
    box = (0.7, 0.8, 0.9, 0.9)
    places = (SignaturePlace("申请人签字", box, "有"), SignaturePlace("受理人签字", box, "看不清"))
    page = ExtractedPage(1, "测试", signatures=places)
    page_store.keep_content(paper.sha256, Extraction("jpg", (page,)))
    shown = sign_in().get(f"/files/{paper.pk}").content.decode()
    assert "申请人签字：<b>有</b> <small>页面右下</small>" in shown
    assert "受理人签字：<b>看不清</b>" in shown
    assert "由系统看图得出，不作为认定" in shown


def test_a_paper_that_is_gone_is_marked_with_its_times(sign_in, paper):
    """Its trace is found, its text is shown, and the original is not offered."""
    (config().archive_folder / paper.path).unlink()
    outcome = leave_trace(paper.path)
    FullTextIndex(config().data_folder / "index").update([outcome.document], [])
    paper.refresh_from_db()
    client = sign_in()
    seen = f"{timezone.localtime(paper.first_seen):%Y}年"
    offered = client.get("/search", {"q": "测试甲"}).content.decode()
    assert "另有 1 件曾存在" in offered
    assert "<article" not in offered
    other = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "民主村")
    assert "曾存在" not in other.get("/search", {"q": "测试甲"}).content.decode()
    listed = client.get("/search", {"q": "测试甲", "gone": "1"}).content.decode()
    assert "曾存在</span>" in listed
    assert seen in listed
    page = client.get(f"/files/{paper.pk}").content.decode()
    assert "曾存在" in page
    assert "低保申请 测试甲" in page
    assert "下载原件" not in page
    assert client.get(f"/files/{paper.pk}/original").status_code == 404
