"""Documents that were issued: what was made, and the Word file again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST, require_safe

from filler.errors import RenderError
from filler.fill_form import Corrected, read_form
from filler.form.forms import FormSpec
from filler.models import Issued
from filler.reissue import reissue
from filler.values.unconfirmed import FOOT_NOTE
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.county.errors import Problem
from minzheng.external.files.office_files import WORD
from minzheng.web.forms.issued_documents import (
    case_store,
    issued_of,
    scans_of,
    seen_store,
    word_of,
)
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import area, county, forms, mask_numbers, signed_in
from minzheng.web.issued.documents_shown import (
    batch_of,
    choices_of,
    name_of_issuer,
    places_in,
    rows_of,
    version_of,
)
from minzheng.web.issued.sought_documents import narrowed, read_sought, seen_documents

_PAGE = 20


@require_safe
@needs(Right.FILL, Action.VIEW, is_rated=True)
def list_documents(request: HttpRequest) -> HttpResponse:
    """The documents somebody may see, newest first: those asked for, or all."""
    person, place = signed_in(request), area(request)
    sought = read_sought(request.GET, person.pk)
    seen = seen_documents(place, person.username)
    found = narrowed(seen, sought, forms().forms).select_related("person")
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    said = f"查“{mask_numbers(sought.text)}”" if sought.text else "全部"
    note(request, f"已出具 {said} {sought.form_id} {sought.place}".strip())
    names, of_forms = choices_of(seen, _titles())
    context = {
        "page": page,
        "rows": rows_of(page.object_list, names, _titles()),
        "sought": sought,
        "address": sought.address(person.pk) + ("" if sought.is_everything else "&"),
        "issuers": names.items(),
        "forms": of_forms,
        "towns": places_in(place),
    }
    return render(request, "documents.html", context)


@require_POST
@needs(Right.FILL)
def seek(request: HttpRequest) -> HttpResponse:
    """What was typed comes here, and becomes an address without personal numbers."""
    person = signed_in(request).pk
    sought = read_sought(request.POST, person)
    for problem in sought.problems:
        messages.error(request, f"{problem.where}：{problem.what}。{problem.do}。")
    return redirect(reverse("documents") + sought.address(person))


@require_safe
@needs(Right.FILL, Action.VIEW)
def show(request: HttpRequest, number: int) -> HttpResponse:
    """One document, right after it was made or later."""
    return _show(request, issued_of(request, number))


def _show(request: HttpRequest, issued: Issued, trouble: str = "") -> HttpResponse:
    spec = forms().by_id.get(issued.form_id)
    context = {
        "issued": issued,
        "issuer": name_of_issuer(issued.issued_by),
        "title": _titles().get(issued.form_id, ""),
        "version": version_of(issued, spec),
        "warnings": _warnings_of(request, issued, spec) if spec else (),
        "trouble": trouble,
        "scans": scans_of(request, issued),
        "of_batch": batch_of(issued, signed_in(request).username),
        "waits_for": county().desks.name_of(issued.waits_for),
        "is_unconfirmed": FOOT_NOTE in str(issued.texts.get("code_line", "")),
    }
    return render(request, "document.html", context, status=409 if trouble else 200)


def _warnings_of(request: HttpRequest, issued: Issued, spec: FormSpec) -> tuple[Problem, ...]:
    """What was to be heeded when the document was issued."""
    read = read_form(
        spec,
        issued.answers,
        today=localtime(issued.issued_at).date(),
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
    return {spec.id: spec.short_title for spec in forms().forms}
