"""Keeping accounts: closed for a while, a new password, never without an administrator."""

import datetime as dt

import pytest
from axes.models import AccessAttempt
from django.utils import timezone

from minzheng.accounts.keeping import give_new_password, is_last_administrator, locked_names, unlock
from minzheng.accounts.models import Person, Role

pytestmark = pytest.mark.django_db


def person(name: str, role: Role = Role.ADMINISTRATOR, **more) -> Person:
    return Person.objects.create_user(name, password="Zhen-ping7", role=role, **more)


def fail(name: str, times: int, at: dt.datetime, address: str = "127.0.0.1") -> None:
    attempt = AccessAttempt.objects.create(
        username=name, failures_since_start=times, ip_address=address
    )
    AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=at)


@pytest.mark.parametrize(("times", "is_closed"), [(4, False), (5, True), (9, True)])
def test_five_wrong_passwords_close_an_account(times, is_closed):
    """Four do not."""
    now = timezone.now()
    fail("zhang", times, now)
    assert ("zhang" in locked_names(now)) is is_closed


def test_wrong_passwords_from_several_machines_count_together():
    """And only those of the last half hour."""
    now = timezone.now()
    fail("zhang", 3, now, "10.0.0.1")
    fail("zhang", 2, now, "10.0.0.2")
    fail("li", 5, now - dt.timedelta(minutes=31))
    fail("", 9, now)
    assert locked_names(now) == {"zhang"}


def test_an_account_is_opened_alone():
    """Others stay closed."""
    now = timezone.now()
    fail("zhang", 5, now)
    fail("li", 5, now)
    unlock(person("zhang"))
    assert locked_names(now) == {"li"}


def test_a_new_password_opens_and_must_be_changed():
    """The old one does not open any more, and the account is not closed any more."""
    one, now = person("zhang"), timezone.now()
    fail("zhang", 5, now)
    password = give_new_password(one)
    kept = Person.objects.get()
    assert kept.check_password(password)
    assert not kept.check_password("Zhen-ping7")
    assert kept.must_change_password
    assert locked_names(now) == frozenset()


def test_the_last_administrator_is_the_one_who_could_not_be_replaced():
    """A second one that is closed for good does not count; another role never is."""
    first = person("a")
    assert is_last_administrator(first)
    second = person("b", is_active=False)
    assert is_last_administrator(first)
    Person.objects.filter(pk=second.pk).update(is_active=True)
    assert not is_last_administrator(first)
    assert not is_last_administrator(person("c", Role.AUDITOR))
