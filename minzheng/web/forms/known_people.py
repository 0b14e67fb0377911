"""People known from issued documents: found, their documents seen, the next form begun."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from filler.records.people_store import find_people
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.web.forms.issued_documents import known_documents
from minzheng.web.forms.visible_forms import forms_by_dossier
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.children import shown_name
from minzheng.web.gate.office import area, forms

_LONGEST = 40


@require_safe
@needs(Right.FILL, Action.SEARCH, is_rated=True)
def list_known(request: HttpRequest) -> HttpResponse:
    """People whose name, pinyin or initials fit `q`, or whose whole ID number or phone it is."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST]
    place = area(request)
    found = (
        () if place.is_nothing else find_people(text, place.town, place.village, place.forbidden)
    )
    shown = [(one, shown_name(one.name, one.id_no, one.town, one.village)) for one in found]
    return render(request, "known_people.html", {"q": text, "found": shown})


@require_safe
@needs(Right.FILL, Action.VIEW)
def show_known(request: HttpRequest, number: int) -> HttpResponse:
    """One person's documents, and every form that can be begun from them."""
    documents = known_documents(request, number)
    if not documents:
        raise Http404
    person = documents[0].person
    names = {spec.id: spec.short_title for spec in forms().forms}
    note(request, f"人员 {number}")
    context = {
        "number": number,
        "known": person,
        "name": shown_name(person.name, person.id_no, person.town, person.village),
        "documents": [(one, names.get(one.form_id, one.form_id)) for one in documents],
        "groups": forms_by_dossier(area(request)),
    }
    return render(request, "known_person.html", context)
