"""The sign-in ends while a page is open: nothing typed is lost, nothing is shown in a part."""

import secrets
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.served_office import Office, new_page, sign_in

pytestmark = pytest.mark.journey


@pytest.fixture
def page(browser: Browser, office: Office):
    opened = new_page(browser, office)
    sign_in(opened, office, "zhenji")
    yield opened
    opened.context.close()


def end_session(page: Page) -> None:
    """As after a quarter of an hour of silence."""
    page.context.clear_cookies(name="sessionid")


def test_a_progress_page_goes_to_the_sign_in_as_a_whole(page: Page, office: Office):
    """And back to itself afterwards; the sign-in never stands inside the progress bar."""
    page.goto("/coverage")
    end_session(page)
    page.get_by_role("heading", name="登录").wait_for()
    assert page.locator("header.top").count() == 1
    page.get_by_label("用户名").fill("zhenji")
    page.get_by_label("密码").fill(office.password("zhenji"))
    page.get_by_role("button", name="登录").click()
    page.get_by_role("heading", name="入库情况").wait_for()


def test_a_form_goes_on_after_a_sign_in_in_another_window(page: Page, office: Office):
    """What was typed stays; the form is sent with a new token."""
    page.goto("/forms/DB-01")
    with page.expect_response("**/forms/DB-01/preview"):
        page.locator('[name="name"]').fill("测试甲")
    end_session(page)
    page.locator('[name="phone"]').fill("13800001234")
    page.get_by_text("离开太久，已自动退出").wait_for()
    sign_in(page.context.new_page(), office, "zhenji")
    page.get_by_text("已重新登录").wait_for()
    page.get_by_role("button", name="生成 Word 文件").click()
    page.get_by_text("处需要更正").wait_for()
    assert page.locator('[name="name"]').input_value() == "测试甲"


def run_out(page: Page, office: Office) -> None:
    """The session is over for the server alone: the browser still sends its cookie."""
    (key,) = [one["value"] for one in page.context.cookies() if one["name"] == "sessionid"]
    with closing(sqlite3.connect(office.data / "minzheng.sqlite3", timeout=60)) as store, store:
        ended = store.execute(
            "UPDATE django_session SET expire_date = '2001-01-01 00:00:00' WHERE session_key = ?",
            [key],
        )
        assert ended.rowcount == 1


def test_what_was_typed_in_a_session_that_ran_out_is_issued_after_it(page: Page, office: Office):
    """Typed before, typed after, and sent at once: all of it stands there behind the sign-in."""
    page.goto(f"/forms/DB-02?draft={secrets.token_hex(8)}")
    with page.expect_response("**/preview*") as kept:
        page.locator('[name="name"]').fill("测试到点")
    assert kept.value.status == 200
    run_out(page, office)
    page.evaluate("document.querySelector('[name=phone]').value = '13991500007'")
    page.get_by_role("button", name="生成 Word 文件").click()
    page.get_by_text("填的内容没有丢").wait_for()
    page.get_by_label("用户名").fill("zhenji")
    page.get_by_label("密码").fill(office.password("zhenji"))
    page.get_by_role("button", name="登录").click()
    expect(page.locator('[name="name"]')).to_have_value("测试到点")
    expect(page.locator('[name="phone"]')).to_have_value("13991500007")
    page.get_by_role("button", name="生成 Word 文件").click()
    page.get_by_text("处需要更正").wait_for()
    page.goto("/")
    page.get_by_role("link", name="接着填").first.click()
    expect(page.locator('[name="phone"]')).to_have_value("13991500007")
