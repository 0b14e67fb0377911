"""Signing in with the password of the office's directory."""

from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from minzheng.accounts import second_factor
from minzheng.accounts.models import AuditEntry, Person, Role, SignInTries
from minzheng.web.gate import office
from tests.accounts.phone import code_at
from tests.external.directories.slapd import (
    PASSWORDS,
    PEOPLE,
    READER,
    READER_PASSWORD,
    needs_slapd,
    slapd,
)

pytestmark = needs_slapd
OURS, THEIRS = "Right-one-1", PASSWORDS["zhangwei"]


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    with slapd(tmp_path_factory.mktemp("slapd")) as one:
        yield one


@pytest.fixture
def set_office(directory, monkeypatch):
    """Tell the pages of a directory; gives how to tell them of another."""
    monkeypatch.setenv("MINZHENG_LDAP_PASSWORD", READER_PASSWORD)

    def tell(port=directory.port):
        url = f"ldap://127.0.0.1:{port}"
        changed = replace(office.config(), ldap_url=url, ldap_base=PEOPLE, ldap_reader=READER)
        for name in ("letting_in", "whose_password", "account", "second_factor"):
            monkeypatch.setattr(f"minzheng.web.home.{name}.config", lambda: changed)
        monkeypatch.setattr("minzheng.web.gate.access.config", lambda: changed)
        monkeypatch.setattr(office, "config", lambda: changed)

    return tell


@pytest.fixture
def person(db, set_office):
    set_office()
    return Person.objects.create_user(
        "zhang", password=OURS, role=Role.INSPECTOR, outside_name="zhangwei"
    )


def type_password(password, name="zhang", browser=None):
    return (browser or Client()).post("/sign-in", {"username": name, "password": password})


@pytest.mark.parametrize("name", ["zhang", "zhangwei", "ZhangWei"])
def test_the_directory_s_password_opens(person, name):
    """Under the name here or there; ours opens nothing."""
    assert type_password(OURS, name).status_code == 422
    assert type_password(THEIRS, name).status_code == 302
    assert AuditEntry.objects.filter(person="zhang", action="登录", result="成功").exists()


def test_wrong_passwords_wait_as_any(person):
    """So nobody tries the directory's passwords through these pages."""
    for _ in range(5):
        answer = type_password("Geheim-9")
    assert "请 10 分钟后再试" in answer.content.decode()
    assert type_password(THEIRS).status_code == 422


def test_others_sign_in_as_before(person):
    """An account without an outside name has a password of ours, whatever the directory has."""
    Person.objects.create_user("li", password=OURS, role=Role.AUDITOR)
    assert type_password(OURS, "li").status_code == 302
    assert type_password(THEIRS, "li").status_code == 422


def test_no_password_of_ours_must_be_changed(person):
    """However old it is; the page of the account asks for none."""
    Person.objects.update(must_change_password=True)
    browser = Client()
    type_password(THEIRS, browser=browser)
    assert browser.get("/search").status_code == 200
    page = browser.get("/account").content.decode()
    assert "现在的密码" not in page
    changed = browser.post("/account", {"old": OURS, "new": "An-other-1", "again": "An-other-1"})
    assert changed.status_code == 403


def test_a_second_factor_is_begun_with_the_directory_s_password(person):
    """Ours is not asked for, nor taken."""
    browser = Client()
    type_password(THEIRS, browser=browser)
    code = code_at(person, timezone.now())
    assert browser.post("/account/code", {"password": OURS, "code": code}).status_code == 422
    assert browser.post("/account/code", {"password": THEIRS, "code": code}).status_code == 302
    assert second_factor.is_on(person)


def test_a_directory_that_is_away_is_said_and_no_mistake(person, set_office):
    """It is nobody's wrong password, and ours does not stand in for it."""
    set_office(port=1)
    for _ in range(6):
        answer = type_password(THEIRS)
        assert "没有正常应答" in answer.content.decode()
    assert not SignInTries.objects.filter(failures__gt=0).exists()
    assert type_password(OURS).status_code == 422


def test_a_stopped_account_stays_closed(person):
    """The directory says who it is, not what he may do."""
    Person.objects.update(is_active=False)
    assert type_password(THEIRS).status_code == 422
