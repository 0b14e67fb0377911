"""Searching and opening a paper in the browser."""

import io
import zipfile
from urllib.parse import quote

import pytest
from django.utils import timezone
from PIL import Image

from archive_indexer.documents import ExtractedPage, Extraction, Seal, SignaturePlace, TextLine
from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.limits import Limits
from archive_indexer.filing.classify import Known
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.index_writer import IndexWriter
from archive_indexer.index_file import Workplace, index_file
from archive_indexer.models import ArchivedFile
from archive_indexer.noticing.presence import Presence
from archive_indexer.stores import contents
from archive_indexer.stores.outcomes import leave_trace
from archive_indexer.stores.service_state import Report
from minzheng.accounts.models import Role
from minzheng.county.registry.dossiers import load_dossiers
from minzheng.county.registry.paper_words import load_paper_words
from minzheng.county.registry.places import load_places
from minzheng.web.gate.office import config


def test_a_hit_shows_snippet_path_page_and_counts(sign_in, paper):
    """The found word is marked; markup in a paper is text."""
    page = sign_in().get("/search", {"q": "测试甲"}).content.decode()
    assert "<mark>测试甲</mark>" in page
    assert "&lt;b&gt;" in page
    assert paper.path in page
    assert "第 1 页" in page
    assert "旧城村</span>" in page


def test_a_question_that_cannot_be_asked_is_explained(sign_in):
    """One character is too short."""
    page = sign_in().get("/search", {"q": "甲"}).content.decode()
    assert "汉字至少输入两个" in page


@pytest.mark.parametrize("town", ["城关镇", ""])
def test_papers_of_another_town_are_not_found(sign_in, paper, town):
    """Not in hits, not in counts, not by their address."""
    browser = sign_in(Role.TOWN_CLERK, town)
    page = browser.get("/search", {"q": "测试甲", "town": "钟宝镇"}).content.decode()
    assert "旧城村" not in page
    assert browser.get(f"/files/{paper.pk}").status_code == 404
    assert browser.get(f"/files/{paper.pk}/original").status_code == 404


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
    contents.keep_content(paper.sha256, Extraction("txt", (page,)))
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
    contents.keep_content(paper.sha256, Extraction("jpg", (page,)))
    shown = sign_in().get(f"/files/{paper.pk}").content.decode()
    assert "申请人签字：<b>有</b> <small>页面右下</small>" in shown
    assert "受理人签字：<b>看不清</b>" in shown
    assert "由系统看图得出，不作为认定" in shown


def test_the_original_is_downloaded_never_opened(sign_in, paper):
    """A file from outside is not shown as our page."""
    answer = sign_in().get(f"/files/{paper.pk}/original")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "测试甲" in answer.getvalue().decode()
    answer.close()


def test_a_link_out_of_the_archive_is_not_followed(sign_in, paper):
    """A symbolic link in the archive opens nothing outside."""
    file = config().archive_folder / paper.path
    file.unlink()
    file.symlink_to("/etc/hostname")
    assert sign_in().get(f"/files/{paper.pk}/original").status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999"])
def test_odd_page_numbers_are_no_error(sign_in, paper, page):
    """The page answers."""
    assert sign_in().get("/search", {"q": "测试甲", "page": page}).status_code == 200
    assert sign_in().get(f"/files/{paper.pk}", {"page": page}).status_code == 200


def test_coverage_names_what_could_not_be_read(sign_in, paper):
    """With the reason and what to do."""
    paper.state, paper.reason = "failed", "空文件（0 字节）。请重新扫描或重新复制"
    paper.save()
    page = sign_in().get("/coverage").content.decode()
    assert "空文件（0 字节）" in page
    assert "旧城村" in page


def test_the_page_says_how_it_understood(sign_in, paper):
    """Synonyms and what is excluded are shown, and can be switched off."""
    page = sign_in().get("/search", {"q": "低保 不含 特困"}).content.decode()
    assert "也查 最低生活保障" in page
    assert "不含 特困" in page
    assert "不查同义词" in page
    page = sign_in().get("/search", {"q": "低保", "syn": "0"}).content.decode()
    assert "也查 最低生活保障" not in page
    assert "也查同义词" in page


@pytest.mark.parametrize("q", ["(", "村:旧成村", "金额:>", "“", "不含", "或", "甲", "\0"])
def test_a_wrong_question_is_no_error(sign_in, paper, q):
    """It is told what to write instead."""
    answer = sign_in().get("/search", {"q": q})
    assert answer.status_code == 200
    assert "怎么写" in answer.content.decode()


def test_one_wrong_character_is_offered(sign_in, second_paper):
    """Apart from the hits, with its number of files and the address to ask it."""
    second_paper("季四光的材料", "1" * 64)
    page = sign_in().get("/search", {"q": "李四光"}).content.decode()
    assert "没有找到" in page
    assert "季四光<small>1 件</small>" in page
    assert "<article" not in page


def test_copies_are_folded_with_their_number(sign_in, paper, second_paper):
    """And are all listed when asked."""
    second_paper("测试甲 的另一份", paper.sha256)
    page = sign_in().get("/search", {"q": "测试甲"}).content.decode()
    assert "另有 1 件相同" in page
    assert page.count("<article") == 1
    page = sign_in().get("/search", {"q": "测试甲", "copies": "1"}).content.decode()
    assert page.count("<article") == 2


@pytest.mark.parametrize("order", ["best", "date", "path", "nonsense"])
def test_results_can_be_put_in_order(sign_in, paper, order):
    """An unknown order is the usual one."""
    assert paper.path in sign_in().get("/search", {"q": "测试甲", "order": order}).content.decode()


@pytest.fixture
def inside(paper) -> ArchivedFile:
    """A picture in a packed file of 旧城村."""
    name, picture = "钟宝镇/旧城村/资料.zip", io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(picture, "PNG")
    with zipfile.ZipFile(config().archive_folder / name, "w") as package:
        package.writestr("说明.txt", "测试丙的说明")
        package.writestr("照片/证.png", picture.getvalue())
    writer = IndexWriter(config().data_folder / "index", Report())
    workplace = Workplace(
        config().archive_folder, Presence(config().archive_folder),
        lambda file: extract_pages(file, Limits()),
        Known(load_places(), load_dossiers(), load_paper_words()), writer,
    )  # fmt: skip
    index_file(name, workplace)
    writer.commit()
    return ArchivedFile.objects.get(path=f"{name}!/照片/证.png")


def test_a_picture_in_a_packed_file_is_shown_and_downloaded(sign_in, inside):
    """As if it lay in the archive itself; the packed file and its members lead to each other."""
    browser = sign_in()
    packed = ArchivedFile.objects.get(path=inside.packed_in)
    page = browser.get(f"/files/{inside.pk}").content.decode()
    assert f"/files/{packed.pk}" in page
    image = browser.get(f"/files/{inside.pk}/pages/1.jpg")
    assert Image.open(io.BytesIO(image.content)).width == 1200
    original = browser.get(f"/files/{inside.pk}/original")
    assert original.getvalue().startswith(b"\x89PNG")
    assert quote("证.png") in original["Content-Disposition"]
    assert f"/files/{inside.pk}" in browser.get(f"/files/{packed.pk}").content.decode()
    (config().archive_folder / packed.path).unlink()
    assert browser.get(f"/files/{inside.pk}/original").status_code == 404


def test_a_paper_that_is_gone_is_marked_with_its_times(sign_in, paper):
    """Its trace is found, its text is shown, and the original is not offered."""
    (config().archive_folder / paper.path).unlink()
    (outcome,) = leave_trace(paper.path)
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
