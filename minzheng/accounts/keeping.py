"""Keeping accounts: lock and unlock, new passwords, never without an administrator."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import ApiToken, AuditEntry, Grant, Person, Role
from minzheng.accounts.passwords import change_password, new_password
from minzheng.accounts.sign_in_tries import forget_all_tries
from minzheng.accounts.sign_ins import end_sign_ins
from minzheng.county.town_names import EVERY_COUNTY

#: The places of whoever keeps the whole system, of one county or of several.
WHOLE = ("", EVERY_COUNTY)
#: How the log's entry of a new password begins; the account's name follows.
RESET = "重设密码 "


def unlock(person: Person) -> None:
    """Forget the wrong passwords typed for an account, wherever they were typed."""
    forget_all_tries(person.username)


def give_new_password(person: Person, password: str = "") -> str:
    """A new password that must be changed at the next sign-in; sessions end, keys too."""
    password = password or new_password()
    change_password(person, password, must_change=True)
    ApiToken.objects.filter(person=person, revoked_at=None).update(revoked_at=timezone.now())
    end_sign_ins(person)
    unlock(person)
    return password


@dataclass(frozen=True, slots=True)
class Reset:
    """Who gave a person a new password or asks it for no code any longer, and when."""

    by: str
    at: dt.datetime


def last_reset(person: Person) -> Reset | None:
    """The last one that holds; before there were grants, as the audit log has it."""
    if held := _last_held(person, Grant.Kind.RESET):
        return held
    entry = AuditEntry.objects.filter(
        action=Action.ADMINISTER, what=f"{RESET}{person.username}", result="成功"
    ).first()
    return Reset(entry.person, entry.at) if entry else None


def last_factor_end(person: Person) -> Reset | None:
    """Who took the second factor away last."""
    return _last_held(person, Grant.Kind.FACTOR)


def _last_held(person: Person, kind: Grant.Kind) -> Reset | None:
    held = person.grants.filter(kind=kind).exclude(
        outcome__in=(Grant.Outcome.REFUSED, Grant.Outcome.REPLACED)
    )
    one = held.exclude(is_waiting=True, settled_at=None).first()
    if one is None:
        return None
    if one.is_waiting:
        return Reset(f"{one.asked_by} 提出、{one.settled_by} 确认", one.settled_at or one.asked_at)
    return Reset(one.asked_by, one.asked_at)


def is_last_administrator(person: Person) -> bool:
    """Whether a person is the only one left who keeps the whole system."""
    active = Person.objects.filter(role=Role.ADMINISTRATOR, is_active=True, town__in=WHOLE)
    is_one = person.role == Role.ADMINISTRATOR and person.town in WHOLE
    return is_one and not active.exclude(pk=person.pk).exists()
