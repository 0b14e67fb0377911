"""The first page: search, fill, and how the archive stands."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.rights import Right
from archive_indexer.coverage import count_files
from filler.errors import UnknownFormError
from filler.forms import FormSpec
from web.access import needs
from web.office import area, forms, signed_in
from web.views.documents import issued_by_me
from web.views.fill import forms_by_dossier


@require_safe
@needs(Right.OWN)
def home(request: HttpRequest) -> HttpResponse:
    """Search box, forms, figures."""
    person, place = signed_in(request), area(request)
    context = {
        "groups": forms_by_dossier(place) if person.may_fill else (),
        "often": _often_used(request) if person.may_fill else (),
        "figures": count_files(place.as_filter()),
        "issued": issued_by_me(request)[:5],
    }
    return render(request, "home.html", context)


def _often_used(request: HttpRequest) -> list[FormSpec]:
    """The six forms somebody issued most."""
    counted = issued_by_me(request).values("form_id").annotate(times=Count("pk"))
    specs = []
    for row in counted.order_by("-times", "form_id")[:6]:
        try:
            specs.append(forms().form(row["form_id"]))
        except UnknownFormError:  # issued once, taken out of the templates since
            continue
    return specs
