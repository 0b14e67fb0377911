"""The first page: search, fill, and how the archive stands."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive_indexer.coverage import count_files
from filler.errors import UnknownFormError
from filler.forms import FormSpec
from filler.models import Issued
from web.office import area, forms, signed_in
from web.views.fill import forms_by_dossier


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search box, forms, figures."""
    person, place = signed_in(request), area(request)
    context = {
        "groups": forms_by_dossier() if person.may_fill else (),
        "often": _often_used(person.username) if person.may_fill else (),
        "figures": count_files(place.town, place.village),
        "issued": Issued.objects.filter(issued_by=person.username)[:5],
    }
    return render(request, "home.html", context)


def _often_used(username: str) -> list[FormSpec]:
    """The six forms somebody issued most."""
    counted = (
        Issued.objects.filter(issued_by=username).values("form_id").annotate(times=Count("pk"))
    )
    specs = []
    for row in counted.order_by("-times", "form_id")[:6]:
        try:
            specs.append(forms().form(row["form_id"]))
        except UnknownFormError:  # issued once, taken out of the templates since
            continue
    return specs
