"""The administrator's first day: the list ticks itself as the work is done, by keyboard alone."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.served_office import Office, new_page, sign_in

pytestmark = pytest.mark.journey


def examples_left(page: Page) -> int:
    """How many standards are examples still, as the list says."""
    page.goto("/first-day")
    text = page.locator("li", has_text="换上今年的保障标准").inner_text()
    return int(re.findall(r"(\d+) 个还是示例", text)[0])


def reach(page: Page, name: str) -> None:
    """Tab until something of this name has the focus."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if (
            page.evaluate("document.activeElement.ariaLabel || document.activeElement.innerText")
            == name
        ):
            return
    pytest.fail(f"the keyboard does not reach {name}")


def test_a_standard_that_was_set_is_one_step_less(browser: Browser, office: Office):
    """From the start page to the row, and back to a list that knows."""
    page = new_page(browser, office)
    sign_in(page, office, "guanli")
    expect(page.get_by_role("heading", name=re.compile("第一天做什么：还有"))).to_be_visible()
    before = examples_left(page)
    reach(page, "去办：换上今年的保障标准")
    page.keyboard.press("Enter")
    page.wait_for_url("**/registry/standards.toml")
    page.goto("/registry/standards.toml/rows/1/3")
    page.locator("[name=c-month_amount]").fill("480")
    page.locator("[name=c-from]").fill("2026-07-01")
    page.locator("[name=c-mark]").fill("")
    page.locator("button[value=since]").focus()
    page.keyboard.press("Enter")
    page.locator("[name=why]").fill("镇民发〔2026〕12号")
    page.keyboard.press("Enter")
    page.wait_for_url("**/registry/standards.toml*")
    assert examples_left(page) == before - 1
    done = page.locator("li.done-step", has_text="建各人的账号")
    assert "做好了" in done.inner_text()
    page.context.close()
