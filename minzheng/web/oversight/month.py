"""The month of a place: what begins, changes, ends, falls due, and the paper for each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import area
from minzheng.web.oversight.month_shown import describe_month, places_of, read_choice, rosters_of


@require_safe
@needs(Right.FILL, Action.VIEW, is_rated=True)
def month(request: HttpRequest) -> HttpResponse:
    """Changes of one place and month from the records, each with its reason and its paper."""
    today = timezone.localdate()
    chosen = read_choice(request.GET, area(request), today)
    context = {"chosen": chosen, "places": places_of(area(request))}
    if chosen.town:
        note(request, f"按月查看 {chosen.label}")
        groups = describe_month(request, chosen, today)
        context |= {"groups": groups, "none": [kind for kind, found in groups if not found]}
        context["rosters"] = rosters_of(chosen, today)
    return render(request, "month.html", context)
