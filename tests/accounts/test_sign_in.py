"""Signing in and being locked out."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Person
from accounts.sign_in import MOST_FAILURES, try_sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return Person.objects.create_user("zhang", password="right-one-1")


def test_the_right_password_opens(person):
    """Who knows it comes in."""
    assert try_sign_in("zhang", "right-one-1").person == person


def test_name_and_password_fail_alike(person):
    """Nobody learns whether a name exists."""
    assert try_sign_in("zhang", "x").problem == try_sign_in("nobody", "x").problem


def test_five_failures_lock_even_the_right_password(person):
    """Guessing ends."""
    for _ in range(MOST_FAILURES):
        try_sign_in("zhang", "wrong")
    outcome = try_sign_in("zhang", "right-one-1")
    assert outcome.person is None
    assert "锁定" in outcome.problem


def test_a_lock_ends_by_itself(person):
    """After half an hour the right password opens again."""
    Person.objects.update(locked_until=timezone.now() - dt.timedelta(seconds=1))
    assert try_sign_in("zhang", "right-one-1").person == person


def test_a_success_forgets_earlier_failures(person):
    """Four mistakes, a success, four mistakes: no lock."""
    for _ in range(2):
        for _ in range(MOST_FAILURES - 1):
            try_sign_in("zhang", "wrong")
        assert try_sign_in("zhang", "right-one-1").person == person
