"""Turning the pages of a paper: hits, pages, zoom, turn, and where the paper stands."""

import io
import re

import pytest
from PIL import Image

from archive_indexer.documents import (
    IndexedDocument,
)
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.models import ArchivedFile
from minzheng.accounts.models import Role
from minzheng.web.gate.office import config
from tests.web.archive.conftest import WORD


def link(page: str, key: str) -> str:
    """Where the button of a key leads; empty when there is none."""
    found = re.search(rf'data-key="{re.escape(key)}"[^>]* href="([^"]*)"', page)
    return found[1].replace("&amp;", "&") if found else ""


def walk(browser, address: str, key: str) -> list[tuple[str, str]]:
    """File and page of every stop while a key is pressed again and again."""
    seen = []
    while address and len(seen) < 9:
        page = browser.get(address).content.decode()
        number = re.search(r"<h2>第 (\d+) 页", page)
        seen.append((address.partition("?")[0], number[1] if number else ""))
        address = link(page, key)
    return seen


def test_the_next_hit_is_on_the_next_page_then_in_the_next_file(sign_in, scans):
    """And back again, to the last hit of the file before."""
    first, second = (f"/files/{one.pk}" for one in scans)
    browser = sign_in(Role.INSPECTOR)
    start = browser.get("/search", {"q": WORD, "order": "path"}).content.decode()
    hits = [one.replace("&amp;", "&") for one in re.findall(r'<h2>\s*<a href="([^"]*)"', start)]
    assert [one.partition("?")[0] for one in hits] == [second, first]
    stops = [(second, "1"), (first, "2"), (first, "4")]
    assert walk(browser, hits[0], "n") == stops
    assert walk(browser, hits[1] + "&page=4", "b") == stops[::-1]
    page = browser.get(hits[1]).content.decode()
    assert "第 2 件，共 2 件" in page


def test_pages_turn_one_by_one_and_mark_where_the_word_stands(sign_in, scans):
    """Also without a question; the first page has none before it."""
    scan = scans[0]
    browser = sign_in(Role.INSPECTOR)
    stops = walk(browser, f"/files/{scan.pk}", "ArrowRight")
    assert [page for _, page in stops] == ["1", "2", "3", "4", "5"]
    page = browser.get(f"/files/{scan.pk}", {"q": WORD}).content.decode()
    assert page.count('class="has-word"') == 2
    assert link(page, "ArrowLeft") == ""
    assert link(page, "n").startswith(f"/files/{scan.pk}?q=")


def test_zoom_stays_and_a_turn_is_of_its_page(sign_in, scans):
    """Each is a link, so that it works without scripts."""
    browser = sign_in(Role.INSPECTOR)
    page = browser.get(f"/files/{scans[0].pk}", {"q": WORD, "page": "2"}).content.decode()
    assert "sized" not in page
    page = browser.get(link(page, "1")).content.decode()
    assert 'class="sheet sized"' in page
    assert "width=800" in page
    page = browser.get(link(page, "+")).content.decode()
    assert "width=1000" in page
    page = browser.get(link(page, "r")).content.decode()
    assert "turn=1" in page
    after = browser.get(link(page, "n")).content.decode()
    assert "width=1000" in after
    assert "turn=1" not in after.split("data-picture")[0].split("page-image")[1]
    assert "width=1200" in browser.get(link(page, "0")).content.decode()


def picture(browser, scan: ArchivedFile, **asked: str) -> Image.Image:
    answer = browser.get(f"/files/{scan.pk}/pages/2.jpg", asked)
    assert answer["Content-Type"] == "image/jpeg"
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


def is_marked(pixel: tuple[int, ...]) -> bool:
    return pixel[2] < 190 < pixel[0]


def test_a_turned_picture_takes_its_marks_along(sign_in, scans):
    """The word stands at a third from the top, turned right at a third from the right."""
    browser = sign_in()
    upright = picture(browser, scans[0], q=WORD, width="400")
    assert upright.size == (400, 600)
    assert is_marked(upright.getpixel((200, 192)))
    turned = picture(browser, scans[0], q=WORD, width="400", turn="1")
    assert turned.size == (600, 400)
    assert is_marked(turned.getpixel((600 - 192, 200)))


@pytest.mark.parametrize(
    ("width", "given"), [("99999", 2000), ("1", 200), ("x", 1200), ("-5", 1200), ("１００", 1200)]
)
def test_a_picture_has_bounds(sign_in, scans, width, given):
    """Nobody fills the memory with one address."""
    assert picture(sign_in(), scans[0], width=width).width == given


def test_synonyms_are_marked_only_when_they_are_searched(sign_in, scans):
    """As on the page of results."""
    browser = sign_in()
    asked = {"q": "最低生活保障", "width": "400"}
    address = f"/files/{scans[1].pk}/pages/2.jpg"
    with_synonyms = browser.get(address, asked).content
    assert with_synonyms != browser.get(address, asked | {"syn": "0"}).content
    page = browser.get(f"/files/{scans[1].pk}", {"q": "最低生活保障", "page": "2"})
    assert "<mark>低保</mark>" in page.content.decode()
    page = browser.get(f"/files/{scans[1].pk}", {"q": "最低生活保障", "page": "2", "syn": "0"})
    assert "<mark>低保</mark>" not in page.content.decode()


def test_a_neighbour_one_may_not_see_is_none(sign_in, scans):
    """The next hit is looked for among what the person may see."""
    FullTextIndex(config().data_folder / "index").update(
        [IndexedDocument("翻页/丙.tif", "c" * 64, (WORD,), town="城关镇", village="联盟村")]
    )
    browser = sign_in(Role.VILLAGE_KEEPER, "钟宝镇", "旧城村")
    asked = {"q": WORD, "hit": "2", "page": "4", "order": "path"}
    page = browser.get(f"/files/{scans[0].pk}", asked).content.decode()
    assert "第 2 件，共 2 件" in page
    assert link(page, "n") == ""
    FullTextIndex(config().data_folder / "index").update([], ["翻页/丙.tif"])


def test_a_place_that_is_wrong_leaves_the_papers_own_pages(sign_in, scans):
    """The index may have changed since the results were shown."""
    for hit in ("1", "99", "x"):
        asked = {"q": WORD, "hit": hit, "page": "2", "order": "path"}
        page = sign_in(Role.INSPECTOR).get(f"/files/{scans[0].pk}", asked).content.decode()
        assert "共 2 件" not in page
        assert "page=4" in link(page, "n")
