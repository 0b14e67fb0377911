"""Whose rows they are, where one installation serves several counties: each does its own."""

from django.db.models import Q, QuerySet

from minzheng.accounts.models import Person
from minzheng.county.town_names import lies_in
from minzheng.database.place_rows import of_town


def accounts_of(scope: str) -> QuerySet[Person]:
    """The accounts of a county (`平利县·`); without one all."""
    return Person.objects.filter(of_town(scope))


def is_written_in(scope: str, town: str, by: str) -> bool:
    """Whether something is of a county: by its town, where it names none by who wrote it."""
    if not scope or town:
        return lies_in(town, scope)
    return accounts_of(scope).filter(username=by).exists()


def written_in(scope: str) -> Q:
    """The same of rows with `town` and `issued_by`."""
    if not scope:
        return Q()
    names = accounts_of(scope).values("username")
    return of_town(scope) | Q(town="", issued_by__in=names)
