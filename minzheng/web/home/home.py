"""The first page: the desk of whoever is signed in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minzheng.accounts.rights import Right
from minzheng.web.gate.access import needs
from minzheng.web.home.desks import desk_of


@require_safe
@needs(Right.OWN)
def home(request: HttpRequest) -> HttpResponse:
    """What is to be done, by role."""
    template, context = desk_of(request)
    return render(request, template, context)
