"""The administrator's page of versions: what runs, what the county changed, how to update."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minzheng.accounts.rights import Right
from minzheng.web.gate.access import needs
from minzheng.web.gate.office import config
from minzheng.web.upkeep.version_shown import versions


@require_safe
@needs(Right.ADMINISTER)
def show(request: HttpRequest) -> HttpResponse:
    """Program, rules, and what an update leaves as it is."""
    return render(request, "version.html", {"versions": versions(config()), "config": config()})
