"""Which account belongs to somebody the office's own sign-in names."""

import pytest
from django.db import IntegrityError

from minzheng.accounts.models import Grant, Person, Role
from minzheng.accounts.outside_sign_in import AnotherPersonError, account_named, account_of
from minzheng.external.directories.outside_person import OutsidePerson


@pytest.fixture
def person(db):
    return Person.objects.create_user("zhang", role=Role.INSPECTOR, outside_name="ZhangWei")


def test_the_account_is_found_by_its_outside_name(person):
    """However it is written; a name of ours is none of theirs."""
    assert account_of(OutsidePerson("zhangwei", "1")) == person
    assert account_of(OutsidePerson("zhang", "1")) is None
    assert account_of(OutsidePerson("", "1")) is None


def test_a_name_means_the_account_here_before_the_one_there(person):
    """Nobody takes an account over by a name that is another's here."""
    other = Person.objects.create_user("zhangwei", role=Role.AUDITOR)
    assert account_named("zhangwei") == other
    assert account_named("ZHANGWEI") == person
    assert account_named("") is None


def test_who_came_first_owns_the_name(person):
    """A successor is refused until the administrator gives the account another name."""
    assert account_of(OutsidePerson("zhangwei", "1")) == person
    assert account_of(OutsidePerson("ZHANGWEI", "1")) == person
    with pytest.raises(AnotherPersonError):
        account_of(OutsidePerson("zhangwei", "2"))
    Person.objects.update(outside_name="zhangwei2")
    assert account_of(OutsidePerson("zhangwei2", "2")) == person


def test_a_server_without_such_a_number_is_believed_by_name(person):
    """There is nothing to tell two people of a name apart by."""
    assert account_of(OutsidePerson("zhangwei")) == person
    assert account_of(OutsidePerson("zhangwei", "1")) == person


def test_nobody_enters_before_the_second_person_agreed(person):
    """A new account waits, whoever says who it is; so does none that was stopped."""
    grant = Grant.objects.create(
        person=person, kind=Grant.Kind.NEW, is_waiting=True, asked_by="guanli"
    )
    assert account_of(OutsidePerson("zhangwei", "1")) is None
    grant.delete()
    Person.objects.update(is_active=False)
    assert account_of(OutsidePerson("zhangwei", "1")) is None


def test_two_accounts_never_share_a_name(person):
    """In the table itself; any number of accounts have none."""
    for number in range(2):
        Person.objects.create_user(f"none{number}", role=Role.INSPECTOR)
    with pytest.raises(IntegrityError):
        Person.objects.create_user("other", role=Role.INSPECTOR, outside_name="zhangwei")
