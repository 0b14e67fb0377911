"""Documents that were issued: what was made, and the Word file again."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from filler.errors import RenderError
from filler.fill_form import Corrected, read_form
from filler.form.forms import FormSpec
from filler.models import Issued
from filler.reissue import reissue
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.county.errors import Problem
from minzheng.web.forms.case_papers import case_store, may_see
from minzheng.web.forms.fill import word_response
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import area, forms, signed_in

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
        "warnings": _warnings_of(issued, spec) if spec else (),
        "trouble": trouble,
    }
    return render(request, "document.html", context, status=409 if trouble else 200)


def _warnings_of(issued: Issued, spec: FormSpec) -> tuple[Problem, ...]:
    """What was to be heeded when the document was issued."""
    read = read_form(
        spec,
        issued.answers,
        today=issued.issued_at.date(),
        catalogue=forms(),
        history=case_store(),
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
    return word_response(docx, issued.file_name)


def word_of(issued: Issued) -> HttpResponse:
    """The Word file of a document, to download."""
    try:
        docx = case_store().path_of(issued.sha256).read_bytes()
    except FileNotFoundError as error:
        raise Http404 from error
    return word_response(docx, issued.file_name)


def issued_of(request: HttpRequest, number: int) -> Issued:
    """A document of one's own, or of one's area; never of a dossier one does not see."""
    issued = get_object_or_404(Issued, pk=number)
    note(request, f"已出具文书 {issued.form_id} {issued.case_no}")
    if not may_see(issued, area(request), signed_in(request).username):
        raise Http404
    return issued


def issued_by_me(request: HttpRequest) -> QuerySet[Issued]:
    """What a person issued, newest first, without dossiers no longer to be seen."""
    mine = Issued.objects.filter(issued_by=signed_in(request).username).defer("texts")
    for code in area(request).forbidden:
        mine = mine.exclude(case_no__startswith=f"{code}-")
    return mine


def _titles() -> dict[str, str]:
    return {spec.id: spec.title for spec in forms().forms}
