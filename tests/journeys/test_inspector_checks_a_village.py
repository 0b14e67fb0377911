"""In a real Chromium: from the map of the county to a missing paper and the person's line."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.served_office import Office, new_page, sign_in

pytestmark = pytest.mark.journey

DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
CASE, PERSON = "DB-103200-2018-0001", "测试周桂兰"
STAGES = ["申请", "授权", "调查", "评议", "公示", "审批", "公布", "发放", "复核"]


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def inspector(request, browser: Browser, office: Office) -> Iterator[Page]:
    """The inspector before a wide and a narrow screen."""
    page = new_page(browser, office, viewport=request.param)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, office, "jiancha")
    office.wait_until_read()
    yield page
    assert errors == []
    page.context.close()


def fits(page: Page) -> bool:
    return page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def test_from_the_map_to_what_a_case_lacks(inspector: Page, tmp_path):
    """A town is opened, a cell's gaps are read, its files are one click away."""
    page = inspector
    page.goto("/completeness")
    page.get_by_label("年度").select_option("2018")
    page.get_by_role("button", name="查看").click()
    page.get_by_role("link", name="钟宝镇").click()
    row = page.locator(".heat tr", has=page.get_by_role("rowheader", name="旧城村"))
    row.wait_for()
    assert fits(page)
    page.screenshot(path=tmp_path / "map.png")
    cell = row.locator("td").first
    files = int(cell.locator("a").first.inner_text())
    assert files >= 8
    cell.locator("a").last.click()
    page.get_by_role("heading", name="缺什么").wait_for()
    assert fits(page)
    lacks = page.locator(".lacks tr", has_text=CASE)
    assert "授权" in lacks.inner_text()
    assert "审批" not in lacks.locator(".lack-list").inner_text().replace("审核审批", "")
    page.get_by_role("link", name="看这").click()
    page.locator(".total b").wait_for()
    page.locator(".hit").first.wait_for()


def test_a_persons_life_in_the_archive_stands_in_one_line(inspector: Page, tmp_path):
    """The stages in their order, gaps among them, scans with and without the name."""
    page = inspector
    page.goto(f"/traces?name={PERSON}")
    page.screenshot(path=tmp_path / "person.png", full_page=True)
    assert fits(page)
    line = page.locator(".case-line", has_text=CASE)
    assert line.locator("ol > li > b").all_inner_texts() == STAGES
    missing = line.locator("li.missing b").all_inner_texts()
    assert missing == ["授权", "公示", "复核"]
    survey = page.locator(".timeline li", has_text="社会救助入户调查表").first
    assert "共 4 件" in survey.inner_text()
    survey.locator("a.part").first.click()
    page.locator(".page-image").first.wait_for()


def test_who_surveyed_is_not_who_was_helped(inspector: Page):
    """The surveyor's own page says whose papers mention him."""
    page = inspector
    page.goto("/traces?name=测试赵明")
    mention = page.locator(".timeline li", has_text="社会救助入户调查表").first
    assert f"{PERSON}的材料" in mention.inner_text()
    assert page.locator(".case-line", has_text="高龄补贴").count() == 0
