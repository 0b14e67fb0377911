"""Fill a form: live derived values, all problems at their fields, then the Word file."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from filler.errors import RenderError
from filler.fill_form import blank_form
from filler.form.forms import FormSpec
from filler.models import Issued
from filler.records.people_store import carry_over
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.county.writing.integers import integer_in
from minzheng.external.files.office_files import WORD
from minzheng.web.forms.draft_deeds import (
    TOKEN,
    begun_from,
    document_of_page,
    keep_posted,
    opened_page,
    posted_page,
    sent_before,
    usable,
)
from minzheng.web.forms.form_deeds import in_only_case, read_asked, today
from minzheng.web.forms.form_shown import all_inputs, first_answers, make_page, touched_problems
from minzheng.web.forms.form_turns import lead_to, take_turn
from minzheng.web.forms.given_rows import told_by_register
from minzheng.web.forms.issued_documents import case_store, corrected_document, known_documents
from minzheng.web.forms.photos import FILE, may_see_here, with_photos
from minzheng.web.forms.posted_answers import Posted, read_post
from minzheng.web.forms.visible_forms import forms_by_dossier, spec_of
from minzheng.web.forms.which_case import told_by_address, told_by_case, with_chosen_case
from minzheng.web.gate.access import needs
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import area, forms
from minzheng.web.gate.page_pictures import give_picture

#: Buttons after which problems are shown.
_CHECKS = ("", "check", "issue")
#: Buttons that issue.
_ISSUES = ("", "issue")


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
    posted = with_chosen_case(request, with_photos(request, spec, read_post(spec, request.POST)))
    page = keep_posted(
        request, spec, posted, posted_page(request.POST), begun_from(request.GET),
        is_checked=request.POST.get("action", "") in _CHECKS,
    )  # fmt: skip
    document = sent_before(page) if request.POST.get("action", "") in _ISSUES else None
    if document:
        return lead_to(request, document)
    asked = read_asked(request, spec, posted.answers, corrected)
    posted, asked, joined = in_only_case(request, spec, posted, asked)
    return take_turn(request, asked, posted, page, joined=joined)


@require_POST
@needs(Right.FILL)
def preview_form(request: HttpRequest, form_id: str) -> HttpResponse:
    """Derived values and problems of what stands on the page now; what was typed is kept."""
    spec = spec_of(request, form_id)
    posted = with_photos(request, spec, read_post(spec, request.POST))
    page_of_it = posted_page(request.POST)
    if request.POST.get(TOKEN):
        page_of_it = keep_posted(request, spec, posted, page_of_it, begun_from(request.GET))
    read = read_asked(request, spec, posted.answers, corrected_document(request, spec)).read
    page = make_page(posted, read, (*posted.problems, *read.problems))
    derived = [part for part in all_inputs(page) if part.field.derived]
    context = {
        "page": page,
        "derived": derived,
        "problems": list(touched_problems(page)),
        "sent": [part for part in all_inputs(page) if part.name + FILE in request.FILES],
        "at": timezone.localtime(),
        "is_apart": page_of_it.is_apart,
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
    """A form as it was left, else a fresh one; from what was issued, to be corrected."""
    document = document_of_page(request, spec)
    if document is not None:
        return redirect(f"{reverse('fill', args=[spec.id])}?corrects={document}")
    page = opened_page(request, spec)
    kept = page.posted
    posted = usable(request, spec, kept) if kept else _fresh(request, spec, corrected)
    asked = read_asked(request, spec, posted.answers, corrected)
    posted, asked, joined = in_only_case(request, spec, posted, asked)
    return take_turn(request, asked, posted, page, joined=joined)


def _fresh(request: HttpRequest, spec: FormSpec, corrected: Issued | None) -> Posted:
    """Defaults, or what is known of a person, or the answers that are to be corrected."""
    place = area(request)
    answers = first_answers(spec, place.own_town, place.village)
    answers |= told_by_address(request, spec) | told_by_case(request, spec)
    answers |= told_by_register(request, spec, answers)
    if corrected is not None:
        return Posted({**answers, **corrected.answers, "case_no": corrected.case_no})
    person = integer_in(request.GET.get("person", ""))
    if person is not None:
        earlier = known_documents(request, person)
        answers |= carry_over(spec, earlier, forms().personal)
    return Posted({**answers, "case_no": request.GET.get("case_no", "")})
