"""Passwords: what is asked of them, how long they last, and new ones (domain report 5.8)."""

import datetime as dt
import secrets
import string

from django.core.exceptions import ValidationError
from django.utils import timezone

from minzheng.accounts.models import Person

LEAST_LENGTH = 8
KINDS_ASKED = 3
#: Without characters that look alike on paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"
HYPHEN = "-"  #: between the halves of a new password

RULE = (
    f"至少 {LEAST_LENGTH} 位，大写字母、小写字母、数字、符号四种里至少有三种；"
    "不能与用户名相近，不能是常见密码。"
)


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
