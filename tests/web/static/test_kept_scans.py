"""Photos chosen on a phone and not yet sent outlast their page, for who chose them, for a day."""

import pytest
from playwright.sync_api import expect

from tests.web.static.test_upload import BOX, Office

SCRIPTS = ("kept_scans.js", "upload.js")
OFFERED = "上次在这里选的 2 张还没有传"
_IN_STORE = """work => new Promise((done, failed) => {
  const opened = indexedDB.open("scans", 1);
  opened.onupgradeneeded = () =>
    opened.result.createObjectStore("scans", { keyPath: "key", autoIncrement: true });
  opened.onerror = () => failed(opened.error);
  opened.onsuccess = () => {
    const database = opened.result, change = database.transaction("scans", "readwrite");
    const asked = change.objectStore("scans").getAll();
    asked.onsuccess = () => {
      if (work) for (const one of asked.result) {
        change.objectStore("scans").put({ ...one, at: one.at - work });
      }
    };
    change.oncomplete = () => { database.close(); done(asked.result.length); };
  };
})"""
DAY_MS = 24 * 3600 * 1000
FILES = [
    {
        "name": f"照片{number}.pdf",
        "mimeType": "application/pdf",
        "buffer": f"%PDF-1.{number}".encode(),
    }
    for number in ("1", "2")
]


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def opened(show, office):
    """The page on a phone, opened as often as it is called."""

    def run(body: str = BOX, *, is_phone: bool = True):
        coarse = f"<script>matchMedia = () => ({{ matches: {str(is_phone).lower()} }})</script>"
        page = show(coarse + body, *SCRIPTS)
        page.unroute("**/up/**")
        page.route("**/up/**", office.answer)
        return page

    return run


def wait_until_kept(page, number: int) -> None:
    """Until so many lie in the browser."""
    page.wait_for_function(f"async () => (await ({_IN_STORE})(0)) === {number}")


def choose(page) -> None:
    page.locator("input[name=scan]").set_input_files(FILES)
    wait_until_kept(page, 2)


def test_what_was_chosen_is_offered_when_the_page_comes_back(opened, office):
    """As it was, and only until it is sent."""
    choose(opened())
    page = opened()
    page.get_by_text(OFFERED).wait_for()
    page.get_by_role("button", name="取来接着传").click()
    expect(page.get_by_text(OFFERED)).to_have_count(0)
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.get_by_text("已收到")).to_have_count(2)
    assert [data for data, _ in office.come.values()] == [one["buffer"] for one in FILES]
    wait_until_kept(page, 0)


def test_what_is_not_wanted_is_gone(opened):
    """Both ways: not offered any more, or taken off the list."""
    page = opened()
    choose(page)
    page.get_by_role("button", name="不传").first.click()
    wait_until_kept(page, 1)
    page = opened()
    page.get_by_role("button", name="不要了").click()
    wait_until_kept(page, 0)


@pytest.mark.parametrize(
    ("body", "aged_ms"),
    [(BOX.replace('data-who="1"', 'data-who="2"'), 0), (BOX, DAY_MS)],
    ids=["somebody else", "a day later"],
)
def test_nobody_else_is_offered_it_nor_after_a_day(opened, body, aged_ms):
    """It is erased."""
    page = opened()
    choose(page)
    page.evaluate(_IN_STORE, aged_ms)
    page = opened(body)
    wait_until_kept(page, 0)
    assert page.get_by_text("还没有传").count() == 0


def test_what_belongs_to_another_paper_is_offered_there(opened):
    """The page of one paper only says where the others are."""
    page = opened()
    choose(page)
    page.evaluate("""async () => {
      const opened = await new Promise((done) => {
        const asked = indexedDB.open("scans", 1);
        asked.onsuccess = () => done(asked.result);
      });
      const store = opened.transaction("scans", "readwrite").objectStore("scans");
      const all = await new Promise((done) => {
        const asked = store.getAll();
        asked.onsuccess = () => done(asked.result);
      });
      await Promise.all(all.map((one) => new Promise((done) => {
        store.put({ ...one, place: "/?document=7" }).onsuccess = done;
      })));
      opened.close();
    }""")
    page = opened()
    page.get_by_text("另有 2 张是在另一份材料那里选的").wait_for()
    link = page.get_by_role("link", name="到那一页接着传")
    assert link.get_attribute("href") == "/?document=7"
    assert page.get_by_role("button", name="取来接着传").count() == 0


def test_at_a_desk_nothing_is_kept(opened):
    """The files lie on its disk, and others sit at it."""
    page = opened(is_phone=False)
    page.locator("input[name=scan]").set_input_files(FILES)
    expect(page.get_by_role("button", name="不传")).to_have_count(2)
    page = opened(is_phone=False)
    wait_until_kept(page, 0)
    assert page.get_by_text("还没有传").count() == 0


def test_leaving_asks_while_something_is_not_sent(opened):
    """Not before, and not after."""
    asks = "!dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    page = opened()
    assert not page.evaluate(asks)
    choose(page)
    assert page.evaluate(asks)
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.get_by_text("已收到")).to_have_count(2)
    assert not page.evaluate(asks)


def test_signing_out_erases_it(opened, show):
    """On whatever page."""
    choose(opened())
    page = show('<form class="who"><button>退出</button></form>', "kept_scans.js")
    page.evaluate(
        "document.querySelector('form').addEventListener('submit', (e) => e.preventDefault())"
    )
    page.get_by_role("button", name="退出").click()
    wait_until_kept(page, 0)


@pytest.mark.parametrize(
    ("body", "aged_ms", "kept"),
    [
        ('<form data-who="1"></form>', 0, 2),
        ('<form data-who="2"></form>', 0, 0),
        ("<form></form>", 0, 2),
        ("<form></form>", DAY_MS, 0),
    ],
    ids=["who chose them", "somebody else", "nobody yet", "nobody, a day later"],
)
def test_any_page_erases_what_is_not_of_who_opens_it(opened, show, body, aged_ms, kept):
    """Somebody who signs in after a session that ran out never opens the page of uploads."""
    choose(opened())
    page = opened(is_phone=True)
    page.evaluate(_IN_STORE, aged_ms)
    page = show(body, "kept_scans.js")
    page.evaluate("keptScans.tidy()")
    wait_until_kept(page, kept)


def test_a_browser_that_keeps_nothing_sends_all_the_same(show, office):
    """A private window, a full disk."""
    private = "matchMedia = () => ({ matches: true }); indexedDB.open = () => { throw Error(); }"
    page = show(f"<script>{private}</script>{BOX}", *SCRIPTS)
    page.route("**/up/**", office.answer)
    page.locator("input[name=scan]").set_input_files(FILES)
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.get_by_text("已收到")).to_have_count(2)
