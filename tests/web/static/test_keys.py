"""Keys do what a mouse does, say so, and are silent where somebody writes."""

import pytest

LIST = """
<input type="search" aria-label="要找的词"><textarea id="note"></textarea>
<article class="hit"><h2><a href="#1">一</a></h2><input type="checkbox" id="c1"></article>
<article class="hit" hidden style="display:none"><h2><a href="#x">看不见</a></h2></article>
<article class="hit"><h2><a href="#2">二</a></h2><input type="checkbox" id="c2"></article>
<table class="plain"><tbody><tr><td>无</td></tr>
<tr><td><a href="#3">三</a></td></tr></tbody></table>
<a rel="prev" href="#before">上一页</a><a rel="next" href="#after">下一页</a>
<button data-key="+" onclick="document.title='大'">放大</button>
<button data-key="ArrowLeft" aria-label="向左" onclick="document.title='左'">‹</button>
"""
FOCUS = "document.activeElement.textContent || document.activeElement.type"


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.fixture
def page(show):
    return show(LIST, "keys.js")


@pytest.mark.parametrize(
    ("keys", "focus"),
    [
        ("j", "一"), ("jj", "二"), ("jjj", "三"), ("jjjjj", "三"), ("jjk", "一"), ("jkk", "一"),
        ("k", "一"), ("J", "一"), ("/", "search"),
    ],
)  # fmt: skip
def test_one_goes_through_what_is_listed(page, keys, focus):
    """What is not seen and what leads nowhere is passed over; the ends hold."""
    press(page, *keys)
    assert page.evaluate(FOCUS) == focus


def test_what_has_the_focus_is_ticked(page):
    """And ticked off again; nothing when nothing is chosen."""
    press(page, "x")
    press(page, "j", "j", "x")
    ticked = "one => document.getElementById(one).checked"
    assert (page.evaluate(ticked, "c1"), page.evaluate(ticked, "c2")) == (False, True)
    press(page, "x")
    assert page.evaluate(ticked, "c2") is False


@pytest.mark.parametrize(
    ("key", "at"), [("[", "#before"), ("]", "#after")],
)  # fmt: skip
def test_pages_are_turned(page, key, at):
    """As by the links below."""
    press(page, key)
    page.wait_for_url(f"**/{at}")
    assert page.evaluate("location.hash") == at


@pytest.mark.parametrize(("key", "title"), [("+", "大"), ("=", "大"), ("ArrowLeft", "左")])
def test_buttons_have_keys(page, key, title):
    """The plus also without Shift."""
    press(page, key)
    assert page.title() == title


@pytest.mark.parametrize("field", ["[type=search]", "#note"])
def test_none_works_where_somebody_writes(page, field):
    """The letter is written."""
    page.locator(field).focus()
    press(page, "j", "?", "]")
    assert page.locator(field).input_value() == "j?]"
    assert page.locator("dialog").count() == 0


@pytest.mark.parametrize("key", ["Control+j", "Alt+j", "Meta+j"])
def test_the_browsers_own_keys_are_left_to_it(page, key):
    """Nothing gets the focus."""
    press(page, key)
    assert page.evaluate("document.activeElement === document.body")


def test_a_table_says_what_works_here(page):
    """Shown and put away by ?; while it is open no other key works."""
    press(page, "?")
    table = page.get_by_role("dialog", name="这一页的键")
    assert table.is_visible()
    text = table.inner_text()
    for told in ("下一件", "勾选这一件", "放大", "向左", "到查找框", "←"):
        assert told in text
    press(page, "j")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    press(page, "?")
    assert not table.is_visible()


def test_keys_without_a_use_are_not_listed(show):
    """A page of text has only those that work everywhere."""
    page = show("<p>只有字</p>", "keys.js")
    press(page, "j", "?")
    text = page.get_by_role("dialog").inner_text()
    assert "下一件" not in text
    assert "显示、收起这张表" in text


def test_arrows_push_a_page_wider_than_its_window(show):
    """They turn nothing there; beside it they do."""
    page = show(
        '<div class="sheet" tabindex="0" style="width:99px;overflow:auto">'
        '<p style="width:999px">宽</p></div>'
        "<button data-key=ArrowRight onclick=\"document.title='右'\">›</button>",
        "keys.js",
    )
    page.locator(".sheet").focus()
    press(page, "ArrowRight")
    assert page.title() == ""
    page.evaluate("document.activeElement.blur()")
    press(page, "ArrowRight")
    assert page.title() == "右"
