"""People known from issued documents: found by name, initials, ID number or phone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from filler.form.case_history import same_number
from filler.form.forms import FormSpec
from filler.models import Issued, KnownPerson
from filler.records.person_facts import person_facts
from minzheng.county.personal_numbers import whole_number
from minzheng.database.place_rows import of_place

_MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person as the newest document tells."""

    pk: int
    name: str
    id_no: str
    phone: str
    town: str
    village: str
    form_id: str
    issued_at: Any


def note_person(issued: Issued) -> None:
    """Remember whom a document is about; a document about nobody is passed over."""
    facts = person_facts(issued.answers)
    if facts:
        KnownPerson(issued=issued, **facts).save(force_insert=True)


def find_people(
    text: str, town: str = "", village: str = "", hidden: Iterable[str] = ()
) -> tuple[FoundPerson, ...]:
    """People of an area whose name, pinyin or initials begin so, or who have this very number.

    A part of a number finds nobody: who asks figure by figure must not learn the rest.
    `hidden` are dossiers whose documents tell of nobody.
    """
    wanted = re.sub(r"\s", "", text)
    if not wanted:
        return ()
    rows = _in_area(KnownPerson.objects.filter(_matches(wanted)), town, village, hidden)
    newest: dict[str, KnownPerson] = {}
    light = rows.select_related("issued").defer("issued__texts", "issued__answers")
    for row in light.order_by("-issued_id")[:500]:
        newest.setdefault(row.id_no or f"{row.name} {row.town}{row.village}", row)
    return tuple(_as_person(row) for row in list(newest.values())[:_MOST_FOUND])


def documents_about(
    pk: int, town: str = "", village: str = "", hidden: Iterable[str] = ()
) -> tuple[Issued, ...]:
    """All documents about a known person, newest first; none outside the area."""
    row = _in_area(KnownPerson.objects.filter(pk=pk), town, village, hidden).first()
    if row is None:
        return ()
    same = Q(id_no=row.id_no) if row.id_no else Q(name=row.name, town=row.town, village=row.village)
    about = _in_area(KnownPerson.objects.filter(same), town, village, hidden)
    light = about.select_related("issued").defer("issued__texts")
    return tuple(one.issued for one in light.order_by("-issued_id"))


def names_in_case(case_no: str) -> tuple[str, ...]:
    """Whom the documents issued in a case are about, the first issued first."""
    rows = KnownPerson.objects.filter(issued__case_no=case_no).order_by("issued_id")
    return tuple(dict.fromkeys(rows.values_list("name", flat=True)))


def phones_in(town: str, village: str) -> tuple[str, ...]:
    """The telephones of everybody a document is about in a village."""
    rows = KnownPerson.objects.filter(town=town, village=village).exclude(phone="")
    return tuple(rows.values_list("phone", flat=True).distinct())


def known_names(names: Iterable[str], town: str, village: str) -> frozenset[str]:
    """Those of some names that people of a village bear; of a town where no village is given."""
    rows = _in_area(KnownPerson.objects.filter(name__in=list(names)), town, village, ())
    return frozenset(rows.values_list("name", flat=True))


def carry_over(
    spec: FormSpec, earlier: Iterable[Issued], personal: frozenset[str]
) -> dict[str, Any]:
    """What earlier documents, newest first, tell of the personal fields of a form."""
    wanted = {field.slug for field in spec.fields if field.is_typed} & personal
    answers: dict[str, Any] = {}
    for issued in earlier:
        for slug in wanted - answers.keys():
            answer = issued.answers.get(slug)
            if answer not in (None, "", []):
                answers[slug] = answer
    return answers


def _matches(wanted: str) -> Q:
    if wanted.isascii() and wanted[0].isdigit():
        number = whole_number(wanted) or wanted
        return Q(id_no__in=[wanted.upper(), same_number(number)]) | Q(phone__in=[wanted, number])
    if wanted.isascii():
        return Q(initials__startswith=wanted.lower()) | Q(pinyin__startswith=wanted.lower())
    return Q(name__contains=wanted)


def _in_area(
    rows: QuerySet[KnownPerson], town: str, village: str, hidden: Iterable[str]
) -> QuerySet[KnownPerson]:
    for code in hidden:
        rows = rows.exclude(
            Q(issued__case_no__startswith=f"{code}-") | Q(issued__form_id__startswith=f"{code}-")
        )
    return rows.filter(of_place(town, village))


def _as_person(row: KnownPerson) -> FoundPerson:
    return FoundPerson(
        row.pk, row.name, row.id_no, row.phone, row.town, row.village,
        row.issued.form_id, row.issued.issued_at,
    )  # fmt: skip
