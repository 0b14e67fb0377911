"""The inspector's checklist: twenty-five questions, and the checks that compare papers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from archive_indexer.errors import IndexBrokenError
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import archive_index, area, county, signed_in, visible
from minzheng.web.gate.private_questions import as_address
from minzheng.web.gate.refusals import refuse
from minzheng.web.oversight.checklist_shown import as_query, describe_questions, read_given


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SEARCH, Action.VIEW, is_rated=True)
def checklist(request: HttpRequest) -> HttpResponse:
    """Each question with a link that answers it for what is chosen."""
    place = area(request)
    person = signed_in(request).pk
    posted = request.method == "POST"
    given = read_given(request.POST if posted else request.GET, place, person)
    is_open = given.number and given.number == request.GET.get("number")
    if posted or (is_open and as_address(person, given.number) != given.number):
        return redirect(f"{reverse('checklist')}?{as_query(given, person)}")
    note(request, f"检查清单 {given.village.name if given.village else place.label} {given.year}")
    try:
        lines = describe_questions(given, archive_index(), visible(request), person)
    except IndexBrokenError as error:
        return refuse(request, "暂时不能查找", str(error), 503)
    context = {
        "given": given,
        "lines": lines,
        "rules": county().checks.all,
        "years": range(timezone.localdate().year, 2013, -1),
        "places": [
            (town, [one for one in county().places.villages_of(town.name)
                    if place.covers(one.town, one.name)])
            for town in county().places.towns
            if place.covers(town.name, place.village)
        ],
    }  # fmt: skip
    return render(request, "checklist.html", context)
