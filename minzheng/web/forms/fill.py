"""Fill a form: live derived values, all problems at their fields, then the Word file."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from filler.errors import RenderError
from filler.fill_form import blank_form
from filler.form.form_data import Refused
from filler.form.forms import FormSpec
from filler.records.people_store import carry_over
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.county.errors import Problem
from minzheng.external.office_files import WORD
from minzheng.web.forms.form_deeds import issue_answers, look_at, mark_of, today, write_down_taken
from minzheng.web.forms.form_shown import all_inputs, first_answers, make_page, touched_problems
from minzheng.web.forms.issued_documents import case_store, corrected_document, known_documents
from minzheng.web.forms.photos import with_photos
from minzheng.web.forms.posted_answers import Posted, read_post
from minzheng.web.forms.visible_forms import forms_by_dossier, spec_of
from minzheng.web.gate.access import needs
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import area, forms
from minzheng.web.gate.page_pictures import give_picture


@require_safe
@needs(Right.FILL)
def list_forms(request: HttpRequest) -> HttpResponse:
    """All forms, or those whose name or id holds `q`."""
    wanted = request.GET.get("q", "").replace("\0", "").strip()[:40]
    return render(
        request, "forms.html", {"groups": forms_by_dossier(area(request), wanted), "q": wanted}
    )


@require_http_methods(["GET", "POST"])
@needs(Right.FILL, Action.CHANGE)
def fill(request: HttpRequest, form_id: str) -> HttpResponse:
    """The page of a form; posted, it issues the document or shows every problem."""
    spec = spec_of(request, form_id)
    if request.method == "GET":
        return _show(request, spec, _fresh(request, spec))
    posted = with_photos(request, spec, read_post(spec, request.POST))
    action = request.POST.get("action", "")
    if action == "case":
        return _show(request, spec, posted, is_news=True)
    if action.startswith("more:"):
        return _show(request, spec, posted, more=action.removeprefix("more:"))
    return _issue(request, spec, posted)


@require_POST
@needs(Right.FILL)
def preview_form(request: HttpRequest, form_id: str) -> HttpResponse:
    """Derived values and problems of what stands on the page now, as fragments for htmx."""
    spec = spec_of(request, form_id)
    posted = read_post(spec, request.POST)
    shown = look_at(request, spec, posted.answers)
    page = make_page(spec, posted, shown, shown.problems)
    derived = [part for part in all_inputs(page) if part.field.derived]
    context = {"page": page, "derived": derived, "problems": list(touched_problems(page))}
    return render(request, "preview.html", context)


@require_safe
@needs(Right.FILL)
def blank(request: HttpRequest, form_id: str) -> HttpResponse:
    """The form without answers, as a Word file."""
    spec = spec_of(request, form_id)
    docx = blank_form(spec.id, forms(), today())
    return give_file(docx, f"{spec.id}_空白表.docx", WORD)


@require_safe
@needs(Right.FILL)
def photo(request: HttpRequest, sha256: str) -> HttpResponse:
    """A photo of a form being filled; nobody guesses its address."""
    try:
        data = case_store().photos.get(sha256 if re.fullmatch("[0-9a-f]{64}", sha256) else "")
    except (RenderError, OSError) as error:
        raise Http404 from error
    return give_picture(data)


def _issue(request: HttpRequest, spec: FormSpec, posted: Posted) -> HttpResponse:
    shown = look_at(request, spec, posted.answers)
    if mark_of(shown.taken) != request.POST.get("seen", ""):
        return _show(request, spec, posted, is_news=True)
    if posted.problems:
        return _show(request, spec, posted, (*posted.problems, *shown.problems))
    outcome = issue_answers(request, spec, posted.answers)
    if isinstance(outcome, Refused):
        return _show(request, spec, posted, outcome.problems)
    return redirect("document", number=outcome.pk)


def _show(
    request: HttpRequest,
    spec: FormSpec,
    posted: Posted,
    problems: tuple[Problem, ...] = (),
    more: str = "",
    *,
    is_news: bool = False,
) -> HttpResponse:
    """The page; `is_news`: what was taken over has not been seen yet."""
    shown = look_at(request, spec, posted.answers)
    if is_news or request.method == "GET":
        write_down_taken(request, spec, shown)
    page = make_page(spec, posted, shown, problems or posted.problems, more)
    context: dict[str, Any] = {
        "page": page,
        "form": spec,
        "wrong": corrected_document(request, spec),
        "seen": mark_of(shown.taken),
        "is_news": is_news,
        "does_gather": forms().copies.does_gather(spec.id),
    }
    return render(request, "fill.html", context, status=422 if problems else 200)


def _fresh(request: HttpRequest, spec: FormSpec) -> Posted:
    """Defaults, or what is known of a person, or the answers that are to be corrected."""
    place = area(request)
    answers = first_answers(spec, place.town, place.village)
    wrong = corrected_document(request, spec)
    if wrong is not None:
        return Posted({**answers, **wrong.answers, "case_no": wrong.case_no})
    person = request.GET.get("person", "")
    if person.isdecimal():
        earlier = known_documents(request, int(person))
        answers |= carry_over(spec, earlier, forms().personal)
    return Posted({**answers, "case_no": request.GET.get("case_no", "")})
