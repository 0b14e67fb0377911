"""Where an account is signed in."""

import datetime as dt

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from minzheng.accounts.keeping import give_new_password
from minzheng.accounts.models import Person, SignIn
from minzheng.accounts.sign_ins import carry_on, end_sign_in, end_sign_ins, note_use, sign_ins_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def person() -> Person:
    return Person.objects.create_user("liulan")


def session(person: Person, at: dt.datetime = NOW, address: str = "10.0.0.5") -> SessionStore:
    """A session in which a page was asked for."""
    opened = SessionStore()
    opened.create()
    note_use(opened, person, address, "Windows 上的 Edge", at)
    opened.save()
    return opened


def test_a_use_is_kept_once_a_minute(person):
    """Since when stays, the last use moves on."""
    opened = session(person)
    for seconds, moved in ((59, False), (61, True)):
        at = NOW + dt.timedelta(seconds=seconds)
        note_use(opened, person, "10.0.0.6", "Windows 上的 Edge", at)
        (one,) = sign_ins_of(person, NOW)
        assert (one.started_at, one.used_at == at) == (NOW, moved)
    assert one.address == "10.0.0.6"


def test_a_session_with_another_key_is_noted_at_once(person):
    """After a sign-in its data may be those of before."""
    opened = session(person)
    opened.cycle_key()
    note_use(opened, person, "10.0.0.5", "Windows 上的 Edge", NOW)
    assert opened.session_key in {one.session_key for one in SignIn.objects.all()}


def test_one_without_a_key_is_none(person):
    """Whoever comes by interface key has no session."""
    note_use(SessionStore(), person, "10.0.0.5", "", NOW)
    assert not SignIn.objects.exists()


def test_what_ended_by_itself_is_forgotten(person):
    """Signed out, or its time was over; the next sign-in of anybody clears it away."""
    out, late, alive = (session(person) for _ in range(3))
    out.flush()
    Session.objects.filter(session_key=late.session_key).update(expire_date=NOW)
    at = NOW + dt.timedelta(seconds=1)
    assert [one.session_key for one in sign_ins_of(person, at)] == [alive.session_key]
    other = session(Person.objects.create_user("other"), at)
    kept = {alive.session_key, other.session_key}
    assert set(SignIn.objects.values_list("session_key", flat=True)) == kept
    assert set(Session.objects.values_list("session_key", flat=True)) == kept


def test_one_is_ended_or_all_but_one(person):
    """Nobody else's."""
    first, second, third = (session(person) for _ in range(3))
    other = session(Person.objects.create_user("other"))
    end_sign_in(SignIn.objects.get(session_key=first.session_key))
    assert end_sign_ins(person, third.session_key) == 1
    kept = {third.session_key, other.session_key}
    assert set(Session.objects.values_list("session_key", flat=True)) == kept
    assert set(SignIn.objects.values_list("session_key", flat=True)) == kept
    assert second.session_key not in kept


def test_a_new_key_of_a_session_is_the_same_sign_in(person):
    """So it keeps its beginning."""
    opened = session(person)
    old = opened.session_key
    opened.cycle_key()
    carry_on(old, opened.session_key)
    carry_on(None, "x")
    (one,) = sign_ins_of(person, NOW)
    assert one.started_at == NOW


def test_a_new_password_given_by_others_ends_all(person):
    """Whoever was signed in with the old one is out."""
    session(person)
    give_new_password(person)
    assert not Session.objects.exists()
    assert not SignIn.objects.exists()
