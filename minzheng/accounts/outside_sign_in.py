"""Accounts whose people sign in with the office's own sign-in (LDAP, OIDC).

A server of the office says who somebody is, never what he may do: role, area and dossiers are
this program's, and so is which outside name belongs to which account. Giving one is a right
like any other: it waits for a second person (`grants.py`).
"""

from minzheng.accounts.models import Grant, Person
from minzheng.county.errors import MinzhengError
from minzheng.external.directories.outside_person import OutsidePerson


class AnotherPersonError(MinzhengError):
    """统一登录里的这个名字已经换了人，请管理员核实后重新填写统一登录名。"""


def account_named(name: str) -> Person | None:
    """The account somebody means who types a name: its own, else the one outside."""
    own = Person.objects.filter(username=name).first()
    return own or Person.objects.filter(outside_name__iexact=name).exclude(outside_name="").first()


def account_of(outside: OutsidePerson) -> Person | None:
    """The account of somebody a server has let in, when it may sign in.

    What the server never gives to anybody else is remembered at the first time: a name that
    was given to a successor opens nothing.

    Raises:
        AnotherPersonError: the name was somebody else's when it opened the account first.
    """
    if not outside.name:
        return None
    person = Person.objects.filter(outside_name__iexact=outside.name, is_active=True).first()
    if person is None or _is_not_agreed(person):
        return None
    pinned = _pin(outside)
    if person.outside_subject == pinned or not outside.subject:
        return person
    if person.outside_subject.startswith(_pin(OutsidePerson(outside.name))):
        raise AnotherPersonError
    Person.objects.filter(pk=person.pk).update(outside_subject=pinned)
    return person


def _is_not_agreed(person: Person) -> bool:
    """Whether a new account waits for its second person."""
    waiting = person.grants.filter(kind=Grant.Kind.NEW, is_waiting=True, settled_at=None)
    return waiting.exists()


def _pin(outside: OutsidePerson) -> str:
    """Name and subject as they are remembered: with another name another subject may come."""
    return f"{outside.name.casefold()}\n{outside.subject}"[:255]
