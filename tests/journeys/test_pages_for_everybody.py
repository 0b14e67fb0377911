"""Every main page for every role: readable, reachable by keyboard, light, fits any screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.served_office import Office, new_page, sign_in

pytestmark = pytest.mark.journey

SIZES = {"desktop": (1366, 768), "phone": (390, 844)}
MOST_BYTES = 100 * 1024
#: Levels of WCAG 2 that are looked at: A and AA.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
_CLERK = ["/", "/forms", "/forms/DB-01", "/batches", "/documents", "/known?q=cs", "/inbox"]
_READER = ["/search?q=低保", "/traces?name=测试周桂兰", "/completeness", "/coverage", "/account"]
PAGES = {
    "zhenji": [*_CLERK, *_READER, "/batches?form=ZF-01", "/no-such-page"],
    "cunji": ["/", "/inbox", "/coverage"],
    "jiancha": ["/", *_READER, "/search", "/files/FIRST", "/checklist"],
    "guanli": [
        "/", "/people", "/people/new", "/people/1", "/registry", "/registry/dossiers.toml",
        "/registry/holidays.csv", "/registry/synonyms.txt", "/templates", "/templates/DB-01",
        "/jobs", "/inbox", "/coverage", "/search", "/grants",
    ],
    "xianji": ["/persons", "/persons/due", "/persons/removals"],
    "shenji": ["/", "/audit", "/audit/verify", "/api/guide", "/grants", "/account"],
}  # fmt: skip


@pytest.mark.parametrize("username", PAGES)
def test_pages_are_accessible_light_and_fit(browser: Browser, office: Office, username: str):
    """No serious finding of axe, at most 100 KB, nothing to push sideways, no error."""
    page = new_page(browser, office)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"{page.url} {error}"))
    sign_in(page, office, username)
    for address in PAGES[username]:
        shown = address.replace("FIRST", _first_file(page, office) if "FIRST" in address else "")
        answer = page.goto(shown)
        assert answer is not None
        if len(answer.body()) > MOST_BYTES:
            errors.append(f"{shown}: {len(answer.body())} bytes")
        for name, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                errors.append(f"{shown}: wider than a {name}")
        errors += [f"{shown}: {one}" for one in _findings(page)]
    page.context.close()
    assert errors == []


def _findings(page: Page) -> list[str]:
    """What axe calls serious or critical, and every contrast that is too low."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{one['id']} {one['nodes'][0]['html'][:120]}"
        for one in found
        if one["impact"] in ("serious", "critical") or one["id"] == "color-contrast"
    ]


def _first_file(page: Page, office: Office) -> str:
    """The number of some file, once all were read."""
    office.wait_until_read()
    page.goto("/search?q=低保")
    link = page.locator(".hit h2 a").first.get_attribute("href") or ""
    return link.removeprefix("/files/").partition("?")[0]


def test_the_check_itself_finds_what_cannot_be_read(browser: Browser):
    """Grey on white, a box without a name: else the other tests would say nothing."""
    page = browser.new_page()
    page.set_content("<html><body><p style='color:#bbb'>看不清</p><input></body></html>")
    found = {one.partition(" ")[0] for one in _findings(page)}
    page.close()
    assert {"color-contrast", "label"} <= found


def test_a_day_without_a_mouse(browser: Browser, office: Office):
    """Sign in, skip to the text, search, open a hit: every stop is seen."""
    page = new_page(browser, office)
    page.goto("/sign-in")
    page.wait_for_function("document.activeElement.name === 'username'")
    page.keyboard.type("jiancha")
    page.keyboard.press("Tab")
    page.keyboard.type(office.password("jiancha"))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="退出").wait_for()
    office.wait_until_read()
    page.goto("/coverage")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    page.goto("/")
    page.wait_for_function("document.activeElement.name === 'q'")
    page.keyboard.type("低保")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    seen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        assert stop["outline"], stop
        seen.append(stop["top"])
        if stop["is_hit"]:
            break
    assert stop["is_hit"]
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="来历").wait_for()
    page.context.close()


#: The element that has the focus: whether it is marked, where it is, whether it is a hit.
_STOP = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  return {what: one.outerHTML.slice(0, 90), top: one.getBoundingClientRect().top,
          outline: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
          is_hit: one.matches('.hit h2 a')};
}"""


@pytest.mark.parametrize("address", ["/", "/search?q=低保", "/traces?name=测试周桂兰"])
def test_a_printed_page_is_its_content(browser: Browser, office: Office, address: str):
    """Without menu, search box, buttons; on white."""
    page = new_page(browser, office)
    sign_in(page, office, "jiancha")
    page.goto(address)
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert not page.locator(".search-box").first.is_visible()
    assert page.locator("main h1, main h2").first.is_visible()
    white = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert white == "rgb(255, 255, 255)"
    page.context.close()
