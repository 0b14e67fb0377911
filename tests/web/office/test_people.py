"""The administrator's and the auditor's pages."""

import re

import pytest
from django.test import Client

from minzheng.accounts.models import ApiToken, AuditEntry, Person, Role
from minzheng.accounts.tokens import issue_token
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


def test_an_administrator_ends_keys_and_makes_none(desk):
    """Who keeps accounts never acts as one of them."""
    person = Person.objects.create_user("platform", role=Role.INSPECTOR)
    key = issue_token(person, purpose="政务平台", days=30, issued_by="platform")
    assert (
        desk.post(f"/people/{person.pk}/tokens", {"purpose": "x", "days": "1"}).status_code == 404
    )
    assert "签发密钥" not in desk.get(f"/people/{person.pk}").content.decode()
    desk.post(f"/tokens/{ApiToken.objects.get().pk}/revoke")
    opened = {"Authorization": f"Bearer {key}"}
    assert Client().get("/api/search?q=测试", headers=opened).status_code == 401
    told = " ".join(AuditEntry.objects.values_list("what", flat=True))
    assert f"作废接口密钥 platform {key[:8]}" in told


def test_an_auditor_s_password_is_not_the_administrator_s(desk):
    """Refused, and written down as refused."""
    auditor = Person.objects.create_user("shenji", password="Old-pass-77", role=Role.AUDITOR)
    answer = desk.post(f"/people/{auditor.pk}/password")
    assert answer.status_code == 403
    assert "审计员的密码不由管理员重设" in answer.content.decode()
    auditor.refresh_from_db()
    assert auditor.check_password("Old-pass-77")
    entry = AuditEntry.objects.first()
    assert (entry.what, entry.result) == ("重设密码 shenji", "未成")


def test_nobody_grants_oneself_a_right(desk):
    """Another administrator does; the name may be changed."""
    me = Person.objects.get(role=Role.ADMINISTRATOR)
    Person.objects.create_user("guanli2", role=Role.ADMINISTRATOR)
    assert desk.get(f"/people/{me.pk}").status_code == 200
    own = {"username": me.username, "first_name": "甲", "is_active": "on"}
    hidden = {"role": "县级经办", "dossiers": ["DB"]}
    answer = desk.post(f"/people/{me.pk}", own | hidden)
    assert answer.status_code == 422
    assert "不能给自己改角色、范围和专档" in answer.content.decode()
    me.refresh_from_db()
    assert (me.role, me.first_name) == (Role.ADMINISTRATOR, "")
