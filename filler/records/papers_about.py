"""Issued papers about some cases alone: their own, and the lists that name their people.

A page that shows a case needs no more than these of a whole county's.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from filler.models import Issued, KnownPerson, NamedPerson
from filler.records.issued_papers import (
    IssuedPaper,
    ListedPerson,
    PaperReader,
    in_force,
    lines_of,
    papers_of,
)

#: What tells two people of one name apart begins with one of these; the next sign ends it.
_BRACKETS = ("（", "(")


@dataclass(frozen=True, slots=True)
class Whom:
    """Of whom papers are asked: names, ID numbers, and numbers of cases and lists."""

    names: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()


def people_of(numbers: Collection[str]) -> Whom:
    """Whom the papers of some cases are about, by name and ID number."""
    rows = KnownPerson.objects.filter(issued__case_no__in=numbers).values_list("name", "id_no")
    told = [*rows]
    names, ids = ({one[at] for one in told} - {""} for at in (0, 1))
    return Whom(frozenset(names), frozenset(ids), frozenset(numbers))


def papers_about(reader: PaperReader, whom: Whom) -> list[IssuedPaper]:
    """The papers of these cases, and of whatever other cases their people have."""
    own = Issued.objects.filter(case_no__in=whom.numbers).order_by().values_list("pk", flat=True)
    theirs = KnownPerson.objects.filter(name__in=whom.names).values_list("issued_id", flat=True)
    return papers_of(reader, Issued.objects.filter(pk__in={*own, *theirs}))


def lists_naming(reader: PaperReader, forms: Collection[str], whom: Whom) -> list[ListedPerson]:
    """Lines of the issued lists of these forms that name them, and reports on such lists."""
    named: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = NamedPerson.objects.filter(_is_named(whom)).order_by("pk")
    for pk, name, id_no in rows.values_list("issued_id", "name", "id_no"):
        named[pk].append((name, id_no))
    lists = Issued.objects.filter(in_force(), form_id__in=forms, pk__in=named)
    numbers = {*whom.numbers, *lists.order_by().values_list("case_no", flat=True)} - {""}
    same = Issued.objects.filter(in_force(), case_no__in=numbers, form_id__in=forms)
    reports = same.filter(named=None).order_by().values_list("pk", flat=True)
    wanted = Issued.objects.filter(pk__in={*named, *reports}, form_id__in=forms)
    return lines_of(reader, wanted.filter(in_force()), named)


def _is_named(whom: Whom) -> Q:
    """Names as they are, or with a bracket that tells two people of one name apart."""
    asked = Q(name__in=whom.names) | Q(id_no__in=whom.ids)
    for name in whom.names:
        for bracket in _BRACKETS:
            asked |= Q(name__gte=name + bracket, name__lt=name + _after(bracket))
    return asked


def _after(sign: str) -> str:
    return chr(ord(sign) + 1)
