"""Documents that were issued: what was made, and the Word file again."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from filler.case_store import DatabaseCaseStore
from filler.fill_form import preview
from filler.models import Issued
from web.office import area, config, forms, signed_in
from web.views.fill import word_response

_PAGE = 20


@require_safe
def list_documents(request: HttpRequest) -> HttpResponse:
    """The documents this person issued, newest first."""
    mine = Issued.objects.filter(issued_by=signed_in(request).username)
    page = Paginator(mine, _PAGE).get_page(request.GET.get("page"))
    return render(request, "documents.html", {"page": page, "titles": _titles()})


@require_safe
def show(request: HttpRequest, number: int) -> HttpResponse:
    """One document, right after it was made or later."""
    issued = _issued(request, number)
    spec = forms().by_id.get(issued.form_id)
    warnings = (
        preview(spec, issued.answers, issued.issued_at.date(), forms().facts).warnings
        if spec
        else ()
    )
    context = {"issued": issued, "title": _titles().get(issued.form_id, ""), "warnings": warnings}
    return render(request, "document.html", context)


@require_safe
def word(request: HttpRequest, number: int) -> HttpResponse:
    """The Word file as it was issued."""
    issued = _issued(request, number)
    store = DatabaseCaseStore(config().data_folder / "issued")
    try:
        docx = store.path_of(issued.sha256).read_bytes()
    except FileNotFoundError as error:
        raise Http404 from error
    return word_response(docx, issued.file_name)


def _issued(request: HttpRequest, number: int) -> Issued:
    """A document of one's own, or of one's area."""
    issued = get_object_or_404(Issued, pk=number)
    answers = issued.answers
    town, village = str(answers.get("town", "")), str(answers.get("village", ""))
    own = issued.issued_by == signed_in(request).username
    if not own and not area(request).covers(town, village):
        raise Http404
    return issued


def _titles() -> dict[str, str]:
    return {spec.id: spec.title for spec in forms().forms}
