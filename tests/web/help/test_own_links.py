"""No link of the manual leads a reader to a refusal."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.safestring import mark_safe

from minzheng.accounts.models import Person, Role
from minzheng.web.help.manual import manual
from minzheng.web.help.own_links import with_own_links

TEXT = mark_safe('见<a href="/first-day">第一天做什么</a>、<a href="/search?q=a">查档</a>。')
PLACES = {Role.TOWN_CLERK: ("钟宝镇",), Role.VILLAGE_KEEPER: ("钟宝镇", "旧城村")}
FIRST, SEARCH = '<a href="/first-day">', '<a href="/search?q=a">'


@pytest.mark.parametrize(
    ("reader", "links"),
    [
        (Person(role=Role.ADMINISTRATOR), (True, False)),
        (Person(role=Role.INSPECTOR), (False, True)),
        (AnonymousUser(), (False, False)),
    ],
)
def test_only_what_may_be_opened_is_a_link(reader, links):
    """The words stay for everybody."""
    shown = with_own_links(TEXT, reader)
    assert (FIRST in shown, SEARCH in shown) == links
    assert "第一天做什么" in shown
    assert "查档" in shown


def test_other_links_stay_and_dead_ones_go():
    """What is outside, or of the help itself, is for everybody."""
    text = mark_safe(
        '<a href="https://example.org">外</a><a href="/help">帮助</a><a href="/gone">没了</a>'
    )
    shown = with_own_links(text, AnonymousUser())
    assert shown == text.replace('<a href="/gone">没了</a>', "没了")


@pytest.mark.parametrize("role", list(Role))
def test_every_link_of_the_manual_opens_for_its_reader(sign_in, role):
    """Whatever the chapter, for every role, on both pages."""
    browser = sign_in(role, *PLACES.get(role, ()))
    for page in (*(f"/help/{one.number}" for one in manual().chapters), "/help/whole"):
        text = browser.get(page).content.decode().partition('class="manual')[2]
        for address in {part.partition('"')[0] for part in text.split('href="/')[1:]}:
            assert browser.get(f"/{address}").status_code in (200, 302), (page, address)
