"""The documents that were issued, as far as the person who asks may see them."""

import datetime as dt

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from archive_indexer.stores.coded_papers import coded_papers
from filler.form.forms import FormSpec
from filler.models import Issued
from filler.records.case_store import DatabaseCaseStore
from filler.records.people_store import documents_about
from minzheng.county.writing.integers import integer_in
from minzheng.external.files.office_files import WORD
from minzheng.prepared import Prepared
from minzheng.web.forms.record_gate import gate_of, may_see, may_see_any
from minzheng.web.gate.access import note
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import area, config, signed_in

_JUST_NOW = dt.timedelta(minutes=15)
_NEWEST = Prepared(
    lambda by, form_id: (
        Issued.objects.filter(issued_by=by, form_id=form_id, stopped_at=None)
        .order_by("-issued_at")
        .values_list("issued_at")[:1]
    )
)


def case_store() -> DatabaseCaseStore:
    """Where issued documents are kept."""
    return DatabaseCaseStore(config().issued_folder)


def seen_store(request: HttpRequest) -> DatabaseCaseStore:
    """The same, telling only of documents that the person who asks may see."""
    return DatabaseCaseStore(
        config().issued_folder, gate_of(area(request), signed_in(request).username)
    )


def issued_of(request: HttpRequest, number: int) -> Issued:
    """A document of one's own, or of one's area; never of a dossier one does not see."""
    issued = get_object_or_404(Issued, pk=number)
    note(request, f"已出具文书 {issued.form_id} {issued.case_no}")
    if not may_see(issued, area(request), signed_in(request).username):
        raise Http404
    return issued


def issued_by_me(request: HttpRequest) -> QuerySet[Issued]:
    """What a person issued, newest first, without dossiers no longer to be seen."""
    mine = Issued.objects.filter(issued_by=signed_in(request).username, stopped_at=None)
    mine = mine.defer("texts")
    for code in area(request).forbidden:
        mine = mine.exclude(case_no__startswith=f"{code}-").exclude(form_id__startswith=f"{code}-")
    return mine


def issued_just_now(request: HttpRequest, form_id: str) -> Issued | None:
    """What a person issued of a form a moment ago and did not correct."""
    since = timezone.now() - _JUST_NOW
    newest = _NEWEST.first(signed_in(request).username, form_id)
    if newest is None or newest[0] < since:
        return None
    mine = issued_by_me(request).filter(form_id=form_id, corrected_by=None)
    return mine.filter(issued_at__gte=since).first()


def word_of(issued: Issued) -> HttpResponse:
    """The Word file of a document, to download."""
    try:
        docx = case_store().path_of(issued.sha256).read_bytes()
    except FileNotFoundError as error:
        raise Http404 from error
    return give_file(docx, issued.file_name, WORD)


def documents_of_case(request: HttpRequest, case_no: str) -> tuple[Issued, ...]:
    """The documents of a case that may be seen, oldest first."""
    found = Issued.objects.filter(case_no=case_no).defer("texts").order_by("pk")
    place, username = area(request), signed_in(request).username
    return tuple(one for one in found if may_see(one, place, username))


def is_case_known(request: HttpRequest, case_no: str) -> bool:
    """Whether there is a document of a case that may be seen."""
    return may_see_any(case_no, area(request), signed_in(request).username)


def corrected_document(request: HttpRequest, spec: FormSpec) -> Issued | None:
    """The document named by `corrects` in the address, when it may be corrected."""
    number = integer_in(request.GET.get("corrects", ""))
    if number is None:
        return None
    issued = Issued.objects.filter(pk=number, form_id=spec.id, corrected_by=None).first()
    if issued is None:
        return None
    return issued if may_see(issued, area(request), signed_in(request).username) else None


def scans_of(request: HttpRequest, issued: Issued) -> list[int]:
    """The files that bear the code of a document: they are that paper, signed and sealed."""
    place = area(request)
    papers = coded_papers([issued.form_id], [issued.case_no])
    return [one.number for one in papers if place.covers(one.town, one.village, one.dossier)]


def document_of_code(request: HttpRequest, form_id: str, case_no: str) -> Issued | None:
    """The newest document a code stands for, when it may be seen: its answers are known."""
    if not (form_id and case_no):
        return None
    same = Issued.objects.filter(form_id=form_id, case_no=case_no, corrected_by=None)
    issued = same.defer("texts").order_by("-pk").first()
    if issued is None or not may_see(issued, area(request), signed_in(request).username):
        return None
    return issued


def known_documents(request: HttpRequest, number: int) -> tuple[Issued, ...]:
    """The documents about a known person that may be seen, newest first."""
    place = area(request)
    if place.is_nothing:
        return ()
    found = documents_about(number, place.town, place.village, place.forbidden)
    username = signed_in(request).username
    return tuple(one for one in found if may_see(one, place, username))
