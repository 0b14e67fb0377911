"""In a real Chromium: search, save, list, open, turn on to the next hit, take the original."""

import io
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.served_office import Office, new_page, sign_in

pytestmark = pytest.mark.journey

QUESTION, NAME = "低保 申请", "旧城村低保申请"
ID = "11010519491231002X"  # of 测试周桂兰, on several papers


@pytest.fixture
def page(browser: Browser, office: Office):
    """The inspector, when all is read; an error in the console fails the test."""
    page = new_page(browser, office, viewport={"width": 1366, "height": 768})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, office, "jiancha")
    office.wait_until_read()
    page.goto("/")
    yield page
    assert errors == []
    page.context.close()


def ask(page: Page, question: str) -> None:
    page.get_by_role("searchbox", name="要找的词").fill(question)
    page.get_by_role("button", name="查档").click()
    page.locator(".total b").wait_for()


def test_a_search_is_kept_listed_and_followed_to_the_original(page: Page, tmp_path: Path):
    """From the desk to the downloaded scan, and back by the saved search."""
    ask(page, QUESTION)
    total = page.locator(".total b").inner_text()
    page.get_by_text("保存这个查询").click()
    page.get_by_label("查询的名称").fill(NAME)
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text(f"已存为“{NAME}”").wait_for()

    page.get_by_role("link", name=f"查档结果清单（全部 {total} 件）").click()
    page.get_by_text(f"查到 {total} 件，全部列出").wait_for()
    page.screenshot(path=tmp_path / "list.png")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载 Word").click()
    listed = docx.Document(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert len(listed.tables[0].rows) == int(total) + 1

    page.get_by_role("link", name="‹ 回到结果").click()
    page.locator(".hit:has(img) h2 a").first.click()
    page.locator(".page-image").first.wait_for()
    before = page.url
    page.keyboard.press("+")
    page.locator(".sheet.sized").wait_for()
    page.keyboard.press("r")
    page.wait_for_url("**turn=1**")
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url.split("&zoom")[0] != before.split("&zoom")[0])
    page.locator(".page-image").first.wait_for()
    assert "zoom=" in page.url
    page.screenshot(path=tmp_path / "next_hit.png")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载原件").click()
    assert Path(waiting.value.path()).stat().st_size > 1000

    page.goto("/")
    desk = page.locator(".desk-part", has_text="我的查询")
    desk.get_by_role("link", name=NAME).click()
    expect(page.locator(".total b")).to_have_text(total)


def test_a_typed_number_stays_out_of_the_address(page: Page):
    """Also after a filter, on the paper, and with the back button."""
    ask(page, ID)
    assert "/search?q=~" in page.url
    assert page.locator(".hit").count() > 0
    results = page.url
    page.locator(".hit h2 a").first.click()
    page.locator(".paper-view").wait_for()
    assert ID not in page.url
    page.go_back()
    page.locator(".total b").wait_for()
    page.wait_for_url(results)
    expect(page.get_by_role("searchbox", name="要找的词")).to_have_value(ID)
