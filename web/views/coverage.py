"""How far each village's archive has come, and what could not be read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from archive_indexer.coverage import take_coverage
from county.dossiers import load_dossiers
from county.places import load_places
from web.office import area


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Counts by town, village and dossier; failures with their reasons."""
    places, dossiers, place = load_places(), load_dossiers(), area(request)
    state = take_coverage(places, dossiers)
    towns = []
    for town in places.towns:
        villages = [one for one in state.of_town(town.name) if place.covers(one.town, one.village)]
        if villages:
            total = sum(village.files for village in villages)
            begun = sum(village.files > 0 for village in villages)
            towns.append({"name": town.name, "villages": villages, "total": total, "begun": begun})
    failures = [one for one in state.failures if place.covers(one.town, one.village)]
    context = {
        "state": state,
        "towns": towns,
        "dossiers": dossiers.all,
        "failures": failures,
        "whole_county": not place.town,
    }
    return render(request, "coverage.html", context)
