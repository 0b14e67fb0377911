"""An account and its keys."""

import datetime as dt

import pytest
from django.utils import timezone

from minzheng.accounts.models import ApiToken, Person, Role


@pytest.mark.parametrize(
    ("role", "may_fill"),
    [
        (Role.COUNTY_CLERK, True), (Role.TOWN_CLERK, True), (Role.VILLAGE_KEEPER, True),
        (Role.ADMINISTRATOR, False), (Role.INSPECTOR, False), (Role.AUDITOR, False),
    ],
)  # fmt: skip
def test_clerks_and_keepers_fill_forms(role, may_fill):
    """The others only read."""
    assert Person(role=role).may_fill == may_fill


def test_a_person_is_called_by_name_and_role():
    """Without a name by that of the account."""
    person = Person(username="keeper", first_name="测试甲", role=Role.VILLAGE_KEEPER)
    assert person.full_label == "测试甲（村级专管员）"
    person.first_name = ""
    assert person.full_label == "keeper（村级专管员）"


def test_a_new_password_counts_from_now():
    """So that it runs out in its turn."""
    person = Person(password_changed_at=timezone.now() - dt.timedelta(days=90))
    person.set_password("测试用的口令 1")
    assert timezone.now() - person.password_changed_at < dt.timedelta(minutes=1)
    assert person.check_password("测试用的口令 1")


def test_a_key_opens_until_its_time_or_until_it_is_revoked():
    """Whichever comes first."""
    now = timezone.now()
    later, earlier = now + dt.timedelta(minutes=1), now - dt.timedelta(minutes=1)
    assert ApiToken(expires_at=later).is_valid
    assert not ApiToken(expires_at=earlier).is_valid
    assert not ApiToken(expires_at=later, revoked_at=now).is_valid
