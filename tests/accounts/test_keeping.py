"""Keeping accounts: opened again, a new password, never without an administrator."""

import pytest
from django.utils import timezone

from minzheng.accounts.keeping import give_new_password, is_last_administrator, unlock
from minzheng.accounts.models import Person, Role
from minzheng.accounts.sign_in_tries import FREE_TRIES, Try, take_try, wait_of

pytestmark = pytest.mark.django_db


def person(name: str, role: Role = Role.ADMINISTRATOR, **more) -> Person:
    return Person.objects.create_user(name, password="Zhen-ping7", role=role, **more)


def waits(name: str, address: str = "10.0.0.1") -> bool:
    return bool(wait_of(Try(name, address), timezone.now()))


def fail(name: str, address: str = "10.0.0.1") -> None:
    for _ in range(FREE_TRIES):
        take_try(Try(name, address))


def test_an_account_is_opened_alone():
    """Wherever its password was typed wrong; others keep waiting."""
    for address in ("10.0.0.1", "10.0.0.2"):
        fail("zhang", address)
    fail("li")
    unlock(person("zhang"))
    assert not waits("zhang")
    assert not waits("zhang", "10.0.0.2")
    assert waits("li")


def test_a_new_password_opens_and_must_be_changed():
    """The old one does not open any more, and the account is not closed any more."""
    one = person("zhang")
    fail("zhang")
    password = give_new_password(one)
    kept = Person.objects.get()
    assert kept.check_password(password)
    assert not kept.check_password("Zhen-ping7")
    assert kept.must_change_password
    assert not waits("zhang")


def test_the_last_administrator_is_the_one_who_could_not_be_replaced():
    """A second one that is closed for good does not count; another role never is."""
    first = person("a")
    assert is_last_administrator(first)
    second = person("b", is_active=False)
    assert is_last_administrator(first)
    Person.objects.filter(pk=second.pk).update(is_active=True)
    assert not is_last_administrator(first)
    assert not is_last_administrator(person("c", Role.AUDITOR))
