"""A person's page: every trace across dossiers and years, people of one name apart."""

from collections.abc import Iterable, Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from archive_indexer.errors import IndexBrokenError
from minzheng.accounts.areas import Area
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right, may
from minzheng.external.files.file_properties import FileProperties
from minzheng.external.files.office_files import EXCEL
from minzheng.inspection.payments import add_up
from minzheng.inspection.person_timeline import PersonTraces, follow_person, with_standings
from minzheng.inspection.standings import Standing
from minzheng.inspection.traces_book import write_traces
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.children import mask, shown_name
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import area, bureau, county, signed_in
from minzheng.web.gate.private_questions import as_address
from minzheng.web.gate.refusals import refuse
from minzheng.web.oversight.completeness_shown import Chosen, take_survey
from minzheng.web.oversight.find_traces import papers_about

_SHORTEST, _LONGEST = 2, 40
_MANY_DIGITS = 4


@require_safe
@needs(Right.SEARCH, Action.SEARCH, is_rated=True)
def traces(request: HttpRequest) -> HttpResponse:
    """The traces of everybody called `name`; a number is looked up by the search."""
    name = _asked_name(request)
    if sum(character.isdigit() for character in name) >= _MANY_DIGITS:
        question = as_address(signed_in(request).pk, f"身份证:{name}")
        return redirect(f"{reverse('search')}?{urlencode({'q': question})}")
    try:
        people = _people(request, name)
    except IndexBrokenError as error:
        return refuse(request, "暂时不能查找", str(error), 503)
    shown = [
        (
            person,
            add_up(name, person.id_no, person.traces, county().required),
            _name_of(person),
        )
        for person in people
    ]
    context = {
        "name": name,
        "people": people,
        "shown": shown,
        "printed_at": timezone.localtime(),
        "may_export": may(signed_in(request), Right.EXPORT),
    }
    return render(request, "traces.html", context)


@require_safe
@needs(Right.EXPORT, Action.EXPORT, is_rated=True)
def workbook(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet that says who took it out; numbers are masked."""
    name = _asked_name(request)
    now = timezone.localtime()
    try:
        people = _people(request, name)
    except IndexBrokenError as error:
        return refuse(request, "暂时不能查找", str(error), 503)
    if not people:
        raise Http404
    note(request, f"导出查人 {name}")
    taken = f"{signed_in(request).full_label} 于 {now:%Y-%m-%d %H:%M} 导出"
    line = f"{taken}，查“{mask(name)}”。依据已入库、已出具的材料，不是结论。含个人信息，请勿外传。"
    names = {one.code: one.short_name for one in county().dossiers.all}
    told = FileProperties(bureau(), "查人清单", now.date())
    shown = [(one, _name_of(one)) for one in people]
    book = write_traces(line, shown, mask, names, properties=told)
    return give_file(book, f"查人清单 {now:%Y%m%d}.xlsx", EXCEL)


def _asked_name(request: HttpRequest) -> str:
    return "".join(request.GET.get("name", "").replace("\0", "").split())[:_LONGEST]


def _people(request: HttpRequest, name: str) -> tuple[PersonTraces, ...]:
    """Everybody of a name, with how the cases stand.

    Raises:
        IndexBrokenError: the index cannot be read.
    """
    if len(name) < _SHORTEST:
        return ()
    papers = papers_about(name, area(request))
    people = follow_person(name, papers, county(), timezone.localdate())
    return with_standings(people, _standings(people, area(request)))


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
