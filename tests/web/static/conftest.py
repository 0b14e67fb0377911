"""Scripts of the pages in a real Chromium, on pages of a few lines and without a server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.served_office import PROJECT, open_chromium
from tests.journeys.waiting import PAGE_MS

SCRIPTS = PROJECT / "minzheng/web/static/web"
ADDRESS = "http://pages.test"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with open_chromium() as opened:
        yield opened


@pytest.fixture
def show(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """A page of this text, with these scripts of ours; an error of theirs fails the test."""
    page, errors = chromium.new_page(base_url=ADDRESS), []
    page.set_default_timeout(PAGE_MS)

    def note(error: object) -> None:
        errors.append(error)

    page.on("pageerror", note)

    def open_page(body: str, *scripts: str) -> Page:
        page.route(f"{ADDRESS}/", lambda route: route.fulfill(
            body=f"<!DOCTYPE html><meta charset=utf-8><main>{body}</main>",
            content_type="text/html; charset=utf-8",
        ))  # fmt: skip
        page.goto("/")
        for name in scripts:
            page.add_script_tag(content=Path(SCRIPTS / name).read_text(encoding="utf-8"))
        return page

    yield open_page
    page.close()
    assert errors == []
