"""Signing in at a real provider of OpenID Connect, led there and back."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from minzheng.accounts import second_factor
from minzheng.accounts.models import AuditEntry, Grant, Person, Role, SecondFactor
from minzheng.web.gate import office
from tests.accounts.phone import code_at
from tests.external.directories.identity_provider import identity_provider, type_name

PEOPLE = {
    "s-1": {"preferred_username": "ZhangWei"},
    "s-2": {"preferred_username": "nobody-here"},
    "s-3": {"preferred_username": "zhangwei"},
    "s-4": {},
}


@pytest.fixture(scope="module")
def provider():
    with identity_provider(PEOPLE) as address:
        yield address


@pytest.fixture
def browser(db, provider, monkeypatch):
    """Where the office has such a provider, and an account that belongs to one of its people."""
    monkeypatch.setenv("MINZHENG_OIDC_SECRET", "geheim-1")
    with_provider = replace(office.config(), oidc_issuer=provider)
    for name in ("provider_sign_in", "letting_in", "whose_password", "account"):
        monkeypatch.setattr(f"minzheng.web.home.{name}.config", lambda: with_provider)
    monkeypatch.setattr("minzheng.web.gate.access.config", lambda: with_provider)
    monkeypatch.setattr(office, "config", lambda: with_provider)
    Person.objects.create_user(
        "zhang", password="Right-one-1", role=Role.INSPECTOR, outside_name="zhangwei"
    )
    return Client()


def sign_in_as(browser, subject, following="/account"):
    led = browser.get("/sign-in/outside", {"next": following})
    assert led.status_code == 302, led.content.decode()
    return browser.get(_local(type_name(led["Location"], subject)))


def _local(address):
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def test_whom_the_provider_names_is_signed_in(browser):
    """Capitals do not matter, and one comes where one wanted to go; the log tells of it."""
    answer = sign_in_as(browser, "s-1")
    assert (answer.status_code, answer["Location"]) == (302, "/account")
    page = browser.get("/account").content.decode()
    assert "用统一身份认证登录（zhangwei），密码在那里改" in page
    assert "现在的密码" not in page
    assert AuditEntry.objects.filter(person="zhang", action="登录", result="成功").exists()


def test_the_browser_is_led_as_the_standard_asks(browser):
    """With state, nonce and a challenge (PKCE), and to type the password anew."""
    asked = parse_qs(urlsplit(browser.get("/sign-in/outside")["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["prompt"] == ["login"]
    assert all(asked[name][0] for name in ("state", "nonce", "code_challenge"))
    assert asked["redirect_uri"] == ["http://testserver/sign-in/outside/back"]


@pytest.mark.parametrize("subject", ["s-2", "s-4"])
def test_whom_no_account_belongs_to_is_told_so(browser, subject):
    """Also who has no name there."""
    answer = sign_in_as(browser, subject)
    assert answer.status_code == 422
    assert "没有对应的账号" in answer.content.decode()
    assert browser.get("/account").status_code == 302


def test_a_successor_of_the_name_opens_nothing(browser):
    """The provider gave the name to somebody else: another subject."""
    assert sign_in_as(browser, "s-1").status_code == 302
    answer = sign_in_as(Client(), "s-3")
    assert answer.status_code == 422
    assert "已经换了人" in answer.content.decode()


def test_an_answer_that_was_not_asked_for_opens_nothing(browser):
    """Another browser's, one used before, one made up, and a sign-in that was broken off."""
    led = browser.get("/sign-in/outside")
    back = _local(type_name(led["Location"], "s-1"))
    for other in (Client().get(back), browser.get("/sign-in/outside/back?code=x&state=y")):
        assert "没有完成" in other.content.decode()
    assert browser.get(back).status_code == 302
    browser.post("/sign-out")
    assert "没有完成" in browser.get(back).content.decode()
    led = browser.get("/sign-in/outside")
    denied = browser.get(_local(type_name(led["Location"], "s-1", is_denied=True)))
    assert "没有完成" in denied.content.decode()
    assert browser.get("/account").status_code == 302


def test_a_stranger_s_address_is_not_gone_to_afterwards(browser):
    """Only pages of ours."""
    assert sign_in_as(browser, "s-1", "https://elsewhere.example/x")["Location"] == "/"


def test_a_stopped_account_stays_closed(browser):
    """So does one that waits for its second person."""
    person = Person.objects.get()
    Grant.objects.create(person=person, kind=Grant.Kind.NEW, is_waiting=True, asked_by="a")
    assert "还没确认" in sign_in_as(browser, "s-1").content.decode()
    Grant.objects.all().delete()
    Person.objects.update(is_active=False)
    assert "已停用" in sign_in_as(browser, "s-1").content.decode()


def test_the_phone_is_asked_as_well(browser):
    """A code of the phone stays what it was; then one comes where one wanted to go."""
    person = Person.objects.get()
    second_factor.confirm(person, code_at(person, timezone.now()), timezone.now())
    assert sign_in_as(browser, "s-1")["Location"] == "/sign-in/code"
    SecondFactor.objects.update(last_step=0)
    answer = browser.post("/sign-in/code", {"code": code_at(person, timezone.now())})
    assert (answer.status_code, answer["Location"]) == (302, "/account")


def test_a_password_of_ours_opens_no_such_account(browser):
    """It may be an old one, known to others."""
    typed = {"username": "zhang", "password": "Right-one-1"}
    assert browser.post("/sign-in", typed).status_code == 422
    Person.objects.update(outside_name="")
    assert browser.post("/sign-in", typed).status_code == 302


def test_a_provider_that_is_away_is_said(browser, monkeypatch):
    """And nobody is signed in."""
    away = replace(office.config(), oidc_issuer="http://127.0.0.1:1")
    monkeypatch.setattr("minzheng.web.home.provider_sign_in.config", lambda: away)
    answer = browser.get("/sign-in/outside")
    assert answer.status_code == 422
    assert "没有正常应答" in answer.content.decode()


def test_without_a_provider_there_is_no_such_page(client, db):
    """And the sign-in does not speak of one."""
    assert client.get("/sign-in/outside").status_code == 404
    assert "统一身份认证" not in client.get("/sign-in").content.decode()


def test_what_was_typed_goes_on_after_a_sign_in_in_another_window(browser):
    """The page that holds it has an old token by then; no password is carried along."""
    strict = Client(enforce_csrf_checks=True)
    led = strict.get("/sign-in/outside")
    strict.get(_local(type_name(led["Location"], "s-1")))
    posted = {"kept": '[["q1", "甲"]]', "next": "/forms/DB-01", "password": "geheim"}
    page = strict.post("/sign-in", posted)
    assert page.status_code == 403
    text = page.content.decode()
    assert "[[&quot;q1&quot;, &quot;甲&quot;]]" in text
    assert "geheim" not in text
    answer = Client()
    answer.force_login(Person.objects.get(), "minzheng.accounts.sessions.AccountBackend")
    assert answer.post("/sign-in", posted)["Location"].startswith("/forms/DB-01")
