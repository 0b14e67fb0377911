"""The administrator's and the auditor's pages."""

import dataclasses
import re

import pytest
from django.test import Client
from django.utils import timezone

from minzheng.accounts.models import ApiToken, AuditEntry, Grant, Person, Role
from minzheng.accounts.second_factor import confirm, is_on
from minzheng.accounts.tokens import issue_token
from minzheng.county.settings.all_settings import ROLES
from minzheng.web.gate.office import config
from minzheng.web.home import desks
from minzheng.web.office import grants, people
from tests.accounts.phone import code_at

NEW = {
    "username": "liulan", "first_name": "测试刘兰", "role": "村级专管员", "town": "钟宝镇",
    "village": "旧城村", "is_active": "on", "dossiers": ["DB", "TK", "ET"],
}  # fmt: skip


@pytest.fixture
def desk(sign_in):
    return sign_in(Role.ADMINISTRATOR)


def test_the_commands_roles_are_the_roles():
    """Written twice: settings and command line are read before Django starts."""
    assert list(ROLES) == list(Role.values)


def secrets(page: str) -> list[str]:
    """What a page shows once."""
    return re.findall(r'class="secret">([\w-]+)<', page)


def agree(browser: Client, decision: str = "agree") -> str:
    """Press for everything that waits; the page that follows."""
    chosen = [one.pk for one in Grant.objects.filter(settled_at=None)]
    form = {"grant": chosen, "decision": decision}
    return browser.post("/grants/settle", form, follow=True).content.decode()


def test_a_new_account_is_opened_by_two(desk, sign_in):
    """Each is shown a half once; its owner changes the whole at once."""
    (first,) = secrets(desk.post("/people/new", NEW, follow=True).content.decode())
    person = Person.objects.get(username="liulan")
    assert person.given_dossiers == ["ET"]
    assert "DB" not in person.withheld_dossiers
    assert "LS" in person.withheld_dossiers
    assert first not in desk.get(f"/people/{person.pk}").content.decode()
    assert "不能由您确认" in agree(desk)
    auditor = sign_in(Role.AUDITOR)
    (second,) = secrets(agree(auditor))
    assert second not in auditor.get("/grants").content.decode()
    browser = Client()
    for half in (first, second, first + second[:-1]):
        browser.post("/sign-in", {"username": "liulan", "password": half})
        assert browser.get("/search")["Location"].startswith("/sign-in")
    browser.post("/sign-in", {"username": "liulan", "password": first + second})
    assert browser.get("/search")["Location"] == "/account"
    told = list(AuditEntry.objects.order_by("number").values_list("what", flat=True))
    about = "新建账号 liulan 村级专管员 钟宝镇旧城村 另授 ET 待确认"
    assert about in told
    assert "同意 新建账号 liulan（p0 提出）" in told
    assert not any(half in what for half in (first[:-1], second) for what in told)


@pytest.fixture
def _one_person(monkeypatch) -> None:
    """The settings ask for no second person."""
    alone = dataclasses.replace(config(), second_person="no")
    for module in (people, grants, desks):
        monkeypatch.setattr(module, "config", lambda: alone)


@pytest.mark.usefixtures("_one_person")
def test_where_one_is_enough_it_is_said_on_the_page_and_to_the_auditor(desk, sign_in):
    """What was given holds at once; it stands before the auditor until one has seen it."""
    page = desk.post("/people/new", NEW, follow=True).content.decode()
    (password,) = secrets(page)
    person = Person.objects.get(username="liulan")
    assert person.check_password(password)
    for address in ("/people", f"/people/{person.pk}", "/people/new", "/grants", "/"):
        assert "管理员一个人就能授权" in desk.get(address).content.decode()
    more = NEW | {"dossiers": ["DB", "TK", "ET", "YF"]}
    assert "已保存" in desk.post(f"/people/{person.pk}", more, follow=True).content.decode()
    person.refresh_from_db()
    assert person.given_dossiers == ["ET", "YF"]
    desk.post(f"/people/{person.pk}/password")
    auditor = sign_in(Role.AUDITOR)
    start = auditor.get("/").content.decode()
    assert all(one in start for one in ("新建账号 liulan", "重设密码 liulan", "增加权限 liulan"))
    shown = re.findall(r'name="grant" value="(\d+)"', auditor.get("/grants").content.decode())
    desk.post(f"/people/{person.pk}/password")
    assert desk.post("/grants/seen", {"grant": shown}).status_code == 403
    auditor.post("/grants/seen", {"grant": shown})
    start = auditor.get("/").content.decode()
    assert "新建账号 liulan" not in start
    assert "重设密码 liulan" in start  # done after the page was shown


