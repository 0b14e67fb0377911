"""What is asked of a password."""

import datetime as dt

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from minzheng.accounts.models import Person
from minzheng.accounts.passwords import count_kinds, must_be_changed, new_password


@pytest.mark.parametrize(
    "password", ["Ab1-xyz", "abcdefgh1", "ABCDEFGH12", "12345678", "Password1"]
)
def test_weak_passwords_are_refused(password):
    """Too short, two kinds only, or known to everybody."""
    with pytest.raises(ValidationError):
        validate_password(password, Person(username="zhang"))


@pytest.mark.parametrize("password", ["Zhen-ping7", "kmwe7h4d-x", "民政局2026a"])
def test_three_of_four_kinds_are_enough(password):
    """A Chinese character is a sign like others."""
    validate_password(password, Person(username="zhang"))


def test_a_refusal_is_chinese():
    """It says what is missing."""
    with pytest.raises(ValidationError, match="三种"):
        validate_password("abcdefghij", Person(username="zhang"))


def test_new_passwords_keep_the_rule():
    """Each has three kinds, and no two are the same."""
    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    assert all(count_kinds(one) >= 3 and len(one) == 15 for one in made)


@pytest.mark.parametrize(
    ("age_days", "is_first", "asked"), [(1, False, False), (91, False, True), (1, True, True)]
)
def test_a_password_lasts_so_many_days(age_days, is_first, asked):
    """And the first one until it was used."""
    changed = timezone.now() - dt.timedelta(days=age_days)
    person = Person(password_changed_at=changed, must_change_password=is_first)
    assert must_be_changed(person, 90) == asked
