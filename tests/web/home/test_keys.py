"""Keys for other systems are made by who owns the account."""

import re

import pytest
from django.test import Client

from minzheng.accounts.keeping import give_new_password
from minzheng.accounts.models import ApiToken, AuditEntry, Grant, Person, Role

pytestmark = pytest.mark.django_db


def opens(key: str) -> int:
    opened = {"Authorization": f"Bearer {key}"}
    return Client().get("/api/search?q=测试", headers=opened).status_code


@pytest.fixture
def browser(sign_in):
    return sign_in(Role.INSPECTOR)


@pytest.fixture
def key(browser):
    form = {"purpose": "政务平台", "days": "30"}
    page = browser.post("/account/keys", form, follow=True).content.decode()
    return re.search(r"mz_[\w-]{43}", page)[0]


def test_a_key_is_shown_once_opens_and_is_ended(browser, key):
    """Each step stands in the log, by which key it was done, too; the key itself does not."""
    assert key not in browser.get("/account/keys").content.decode()
    assert opens(key) == 200
    name = Person.objects.get().username
    assert AuditEntry.objects.first().what.endswith(f" 密钥 {key[:8]}")
    assert AuditEntry.objects.first().person == name
    browser.post(f"/account/keys/{ApiToken.objects.get().pk}/revoke")
    assert opens(key) == 401
    told = " ".join(AuditEntry.objects.values_list("what", flat=True))
    assert f"签发接口密钥 {name} {key[:8]} 30 天" in told
    assert f"作废接口密钥 {name} {key[:8]}" in told
    assert key not in told


def test_a_wrong_day_makes_no_key(browser):
    """It is said at its field."""
    answer = browser.post("/account/keys", {"purpose": "政务平台", "days": "9999"})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_another_s_key_is_not_ended(browser, key, sign_in):
    """It is as good as unknown."""
    other = sign_in(Role.COUNTY_CLERK)
    assert other.post(f"/account/keys/{ApiToken.objects.get().pk}/revoke").status_code == 404
    assert opens(key) == 200


def test_a_reset_ends_keys_and_is_told_to_the_owner(browser, key, sign_in):
    """At the sign-in that must change the password; afterwards no more."""
    admin, auditor = sign_in(Role.ADMINISTRATOR), sign_in(Role.AUDITOR)
    person = ApiToken.objects.get().person
    first = admin.post(f"/people/{person.pk}/password", follow=True).content.decode()
    form = {"grant": [Grant.objects.get().pk], "decision": "agree"}
    second = auditor.post("/grants/settle", form, follow=True).content.decode()
    assert opens(key) == 401
    halves = [re.search(r'class="secret">([\w-]+)<', page)[1] for page in (first, second)]
    password = "".join(halves)
    fresh = Client()
    fresh.post("/sign-in", {"username": person.username, "password": password})
    told = fresh.get("/account").content.decode()
    assert "由 p1 提出、p2 确认" in told
    new = {"old": password, "new": "New-pass-77", "again": "New-pass-77"}
    assert "重设，原来" not in fresh.post("/account", new, follow=True).content.decode()
    assert opens(key) == 401


def test_a_new_account_s_password_is_nobody_s_doing(sign_in):
    """A first password is no reset."""
    person = Person.objects.create_user("liu", role=Role.INSPECTOR)
    give_new_password(person)
    browser = Client()
    browser.force_login(person)
    assert "重设，原来" not in browser.get("/account").content.decode()
