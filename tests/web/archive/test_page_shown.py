"""A page with its picture: a scan with its room, an Office file as it is drawn."""

import io

import pytest
from PIL import Image

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.errors import PageNotShownError
from archive_indexer.models import ArchivedFile
from archive_indexer.showing.office_pages import NotDrawnError
from archive_indexer.stores import contents
from minzheng.accounts.models import Role
from minzheng.web.archive import page_shown
from minzheng.web.archive.page_shown import is_drawn, picture_of, sheet_of, shelf
from minzheng.web.gate.office import config
from tests.archive_indexer.showing.test_page_parts import write_pdf


@pytest.fixture
def drawing(paper, monkeypatch, tmp_path):
    """What LibreOffice makes of the text of 旧城村, in place of it: two pages."""
    made = {"paper": paper, "tries": 0, "error": None}

    def draw(path):
        made["tries"] += 1
        if made["error"]:
            raise made["error"]
        pages = (595, 842, "Zhang San"), (595, 842, "Li Si")
        return "docx", write_pdf(tmp_path / "made.pdf", *pages).read_bytes()

    monkeypatch.setattr(page_shown, "draw_as_pdf", draw)
    page_shown._shelf.cache_clear()
    yield made
    shelf().drop(paper.sha256)
    page_shown._shelf.cache_clear()


def test_the_page_shows_the_text_first_and_asks_for_the_pictures(sign_in, drawing):
    """Nothing is drawn while somebody waits for the page; without scripts a link does it."""
    browser, paper = sign_in(Role.INSPECTOR), drawing["paper"]
    page = browser.get(f"/files/{paper.pk}").content.decode()
    assert "正在画出页面" in page
    assert f'hx-get="/files/{paper.pk}/drawn?page=1"' in page
    assert drawing["tries"] == 0
    sheet = browser.get(f"/files/{paper.pk}/drawn?page=1").content.decode()
    assert sheet.count('class="page-image"') == 2
    assert sheet.count('width="1000" height="1415"') == 2
    again = browser.get(f"/files/{paper.pk}").content.decode()
    assert "正在画出页面" not in again
    assert "识别出的文字" in again
    assert drawing["tries"] == 1


def test_without_scripts_the_page_waits(sign_in, drawing):
    """By the link that it shows."""
    page = sign_in().get(f"/files/{drawing['paper'].pk}?page=1&draw=now").content.decode()
    assert page.count('class="page-image"') == 2


def test_each_picture_is_given(sign_in, drawing):
    """By its number; a number too high is none."""
    address = f"/files/{drawing['paper'].pk}/pages/1.jpg"
    browser = sign_in()
    for piece in ("0", "1"):
        answer = browser.get(address, {"width": "900", "piece": piece})
        assert Image.open(io.BytesIO(answer.content)).width == 900
        assert answer["Cache-Control"] == "private, no-store"
    assert browser.get(address, {"piece": "2"}).status_code == 404
    assert browser.get(address, {"width": "300"}).status_code == 200


def test_a_hit_has_a_small_picture(sign_in, drawing):
    """As a scan has."""
    page = sign_in().get("/search", {"q": "测试甲"}).content.decode()
    assert f"/files/{drawing['paper'].pk}/pages/1.jpg?" in page


def test_a_small_picture_does_not_wait_for_another_file(sign_in, drawing):
    """Its page asks again; one to be read waits its turn."""
    with shelf()._one_at_a_time:
        answer = sign_in().get(f"/files/{drawing['paper'].pk}/pages/1.jpg", {"width": "300"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "3")


def test_what_cannot_be_drawn_says_why_and_offers_the_text(sign_in, drawing):
    """On the page; its picture is none."""
    drawing["error"] = NotDrawnError("缺一部分。")
    browser, paper = sign_in(), drawing["paper"]
    sheet = browser.get(f"/files/{paper.pk}/drawn").content.decode()
    assert "不能显示成页面：缺一部分。" in sheet
    assert "测试甲" in sheet
    assert browser.get(f"/files/{paper.pk}/pages/1.jpg").status_code == 404
    page = browser.get(f"/files/{paper.pk}?draw=now").content.decode()
    assert page.count("缺一部分。") == 1


def test_words_of_a_picture_in_a_file_are_read(drawing):
    """Their page has no picture of its own."""
    paper = drawing["paper"]
    pages = (ExtractedPage(1, "Zhang San Li Si"), ExtractedPage(2, "图上的字", origin="ocr"))
    contents.keep_content(paper.sha256, Extraction("docx", (*pages, ExtractedPage(3, ""))))
    assert len(sheet_of(paper, 1).pieces) == 2
    assert (sheet_of(paper, 2).pieces, sheet_of(paper, 4).pieces) == ((), ())


def test_only_files_of_an_office_that_are_there_are_drawn(drawing):
    """One that could not be read says its reason alone."""
    paper = drawing["paper"]
    assert is_drawn(paper)
    paper.state = "failed"
    assert not is_drawn(paper)
    paper.state, paper.path = "indexed", "钟宝镇/旧城村/没有.txt"
    assert not is_drawn(paper)


def test_a_picture_drawn_a_moment_ago_is_given_again(drawing, monkeypatch):
    """A reader turns back."""
    paper, drawn = drawing["paper"], []
    monkeypatch.setattr(page_shown, "draw_part", lambda *_, **__: drawn.append(1) or b"jpeg")
    for _ in range(2):
        assert picture_of(paper, 1, 0, (), (900, 0), waits=True) == b"jpeg"
    assert drawn == [1]


@pytest.mark.parametrize(("turns", "room"), [(0, (200, 300)), (1, (300, 200)), (2, (200, 300))])
def test_the_room_of_a_scan_is_kept_while_it_loads(sign_in, scans, turns, room):
    """As it stands upright."""
    page = ExtractedPage(1, "字", origin="ocr", turns=turns)
    contents.keep_content(scans[0].sha256, Extraction("tiff", (page,)))
    shown = sign_in(Role.INSPECTOR).get(f"/files/{scans[0].pk}").content.decode()
    assert 'width="{}" height="{}"'.format(*room) in shown


def test_a_scan_turned_by_its_reader_keeps_no_wrong_room(sign_in, scans):
    """Its height is known when it is there."""
    shown = sign_in(Role.INSPECTOR).get(f"/files/{scans[0].pk}?turn=1").content.decode()
    assert "page-image" in shown
    assert 'height="300"' not in shown


def test_a_damaged_scan_is_shown_as_before(sign_in, scans, monkeypatch):
    """Without a room; its text is there."""

    def fail(*_):
        raise PageNotShownError

    monkeypatch.setattr(page_shown, "page_shape", fail)
    shown = sign_in(Role.INSPECTOR).get(f"/files/{scans[0].pk}").content.decode()
    assert "page-image" in shown
    assert 'height="300"' not in shown


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_file_that_could_not_be_read_is_shown_only_if_it_opens(sign_in, scans, is_whole):
    """A damaged one says so, in place of a broken picture with its tools."""
    file = ArchivedFile.objects.get(pk=scans[0].pk)
    place = config().archive_folder / file.path
    whole = place.read_bytes()
    ArchivedFile.objects.filter(pk=file.pk).update(state="failed", reason="打不开")
    if not is_whole:
        place.write_bytes(b"\x89PNG\r\n\x1a\n no more")
    shown = sign_in(Role.INSPECTOR).get(f"/files/{file.pk}").content.decode()
    place.write_bytes(whole)
    assert ("page-image" in shown) is is_whole
    assert ("不能显示成页面：文件打不开" in shown) is not is_whole
    assert ("适合宽度" in shown) is is_whole
