"""Keeping accounts: lock and unlock, new passwords, never without an administrator."""

import datetime as dt

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import Sum

from minzheng.accounts.models import Person, Role
from minzheng.accounts.passwords import new_password


def unlock(person: Person) -> None:
    """Forget the wrong passwords typed for an account."""
    reset(username=person.username)


def locked_names(now: dt.datetime) -> frozenset[str]:
    """Accounts that too many wrong passwords closed for now."""
    recent = AccessAttempt.objects.filter(attempt_time__gte=now - settings.AXES_COOLOFF_TIME)
    counted = recent.values("username").annotate(failures=Sum("failures_since_start"))
    closed = counted.filter(failures__gte=settings.AXES_FAILURE_LIMIT)
    return frozenset(row["username"] for row in closed if row["username"])


def give_new_password(person: Person) -> str:
    """A new password that must be changed at the next sign-in; open sessions end."""
    password = new_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "password_changed_at", "must_change_password"])
    unlock(person)
    return password


def is_last_administrator(person: Person) -> bool:
    """Whether a person is the only one left who can keep accounts."""
    others = Person.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=person.pk)
    return person.role == Role.ADMINISTRATOR and not others.exists()
