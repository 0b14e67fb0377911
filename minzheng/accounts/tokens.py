"""Keys with which the county's other systems ask the API in the name of an account."""

import datetime as dt
import hashlib
import secrets

from django.utils import timezone

from minzheng.accounts.models import ApiToken, Person
from minzheng.accounts.sign_in_tries import Try, is_waiting

MOST_DAYS = 365
_PREFIX = "mz_"
#: `last_used_at` is written at most so often: a look at it needs no second's truth.
_USE_WRITTEN_EVERY = dt.timedelta(minutes=5)


def issue_token(person: Person, *, purpose: str, days: int, issued_by: str) -> str:
    """Make a key and return it; it is shown this once, only its hash is kept."""
    key = _PREFIX + secrets.token_urlsafe(32)
    ApiToken.objects.create(
        person=person,
        purpose=purpose[:60],
        start=start_of(key),
        digest=_digest(key),
        issued_by=issued_by,
        expires_at=timezone.now() + dt.timedelta(days=min(max(days, 1), MOST_DAYS)),
    )
    return key


def person_of(key: str, address: str = "") -> Person | None:
    """Whose key this is, when it is valid and the account could sign in itself.

    Not before the first password was changed, and not from an address where wrong passwords
    keep the account waiting.
    """
    token = ApiToken.objects.select_related("person").filter(digest=_digest(key)).first()
    now = timezone.now()
    if token is None or not token.is_valid or not _is_open(token.person, address, now):
        return None
    if token.last_used_at is None or now - token.last_used_at > _USE_WRITTEN_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token.person


def _is_open(person: Person, address: str, now: dt.datetime) -> bool:
    is_first = person.must_change_password and not person.outside_name
    is_closed = is_first or is_waiting(Try(person.username, address), now)
    return person.is_active and not is_closed


def revoke_token(token: ApiToken) -> None:
    """Make a key open nothing from now on."""
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


def start_of(key: str) -> str:
    """By what a key is named in lists and in the log."""
    return key[:8]


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
