"""A person's page: every trace across dossiers and years, people of one name apart."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.audit_log import Action
from accounts.rights import Right
from archive_indexer.errors import IndexBrokenError
from inspection.payments import add_up
from inspection.person_timeline import PersonTraces, follow_person
from web.access import needs
from web.office import area, county, signed_in
from web.person_papers import papers_about
from web.private_questions import as_address
from web.views.errors import refuse

_LONGEST = 40
_MANY_DIGITS = 4


@require_safe
@needs(Right.SEARCH, Action.SEARCH, is_rated=True)
def traces(request: HttpRequest) -> HttpResponse:
    """The traces of everybody called `name`; a number is looked up by the search."""
    name = "".join(request.GET.get("name", "").replace("\0", "").split())[:_LONGEST]
    if sum(character.isdigit() for character in name) >= _MANY_DIGITS:
        question = as_address(signed_in(request).pk, f"身份证:{name}")
        return redirect(f"{reverse('search')}?{urlencode({'q': question})}")
    people: tuple[PersonTraces, ...] = ()
    if len(name) > 1:
        try:
            papers = papers_about(name, area(request))
        except IndexBrokenError as error:
            return refuse(request, "暂时不能查找", str(error), 503)
        people = follow_person(name, papers, county())
    shown = [(person, add_up(name, person.id_no, person.traces)) for person in people]
    return render(request, "traces.html", {"name": name, "people": people, "shown": shown})
