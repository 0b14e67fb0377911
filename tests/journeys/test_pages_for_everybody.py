"""Every main page for every role: readable, reachable by keyboard, light, fits any screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from script.page_sweep import MEASURE, SIZES
from tests.journeys.served_office import Office, new_page, sign_in

pytestmark = pytest.mark.journey

MOST_BYTES = 100 * 1024
#: Levels of WCAG 2 that are looked at: A and AA.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    "resultTypes": ["violations"],  # to describe what is right takes two fifths of a long page
}
_CLERK = ["/", "/forms", "/forms/DB-01", "/batches", "/documents", "/known?q=cs", "/inbox"]
_READER = ["/search?q=低保", "/traces?name=测试周桂兰", "/completeness", "/coverage", "/account"]
PAGES = {
    "zhenji": [*_CLERK, *_READER, "/batches?form=ZF-01", "/no-such-page"],
    "cunji": ["/", "/inbox", "/coverage"],
    "jiancha": [
        "/", *_READER, "/search", "/search?q=低保&year=2018", "/search/list?q=低保", "/files/FIRST",
        "/checklist", "/doubts", "/cabinets/", "/cabinets/103200", "/registers/visits",
    ],
    "guanli": [
        "/", "/people", "/people/new", "/people/1", "/registry", "/registry/dossiers.toml",
        "/registry/standards.toml",
        "/registry/holidays.csv", "/registry/synonyms.txt", "/templates", "/templates/DB-01",
        "/jobs", "/inbox", "/coverage", "/search", "/grants",
    ],
    "xianji": ["/", "/persons", "/persons/due", "/persons/removals"],
    "shenji": ["/", "/audit", "/audit/verify", "/api/guide", "/grants", "/account"],
}  # fmt: skip


@pytest.mark.parametrize("username", PAGES)
def test_pages_are_accessible_light_and_fit(browser: Browser, office: Office, username: str):
    """No serious finding of axe, at most 100 KB, nothing that `page_sweep.js` finds, no error.

    It finds, at 1366, 683 and 390 pixels, what is wider than the screen or one letter wide,
    bars over fields, rings of the focus under 3:1 or cut off, nothing to use on the screen.
    """
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
            found = page.evaluate(MEASURE, {"size": name})
            errors += [f"{shown}: {name}: {one}" for one in found]
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


#: A page on which everything is wrong that is looked for; the tall part makes it scroll.
_BAD = """
<style>
  body { margin: 0; font-size: 18px; }
  .bar { position: sticky; bottom: 0; height: 120px; background: #ddd; }
  .pale:focus { outline: 3px solid #cde; }
  .bare:focus { outline: none; }
  .shut { overflow: hidden; width: 90px; }
  .shut a { display: block; }
  a:focus { outline: 3px solid #8a5a00; outline-offset: 2px; }
</style>
<main>
  <p style="width: 900px">很宽的一行</p>
  <p style="width: 20px; word-break: break-all">一字一行的一行字</p>
  <input class="pale"><textarea class="bare" style="display: block"></textarea>
  <div class="shut"><a href="/x">切掉的</a></div>
  <div style="height: 140px"></div><select><option>遮住的</option></select>
  <div class="bar">按钮</div>
  <div style="height: 900px"></div>
</main>"""


def test_the_measures_find_what_is_wrong(browser: Browser):
    """Too wide, one letter wide, covered, ringed too pale or not at all or cut off."""
    page = browser.new_page(viewport={"width": 683, "height": 384})
    page.set_content(_BAD)
    found = page.evaluate(MEASURE, {"size": "zoomed"})
    page.close()
    for wanted in (
        "wider than the screen", "one character wide", "covered: <div class=\"bar\">",
        "a bar takes a quarter", "ring of 1.", "no ring at <textarea", "ring cut off",
    ):  # fmt: skip
        assert any(wanted in one for one in found), (wanted, found)


def test_a_box_that_scrolls_sideways_is_found(browser: Browser):
    """At any width; what is laid out for paper may be wide."""
    table = "<div class='scroll' style='overflow-x: auto'><p style='width: 2000px'>{}很宽</p></div>"
    page = browser.new_page()
    told = []
    for text in ("", "<b class='sheet-head'>打印</b>"):
        page.set_content(f"<main><a href='/'>去</a>{table.format(text)}</main>")
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            told.append(page.evaluate(MEASURE, {"size": size}))
    page.close()
    assert [any("scrolls sideways" in one for one in found) for found in told] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


def test_a_day_without_a_mouse(browser: Browser, office: Office):
    """Sign in, skip to the text, search, open a hit: every stop is seen."""
    page = new_page(browser, office)
    page.goto("/sign-in")
    page.wait_for_function("() => document.activeElement.name === 'username'")
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
    page.wait_for_function("() => document.activeElement.name === 'q'")
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
