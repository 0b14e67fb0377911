"""Documents that were issued: what was made, and the Word file again."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from filler.errors import RenderError
from filler.fill_form import Corrected, read_form
from filler.form.forms import FormSpec
from filler.models import Issued
from filler.reissue import reissue
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.county.errors import Problem
from minzheng.external.files.office_files import WORD
from minzheng.web.forms.issued_documents import (
    case_store,
    issued_by_me,
    issued_of,
    scans_of,
    seen_store,
    word_of,
)
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import county, forms

_PAGE = 20


@require_safe
@needs(Right.FILL)
def list_documents(request: HttpRequest) -> HttpResponse:
    """The documents this person issued, newest first."""
    mine = issued_by_me(request)
    page = Paginator(mine, _PAGE).get_page(request.GET.get("page"))
    return render(request, "documents.html", {"page": page, "titles": _titles()})


@require_safe
@needs(Right.FILL, Action.VIEW)
def show(request: HttpRequest, number: int) -> HttpResponse:
    """One document, right after it was made or later."""
    return _show(request, issued_of(request, number))


def _show(request: HttpRequest, issued: Issued, trouble: str = "") -> HttpResponse:
    spec = forms().by_id.get(issued.form_id)
    context = {
        "issued": issued,
        "title": _titles().get(issued.form_id, ""),
        "warnings": _warnings_of(request, issued, spec) if spec else (),
        "trouble": trouble,
        "scans": scans_of(request, issued),
        "waits_for": county().desks.name_of(issued.waits_for),
    }
    return render(request, "document.html", context, status=409 if trouble else 200)


def _warnings_of(request: HttpRequest, issued: Issued, spec: FormSpec) -> tuple[Problem, ...]:
    """What was to be heeded when the document was issued."""
    read = read_form(
        spec,
        issued.answers,
        today=issued.issued_at.date(),
        catalogue=forms(),
        history=seen_store(request),
        corrects=Corrected(issued.pk, issued.case_no),
    )
    return read.warnings


@require_safe
@needs(Right.FILL, Action.DOWNLOAD)
def word(request: HttpRequest, number: int) -> HttpResponse:
    """The Word file as it was issued."""
    return word_of(issued_of(request, number))


@require_safe
@needs(Right.FILL, Action.DOWNLOAD)
def reissue_word(request: HttpRequest, number: int) -> HttpResponse:
    """The document made again from what was kept of it: the same to the letter."""
    issued = issued_of(request, number)
    note(request, f"重出 {issued.form_id} {issued.case_no} 文书号 {number}")
    try:
        docx = reissue(*case_store().printed(number))
    except RenderError as error:
        return _show(request, issued, str(error))
    return give_file(docx, issued.file_name, WORD)


def _titles() -> dict[str, str]:
    return {spec.id: spec.title for spec in forms().forms}
