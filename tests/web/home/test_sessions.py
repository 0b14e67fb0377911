"""One's own sign-ins, listed and ended; an administrator ends those of others."""

import pytest
from django.test import Client

from minzheng.accounts.models import AuditEntry, Person, Role, SignIn
from tests.web.home.conftest import PASSWORD, try_password

EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


def browser(address: str = "10.0.0.5") -> Client:
    """A browser somebody signed in with, on a page."""
    opened = Client(REMOTE_ADDR=address, headers={"user-agent": EDGE})
    try_password(PASSWORD, browser=opened)
    opened.get("/account")
    return opened


def is_out(one: Client) -> bool:
    return one.get("/account").status_code == 302


def test_each_sign_in_is_listed_and_ended_with_one_press(person):
    """With browser and address; the own one has no button."""
    own, other = browser(), browser("10.0.0.9")
    page = own.get("/account").content.decode()
    assert page.count("Windows 上的 Edge") == 2
    assert page.count("就是这里") == 1
    number = SignIn.objects.get(address="10.0.0.9").pk
    page = own.post(f"/account/sessions/{number}/end", follow=True).content.decode()
    assert "那一处登录已经结束" in page
    assert "10.0.0.9" not in page
    assert is_out(other)
    assert AuditEntry.objects.filter(what="结束自己的登录 10.0.0.9 Windows 上的 Edge").exists()


def test_all_others_are_ended_at_once(person):
    """This one goes on."""
    own, others = browser(), [browser(), browser()]
    assert "结束其他全部" in own.get("/account").content.decode()
    page = own.post("/account/sessions/end-others", follow=True).content.decode()
    assert "已结束其他 2 处登录" in page
    assert "结束其他全部" not in page
    assert all(is_out(one) for one in others)
    assert not is_out(own)


def test_a_new_password_ends_the_others(person):
    """Whoever knew the old one is out; the own sign-in keeps its beginning."""
    own, other = browser(), browser()
    began = min(SignIn.objects.values_list("started_at", flat=True))
    new = {"old": PASSWORD, "new": "Nuan-chun-4x", "again": "Nuan-chun-4x"}
    assert "其他 1 处登录已经结束" in own.post("/account", new, follow=True).content.decode()
    assert is_out(other)
    assert not is_out(own)
    assert SignIn.objects.get().started_at == began


def test_another_s_sign_in_is_not_ended(person, sign_in):
    """It is as good as unknown."""
    own = browser()
    stranger = sign_in(Role.COUNTY_CLERK)
    number = SignIn.objects.get(person=person).pk
    assert stranger.post(f"/account/sessions/{number}/end").status_code == 404
    assert not is_out(own)


@pytest.mark.parametrize("how", ["button", "closed"])
def test_an_administrator_ends_them_and_signs_in_nowhere(person, sign_in, how):
    """By the button, or by closing the account; it stands in the log."""
    own, admin = browser(), sign_in(Role.ADMINISTRATOR)
    assert "1 处，最近使用" in admin.get(f"/people/{person.pk}").content.decode()
    if how == "button":
        admin.post(f"/people/{person.pk}/sign-out")
        told = f"结束登录 {person.username} 1 处"
    else:
        form = {"username": person.username, "first_name": "甲", "role": person.role}
        admin.post(f"/people/{person.pk}", form)
        told = f"修改账号 {person.username} {person.role}"
    assert is_out(own)
    assert not SignIn.objects.filter(person=person).exists()
    assert AuditEntry.objects.filter(what__startswith=told).exists()
    assert "现在没有登录" in admin.get(f"/people/{person.pk}").content.decode()
    assert Person.objects.get(pk=person.pk).check_password(PASSWORD)
