"""What was issued of which case and for whom, and whom the issued lists name."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from django.utils.timezone import localtime

from filler.models import Issued, NamedPerson


class IssuedPaper(NamedTuple):
    """A document in force of a case: its form, its day, whom it is about."""

    town: str
    village: str
    case_no: str
    form_id: str
    person: str
    id_no: str
    applied: str  #: the day of application, as it was typed; empty when the form asks none
    day: dt.date


class ListedPerson(NamedTuple):
    """A person on an issued list of a village, and which scheme the list says it is of."""

    town: str
    village: str
    form_id: str
    scheme: str
    name: str
    id_no: str
    day: dt.date


def issued_papers(town: str = "", village: str = "") -> list[IssuedPaper]:
    """Documents about somebody of a place, without those that were corrected."""
    rows = Issued.objects.filter(_in_force(""), _placed("person__", town, village)).exclude(
        case_no=""
    )
    columns = ("person__town", "person__village", "case_no", "form_id", "person__name",
               "person__id_no", "applied", "issued_at")  # fmt: skip
    told = rows.annotate(applied=KeyTextTransform("apply_date", "answers"))
    return [
        IssuedPaper(town_, village_, case_no, form_id, name, id_no, applied or "", _day(at))
        for town_, village_, case_no, form_id, name, id_no, applied, at in told.order_by(
            "issued_at"
        ).values_list(*columns)
    ]


def _day(at: dt.datetime) -> dt.date:
    return localtime(at).date()


def listed_people(forms: Collection[str], town: str = "", village: str = "") -> list[ListedPerson]:
    """Whom the issued lists of these forms name."""
    rows = NamedPerson.objects.filter(
        _in_force("issued__"), _placed("", town, village), issued__form_id__in=forms
    ).annotate(scheme=KeyTextTransform("scheme", "issued__answers"))
    columns = ("town", "village", "issued__form_id", "scheme", "name", "id_no", "issued__issued_at")
    return [
        ListedPerson(town_, village_, form_id, scheme or "", name, id_no, _day(at))
        for town_, village_, form_id, scheme, name, id_no, at in rows.values_list(*columns)
    ]


def _in_force(prefix: str) -> Q:
    return Q(**{f"{prefix}corrected_by": None, f"{prefix}stopped_at": None})


def _placed(prefix: str, town: str, village: str) -> Q:
    """A place that is known: without one nobody may be told whose document it is."""
    place = {"town": town, "village": village}
    given = Q(**{f"{prefix}{key}": value for key, value in place.items() if value})
    return given & ~Q(**{f"{prefix}village": ""}) & Q(**{f"{prefix}village__isnull": False})
