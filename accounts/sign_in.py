"""Signing in: five wrong passwords lock an account for half an hour."""

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth import authenticate
from django.db.models import F
from django.utils import timezone

from accounts.models import Person

MOST_FAILURES = 5
LOCKED_FOR = dt.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who signed in, or what to tell the one who did not."""

    person: Person | None
    problem: str = ""


def try_sign_in(username: str, password: str) -> SignIn:
    """Check a name and a password; count what was wrong."""
    known = Person.objects.filter(username=username).first()
    if known is not None and _is_locked(known):
        minutes = int(LOCKED_FOR.total_seconds() // 60)
        return SignIn(
            None, f"密码连续输错 {MOST_FAILURES} 次，账号已锁定 {minutes} 分钟，请稍后再试。"
        )
    person = authenticate(username=username, password=password)
    if isinstance(person, Person):
        Person.objects.filter(pk=person.pk).update(failed_sign_ins=0, locked_until=None)
        return SignIn(person)
    if known is not None:
        _count_failure(known)
    return SignIn(None, "用户名或密码不对，请重新输入。")


def _is_locked(person: Person) -> bool:
    return person.locked_until is not None and person.locked_until > timezone.now()


def _count_failure(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(failed_sign_ins=F("failed_sign_ins") + 1)
    person.refresh_from_db(fields=["failed_sign_ins"])
    if person.failed_sign_ins >= MOST_FAILURES:
        until = timezone.now() + LOCKED_FOR
        Person.objects.filter(pk=person.pk).update(failed_sign_ins=0, locked_until=until)
