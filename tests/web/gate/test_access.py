"""Who may open which page."""

import pytest
from django.test import Client

from minzheng.accounts.models import Role

PAGES = [
    "/", "/forms", "/forms/DB-01", "/forms/DB-01/blank", "/documents", "/documents/1",
    "/documents/1/word", "/search?q=测试", "/files/1", "/files/1/pages/1.jpg",
    "/files/1/original", "/coverage", "/batches", "/batches/1", "/batches/1/progress",
    "/batches/1/zip", "/forms/ZF-01/roster",
]  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_anything_signed_out(page):
    """Every page asks for a sign-in."""
    answer = Client().get(page)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_forbids_foreign_content(sign_in, page):
    """No script, style or picture from outside, no frame around us, no copy on disk."""
    answer = sign_in().get(page)
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert "no-store" in answer["Cache-Control"]


def test_an_inspector_does_not_fill_forms(sign_in):
    """Who checks does not write."""
    assert sign_in(Role.INSPECTOR).get("/forms/DB-01").status_code == 403


def test_a_post_without_token_is_refused_in_chinese(db):
    """A page that was open too long says so."""
    answer = Client(enforce_csrf_checks=True).post("/sign-in", {"username": "a"})
    assert answer.status_code == 403
    assert "页面已失效" in answer.content.decode()


def test_a_wrong_address_is_answered_in_chinese(sign_in):
    """No English error page."""
    answer = sign_in().get("/nothing")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()


def test_sign_in_leads_back_to_the_page_asked_for(db, django_user_model):
    """And never to another site."""
    django_user_model.objects.create_user("zhang", password="right-one-1")
    data = {"username": "zhang", "password": "right-one-1"}
    assert Client().post("/sign-in", data | {"next": "/coverage"})["Location"] == "/coverage"
    assert Client().post("/sign-in", data | {"next": "https://evil.example/"})["Location"] == "/"


def test_a_wrong_password_is_said_on_the_page(db):
    """In words, with the name kept."""
    answer = Client().post("/sign-in", {"username": "zhang", "password": "x"})
    assert "用户名或密码不对" in answer.content.decode()
    assert 'value="zhang"' in answer.content.decode()
