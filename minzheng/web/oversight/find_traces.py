"""What the archive and the office's own records hold about everybody of one name."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Count, Q
from django.utils.timezone import localtime

from archive_indexer.documents import Visible
from archive_indexer.models import ArchivedFile
from archive_indexer.queries import Query
from archive_indexer.search import search_archive
from archive_indexer.stores.contents import content_of
from archive_indexer.stores.withheld import for_place
from filler.form.printings import DRAFT
from filler.models import Issued
from filler.records.people_store import documents_about, find_people
from minzheng.accounts.areas import Area
from minzheng.inspection.person_timeline import cases_of
from minzheng.inspection.traces import Trace
from minzheng.web.gate.office import archive_index, county, forms
from minzheng.web.gate.standings import lists_naming

_MOST_FILES = 300


def papers_about(name: str, place: Area) -> list[Trace]:
    """Scans that name the person, records, and the other papers of the person's cases."""
    scans = _with_holders(list(_scans(name, place)), place)
    found = [*scans, *_records(name, place), *_lists(name, place)]
    cases = cases_of(name, found, county())
    seen = {one.number for one in found if one.source == "扫描件"}
    return [*found, *_papers_of_cases(cases, seen, place)]


def _scans(name: str, place: Area) -> Iterator[Trace]:
    visible = Visible(place.town, place.village, place.forbidden, place.is_nothing)
    filters = Query((), limit=_MOST_FILES, visible=visible, shows_absent=True)
    hits = search_archive(archive_index(), f'姓名:"{name}"', filters, county()).result.hits
    rows = ArchivedFile.objects.in_bulk([hit.path for hit in hits], field_name="path")
    for hit in hits:
        row = rows.get(hit.path)
        if row is not None:
            yield from _as_trace(row, hit.page)


def _with_holders(traces: list[Trace], place: Area) -> Iterator[Trace]:
    """A page that names nobody is of whom other pages of its case name, that may be seen."""
    unsaid = {one.case_no for one in traces if one.case_no and not one.person}
    rows = ArchivedFile.objects.filter(place.as_filter(), case_no__in=list(unsaid)).exclude(
        person=""
    )
    counted = rows.values_list("case_no", "person").annotate(files=Count("pk")).order_by("files")
    holders = {case_no: person for case_no, person, _ in counted}
    for trace in traces:
        yield replace(trace, person=trace.person or holders.get(trace.case_no, ""))


def _papers_of_cases(cases: Iterable[str], seen: set[int], place: Area) -> Iterator[Trace]:
    """Pages without the name: their QR code tells the case."""
    rows = ArchivedFile.objects.filter(
        place.as_filter(), Q(case_no__in=list(cases)), state="indexed", present=True
    )
    for row in rows.exclude(pk__in=seen).order_by("path")[:_MOST_FILES]:
        yield from _as_trace(row, 1)


def _as_trace(row: ArchivedFile, page: int) -> Iterator[Trace]:
    extraction = content_of(row.sha256, by_old_rules=True)
    if extraction is None:
        return
    extraction = for_place(row.sha256, row.town, extraction)
    title = row.filing.get("title") or {}
    yield Trace(
        "扫描件",
        row.pk,
        title.get("value", ""),
        "\n".join(page.text for page in extraction.pages),
        page=page,
        form_id=row.form_id,
        dossier=row.dossier,
        town=row.town,
        village=row.village,
        year=row.year,
        case_no=row.case_no,
        person=row.person,
        sha256=row.sha256,
        present=row.present,
    )


def first_printings(papers: Collection[Issued]) -> dict[int, int]:
    """Of each document by its number, which one was printed first of those it goes back to."""
    first: dict[int, int] = {}
    for issued in sorted(papers, key=lambda one: one.pk):
        before = issued.corrects_id
        first[issued.pk] = first.get(before, issued.pk) if before else issued.pk
    return first


def _records(name: str, place: Area) -> Iterator[Trace]:
    if place.is_nothing:
        return
    specs = {spec.id: spec for spec in forms().forms}
    for found in find_people(name, place.town, place.village, place.forbidden):
        if found.name != name:
            continue
        papers = documents_about(found.pk, place.town, place.village, place.forbidden)
        first = first_printings(papers)
        for issued in papers:
            spec = specs.get(issued.form_id)
            dossier = issued.case_no.partition("-")[0] or (spec.dossier if spec else "")
            if spec is None or {spec.dossier, dossier} & place.forbidden:
                continue
            day = localtime(issued.issued_at).date()
            yield Trace(
                "出具文书",
                issued.pk,
                f"{spec.short_title}（{DRAFT}）" if issued.waits_for else spec.short_title,
                "",
                form_id=issued.form_id,
                dossier=dossier,
                town=found.town,
                village=found.village,
                year=str(day.year),
                case_no=issued.case_no,
                person=name,
                id_no=found.id_no,
                day=day,
                waits_for=issued.waits_for,
                paper=first[issued.pk],
            )


def _lists(name: str, place: Area) -> Iterator[Trace]:
    """Issued lists that name somebody, each of the day that it tells of."""
    lines = {(one.number, one.id_no): one for one in lists_naming(place, name)}
    numbers = {number for number, _ in lines}
    known = Issued.objects.in_bulk(numbers)
    specs = {spec.id: spec for spec in forms().forms}
    for (number, id_no), line in lines.items():
        spec, issued = specs.get(line.form_id), known[number]
        dossiers = {spec.dossier, line.case_no.partition("-")[0]} if spec else set()
        is_seen = place.covers(issued.town, issued.village) and not dossiers & place.forbidden
        if spec is None or not is_seen:
            continue
        told = f"（{line.scheme}）" if line.scheme else ""
        yield Trace(
            "出具文书",
            number,
            f"{spec.short_title}{told}",
            _rows_as_text(issued.texts or issued.answers),
            form_id=line.form_id,
            dossier=spec.dossier,
            town=line.town,
            village=line.village,
            year=str(line.day.year),
            case_no=line.case_no,
            id_no=id_no,
            day=line.day,
            paper=number,
        )


def _rows_as_text(texts: Mapping[str, Any]) -> str:
    """A line of text for each row of a document's tables, as they were printed."""
    tables = (value for value in texts.values() if isinstance(value, list))
    rows = (row for table in tables for row in table if isinstance(row, Mapping))
    return "\n".join(" ".join(str(cell) for cell in row.values()) for row in rows)
