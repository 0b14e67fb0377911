"""A phone that knows the secret of an account."""

import datetime as dt

import pyotp

from minzheng.accounts.models import Person
from minzheng.accounts.second_factor import begin, secret_of


def code_at(person: Person, moment: dt.datetime) -> str:
    """What it shows at a moment."""
    return pyotp.TOTP(secret_of(begin(person))).at(moment)
