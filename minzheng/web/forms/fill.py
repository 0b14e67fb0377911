"""Fill a form: live derived values, all problems at their fields, then the Word file."""

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

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
from minzheng.web.forms.draft_deeds import (
    Page,
    begun_from,
    forget_page,
    keep_posted,
    new_token,
    opened_page,
    page_address,
    posted_page,
    unfinished,
    usable,
)
from minzheng.web.forms.form_deeds import (
    Asked,
    issue_asked,
    mark_of,
    read_asked,
    today,
    write_down_taken,
)
from minzheng.web.forms.form_shown import all_inputs, first_answers, make_page, touched_problems
from minzheng.web.forms.issued_documents import (
    case_store,
    corrected_document,
    documents_of_case,
    known_documents,
)
from minzheng.web.forms.photos import FILE, may_see_here, with_photos
from minzheng.web.forms.posted_answers import Posted, read_post
from minzheng.web.forms.visible_forms import forms_by_dossier, spec_of
from minzheng.web.gate.access import needs
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import area, forms
from minzheng.web.gate.page_pictures import give_picture

#: Buttons after which problems are shown.
_CHECKS = ("", "check", "issue")


@require_safe
@needs(Right.FILL)
def list_forms(request: HttpRequest) -> HttpResponse:
    """All forms, or those whose name or id holds `q`."""
    wanted = request.GET.get("q", "").replace("\0", "").strip()[:40]
    return render(
        request, "forms.html", {"groups": forms_by_dossier(area(request), wanted), "q": wanted}
    )


@require_http_methods(["GET", "POST"])
@needs(Right.FILL, Action.CHANGE, is_kept=True)
def fill(request: HttpRequest, form_id: str) -> HttpResponse:
    """The page of a form; posted, it issues the document or shows every problem."""
    spec = spec_of(request, form_id)
    corrected = corrected_document(request, spec)
    if request.method == "GET":
        return _open(request, spec, corrected)
    action = request.POST.get("action", "")
    posted = with_photos(request, spec, read_post(spec, request.POST))
    page = keep_posted(
        request, spec, posted, posted_page(request.POST), begun_from(request.GET),
        is_checked=action in _CHECKS,
    )  # fmt: skip
    asked = read_asked(request, spec, posted.answers, corrected)
    if action in ("case", "keep"):
        return _show(request, asked, posted, page, is_news=action == "case")
    if action.startswith("more:"):
        return _show(request, asked, posted, page, more=action.removeprefix("more:"))
    return _issue(request, asked, posted, page)


@require_POST
@needs(Right.FILL)
def preview_form(request: HttpRequest, form_id: str) -> HttpResponse:
    """Derived values and problems of what stands on the page now; what was typed is kept."""
    spec = spec_of(request, form_id)
    posted = with_photos(request, spec, read_post(spec, request.POST))
    keep_posted(request, spec, posted, posted_page(request.POST), begun_from(request.GET))
    read = read_asked(request, spec, posted.answers, corrected_document(request, spec)).read
    page = make_page(posted, read, (*posted.problems, *read.problems))
    derived = [part for part in all_inputs(page) if part.field.derived]
    context = {
        "page": page,
        "derived": derived,
        "problems": list(touched_problems(page)),
        "sent": [part for part in all_inputs(page) if part.name + FILE in request.FILES],
        "at": timezone.localtime(),
    }
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


def _open(request: HttpRequest, spec: FormSpec, corrected: Issued | None) -> HttpResponse:
    """A form as it was left, else a fresh one."""
    page = opened_page(request, spec)
    kept = page.posted
    posted = usable(request, spec, kept) if kept else _fresh(request, spec, corrected)
    asked = read_asked(request, spec, posted.answers, corrected)
    is_checked = page.draft is not None and page.draft.is_checked
    problems = asked.read.problems if is_checked else ()
    return _show(request, asked, posted, page, problems=problems)


def _issue(request: HttpRequest, asked: Asked, posted: Posted, page: Page) -> HttpResponse:
    if mark_of(asked.read.taken) != request.POST.get("seen", ""):
        return _show(request, asked, posted, page, is_news=True)
    problems = (*posted.problems, *asked.read.problems)
    if posted.problems or request.POST.get("action") == "check":
        return _show(request, asked, posted, page, problems=problems, is_checked=True)
    outcome = issue_asked(request, asked)
    if isinstance(outcome, Refused):
        return _show(request, asked, posted, page, problems=outcome.problems)
    forget_page(request, page)
    return redirect("document", number=outcome.pk)


def _show(
    request: HttpRequest,
    asked: Asked,
    posted: Posted,
    page: Page,
    *,
    problems: tuple[Problem, ...] = (),
    more: str = "",
    is_news: bool = False,
    is_checked: bool = False,
) -> HttpResponse:
    """The page; `is_news`: what was taken over has not been seen yet."""
    read, is_opened = asked.read, request.method == "GET"
    if is_news or is_opened:
        write_down_taken(request, read)
    begun = begun_from(request.GET)
    context: dict[str, Any] = {
        "page": make_page(posted, read, problems or posted.problems, more),
        "form": read.spec,
        "wrong": asked.corrected,
        "seen": mark_of(read.taken),
        "is_news": is_news,
        "is_unknown": is_news and not documents_of_case(request, read.understood["case_no"]),
        "is_good": is_checked and not problems,
        "does_gather": forms().taking_over.does_gather(read.spec.id),
        "token": page.token,
        "begun": begun,
        "kept": page.draft,
        "own_address": page_address(read.spec.id, begun, page.token),
        "fresh_address": page_address(read.spec.id, begun, new_token()),
        "others": unfinished(request).filter(form_id=read.spec.id).exclude(token=page.token).count()
        if is_opened
        else 0,
    }
    is_refused = bool(problems) and not is_opened
    return render(request, "fill.html", context, status=422 if is_refused else 200)


def _fresh(request: HttpRequest, spec: FormSpec, corrected: Issued | None) -> Posted:
    """Defaults, or what is known of a person, or the answers that are to be corrected."""
    place = area(request)
    answers = first_answers(spec, place.town, place.village)
    if corrected is not None:
        return Posted({**answers, **corrected.answers, "case_no": corrected.case_no})
    person = request.GET.get("person", "")
    if person.isdecimal():
        earlier = known_documents(request, int(person))
        answers |= carry_over(spec, earlier, forms().personal)
    return Posted({**answers, "case_no": request.GET.get("case_no", "")})
