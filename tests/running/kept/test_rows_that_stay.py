"""Rows that are made once for many tests."""

import pytest
from django.db import connection

from minzheng.accounts.models import Person
from tests.running.kept.rows_that_stay import rows_that_stay


def make() -> Person:
    return Person.objects.create_user("stays")


@pytest.fixture
def stays(django_db_setup, django_db_blocker):
    """As a fixture of a wider scope does it."""
    with rows_that_stay(django_db_blocker.unblock, make) as made:
        yield made
    with django_db_blocker.unblock():
        assert not connection.in_atomic_block
        assert not Person.objects.filter(username="stays").exists()


@pytest.fixture
def rolled_back(stays, django_db_blocker):
    """What follows a test that changed the rows."""
    yield
    with django_db_blocker.unblock():
        assert set(Person.objects.values_list("username", flat=True)) == {"stays"}


def test_a_test_finds_the_rows_and_leaves_them_as_they_were(rolled_back, db):
    """Whatever it does to them; they are gone at the end."""
    Person.objects.filter(username="stays").delete()
    Person.objects.create_user("goes")


def test_nothing_stays_of_what_could_not_be_made(django_db_setup, django_db_blocker):
    """The failure is told, and the database is as before."""

    def fail() -> None:
        make()
        raise ValueError

    with pytest.raises(ValueError), rows_that_stay(django_db_blocker.unblock, fail):
        raise AssertionError("begun without its rows")
    with django_db_blocker.unblock():
        assert not Person.objects.filter(username="stays").exists()
