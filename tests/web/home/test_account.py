"""One's own account: a new password, and what it may do."""

import datetime as dt
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone

from minzheng.accounts.models import Person
from tests.web.home.conftest import PASSWORD, try_password


@pytest.mark.parametrize("change", [{"must_change_password": True}, {"password_changed_at": None}])
def test_a_first_or_old_password_must_be_changed_first(person, change):
    """Every other page leads to the account page until then."""
    if "password_changed_at" in change:
        change = {"password_changed_at": timezone.now() - dt.timedelta(days=91)}
    Person.objects.update(**change)
    browser = Client()
    try_password(PASSWORD, browser=browser)
    assert {browser.get(one)["Location"] for one in ("/", "/search")} == {"/account"}
    new = {"old": PASSWORD, "new": "New-pass-77", "again": "New-pass-77"}
    assert browser.post("/account", new).status_code == 302
    assert browser.get("/search").status_code == 200
    assert try_password("New-pass-77").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong", "New-pass-77", "New-pass-77", "现在的密码不对"),
        (PASSWORD, PASSWORD, PASSWORD, "不能与现在的密码相同"),
        (PASSWORD, "short", "short", "太简单"),
        (PASSWORD, "Right-one-2", "Right-one-2", "只是改了现在密码里的数字"),
        (PASSWORD, "Zhang-2026!", "Zhang-2026!", "“Zhang”、“2026”容易猜到"),
        (PASSWORD, "Zhongbao-61!", "Zhongbao-61!", "“Zhongbao”"),
        (PASSWORD, "Zpxmzj-1234", "Zpxmzj-1234", "“Zpxmzj”"),
        (PASSWORD, "New-pass-77", "other", "不一样"),
    ],
)
def test_a_wrong_change_is_explained(person, old, new, again, said):
    """And nothing is changed."""
    browser = Client()
    browser.force_login(person)
    answer = browser.post("/account", {"old": old, "new": new, "again": again})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_an_old_password_is_not_taken_again(person):
    """As many as the settings say; the page tells how many."""
    browser = Client()
    browser.force_login(person)
    assert "最近 5 个用过的不能再用" in browser.get("/account").content.decode()
    passwords = [PASSWORD, *(f"Nuan-chun-{sign}x4" for sign in "kmwqzt")]
    for old, new in pairwise(passwords):
        answer = browser.post("/account", {"old": old, "new": new, "again": new})
        assert answer.status_code == 302
    for number, status in ((-1, 422), (-6, 422), (-7, 302)):
        new = passwords[number]
        form = {"old": passwords[-1], "new": new, "again": new}
        assert browser.post("/account", form).status_code == status
