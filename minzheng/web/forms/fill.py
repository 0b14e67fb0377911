"""Fill a form: live derived values, all problems at their fields, then the Word file."""

import re
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from filler.carry_over.offer import Offered
from filler.errors import RenderError
from filler.fill_form import blank_form
from filler.form.form_data import Refused
from filler.form.forms import FormSpec
from filler.models import Issued
from filler.records.people_store import carry_over
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.county.errors import Problem
from minzheng.external.files.office_files import WORD
from minzheng.web.forms.form_deeds import (
    Asked,
    issue_asked,
    mark_of,
    offered_to,
    read_asked,
    today,
    write_down_taken,
)
from minzheng.web.forms.form_shown import (
    NOTHING_OFFERED,
    all_inputs,
    first_answers,
    make_page,
    touched_problems,
    with_offers,
)
from minzheng.web.forms.issued_documents import case_store, corrected_document, known_documents
from minzheng.web.forms.photos import may_see_here, with_photos
from minzheng.web.forms.posted_answers import Posted, read_post
from minzheng.web.forms.visible_forms import forms_by_dossier, spec_of
from minzheng.web.forms.which_case import ASKED, NEW, running_cases, told_by_address, told_by_case
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
    corrected = corrected_document(request, spec)
    if request.method == "GET":
        posted = _fresh(request, spec, corrected)
    else:
        posted = with_photos(request, spec, read_post(spec, request.POST))
    asked = read_asked(request, spec, posted.answers, corrected)
    action = request.POST.get("action", "")
    chosen = request.POST.get(ASKED, "")
    if chosen not in ("", NEW):
        posted = replace(posted, answers={**posted.answers, "case_no": chosen})
        asked, action = read_asked(request, spec, posted.answers, corrected), "case"
    if request.method == "GET" or action == "case":
        return _open(request, asked, posted, is_news=action == "case")
    if action.startswith("more:"):
        return _show(request, asked, posted, more=action.removeprefix("more:"))
    return _issue(request, asked, posted)


@require_POST
@needs(Right.FILL)
def preview_form(request: HttpRequest, form_id: str) -> HttpResponse:
    """Derived values and problems of what stands on the page now, as fragments for htmx."""
    spec = spec_of(request, form_id)
    posted = read_post(spec, request.POST)
    read = read_asked(request, spec, posted.answers, corrected_document(request, spec)).read
    page = make_page(posted, read, read.problems)
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
    """A photo of a form being filled, or of a document that may be seen."""
    if not re.fullmatch("[0-9a-f]{64}", sha256) or not may_see_here(request, sha256):
        raise Http404
    try:
        data = case_store().photos.get(sha256)
    except (RenderError, OSError) as error:
        raise Http404 from error
    return give_picture(data)


def _open(request: HttpRequest, asked: Asked, posted: Posted, *, is_news: bool) -> HttpResponse:
    """The page with what earlier papers offer where nothing was typed yet."""
    offered = offered_to(request, asked)
    filled = with_offers(asked.read.spec, posted, offered)
    if filled.answers != posted.answers:
        asked = read_asked(request, asked.read.spec, filled.answers, asked.corrected)
    return _show(request, asked, filled, is_news=is_news, offered=offered)


def _issue(request: HttpRequest, asked: Asked, posted: Posted) -> HttpResponse:
    if request.POST.get(ASKED) != NEW and running_cases(request, asked.read):
        return _show(request, asked, posted)
    if mark_of(asked.read.taken) != request.POST.get("seen", ""):
        return _show(request, asked, posted, is_news=True)
    if posted.problems:
        return _show(request, asked, posted, (*posted.problems, *asked.read.problems))
    outcome = issue_asked(request, asked)
    if isinstance(outcome, Refused):
        return _show(request, asked, posted, outcome.problems)
    return redirect("document", number=outcome.pk)


def _show(
    request: HttpRequest,
    asked: Asked,
    posted: Posted,
    problems: tuple[Problem, ...] = (),
    more: str = "",
    *,
    is_news: bool = False,
    offered: Offered = NOTHING_OFFERED,
) -> HttpResponse:
    """The page; `is_news`: what was taken over has not been seen yet."""
    read = asked.read
    if is_news or request.method == "GET":
        write_down_taken(request, read, offered)
    page = make_page(posted, read, problems or posted.problems, more, offered)
    context: dict[str, Any] = {
        "page": page,
        "form": read.spec,
        "wrong": asked.corrected,
        "seen": mark_of(read.taken),
        "is_news": is_news,
        "running": () if request.POST.get(ASKED) == NEW else running_cases(request, read),
        "is_new_case": request.POST.get(ASKED) == NEW,
        "does_gather": forms().taking_over.does_gather(read.spec.id)
        or forms().offers.offers_rows(read.spec.id),
        "is_offered": bool(page.offers),
    }
    return render(request, "fill.html", context, status=422 if problems else 200)


def _fresh(request: HttpRequest, spec: FormSpec, corrected: Issued | None) -> Posted:
    """Defaults, or what is known of a person, or the answers that are to be corrected."""
    place = area(request)
    answers = first_answers(spec, place.town, place.village)
    answers |= told_by_address(request, spec) | told_by_case(request, spec)
    if corrected is not None:
        return Posted({**answers, **corrected.answers, "case_no": corrected.case_no})
    person = request.GET.get("person", "")
    if person.isdecimal():
        earlier = known_documents(request, int(person))
        answers |= carry_over(spec, earlier, forms().personal)
    return Posted({**answers, "case_no": request.GET.get("case_no", "")})
