"""A person's page: every trace across dossiers and years, people of one name apart."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from archive_indexer.errors import IndexBrokenError
from minzheng.accounts.areas import Area
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.inspection.payments import add_up
from minzheng.inspection.person_timeline import PersonTraces, follow_person, with_standings
from minzheng.inspection.standings import Standing
from minzheng.web.gate.access import needs
from minzheng.web.gate.children import shown_name
from minzheng.web.gate.office import area, county, signed_in
from minzheng.web.gate.private_questions import as_address
from minzheng.web.gate.refusals import refuse
from minzheng.web.oversight.completeness_shown import Chosen, take_survey
from minzheng.web.oversight.find_traces import papers_about

_LONGEST = 40
_MANY_DIGITS = 4


@require_safe
@needs(Right.SEARCH, Action.SEARCH, is_rated=True)
def traces(request: HttpRequest) -> HttpResponse:
    """The traces of everybody called `name`; a number is looked up by the search."""
    name = "".join(request.GET.get("name", "").replace("\0", "").split())[:_LONGEST]
    if sum(character.isdigit() for character in name) >= _MANY_DIGITS:
        question = as_address(signed_in(request).pk, f"身份证:{name}")
        return redirect(f"{reverse('search')}?{urlencode({'q': question})}")
    people: tuple[PersonTraces, ...] = ()
    if len(name) > 1:
        try:
            papers = papers_about(name, area(request))
        except IndexBrokenError as error:
            return refuse(request, "暂时不能查找", str(error), 503)
        people = follow_person(name, papers, county(), timezone.localdate())
        people = with_standings(people, _standings(people, area(request)))
    shown = [
        (person, add_up(name, person.id_no, person.traces), _name_of(person)) for person in people
    ]
    return render(request, "traces.html", {"name": name, "people": people, "shown": shown})


def _standings(people: Iterable[PersonTraces], place: Area) -> Iterator[Standing]:
    """How the cases of the villages stand, as the page of completeness tells it."""
    villages = {
        (one.town, one.village) for person in people for one in person.traces if one.village
    }
    for town, village in sorted(villages):
        if place.covers(town, village):
            yield from take_survey(place, Chosen(town, village)).standings


def _name_of(person: PersonTraces) -> str:
    """The name as whoever looks may read it; without a number, by those known in the places."""
    places = [(one.town, one.village) for one in person.traces] or [("", "")]
    names = {shown_name(person.name, person.id_no, *place) for place in places}
    return next((one for one in names if one != person.name), person.name)
