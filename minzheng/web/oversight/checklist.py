"""The inspector's checklist: twenty-five questions, and the checks that compare papers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from archive_indexer.errors import IndexBrokenError
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.inspection.doubt_checks import RULES, find_doubts, rule_named
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import archive_index, area, county, forms, signed_in, visible
from minzheng.web.gate.private_questions import as_address
from minzheng.web.gate.refusals import refuse
from minzheng.web.oversight.checklist_shown import as_query, describe_questions, read_given
from minzheng.web.oversight.completeness_shown import EVERY, cell_named

_MOST = 500


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
        "rules": RULES,
        "years": range(timezone.localdate().year, 2013, -1),
        "places": [
            (town, [one for one in county().places.villages_of(town.name)
                    if place.covers(one.town, one.name)])
            for town in county().places.towns
            if place.covers(town.name, place.village)
        ],
    }  # fmt: skip
    return render(request, "checklist.html", context)


@require_safe
@needs(Right.SEARCH, Action.VIEW, is_rated=True)
def doubts(request: HttpRequest, rule: str, place: str) -> HttpResponse:
    """What one check finds in a place; each doubt with the papers that show it."""
    check = rule_named(rule)
    chosen = cell_named(area(request), place, EVERY, EVERY)
    if check is None or chosen is None:
        raise Http404
    note(request, f"疑点核对 {check.title} {chosen.label}")
    year = request.GET.get("year", "")
    within = area(request).as_filter() & chosen.place_filter
    found = find_doubts(check, within, timezone.localdate(), county(), forms().facts.publicity)
    shown = [one for one in found if not year or one.year in ("", year)]
    context = {
        "rule": check,
        "chosen": chosen,
        "year": year if year.isdecimal() else "",
        "count": len(shown),
        "doubts": shown[:_MOST],
    }
    return render(request, "doubts.html", context)
