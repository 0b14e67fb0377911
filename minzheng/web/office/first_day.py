"""The administrator's check list of the first day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minzheng.accounts.rights import Right
from minzheng.web.gate.access import needs
from minzheng.web.office.first_day_shown import first_steps


@require_safe
@needs(Right.ADMINISTER)
def show(request: HttpRequest) -> HttpResponse:
    """Every step, done or not."""
    steps = first_steps()
    done = sum(one.is_done for one in steps)
    return render(request, "first_day.html", {"steps": steps, "done": done})
