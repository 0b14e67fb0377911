"""What lies on somebody's desk: cases of their area, the most urgent first."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from filler.records.case_desk import CaseDesk, DeskBook, waiting_cases
from minzheng.accounts.areas import Area
from minzheng.web.forms.next_papers import NextPaper, next_papers
from minzheng.web.forms.record_gate import gate_of
from minzheng.web.gate.children import shown_name
from minzheng.web.gate.office import area, county, forms, signed_in
from minzheng.web.gate.standings import still_on_desks

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
    does: str  #: what is done there, in words
    next: NextPaper | None  #: of the case, as its own page tells it


@dataclass(frozen=True, slots=True)
class OwnDesk:
    """What is shown of a desk, and how much lies on it."""

    shown: tuple[WaitingCase, ...]
    total: int
    overdue: int


def own_desk(request: HttpRequest, today: dt.date) -> OwnDesk:
    """The cases that wait for whoever is signed in."""
    person, place = signed_in(request), area(request)
    where = {
        slug: name for slug, name in (("town", place.own_town), ("village", place.village)) if name
    }
    levels = county().desks.levels_at(person.role)
    book = DeskBook(forms().by_id, forms().facts, today)
    gate = gate_of(place, person.username)
    found = still_on_desks(waiting_cases(levels, book, gate, where)) if levels else ()
    shown = tuple(_shown(found[:_SHOWN], place, today))
    return OwnDesk(shown, len(found), sum(one.is_overdue(today) for one in found))


def _shown(found: tuple[CaseDesk, ...], place: Area, today: dt.date) -> Iterator[WaitingCase]:
    cases = {one.case_no: (one.paper.text("town"), one.paper.text("village")) for one in found}
    following = next_papers(place, cases)
    for one in found:
        told = (one.paper.text(slug) for slug in _PERSON)
        form, after = forms().by_id[one.paper.form_id].short_title, following.get(one.case_no)
        address, does = _goes_on(one, after)
        yield WaitingCase(
            one.case_no, shown_name(*told), form, one.why, one.since, one.due,
            one.is_overdue(today), address, does, after,
        )  # fmt: skip


def _goes_on(desk: CaseDesk, after: NextPaper | None) -> tuple[str, str]:
    """Where a case is gone on with, and what is done there."""
    if desk.why == "待填写意见":
        form_id = desk.paper.form_id
        address = f"{reverse('fill', args=[form_id])}?case_no={desk.case_no}"
        return address, f"填 {form_id} {forms().by_id[form_id].short_title}"
    if after and after.address:
        return after.address, f"填 {after.form_id} {after.title}"
    return reverse("case", args=[desk.case_no]), "看案件"
