"""Long lists of forms and the sections of a form are folded on a phone, without a script."""

import pytest
from playwright.sync_api import expect

from tests.web.static.conftest import SCRIPTS

_GROUP = (
    '<section class="group folds" id="{0}"><h2>{0}<a class="narrow-only" href="#{0}">2</a></h2>'
)
_CARDS = '<ul class="cards"><li>{0}-01</li></ul></section>'
_ROWS = '<div class="scroll"><table><tr><td>{0}-01</td></tr></table></div></section>'
_BODY = '<nav id="every"><a class="narrow-only" href="#every">全部展开</a></nav>' + "".join(
    (_GROUP + _CARDS).format(name) for name in ("DB", "TK")
)


@pytest.mark.parametrize(("width", "is_folded"), [(390, True), (683, False)])
def test_forms_are_folded_until_their_group_is_asked_for(show, width, is_folded):
    """One group opens by its own link, or by one from another page; all of them by one more."""
    page = show(_BODY)
    page.add_style_tag(path=SCRIPTS / "style.css")
    page.set_viewport_size({"width": width, "height": 800})
    shown = page.locator(".cards:visible")
    expect(shown).to_have_count(0 if is_folded else 2)
    expect(page.locator("a:visible")).to_have_count(3 if is_folded else 0)
    if is_folded:
        page.locator("#TK a").click()
        expect(shown).to_have_text("TK-01")
        page.locator("#every a").click()
        expect(shown).to_have_count(2)


def test_tables_under_a_heading_fold_like_cards(show):
    """Those of the templates."""
    page = show(_BODY.split("<section")[0] + (_GROUP + _ROWS).format("DB"))
    page.add_style_tag(path=SCRIPTS / "style.css")
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator("td")).to_be_hidden()
    page.locator("#DB a").click()
    expect(page.locator("td")).to_be_visible()
    page.locator("#every a").click()
    expect(page.locator("td")).to_be_visible()


def _part(title: str, inputs: str, *, is_open: bool = False) -> str:
    """A section of a form as fill.html draws it."""
    checked = " checked" if is_open else ""
    return (
        f'<fieldset class="card part"><legend>{title}<span class="narrow-only">'
        f'<small class="so-far"></small><input type="checkbox" class="folding"{checked} '
        f'aria-label="展开：{title}"></span></legend><div class="fields">{inputs}</div></fieldset>'
    )


def _box(name: str) -> str:
    return (
        f'<div class="field"><label for="f-{name}">{name}<span class="must">＊</span></label>'
        f'<input id="f-{name}" name="{name}"><p class="problem"></p></div>'
    )


_FORM = (
    '<section class="alert"><a href="#f-third">第三格</a></section>'
    '<form id="filled" class="form"><button disabled></button>'
    '<label class="choice narrow-only unfold">'
    '<input type="checkbox" class="folding">展开全部</label>'
    + _part("甲", _box("first"), is_open=True)
    + _part("乙", _box("second"))
    + _part("丙", _box("third"))
    + '<button class="primary">生成</button></form>'
)


@pytest.fixture
def shown_form(show):
    def open_form(width: int, *scripts: str):
        page = show(_FORM, *scripts)
        for name in ("style.css", "form.css"):
            page.add_style_tag(path=SCRIPTS / name)
        page.set_viewport_size({"width": width, "height": 800})
        return page

    return open_form


@pytest.mark.parametrize(("width", "seen"), [(390, 1), (683, 3), (1366, 3)])
def test_a_form_shows_one_section_on_a_phone(shown_form, width, seen):
    """Without scripts: the line opens one, a box all, a link of an error its own."""
    page = shown_form(width)
    fields = page.locator(".fields:visible")
    expect(fields).to_have_count(seen)
    expect(page.locator(".folding:visible")).to_have_count(4 if width == 390 else 0)
    if width == 390:
        page.get_by_label("展开：乙").check()
        expect(fields).to_have_count(2)
        page.get_by_role("link", name="第三格").click()
        expect(fields).to_have_count(3)
        page.get_by_label("展开：乙").uncheck()
        page.get_by_label("展开全部").check()
        expect(fields).to_have_count(3)


def test_whoever_goes_on_opens_the_next_section(shown_form):
    """Enter, Ctrl+Enter and an error's link lead into a folded one; each says how far it is."""
    page = shown_form(390, "form.js")
    expect(page.locator(".so-far")).to_have_text(["已填 0／1，必填还差 1"] * 3)
    page.locator("#f-first").fill("有")
    expect(page.locator(".so-far").first).to_have_text("已填 1／1")
    page.keyboard.press("Enter")
    expect(page.locator("#f-second")).to_be_focused()
    expect(page.locator(".fields:visible")).to_have_count(2)
    page.get_by_role("link", name="第三格").click()
    expect(page.locator("#f-third")).to_be_focused()
    page.get_by_label("展开：丙").uncheck()
    page.locator("#f-second").press("Control+Enter")
    expect(page.locator("#f-third")).to_be_focused()
    page.locator("#f-third").press("Enter")
    expect(page.get_by_role("button", name="生成")).to_be_focused()


def test_folding_is_no_answer(shown_form):
    """The form hears nothing of it, so nothing is sent; Enter on it folds."""
    page = shown_form(390, "form.js")
    page.evaluate("""() => {
      const heard = () => { document.title = "送了"; };
      for (const kind of ["input", "change"]) filled().addEventListener(kind, heard);
    }""")
    box = page.get_by_label("展开：乙")
    box.focus()
    page.keyboard.press("Enter")
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    page.keyboard.press("Space")
    expect(box).not_to_be_checked()
    assert page.title() != "送了"
    page.locator("#f-first").fill("有")
    assert page.title() == "送了"
