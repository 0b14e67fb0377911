"""Signing in, being locked out, and the password rules at the desk."""

import datetime as dt

from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from minzheng.accounts.models import AuditEntry, Person, Role, SignInTries
from minzheng.accounts.sign_in_tries import Try, take_try
from tests.web.home.conftest import PASSWORD, try_password


def test_the_right_password_opens_and_is_written_down(person):
    """Who, and from where."""
    assert try_password(PASSWORD).status_code == 302
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.person, entry.address) == ("登录", "zhang", "127.0.0.1")


def test_five_failures_lock_even_the_right_password(person):
    """And say so, in Chinese, for ten minutes; after another mistake for twenty."""
    for _ in range(5):
        answer = try_password("wrong")
    assert "请 10 分钟后再试" in answer.content.decode()
    answer = try_password(PASSWORD)
    assert "请 10 分钟后再试" in answer.content.decode()
    assert answer.status_code == 422
    assert AuditEntry.objects.filter(action="登录失败", what="账号 zhang").count() == 6
    SignInTries.objects.update(last_at=timezone.now() - dt.timedelta(minutes=11))
    assert "请 20 分钟后再试" in try_password("wrong").content.decode()
    SignInTries.objects.update(last_at=timezone.now() - dt.timedelta(minutes=21))
    assert try_password(PASSWORD).status_code == 302


def test_a_stranger_does_not_lock_the_owner_out(person):
    """Who sits elsewhere signs in, however often somebody else was wrong."""
    for _ in range(20):
        try_password("wrong", address="10.0.0.66")
    assert try_password(PASSWORD, address="10.0.0.66").status_code == 422
    assert try_password(PASSWORD, address="10.0.0.7").status_code == 302


def test_an_administrator_gets_in_at_the_machine(person):
    """After strangers' tries from everywhere at once, and after own mistakes in a minute."""
    Person.objects.update(role=Role.ADMINISTRATOR)
    for number in range(130):
        take_try(Try("zhang", f"10.0.1.{number}"))
    assert try_password(PASSWORD, address="10.0.2.1").status_code == 422
    assert try_password(PASSWORD).status_code == 302
    for _ in range(9):
        try_password("wrong")
    assert "请 1 分钟后再试" in try_password(PASSWORD).content.decode()
    SignInTries.objects.update(last_at=timezone.now() - dt.timedelta(seconds=61))
    assert try_password(PASSWORD).status_code == 302


def test_a_name_nobody_has_is_answered_and_locked_alike(person):
    """Nobody learns which names exist; what was typed as a name is not kept."""
    for _ in range(6):
        known, unknown = try_password("wrong"), try_password("wrong", "my-secret-1")
        shown = [answer.content.decode() for answer in (known, unknown)]
        assert ("10 分钟后再试" in shown[0]) == ("10 分钟后再试" in shown[1])
        assert known.status_code == unknown.status_code
    assert not AuditEntry.objects.filter(what__contains="my-secret-1").exists()


def test_a_success_forgets_earlier_failures(person):
    """Four mistakes, a success, four mistakes: no lock."""
    for _ in range(2):
        for _ in range(4):
            try_password("wrong")
        assert try_password(PASSWORD).status_code == 302


def test_an_administrator_ends_a_lock(person, sign_in):
    """Before its time is over."""
    for _ in range(6):
        try_password("wrong")
    sign_in(Role.ADMINISTRATOR).post(f"/people/{person.pk}/unlock")
    assert try_password(PASSWORD).status_code == 302


def test_a_closed_account_does_not_open(person):
    """Nor does a session that was open."""
    browser = Client()
    try_password(PASSWORD, browser=browser)
    Person.objects.update(is_active=False)
    assert browser.get("/").status_code == 302
    assert try_password(PASSWORD).status_code == 422


def test_a_session_ends_after_a_quarter_of_an_hour(person):
    """Counted from the last request."""
    browser = Client()
    try_password(PASSWORD, browser=browser)
    assert browser.session.get_expiry_age() == 15 * 60
    session = browser.session
    session.set_expiry(-1)
    session.save()
    assert browser.get("/").status_code == 302


class TestAnythingTyped(TestCase):
    """Whatever is typed into sign-in and search is answered, never with 500."""

    @settings(max_examples=40, deadline=None)
    @given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=100))
    def test_sign_in(self, username, password, following):
        data = {"username": username, "password": password, "next": following}
        answer = Client(raise_request_exception=False).post("/sign-in", data)
        assert answer.status_code in (200, 302, 422, 429)

    @settings(max_examples=60, deadline=None)
    @given(
        st.text(max_size=250),
        st.dictionaries(
            st.sampled_from(["page", "town", "village", "dossier", "year", "x"]),
            st.text(max_size=30),
        ),
    )
    def test_search(self, words, filters):
        browser = Client(raise_request_exception=False)
        person, _ = Person.objects.get_or_create(username="finder", role=Role.INSPECTOR)
        browser.force_login(person)
        answer = browser.get("/search", {"q": words, **filters})
        is_private = answer.status_code == 302 and answer.url.startswith("/search?q=~")
        assert is_private or answer.status_code in (200, 429)

    @settings(max_examples=40, deadline=None)
    @given(
        st.dictionaries(
            st.sampled_from(["person", "action", "since", "until", "what", "page"]),
            st.text(max_size=30),
        )
    )
    def test_audit(self, filters):
        browser = Client(raise_request_exception=False)
        person, _ = Person.objects.get_or_create(username="auditor", role=Role.AUDITOR)
        browser.force_login(person)
        assert browser.get("/audit", filters).status_code in (200, 429)


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


def test_a_page_that_asks_by_itself_keeps_no_session_awake(person):
    """A screen left alone with a progress bar is signed out all the same."""
    browser = Client()
    try_password(PASSWORD, browser=browser)
    stored = Session.objects.filter(session_key=browser.session.session_key)
    past = timezone.now() + dt.timedelta(minutes=1)
    stored.update(expire_date=past)
    assert browser.get("/coverage/live").status_code == 200
    assert stored.get().expire_date == past
    assert browser.get("/coverage").status_code == 200
    assert stored.get().expire_date > past


def test_a_session_is_kept_awake_without_writing_at_each_request(person):
    """Written down again after twenty seconds: it may end so much early, never late."""
    browser = Client()
    try_password(PASSWORD, browser=browser)
    stored = Session.objects.filter(session_key=browser.session.session_key)
    browser.get("/coverage")
    first = stored.get().expire_date
    browser.get("/coverage")
    assert stored.get().expire_date == first
    session = browser.session
    session["awake"] -= 21
    session.save()
    first = stored.get().expire_date
    browser.get("/coverage")
    assert stored.get().expire_date > first
