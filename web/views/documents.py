"""Documents that were issued: what was made, and the Word file again."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.audit_log import Action
from accounts.rights import Right
from filler.case_store import DatabaseCaseStore
from filler.fill_form import preview
from filler.models import Issued
from web.access import needs, note
from web.office import area, config, forms, signed_in
from web.views.fill import word_response

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
    issued = issued_of(request, number)
    spec = forms().by_id.get(issued.form_id)
    warnings = (
        preview(spec, issued.answers, issued.issued_at.date(), forms().facts).warnings
        if spec
        else ()
    )
    context = {"issued": issued, "title": _titles().get(issued.form_id, ""), "warnings": warnings}
    return render(request, "document.html", context)


@require_safe
@needs(Right.FILL, Action.DOWNLOAD)
def word(request: HttpRequest, number: int) -> HttpResponse:
    """The Word file as it was issued."""
    return word_of(issued_of(request, number))


def word_of(issued: Issued) -> HttpResponse:
    """The Word file of a document, to download."""
    store = DatabaseCaseStore(config().data_folder / "issued")
    try:
        docx = store.path_of(issued.sha256).read_bytes()
    except FileNotFoundError as error:
        raise Http404 from error
    return word_response(docx, issued.file_name)


def issued_of(request: HttpRequest, number: int) -> Issued:
    """A document of one's own, or of one's area; never of a dossier one does not see."""
    issued = get_object_or_404(Issued, pk=number)
    note(request, f"已出具文书 {issued.form_id} {issued.case_no}")
    answers, place = issued.answers, area(request)
    town, village = str(answers.get("town", "")), str(answers.get("village", ""))
    own = issued.issued_by == signed_in(request).username
    dossier = issued.case_no.partition("-")[0]
    if dossier in place.forbidden or not (own or place.covers(town, village, dossier)):
        raise Http404
    return issued


def issued_by_me(request: HttpRequest) -> QuerySet[Issued]:
    """What a person issued, newest first, without dossiers no longer to be seen."""
    mine = Issued.objects.filter(issued_by=signed_in(request).username)
    for code in area(request).forbidden:
        mine = mine.exclude(case_no__startswith=f"{code}-")
    return mine


def _titles() -> dict[str, str]:
    return {spec.id: spec.title for spec in forms().forms}
