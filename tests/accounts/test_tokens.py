"""Keys of other systems."""

import datetime as dt

import pytest
from django.utils import timezone

from minzheng.accounts.keeping import give_new_password
from minzheng.accounts.models import ApiToken, Person
from minzheng.accounts.sign_in_tries import FREE_TRIES, Try, take_try
from minzheng.accounts.tokens import issue_token, person_of, revoke_token, start_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return Person.objects.create_user("platform")


@pytest.fixture
def key(person):
    return issue_token(person, purpose="查档", days=30, issued_by="guanli")


def test_a_key_opens_as_its_account_and_is_not_kept(person, key):
    """Only its hash stands in the database."""
    assert person_of(key) == person
    assert key not in str(ApiToken.objects.values())


def test_a_wrong_key_opens_nothing(key):
    """Not even one that begins alike."""
    assert person_of(key[:-1]) is None
    assert person_of("") is None


def test_a_revoked_an_old_and_a_closed_accounts_key_open_nothing(person, key):
    """Each alone is enough."""
    ApiToken.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert person_of(key) is None
    second = issue_token(person, purpose="查档", days=1, issued_by="guanli")
    revoke_token(ApiToken.objects.order_by("pk").last())
    assert person_of(second) is None
    third = issue_token(person, purpose="查档", days=1, issued_by="guanli")
    Person.objects.update(is_active=False)
    assert person_of(third) is None


def test_no_key_opens_for_more_than_a_year(person):
    """Whatever was asked for."""
    issue_token(person, purpose="查档", days=9999, issued_by="guanli")
    assert ApiToken.objects.get().expires_at < timezone.now() + dt.timedelta(days=366)


def test_no_key_opens_for_an_account_that_could_not_sign_in(person, key):
    """Before its first password is changed, and where wrong passwords keep it waiting."""
    Person.objects.update(must_change_password=True)
    assert person_of(key) is None
    Person.objects.update(must_change_password=False)
    assert person_of(key) == person
    for _ in range(FREE_TRIES):
        take_try(Try("platform", "10.0.0.1"))
    assert person_of(key, "10.0.0.1") is None
    assert person_of(key, "10.0.0.2") == person


def test_a_new_password_ends_every_key(person, key):
    """Also after it was changed."""
    give_new_password(person)
    Person.objects.update(must_change_password=False)
    assert person_of(key) is None
    assert key.startswith(start_of(key))
