"""What is asked of a password."""

import datetime as dt

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from minzheng.accounts.models import OldPassword, Person
from minzheng.accounts.passwords import (
    MOST_REMEMBERED,
    change_password,
    count_kinds,
    must_be_changed,
    new_password,
    was_used,
)


@pytest.mark.parametrize(
    "password", ["Ab1-xyz", "abcdefgh1", "ABCDEFGH12", "12345678", "Password1"]
)
def test_weak_passwords_are_refused(password):
    """Too short, two kinds only, or known to everybody."""
    with pytest.raises(ValidationError):
        validate_password(password, Person(username="zhang"))


@pytest.mark.parametrize("password", ["Nuan-chun-4x", "kmwe7h4d-x", "山清水秀2026Ab"])
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


def test_words_of_the_person_and_of_the_settings_are_known():
    """Name, place, county: in characters, in pinyin, by initials."""
    person = Person(username="lanlan", first_name="测试刘兰", town="钟宝镇", village="旧城村")
    for password in ("Ceshiliulan-7", "Zhongbaozhen_8x", "Jiuchengcun#9a", "Zhenpingxian9!"):
        validate_password(password.replace("a", "4").replace("i", "j") + "qz5", person)
        with pytest.raises(ValidationError, match="容易猜到"):
            validate_password(password, person)


@pytest.mark.django_db
def test_old_passwords_are_remembered_as_many_as_asked_for():
    """The one there is always; no more than two dozen are kept."""
    person = Person.objects.create_user("liulan", password="first")
    for number in range(MOST_REMEMBERED + 3):
        change_password(person, f"next-{number}", must_change=number == 1)
        assert person.must_change_password is (number == 1)
    last = MOST_REMEMBERED + 2
    assert was_used(person, f"next-{last}", 0)
    assert not was_used(person, f"next-{last - 1}", 0)
    assert was_used(person, f"next-{last - 5}", 5)
    assert not was_used(person, f"next-{last - 6}", 5)
    assert OldPassword.objects.count() == MOST_REMEMBERED


@pytest.mark.django_db
def test_an_account_without_password_remembers_none():
    """As a new one that waits for a second person."""
    person = Person.objects.create_user("liulan")
    change_password(person, "first", must_change=True)
    assert not OldPassword.objects.exists()
    assert Person.objects.get().check_password("first")
