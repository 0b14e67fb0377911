"""The session and the account of every page: asked for anew each time."""

import datetime as dt

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.sessions.backends.db import SessionStore as DjangosStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from minzheng.accounts.models import Person
from minzheng.accounts.sessions import AccountBackend, SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> SessionStore:
    """A session that holds something."""
    made = SessionStore()
    made["seen"] = 1
    made.save()
    return made


def test_a_session_is_found_by_its_key(kept):
    """What was kept is there for the next request."""
    assert SessionStore(kept.session_key)["seen"] == 1


def test_sessions_of_before_are_read(kept):
    """Ours and Django's read one another: an update signs nobody out."""
    old = DjangosStore()
    old["seen"] = 2
    old.save()
    assert SessionStore(old.session_key)["seen"] == 2
    assert DjangosStore(kept.session_key)["seen"] == 1


def test_an_ended_session_is_over_at_once(kept):
    """The row is gone, and nothing remembers it."""
    assert SessionStore(kept.session_key)["seen"] == 1
    Session.objects.all().delete()
    opened = SessionStore(kept.session_key)
    assert opened.get("seen") is None
    assert opened.session_key is None


def test_a_session_whose_time_is_over_opens_nothing(kept):
    """To the second, not to the next sweep."""
    past = timezone.now() - dt.timedelta(seconds=1)
    Session.objects.filter(pk=kept.session_key).update(expire_date=past)
    assert SessionStore(kept.session_key).get("seen") is None


def test_no_key_is_no_session():
    """A browser without a cookie, or with nonsense in it."""
    for key in (None, "", "short", "没有这样的会话"):
        assert SessionStore(key).get("seen") is None


def test_the_account_is_found_while_it_is_active():
    """A stopped account is nobody at its next page."""
    one = Person.objects.create_user("zhang", password="x")
    assert AccountBackend().get_user(one.pk) == one
    Person.objects.filter(pk=one.pk).update(is_active=False)
    assert AccountBackend().get_user(one.pk) is None
    assert AccountBackend().get_user(one.pk + 1) is None


def test_passwords_are_checked_once():
    """Only Django's own looks at passwords; ours finds accounts."""
    assert settings.AUTHENTICATION_BACKENDS == [
        "minzheng.accounts.sessions.AccountBackend",
        "django.contrib.auth.backends.ModelBackend",
    ]
    one = Person.objects.create_user("zhang", password="right")
    assert AccountBackend().authenticate(None, username="zhang", password="right") is None
    assert authenticate(username="zhang", password="right") == one
    assert authenticate(username="zhang", password="wrong") is None