def test_more_rights_wait_less_do_not(desk, sign_in):
    """The page says what waits; the account keeps what it had."""
    desk.post("/people/new", NEW)
    person, auditor = Person.objects.get(username="liulan"), sign_in(Role.AUDITOR)
    agree(auditor)
    more = NEW | {"role": "镇级经办", "village": "", "first_name": "测试刘岚"}
    page = desk.post(f"/people/{person.pk}", more, follow=True).content.decode()
    assert "等第二人确认" in page
    person.refresh_from_db()
    assert (person.role, person.village, person.first_name) == ("村级专管员", "旧城村", "测试刘岚")
    assert "镇级经办 钟宝镇" in auditor.get("/grants").content.decode()
    agree(auditor)
    person.refresh_from_db()
    assert (person.role, person.village) == ("镇级经办", "")
    desk.post(f"/people/{person.pk}", NEW)
    person.refresh_from_db()
    assert person.role == "村级专管员"
    assert not Grant.objects.filter(settled_at=None).exists()


def test_an_administrator_alone_sees_no_papers_through_another(desk):
    """An account with every dossier, its password reset: nobody signs in as it."""
    whole = NEW | {"role": "县级经办", "town": "", "village": "", "dossiers": ["DB", "ET", "YF"]}
    shown = secrets(desk.post("/people/new", whole, follow=True).content.decode())
    person = Person.objects.get(username="liulan")
    page = desk.post(f"/people/{person.pk}/password", follow=True).content.decode()
    assert "没有第二个人可以确认" in page
    for password in shown + secrets(page):
        for typed in (password, password[:-1]):
            browser = Client()
            browser.post("/sign-in", {"username": "liulan", "password": typed})
            assert browser.get("/search")["Location"].startswith("/sign-in")
    agree(desk)
    person.refresh_from_db()
    assert not person.has_usable_password()


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


def with_phone(name: str, role: Role) -> Person:
    """An account that asks for codes."""
    one = Person.objects.create_user(name, password="Old-pass-77", role=role)
    began = timezone.now()
    confirm(one, code_at(one, began), began)
    return one


def test_a_lost_phone_is_forgotten_by_two(desk, sign_in):
    """Until the second agreed it is asked for; then its owner reads who did it."""
    person = with_phone("liulan", Role.INSPECTOR)
    page = desk.post(f"/people/{person.pk}/code", follow=True).content.decode()
    assert "等第二人确认后取消" in page
    assert is_on(person)
    assert "取消验证码 liulan" not in agree(sign_in(Role.AUDITOR))
    assert not is_on(person)
    owner = Client()
    owner.post("/sign-in", {"username": "liulan", "password": "Old-pass-77"})
    assert "手机验证码在" in owner.get("/account").content.decode()
    told = list(AuditEntry.objects.values_list("what", flat=True))
    assert "取消验证码 liulan 待确认" in told
    assert any(one.startswith("同意 取消验证码 liulan") for one in told)


@pytest.mark.usefixtures("_one_person")
def test_where_one_is_enough_a_lost_phone_is_forgotten_at_once(desk):
    """And told to the auditor."""
    person = with_phone("liulan", Role.INSPECTOR)
    desk.post(f"/people/{person.pk}/code")
    assert not is_on(person)
    assert Grant.objects.filter(kind="取消验证码", is_waiting=False, seen_at=None).exists()


def test_neither_an_auditor_s_phone_nor_the_own_is_forgotten_here(desk):
    """Who watches the administrator keeps the second factor."""
    auditor = with_phone("shenji", Role.AUDITOR)
    me = Person.objects.get(role=Role.ADMINISTRATOR)
    for one in (auditor, me):
        assert desk.post(f"/people/{one.pk}/code").status_code == 403
    assert is_on(auditor)
    assert not Grant.objects.exists()


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


def test_a_new_account_has_no_role_until_one_is_chosen(sign_in):
    """Two names and a press make nobody an administrator."""
    browser = sign_in(Role.ADMINISTRATOR)
    page = browser.get("/people/new").content.decode()
    assert re.search(r'<option value="" selected[^>]*>请选择</option>', page)
    named = {"username": "wang", "first_name": "测试王", "is_active": "on", "role": ""}
    answer = browser.post("/people/new", named)
    assert answer.status_code == 422
    assert "没有选角色" in answer.content.decode()
    assert not Person.objects.filter(username="wang").exists()
