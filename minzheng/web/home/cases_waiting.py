"""What lies on somebody's desk: cases of their area, the most urgent first."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from filler.records.case_desk import CaseDesk, DeskBook, waiting_cases
from minzheng.web.forms.record_gate import gate_of
from minzheng.web.gate.children import shown_name
from minzheng.web.gate.office import area, county, forms, signed_in

_SHOWN = 12
_PERSON = ("name", "id_no", "town", "village")


@dataclass(frozen=True, slots=True)
class WaitingCase:
    """A case on a desk as the start page shows it."""

    number: str
    person: str
    form: str  #: what the paper is called
    why: str
    since: dt.date
    due: dt.date | None
    is_overdue: bool
    address: str  #: where it is gone on with


@dataclass(frozen=True, slots=True)
class OwnDesk:
    """What is shown of a desk, and how much lies on it."""

    shown: tuple[WaitingCase, ...]
    total: int
    overdue: int


def own_desk(request: HttpRequest, today: dt.date) -> OwnDesk:
    """The cases that wait for whoever is signed in."""
    person = signed_in(request)
    levels = county().desks.levels_at(person.role)
    book = DeskBook(forms().by_id, forms().facts, today)
    found = waiting_cases(levels, book, gate_of(area(request), person.username)) if levels else ()
    shown = tuple(_shown(found[:_SHOWN], today))
    return OwnDesk(shown, len(found), sum(one.is_overdue(today) for one in found))


def _shown(found: tuple[CaseDesk, ...], today: dt.date) -> Iterator[WaitingCase]:
    for one in found:
        paper = one.paper
        told = (paper.text(slug) for slug in _PERSON)
        spec = forms().by_id[paper.form_id]
        yield WaitingCase(
            one.case_no, shown_name(*told), spec.short_title, one.why, one.since, one.due,
            one.is_overdue(today), _address(one),
        )  # fmt: skip


def _address(one: CaseDesk) -> str:
    if one.why == "待填写意见":
        return f"{reverse('fill', args=[one.paper.form_id])}?case_no={one.case_no}"
    return reverse("case", args=[one.case_no])
