"""After the right password an account with a phone owes a code, and is nobody until then."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.utils import timezone

from minzheng.accounts.models import AuditEntry, Role, SignInTries
from minzheng.accounts.second_factor import confirm
from tests.accounts.phone import code_at
from tests.web.home.conftest import PASSWORD, try_password

BEFORE = dt.timedelta(minutes=10)


@pytest.fixture
def spares(person):
    began = timezone.now() - BEFORE
    return confirm(person, code_at(person, began), began)


@pytest.fixture
def browser(spares):
    """The password was right."""
    opened = Client()
    assert try_password(PASSWORD, browser=opened)["Location"] == "/sign-in/code"
    return opened


def give(browser: Client, code: str):
    return browser.post("/sign-in/code", {"code": code})


def test_the_password_alone_opens_nothing(browser):
    """No page, no sign-in in the log."""
    assert browser.get("/account")["Location"].startswith("/sign-in")
    assert "六位数字" in browser.get("/sign-in/code").content.decode()
    assert not AuditEntry.objects.filter(action="登录").exists()


def test_the_right_code_opens_where_one_wanted_to_go(person, spares):
    """And is written down as any sign-in."""
    browser = Client()
    data = {"username": "zhang", "password": PASSWORD, "next": "/search"}
    browser.post("/sign-in", data)
    assert give(browser, code_at(person, timezone.now()))["Location"] == "/search"
    assert browser.get("/account").status_code == 200
    assert AuditEntry.objects.filter(action="登录", person="zhang").count() == 1
    assert not SignInTries.objects.exists()
    assert browser.get("/sign-in/code")["Location"] == "/sign-in"


def test_a_spare_code_opens_once(browser, spares):
    """The second time it is wrong."""
    assert give(browser, spares[0]).status_code == 302
    again = Client()
    try_password(PASSWORD, browser=again)
    assert give(again, spares[0]).status_code == 422


def test_wrong_codes_wait_like_wrong_passwords(person, browser):
    """Five, however often the right password is typed between them."""
    for _ in range(3):
        assert "验证码不对" in give(browser, "000000").content.decode()
    try_password(PASSWORD, browser=browser)
    for _ in range(2):
        answer = give(browser, "000000")
    assert "请 10 分钟后再试" in answer.content.decode()
    assert give(browser, code_at(person, timezone.now())).status_code == 422
    assert AuditEntry.objects.filter(what="账号 zhang 验证码", result="未成").count() == 6


def test_right_passwords_without_a_code_are_no_mistakes(person, spares):
    """Whose phone lies at home is not locked out by it."""
    for _ in range(8):
        assert try_password(PASSWORD, browser=Client())["Location"] == "/sign-in/code"
    browser = Client()
    try_password(PASSWORD, browser=browser)
    assert give(browser, code_at(person, timezone.now())).status_code == 302


def test_without_a_password_there_is_nothing_to_give_a_code_to(person, spares):
    """A code alone opens nothing."""
    stranger = Client()
    assert give(stranger, code_at(person, timezone.now()))["Location"] == "/sign-in"
    assert stranger.get("/account").status_code == 302


@pytest.mark.parametrize("what", ["late", "new password", "stopped"])
def test_what_was_right_a_while_ago_is_not_right_for_ever(person, browser, monkeypatch, what):
    """After five minutes, another password, or the account's end one begins again."""
    code = code_at(person, timezone.now())
    if what == "late":
        session = browser.session
        session["owes_code"] = session["owes_code"] | {"at": 0}
        session.save()
    elif what == "new password":
        person.set_password("Another-1-one")
        person.save()
    else:
        person.is_active = False
        person.save()
    assert give(browser, code)["Location"] == "/sign-in"
    assert browser.get("/account").status_code == 302


def test_what_was_typed_before_the_sign_in_comes_along(person, spares):
    """In the pages that ask for password and code; no session holds it."""
    person.role = Role.COUNTY_CLERK
    person.save()
    fields = [["name", "测试甲"], ["draft", "0123456789abcdef"]]
    typed = json.dumps(fields, ensure_ascii=False)
    browser = Client()
    data = {"username": "zhang", "password": PASSWORD, "next": "/forms/DB-01", "kept": typed}
    page = browser.post("/sign-in", data).content.decode()
    assert "测试甲" in page
    assert "测试甲" not in str(dict(browser.session))
    data = {"code": code_at(person, timezone.now()), "next": "/forms/DB-01", "kept": typed}
    answer = browser.post("/sign-in/code", data, follow=True)
    assert answer.redirect_chain[0][0].startswith("/forms/DB-01?draft=")
    assert "测试甲" in answer.content.decode()
