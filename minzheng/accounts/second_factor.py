"""The second factor: a code of six digits from the owner's phone, new every 30 seconds (RFC 6238).

The database holds no secret: each is derived from a random salt by the key of this
installation. A code opens once; ten spare codes, each good once and kept hashed, stand in for a
phone that is lost.
"""

import base64
import datetime as dt
import hmac
import re
import secrets
from collections.abc import Collection

import pyotp
from django.db import transaction
from django.utils.crypto import salted_hmac

from minzheng.accounts.models import Person, SecondFactor, SpareCode

SPARES = 10
_STEP_SECONDS, _SECRET_BYTES = 30, 20  #: RFC 4226 section 4 asks for 160 bits
#: A phone's clock may be one step wrong (RFC 6238 section 5.2).
_STEPS_AROUND = (0, -1, 1)
_SPARE_LETTERS, _SPARE_LENGTH = "23456789abcdefghjkmnpqrstuvwxyz", 10
_NO_CODE = re.compile(r"[\s\-‐-―－]")


def is_on(person: Person) -> bool:
    """Whether an account asks for a code."""
    return SecondFactor.objects.filter(person=person).exclude(confirmed_at=None).exists()


def must_begin(person: Person, roles: Collection[str]) -> bool:
    """Whether a role asks for codes and the account has none yet."""
    return person.role in roles and not is_on(person)


def begin(person: Person) -> SecondFactor:
    """What the phone is to be told; nothing is asked for before a first code was right."""
    salt = secrets.token_hex(16)
    return SecondFactor.objects.get_or_create(person=person, defaults={"salt": salt})[0]


def secret_of(factor: SecondFactor) -> str:
    """The secret in base32, as one types it into a phone."""
    derived = salted_hmac("second factor", factor.salt, algorithm="sha256").digest()
    return base64.b32encode(derived[:_SECRET_BYTES]).decode()


def address_of(factor: SecondFactor, office: str) -> str:
    """What the QR code for the phone says (otpauth)."""
    name = factor.person.username
    return pyotp.TOTP(secret_of(factor)).provisioning_uri(name=name, issuer_name=office)


def confirm(person: Person, code: str, now: dt.datetime) -> tuple[str, ...]:
    """Ask for codes from now on; gives the spare codes, none when the code was wrong."""
    factor = begin(person)
    if factor.confirmed_at is not None or not _takes(factor, code, now):
        return ()
    with transaction.atomic():
        SecondFactor.objects.filter(pk=factor.pk).update(confirmed_at=now)
        return renew_spares(person)


def passes(person: Person, code: str, now: dt.datetime) -> bool:
    """Whether a code of the phone, or a spare one, is right; either is then used up."""
    factor = SecondFactor.objects.filter(person=person).exclude(confirmed_at=None).first()
    if factor is None:
        return False
    return _takes(factor, code, now) or _uses_spare(factor, code)


def renew_spares(person: Person) -> tuple[str, ...]:
    """New spare codes in place of the old; shown once, kept hashed."""
    codes = tuple(_new_spare() for _ in range(SPARES))
    factor = begin(person)
    with transaction.atomic():
        factor.spares.all().delete()
        SpareCode.objects.bulk_create(
            SpareCode(factor=factor, digest=_digest(factor, one)) for one in codes
        )
    return codes


def spares_left(person: Person) -> int:
    """How many spare codes are still good."""
    return SpareCode.objects.filter(factor__person=person).count()


def end(person: Person) -> None:
    """Ask for no code any longer; another phone begins anew."""
    SecondFactor.objects.filter(person=person).delete()


def _takes(factor: SecondFactor, code: str, now: dt.datetime) -> bool:
    """Whether a phone shows this code now; no step opens twice, nor one before it."""
    plain, totp = _plain(code), pyotp.TOTP(secret_of(factor))
    step = int(now.timestamp()) // _STEP_SECONDS
    for one in (step + around for around in _STEPS_AROUND):
        if hmac.compare_digest(totp.generate_otp(one).encode(), plain.encode()):
            newer = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=one)
            return bool(newer.update(last_step=one))
    return False


def _uses_spare(factor: SecondFactor, code: str) -> bool:
    return bool(factor.spares.filter(digest=_digest(factor, code)).delete()[0])


def _new_spare() -> str:
    letters = "".join(secrets.choice(_SPARE_LETTERS) for _ in range(_SPARE_LENGTH))
    half = _SPARE_LENGTH // 2
    return f"{letters[:half]}-{letters[half:]}"


def _digest(factor: SecondFactor, code: str) -> str:
    return salted_hmac(f"spare code {factor.salt}", _plain(code), algorithm="sha256").hexdigest()


def _plain(code: str) -> str:
    """As it is compared: hyphens, blanks and full-width digits do not matter."""
    folded = "".join(
        chr(ord(one) - 0xFEE0) if "\uff10" <= one <= "\uff5a" else one for one in code[:100]
    )
    return _NO_CODE.sub("", folded).lower()
