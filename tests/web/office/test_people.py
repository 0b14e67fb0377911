"""The administrator's and the auditor's pages."""

import re

import pytest
from django.test import Client

from minzheng.accounts.models import ApiToken, AuditEntry, Person, Role
from minzheng.cli.parser import ROLES

NEW = {
    "username": "liulan", "first_name": "测试刘兰", "role": "村级专管员", "town": "钟宝镇",
    "village": "旧城村", "is_active": "on", "dossiers": ["DB", "TK", "ET"],
}  # fmt: skip


@pytest.fixture
def desk(sign_in):
    return sign_in(Role.ADMINISTRATOR)


def test_the_commands_roles_are_the_roles():
    """Written twice: the command line is read before Django starts."""
    assert list(ROLES) == list(Role.values)


def test_a_new_account_gets_a_password_that_is_shown_once(desk):
    """It opens, and must be changed at once."""
    page = desk.post("/people/new", NEW, follow=True)
    password = re.search(r'class="secret">([\w-]{14})<', page.content.decode())[1]
    person = Person.objects.get(username="liulan")
    assert person.check_password(password)
    assert person.given_dossiers == ["ET"]
    assert "DB" not in person.withheld_dossiers
    assert "LS" in person.withheld_dossiers
    assert password not in desk.get(f"/people/{person.pk}").content.decode()
    browser = Client()
    browser.post("/sign-in", {"username": "liulan", "password": password})
    assert browser.get("/search")["Location"] == "/account"


def test_a_key_is_shown_once_and_can_be_revoked(desk):
    """Each step stands in the audit log, the key itself does not."""
    person = Person.objects.create_user("platform", role=Role.INSPECTOR)
    form = {"purpose": "政务平台", "days": "30"}
    page = desk.post(f"/people/{person.pk}/tokens", form, follow=True).content.decode()
    key = re.search(r"mz_[\w-]{43}", page)[0]
    opened = {"Authorization": f"Bearer {key}"}
    assert Client().get("/api/search?q=测试", headers=opened).status_code == 200
    desk.post(f"/tokens/{ApiToken.objects.get().pk}/revoke")
    assert Client().get("/api/search?q=测试", headers=opened).status_code == 401
    told = " ".join(AuditEntry.objects.values_list("what", flat=True))
    assert f"签发接口密钥 platform {key[:8]} 30 天" in told
    assert f"作废接口密钥 platform {key[:8]}" in told
    assert key not in told
