"""By which password an account proves whose it is: ours, the directory's, or none here at all."""

from importlib import import_module

from minzheng.accounts.models import Person
from minzheng.accounts.outside_sign_in import account_of
from minzheng.web.gate.office import config, signs_in_outside


def has_password(person: Person) -> bool:
    """Whether a password of this account can be asked here: not when a provider signs it in."""
    return not signs_in_outside(person) or config().ldap is not None


def is_right(person: Person, password: str) -> bool:
    """Whether a password is this account's.

    Raises:
        OutsideServerError: the directory could not be asked.
        AnotherPersonError: its name belongs to somebody else by now.
    """
    if not signs_in_outside(person):
        return person.check_password(password)
    server = config().ldap
    if server is None:
        return False
    # Loaded when somebody is asked for: most offices have no directory.
    asked = import_module("minzheng.external.directories.ldap_directory")
    outside = asked.check_password(server, person.outside_name, password)
    return outside is not None and account_of(outside) == person
