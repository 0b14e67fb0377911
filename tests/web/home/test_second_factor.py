"""One's own phone: told, confirmed, its spare codes, ended; roles that must have one."""

import dataclasses
import datetime as dt
import io
import re

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from minzheng.accounts.models import AuditEntry, SecondFactor
from minzheng.accounts.second_factor import address_of, confirm, is_on, spares_left
from minzheng.external.qr_codes import read_qr_codes
from minzheng.web.gate import access, office
from minzheng.web.home import second_factor
from tests.accounts.phone import code_at
from tests.web.home.conftest import PASSWORD, try_password

BEFORE = dt.timedelta(minutes=10)


@pytest.fixture
def browser(person):
    """Signed in, without a phone."""
    opened = Client()
    try_password(PASSWORD, browser=opened)
    return opened


@pytest.fixture
def has_phone(person, browser):
    began = timezone.now() - BEFORE
    return confirm(person, code_at(person, began), began)


@pytest.fixture
def asked_for(monkeypatch):
    """The settings want a code of inspectors."""
    wanted = dataclasses.replace(office.config(), code_roles="检查人员、管理员")
    for module in (access, second_factor):
        monkeypatch.setattr(module, "config", lambda: wanted)


def post(browser: Client, person, deed: str = "", password: str = PASSWORD, code: str = ""):
    data = {"password": password, "code": code or code_at(person, timezone.now()), "deed": deed}
    return browser.post("/account/code", data, follow=True)


def test_the_picture_tells_the_phone_what_the_page_spells(person, browser):
    """And no browser keeps it."""
    page = browser.get("/account/code").content.decode()
    answer = browser.get("/account/code/picture")
    assert "no-store" in answer["Cache-Control"]
    pixels = np.asarray(Image.open(io.BytesIO(answer.content)).convert("L"))
    (told,) = read_qr_codes(pixels)
    assert told == address_of(SecondFactor.objects.get(), office.config().bureau)
    spelled = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert spelled
    assert f"secret={spelled[1].replace(' ', '')}" in told


def test_with_password_and_code_it_holds_and_spare_codes_are_shown_once(person, browser):
    """It stands in the log; neither secret nor picture is shown any longer."""
    page = post(browser, person).content.decode()
    assert page.count('class="secret"') == 10
    assert "已启用" in page
    page = browser.get("/account/code").content.decode()
    assert "secret" not in page
    assert browser.get("/account/code/picture").status_code == 404
    assert AuditEntry.objects.filter(what="启用手机验证码", result="成功").exists()


@pytest.mark.parametrize("wrong", [{"password": "x"}, {"code": "000000"}])
def test_a_wrong_password_or_code_changes_nothing(person, browser, wrong):
    """Whoever finds a PC open does not put the own phone on it."""
    answer = post(browser, person, **wrong)
    assert answer.status_code == 422
    assert "不对" in answer.content.decode()
    assert not is_on(person)


def test_new_spare_codes_and_the_end_ask_for_both_too(person, browser, has_phone):
    """A spare code will do for the code."""
    assert post(browser, person, "end", code="000000").status_code == 422
    assert is_on(person)
    page = post(browser, person, "spares", code=has_phone[0]).content.decode()
    assert page.count('class="secret"') == 10
    assert spares_left(person) == 10
    assert "已关掉" in post(browser, person, "end").content.decode()
    assert not is_on(person)


def test_a_role_that_must_have_one_sees_nothing_before(person, browser, asked_for):
    """The own account and this page are open; afterwards all is, and it cannot be ended."""
    assert browser.get("/search")["Location"] == "/account/code"
    assert browser.get("/account").status_code == 200
    assert "请先在这里启用" in browser.get("/account/code").content.decode()
    post(browser, person)
    assert browser.get("/search").status_code == 200
    began = timezone.now() + dt.timedelta(seconds=30)
    page = post(browser, person, "end", code=code_at(person, began)).content.decode()
    assert is_on(person)
    assert page.count('class="secret"') == 10


def test_other_roles_need_none(person, browser, asked_for):
    """The settings name who must."""
    person.role = "审计员"
    person.save()
    assert browser.get("/").status_code == 200
