"""帮助 on every page: the chapter of that page for that role; searched, printed, signed out."""

import pytest
from django.test import Client
from django.urls import resolve, reverse

from minzheng.accounts.models import Role
from minzheng.web.help.manual import manual


def test_every_page_links_to_its_place(sign_in):
    """The administrator's home to the administrator's chapter, the search to the search."""
    for role, address, title in (
        (Role.ADMINISTRATOR, "/", "管理员做什么"),
        (Role.ADMINISTRATOR, "/registry/laws.toml", "管理员做什么"),
        (Role.AUDITOR, "/", "审计员做什么"),
        (Role.INSPECTOR, "/", "查档"),
        (Role.COUNTY_CLERK, "/forms/DB-01", "填一张表"),
    ):
        browser = sign_in(role)
        page = resolve(address).url_name
        link = f'href="/help?page={page}"'
        assert link in browser.get(address).content.decode()
        place = browser.get(f"/help?page={page}")["Location"]
        assert title in browser.get(place.partition("#")[0]).content.decode()


def test_help_of_help_and_of_no_page_is_its_beginning(sign_in):
    """A page that nobody wrote of leads to the chapters."""
    browser = sign_in()
    assert 'href="/help">帮助' in browser.get("/help").content.decode()
    assert browser.get("/help?page=no-page")["Location"] == "/help"


def test_own_chapters_come_first(sign_in):
    """Those of the role, then the others."""
    shown = sign_in(Role.AUDITOR).get("/help").content.decode()
    mine, others = shown.split("其他各章")
    assert "审计员做什么" in mine
    assert "一次出几百份" in others


def test_the_manual_is_searched(sign_in):
    """Found words are marked, and what is not there is said."""
    browser = sign_in()
    shown = browser.get("/help", {"q": "收件箱 拍照"}).content.decode()
    assert "<mark>收件箱</mark>" in shown
    assert "手册里没有" in browser.get("/help", {"q": "从没写过的词"}).content.decode()


@pytest.mark.parametrize("address", ["/help", "/help/1", "/help/whole", "/help/pictures/home.png"])
def test_who_cannot_sign_in_reads_it_too(db, address):
    """Nothing in it is of anybody."""
    answer = Client().get(address)
    assert answer.status_code == 200
    answer.close()


def test_the_sign_in_page_has_the_link(db):
    """Where one is stuck first."""
    assert 'href="/help?page=sign-in"' in Client().get("/sign-in").content.decode()


def test_the_whole_can_be_printed(db):
    """Every chapter on one page, with its pictures lazily."""
    shown = Client().get("/help/whole").content.decode()
    assert all(one.title in shown for one in manual().chapters)
    assert 'loading="lazy"' in shown


def test_what_is_not_there_is_not_found(db):
    """Neither a chapter nor a picture."""
    browser = Client()
    for address in (reverse("help-chapter", args=[99]), "/help/pictures/none.png"):
        assert browser.get(address).status_code == 404
