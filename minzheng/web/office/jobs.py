"""The administrator's page of what the services are doing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minzheng.accounts.rights import Right
from minzheng.web.gate.access import needs
from minzheng.web.office.jobs_shown import jobs


@require_safe
@needs(Right.ADMINISTER)
def show(request: HttpRequest) -> HttpResponse:
    """Every kind of work, with what must be looked at."""
    return render(request, "jobs.html", {"jobs": jobs()})


@require_safe
@needs(Right.ADMINISTER, is_poll=True)
def live(request: HttpRequest) -> HttpResponse:
    """The same, asked for every few seconds."""
    return render(request, "jobs_live.html", {"jobs": jobs()})
