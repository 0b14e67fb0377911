"""The first page: search, fill, and how the archive stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive_indexer.coverage import count_files
from filler.models import Issued
from web.office import area, signed_in
from web.views.fill import forms_by_dossier


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search box, forms, figures."""
    person, place = signed_in(request), area(request)
    context = {
        "groups": forms_by_dossier() if person.may_fill else (),
        "figures": count_files(place.town, place.village),
        "issued": Issued.objects.filter(issued_by=person.username)[:5],
    }
    return render(request, "home.html", context)
