"""Passwords: what is asked of them, how long they last, and new ones (domain report 5.8)."""

import datetime as dt
import secrets
import string
from collections.abc import Sequence

from django.contrib.auth.hashers import check_password, is_password_usable
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from minzheng.accounts.guessable import why_guessable
from minzheng.accounts.models import OldPassword, Person

LEAST_LENGTH = 8
KINDS_ASKED = 3
#: Without characters that look alike on paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"
HYPHEN = "-"  #: between the halves of a new password

RULE = (
    f"至少 {LEAST_LENGTH} 位，大写字母、小写字母、数字、符号四种里至少有三种；"
    "不能是常见的、容易猜到的：姓名、用户名、地名和它们的拼音，年份、生日、手机号，"
    "键盘上连着的键，重复的字。"
)
MOST_REMEMBERED = 24


class ThreeKindsValidator:
    """Asks for three of: capitals, small letters, digits, other signs."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Refuse a password of fewer kinds.

        Raises:
            ValidationError: with what is missing.
        """
        if count_kinds(password) < KINDS_ASKED:
            raise ValidationError(
                "密码太简单：大写字母、小写字母、数字、符号四种里至少要有三种。", code="kinds"
            )

    def get_help_text(self) -> str:
        """The rule in words."""
        return RULE


class GuessableValidator:
    """Refuses what would be guessed: known words, pinyin, runs of keys, dates, own names."""

    def __init__(self, words: Sequence[str] = ()) -> None:
        self._words = tuple(words)

    def validate(self, password: str, user: Person | None = None) -> None:
        """Refuse a password of which too little is left without what is known.

        Raises:
            ValidationError: with what of it is known.
        """
        if said := why_guessable(password, (*self._words, *_own_words(user))):
            raise ValidationError(said, code="guessable")

    def get_help_text(self) -> str:
        """The rule in words."""
        return RULE


def _own_words(person: Person | None) -> tuple[str, ...]:
    if person is None:
        return ()
    return person.username, person.first_name, person.town, person.village


def was_used(person: Person, password: str, remembered: int) -> bool:
    """Whether it is the password a person has, or one of the last so many before."""
    old = person.old_passwords.values_list("password", flat=True)[:remembered]
    return person.check_password(password) or any(check_password(password, one) for one in old)


def change_password(person: Person, password: str, *, must_change: bool) -> None:
    """Set and keep a password; the one before is remembered."""
    stored = Person.objects.values_list("password", flat=True).get(pk=person.pk)
    with transaction.atomic():
        if is_password_usable(stored):
            OldPassword.objects.create(person=person, password=stored)
        kept = person.old_passwords.values_list("pk", flat=True)[:MOST_REMEMBERED]
        person.old_passwords.exclude(pk__in=list(kept)).delete()
        person.set_password(password)
        person.must_change_password = must_change
        person.save(update_fields=["password", "password_changed_at", "must_change_password"])


def count_kinds(password: str) -> int:
    """How many of the four kinds of signs a password has."""
    kinds = (string.ascii_uppercase, string.ascii_lowercase, string.digits)
    known = sum(any(sign in kind for sign in password) for kind in kinds)
    return known + any(sign not in "".join(kinds) for sign in password)


def new_password() -> str:
    """A password nobody could guess, easy to read out: `kmwe7h-4dxq3f`."""
    return join_halves(new_half(), new_half())


def new_half() -> str:
    """Half of a password: whoever has only one cannot sign in."""
    signs = [secrets.choice(_LETTERS + _DIGITS) for _ in range(5)]
    signs += [secrets.choice(_LETTERS), secrets.choice(_DIGITS)]
    secrets.SystemRandom().shuffle(signs)
    return "".join(signs)


def join_halves(first: str, second: str) -> str:
    """The password of two halves."""
    return f"{first}{HYPHEN}{second}"


def must_be_changed(person: Person, days: int, now: dt.datetime | None = None) -> bool:
    """Whether a password is the first one given, or too old."""
    age = (now or timezone.now()) - person.password_changed_at
    return person.must_change_password or age > dt.timedelta(days=days)
