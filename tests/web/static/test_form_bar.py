"""The bar of buttons stays off the field that is written in, and sends once."""

import pytest

from tests.web.static.conftest import SCRIPTS

_BODY = (
    '<form id="filled" class="form"><button disabled></button><fieldset class="card part">'
    '<legend>意见<span><small class="so-far"></small>'
    '<input type="checkbox" class="folding" checked></span></legend>'
    '<div class="fields"><input id="f-above">'
    '<div class="field"><textarea id="f-long" rows="4">经入户调查，家庭困难。</textarea></div>'
    '<p style="height: 1200px"></p></div></fieldset>'
    '<div class="actions"><button class="primary">生成</button>'
    '<p style="height: 90px"></p></div></form>'
)
_AGAIN = """gap => {
  document.querySelector(".part").style.marginTop = `${gap}px`;
  scrollTo(0, 0);
  document.getElementById("f-above").focus({ preventScroll: true });
}"""
_COVERED = """() => new Promise((done) => setTimeout(() => done(
  document.getElementById("f-long").getBoundingClientRect().bottom
  - document.querySelector(".form > .actions").getBoundingClientRect().top), 100))"""


@pytest.mark.parametrize("key", ["Tab", "Enter"])
def test_a_long_field_comes_whole_above_the_bar(show, key):
    """A browser shows only the line of the caret; the last lines would stay behind the bar."""
    page = show(_BODY, "form.js")
    for name in ("style.css", "form.css"):
        page.add_style_tag(path=SCRIPTS / name)
    page.set_viewport_size({"width": 1366, "height": 768})
    covered = {}
    for gap in range(300, 600, 20):
        page.evaluate(_AGAIN, gap)
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == "f-long"
        covered[gap] = page.evaluate(_COVERED)
    assert {gap: by for gap, by in covered.items() if by >= 1} == {}


def test_a_long_field_comes_whole_above_the_bar_when_it_is_written_in(show):
    """Whoever scrolled away and types on sees all of it again."""
    page = show(_BODY, "form.js")
    for name in ("style.css", "form.css"):
        page.add_style_tag(path=SCRIPTS / name)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.evaluate(_AGAIN, 400)
    page.keyboard.press("Tab")
    page.evaluate("by => scrollBy(0, by)", page.evaluate(_COVERED) - 40)
    assert page.evaluate(_COVERED) == pytest.approx(40, abs=1)
    page.keyboard.type("无")
    assert page.evaluate(_COVERED) < 1


def test_a_double_click_sends_once(show):
    """A second paper would be asked for, and refused as one of a case that is open already."""
    page = show(_BODY, "form.js")
    page.evaluate("""() => {
      window.sent = 0;
      document.addEventListener("submit", (event) => {
        if (!event.defaultPrevented) window.sent += 1;
        event.preventDefault();
      });
    }""")
    page.get_by_role("button", name="生成").dblclick()
    assert page.evaluate("sent") == 1
    page.evaluate("window.dispatchEvent(new Event('pageshow'))")
    page.get_by_role("button", name="生成").click()
    assert page.evaluate("sent") == 2
