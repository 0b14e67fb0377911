"""A person's page: every trace across dossiers and years, people of one name apart."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.audit_log import Action
from accounts.rights import Right
from archive_indexer.documents import Query, Visible
from archive_indexer.errors import IndexBrokenError
from archive_indexer.models import ArchivedFile
from archive_indexer.page_store import content_of
from archive_indexer.search import search_archive
from county.completeness import load_completeness
from filler.people_store import documents_about, find_people
from inspection.person_timeline import PersonTraces, Trace, follow_person
from web.access import needs
from web.office import archive_index, area, forms
from web.views.errors import refuse

_MOST_FILES = 300
_LONGEST = 40


@require_safe
@needs(Right.SEARCH, Action.SEARCH, is_rated=True)
def traces(request: HttpRequest) -> HttpResponse:
    """The traces of everybody called `name`."""
    name = "".join(request.GET.get("name", "").replace("\0", "").split())[:_LONGEST]
    people: tuple[PersonTraces, ...] = ()
    if len(name) > 1:
        try:
            papers = [*_scans(request, name), *_records(request, name)]
        except IndexBrokenError as error:
            return refuse(request, "暂时不能查找", str(error), 503)
        people = follow_person(name, papers, load_completeness())
    return render(request, "traces.html", {"name": name, "people": people})


def _scans(request: HttpRequest, name: str) -> Iterator[Trace]:
    place = area(request)
    visible = Visible(place.town, place.village, place.forbidden, place.is_nothing)
    filters = Query((), limit=_MOST_FILES, visible=visible, shows_absent=True)
    hits = search_archive(archive_index(), f'"{name}"', filters).result.hits
    rows = ArchivedFile.objects.in_bulk([hit.path for hit in hits], field_name="path")
    for hit in hits:
        row = rows.get(hit.path)
        extraction = content_of(hit.sha256) if row else None
        if row is None or extraction is None:
            continue
        yield Trace(
            "扫描件",
            row.pk,
            hit.title,
            "\n".join(page.text for page in extraction.pages),
            page=hit.page,
            form_id=hit.form_id,
            dossier=hit.dossier,
            town=hit.town,
            village=hit.village,
            year=hit.year,
            present=row.present,
        )


def _records(request: HttpRequest, name: str) -> Iterator[Trace]:
    place = area(request)
    if place.is_nothing:
        return
    specs = {spec.id: spec for spec in forms().forms}
    for found in find_people(name, place.town, place.village):
        if found.name != name:
            continue
        for issued in documents_about(found.pk, place.town, place.village):
            spec = specs.get(issued.form_id)
            if spec is None or spec.dossier in place.forbidden:
                continue
            yield Trace(
                "出具文书",
                issued.pk,
                spec.short_title,
                "",
                form_id=issued.form_id,
                dossier=issued.case_no.partition("-")[0],
                town=found.town,
                village=found.village,
                year=str(issued.issued_at.year),
                case_no=issued.case_no,
                id_no=found.id_no,
                day=issued.issued_at.date(),
            )
