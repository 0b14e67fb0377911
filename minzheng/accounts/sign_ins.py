"""Where an account is signed in: since when, last used, from where; each can be ended.

Django's sessions do not tell whose they are. A row beside each does; it is written when a
page is asked for, at most once a minute, so sessions of before are known from their next page.
"""

import datetime as dt

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.utils import timezone

from minzheng.accounts.models import Person, SignIn

_NOTED = "use_noted"
_NOTED_EVERY_SECONDS = 60


def note_use(
    session: SessionBase, person: Person, address: str, browser: str, now: dt.datetime
) -> None:
    """Remember that a session is used, and by whom."""
    key, (noted_key, noted_at) = session.session_key, session.get(_NOTED, ("", 0))
    if key is None or (key == noted_key and now.timestamp() - noted_at < _NOTED_EVERY_SECONDS):
        return
    session[_NOTED] = (key, int(now.timestamp()))
    seen = {"person": person, "used_at": now, "address": address[:45], "browser": browser[:60]}
    _, is_new = SignIn.objects.update_or_create(
        session_key=key, defaults=seen, create_defaults=seen | {"started_at": now}
    )
    if is_new:
        forget_ended(now)


def forget_ended(now: dt.datetime) -> None:
    """Sessions whose time is over are not kept, nor from where somebody was signed in."""
    Session.objects.filter(expire_date__lte=now).delete()
    SignIn.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def sign_ins_of(person: Person, now: dt.datetime) -> list[SignIn]:
    """Those that are still open, the latest used first."""
    opened = Session.objects.filter(expire_date__gt=now).values("session_key")
    return list(SignIn.objects.filter(person=person, session_key__in=opened))


def end_sign_in(one: SignIn) -> None:
    """Let a browser be signed out at its next page."""
    Session.objects.filter(session_key=one.session_key).delete()
    one.delete()


def end_sign_ins(person: Person, kept_key: str | None = None) -> int:
    """End all of an account, but the one kept; how many those were."""
    ended = [one for one in sign_ins_of(person, timezone.now()) if one.session_key != kept_key]
    for one in ended:
        end_sign_in(one)
    return len(ended)


def carry_on(old_key: str | None, new_key: str | None) -> None:
    """A session goes on under another key; it is the same sign-in."""
    if old_key and new_key:
        SignIn.objects.filter(session_key=old_key).update(session_key=new_key)
