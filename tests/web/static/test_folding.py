"""Long lists of forms are folded on a phone, without a script."""

import pytest
from playwright.sync_api import expect

from tests.web.static.conftest import SCRIPTS

_GROUP = (
    '<section class="group folds" id="{0}"><h2>{0}<a class="narrow-only" href="#{0}">2</a></h2>'
)
_CARDS = '<ul class="cards"><li>{0}-01</li></ul></section>'
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
