"""What was issued of which case and for whom, and whom the issued lists name."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from filler.models import Issued, NamedPerson
from filler.records.named_people import named_in, villages_told
from filler.records.person_facts import place_of
from minzheng.county.registry.case_changes import CaseLaw
from minzheng.county.town_names import lies_in
from minzheng.county.writing.chinese_dates import parse_date
from minzheng.database.place_rows import of_place, of_town

#: The days of a decision; they come before the day that a form itself calls its own.
_DECIDED = ("c_date", "decide_date")
_ASKED_AT_ONCE = 500


class IssuedPaper(NamedTuple):
    """A document of a case, decided or a 送审稿: its form, its day, whom it is about."""

    town: str
    village: str
    case_no: str
    form_id: str
    person: str
    id_no: str
    applied: str  #: the day its case was begun, as it was typed; empty when the form asks none
    day: dt.date  #: of the decision or deed it tells of, else the day it was issued
    number: int = 0
    is_end: bool = False  #: whether its case ends by it
    waits_for: str = ""  #: the level that has to write on it still: it proves nothing yet
    letter: str = ""  #: the form by which what it decided has to be told


class ListedPerson(NamedTuple):
    """A person on an issued list of a village, and which scheme the list says it is of.

    A report on a list names nobody: its only line has no name, its number leads to the list.
    """

    town: str
    village: str
    form_id: str
    scheme: str
    name: str
    id_no: str
    day: dt.date
    case_no: str = ""
    number: int = 0


class _Told(NamedTuple):
    """What the answers of a document tell."""

    applied: str
    scheme: str
    town: str
    village: str
    #: of the names and numbers on a list of a whole town
    villages: Mapping[tuple[str, str], tuple[str, ...]]
    day: dt.date
    is_end: bool
    letter: str
    beside: frozenset[tuple[str, str]]  #: who stands only in tables that list nobody


@dataclass(frozen=True)
class PaperReader:
    """Reads issued documents: which end a case, and which day each tells of.

    Answers never change, so what they tell is remembered.
    """

    law: CaseLaw = field(default_factory=CaseLaw)
    days: Mapping[str, str] = field(default_factory=dict)  #: by form the slug of its day
    #: by form the tables that list people, where others of its tables do not
    tables: Mapping[str, Collection[str]] = field(default_factory=dict)
    _known: dict[tuple[int, dt.datetime], _Told] = field(default_factory=dict)
    _named: dict[tuple[int, dt.datetime], tuple[tuple[str, str], ...]] = field(default_factory=dict)

    def told(self, rows: QuerySet[Issued]) -> dict[int, _Told]:
        """What documents tell, by their numbers."""
        asked = dict(rows.order_by().values_list("pk", "issued_at"))
        unknown = [pk for pk, at in asked.items() if (pk, at) not in self._known]
        for start in range(0, len(unknown), _ASKED_AT_ONCE):
            some = Issued.objects.filter(pk__in=unknown[start : start + _ASKED_AT_ONCE])
            for pk, at, form_id, answers in some.values_list(
                "pk", "issued_at", "form_id", "answers"
            ):
                self._known[pk, at] = self._read(form_id, answers, localtime(at).date())
        return {pk: self._known[pk, at] for pk, at in asked.items()}

    def named_anew(
        self, numbers: Mapping[int, dt.datetime]
    ) -> dict[int, tuple[tuple[str, str], ...]]:
        """Name and number of everybody on lists of which nothing was noted when they were issued.

        What counts as a name has grown since: a roster of an older version names nobody.
        """
        unknown = [pk for pk, at in numbers.items() if (pk, at) not in self._named]
        for start in range(0, len(unknown), _ASKED_AT_ONCE):
            some = Issued.objects.filter(pk__in=unknown[start : start + _ASKED_AT_ONCE])
            for pk, at, answers in some.values_list("pk", "issued_at", "answers"):
                found = named_in(answers, localtime(at).date())
                self._named[pk, at] = tuple((one["name"], one["id_no"]) for one in found)
        return {pk: self._named.get((pk, at), ()) for pk, at in numbers.items()}

    def _read(self, form_id: str, answers: Mapping[str, Any], issued_on: dt.date) -> _Told:
        slugs = (*_DECIDED, self.days.get(form_id, ""))
        days = (parse_date(str(answers.get(slug) or "")) for slug in slugs)
        return _Told(
            next((told for slug in self.law.begun if (told := _text(answers, slug))), ""),
            _text(answers, "scheme"),
            **place_of(answers),
            villages=villages_told(answers),
            day=next(filter(None, days), issued_on),
            is_end=self.law.is_ended_by(form_id, partial(_text, answers)),
            letter=self.law.letter_after(form_id, partial(_text, answers)),
            beside=self._beside(form_id, answers, issued_on),
        )

    def _beside(
        self, form_id: str, answers: Mapping[str, Any], issued_on: dt.date
    ) -> frozenset[tuple[str, str]]:
        """Who met to judge those on a list, or helped: named on it and not by it."""
        if form_id not in self.tables:
            return frozenset()
        listing = self.tables[form_id]
        listed = {
            slug: value
            for slug, value in answers.items()
            if slug in listing or not isinstance(value, list | tuple)
        }
        everybody, own = (
            {(one["name"], one["id_no"]) for one in named_in(told, issued_on)}
            for told in (answers, listed)
        )
        return frozenset(everybody - own)


def issued_papers(reader: PaperReader, town: str = "", village: str = "") -> list[IssuedPaper]:
    """Documents about somebody of a place, not corrected since: decided ones and 送审稿."""
    return papers_of(reader, Issued.objects.filter(_placed("person__", town, village)))


def papers_of(reader: PaperReader, documents: QuerySet[Issued]) -> list[IssuedPaper]:
    """Those of some documents that stand and are of a case; a 送审稿 is of the day it was sent."""
    rows = documents.filter(_standing()).exclude(case_no="")
    told = reader.told(rows)
    columns = ("person__town", "person__village", "case_no", "form_id", "person__name",
               "person__id_no")  # fmt: skip
    found = rows.order_by("issued_at", "pk").values_list("pk", "issued_at", "waits_for", *columns)
    return [
        IssuedPaper(
            town or "", village or "", case_no, form_id, name or "", id_no or "",
            told[pk].applied, localtime(at).date() if waits_for else told[pk].day, pk,
            told[pk].is_end and not waits_for, waits_for, "" if waits_for else told[pk].letter,
        )
        for pk, at, waits_for, town, village, case_no, form_id, name, id_no in found
        if pk in told
    ]  # fmt: skip


def listed_people(
    reader: PaperReader, forms: Collection[str], town: str = "", village: str = ""
) -> list[ListedPerson]:
    """Whom the issued lists of these forms name; a list that names nobody has one line.

    A list of a whole town says of each row of which village it is.
    """
    rows = Issued.objects.filter(in_force(), form_id__in=forms)
    if town:
        naming = NamedPerson.objects.filter(of_town(town), issued=OuterRef("pk"))
        rows = rows.filter(Exists(naming) | Q(named=None))
    return [
        one
        for one in lines_of(reader, rows, _named_on(forms, town))
        if lies_in(one.town, town) and village in ("", one.village)
    ]


def lines_of(
    reader: PaperReader, lists: QuerySet[Issued], named: Mapping[int, list[tuple[str, str]]]
) -> list[ListedPerson]:
    """The lines of lists, of which it is known whom they name; one with nobody has one line."""
    told = reader.told(lists)
    rows = list(lists.order_by("pk").values_list("pk", "issued_at", "form_id", "case_no"))
    older = reader.named_anew({pk: at for pk, at, *_ in rows if not named.get(pk)})
    found = []
    for pk, _, form_id, case_no in rows:
        one = told.get(pk)
        if one is None:
            continue
        for name, id_no in named.get(pk) or older.get(pk) or [("", "")]:
            if (name, id_no) in one.beside:
                continue
            places = [one.village] if one.village else one.villages.get((name, id_no), ())
            found += [
                ListedPerson(
                    one.town, place, form_id, one.scheme, name, id_no, one.day, case_no, pk
                )
                for place in places
            ]
    return found


def _named_on(forms: Collection[str], town: str) -> dict[int, list[tuple[str, str]]]:
    """Name and number of everybody on the lists of a town, by the list's number."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = NamedPerson.objects.filter(in_force("issued__"), issued__form_id__in=forms)
    rows = rows.filter(of_town(town))
    for pk, name, id_no in rows.order_by("pk").values_list("issued_id", "name", "id_no"):
        found[pk].append((name, id_no))
    return found


def _text(answers: Mapping[str, Any], slug: str) -> str:
    return str(answers.get(slug) or "")


def in_force(prefix: str = "") -> Q:
    """Decided, not corrected since, not stopped; of documents, or of what refers to them."""
    return _standing(prefix) & Q(**{f"{prefix}waits_for": ""})


def _standing(prefix: str = "") -> Q:
    """Not corrected since, not stopped."""
    return Q(**{f"{prefix}corrected_by": None, f"{prefix}stopped_at": None})


def _placed(prefix: str, town: str, village: str) -> Q:
    """A place that is known: without one nobody may be told whose document it is."""
    given = of_place(town, village, prefix)
    return given & ~Q(**{f"{prefix}village": ""}) & Q(**{f"{prefix}village__isnull": False})
