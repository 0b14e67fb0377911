"""Accounts of the first start."""

import datetime as dt

import pytest
from django.contrib.auth import authenticate
from django.http import HttpRequest

from minzheng.accounts.demo_accounts import ask_for_new_passwords, make_demo_accounts
from minzheng.accounts.models import Person
from minzheng.county.registry.dossiers import load_dossiers

pytestmark = pytest.mark.django_db


def test_each_account_opens_with_its_printed_password(tmp_path):
    """What is printed works."""
    for account in make_demo_accounts(tmp_path / "初始账号.txt", load_dossiers()):
        assert authenticate(HttpRequest(), username=account.username, password=account.password)


def test_the_file_is_for_its_owner_only(tmp_path):
    """Others on the machine cannot read the passwords."""
    make_demo_accounts(tmp_path / "初始账号.txt", load_dossiers())
    assert (tmp_path / "初始账号.txt").stat().st_mode & 0o077 == 0


def test_a_second_start_makes_none(tmp_path):
    """People who changed their passwords keep them."""
    make_demo_accounts(tmp_path / "a", load_dossiers())
    count = Person.objects.count()
    assert make_demo_accounts(tmp_path / "b", load_dossiers()) == ()
    assert Person.objects.count() == count


def test_first_passwords_must_be_changed_once_others_can_reach_them(tmp_path):
    """Whoever changed his is not asked again, nor are people of the office's own."""
    made = make_demo_accounts(tmp_path / "a", load_dossiers())
    changed = Person.objects.get(username="xianji")
    changed.password_changed_at += dt.timedelta(hours=2)
    changed.save()
    Person.objects.create_user("own")
    assert ask_for_new_passwords() == len(made) - 1
    asked = Person.objects.filter(must_change_password=True).values_list("username", flat=True)
    assert set(asked) == {one.username for one in made} - {"xianji"}
    assert ask_for_new_passwords() == 0
