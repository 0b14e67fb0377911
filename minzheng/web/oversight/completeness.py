"""The heat map: what each village's dossiers hold, and what they lack."""

from collections import Counter
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from archive_indexer.stores.paper_counts import count_papers
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.external.files.file_properties import FileProperties
from minzheng.external.files.office_files import EXCEL
from minzheng.inspection.standings import Standing
from minzheng.inspection.survey import count_lacks
from minzheng.inspection.survey_book import write_book
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.children import mask
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import area, bureau, county, forms, signed_in
from minzheng.web.oversight.completeness_shown import EVERY, Chosen, Map, cell_named, take_survey

_MOST_LACKS = 120  #: so that no page weighs more than 100 KB


@require_safe
@needs(Right.OVERSEE, is_rated=True)
def completeness(request: HttpRequest) -> HttpResponse:
    """Seven towns, each opens to its villages; 15 dossiers; one year or all."""
    place = area(request)
    survey = take_survey(place)
    year = request.GET.get("year", "")
    shown = Map(place, survey, year if year in survey.years else "")
    is_print = request.GET.get("print") == "1"
    only = county().places.key_of(shown.towns[0]) if len(shown.towns) == 1 else ""
    context = {
        "map": shown,
        "rows": list(shown.rows(only or request.GET.get("open", ""))),
        "years": survey.years,
        "opened": request.GET.get("open", ""),
        "year_key": shown.year or EVERY,
        "printed_at": timezone.localtime(),
        "towns": [(town, list(shown.villages(town))) for town in shown.towns] if is_print else [],
    }
    return render(request, f"completeness{'_print' if is_print else ''}.html", context)


@require_safe
@needs(Right.SEARCH, Action.VIEW, is_rated=True)
def cell(request: HttpRequest, place: str, dossier: str, year: str) -> HttpResponse:
    """What a cell lacks, case by case, and which forms it has."""
    chosen = _chosen(request, place, dossier, year)
    note(request, f"齐全情况 {chosen.label}")
    survey = take_survey(area(request), chosen)
    standings = survey.of(chosen.year, chosen.town, chosen.village, chosen.dossier)
    not_due = survey.not_due(chosen.year, chosen.town, chosen.village, chosen.dossier)
    asked = request.GET.get("lacks", "")
    counts = count_lacks(standings)
    if asked in dict(counts):
        standings = [one for one in standings if asked in {lack.need.name for lack in one.lacks}]
    shown = standings[:_MOST_LACKS]
    key = (chosen.town, chosen.village, chosen.dossier)
    context = {
        "chosen": chosen,
        "cell": survey.cells(chosen.year).get(key),
        "lacks": _with_issued(shown),
        "not_due": _with_issued(not_due[: _MOST_LACKS - len(shown)]),
        "not_due_count": len(not_due),
        "counts": counts,
        "asked": asked,
        "count": len(standings),
        "forms": _forms_there(request, chosen),
        "place_key": place,
        "files_address": reverse("completeness-files", args=(place, dossier, year)),
    }
    return render(request, "completeness_cell.html", context)


@require_safe
@needs(Right.SEARCH)
def files(request: HttpRequest, place: str, dossier: str, year: str) -> HttpResponse:
    """The files of a cell, as a search."""
    chosen = _chosen(request, place, dossier, year)
    if not chosen.question:
        return redirect("search")
    return redirect(f"{reverse('search')}?{urlencode({'q': chosen.question})}")


@require_safe
@needs(Right.EXPORT, Action.EXPORT, is_rated=True)
def workbook(request: HttpRequest) -> HttpResponse:
    """The map and all that is missing as a spreadsheet that says who took it out."""
    place = area(request)
    survey = take_survey(place)
    year = request.GET.get("year", "")
    shown = Map(place, survey, year if year in survey.years else "")
    now = timezone.localtime()
    scope = f"{place.label} {f'{shown.year} 年' if shown.year else '各年度'}"
    who = signed_in(request).full_label
    line = f"{who} 于 {now:%Y-%m-%d %H:%M} 导出，范围：{scope}。含个人信息，请勿外传。"
    note(request, f"导出齐全情况 {scope}")
    names = [one.short_name for one in shown.columns]
    lines = [(row.name, row.is_town, [cell for _, cell in row.cells]) for row in shown.rows(EVERY)]
    told = FileProperties(bureau(), f"齐全情况 {scope}", now.date())
    lacks = map(_with_shown_name, survey.of(shown.year))
    book = write_book(line, names, lines, lacks, county().dossiers, properties=told)
    return give_file(book, f"齐全情况 {scope} {now:%Y%m%d}.xlsx", EXCEL)


def _chosen(request: HttpRequest, place: str, dossier: str, year: str) -> Chosen:
    chosen = cell_named(area(request), place, dossier, year)
    if chosen is None:
        raise Http404
    return chosen


def _with_shown_name(one: Standing) -> Standing:
    """A line of the workbook as whoever takes it out may read it."""
    return replace(one, subject=replace(one.subject, person=mask(one.subject.person)))


def _with_issued(standings: list[Standing]) -> list[dict[str, Any]]:
    """What is missing on paper may have been issued here and not been scanned."""
    return [
        {
            "standing": one,
            "subject": one.subject,
            "issued": {step.name for step in one.steps if step.state == "已出具"},
        }
        for one in standings
    ]


def _forms_there(request: HttpRequest, chosen: Chosen) -> list[dict[str, Any]]:
    """Forms of a cell with how many files each has, and the search that shows them."""
    counts: Counter[str] = Counter()
    for group in count_papers(area(request).as_filter() & chosen.as_filter):
        counts.update(group.forms)
    titles = {spec.id: spec.short_title for spec in forms().forms}
    return [
        {
            "id": form_id,
            "title": titles.get(form_id, form_id) if form_id else "没有认出是哪张表",
            "files": files,
            "query": urlencode({"q": f"{chosen.question} 表:{form_id}".strip()}) if form_id else "",
        }
        for form_id, files in sorted(counts.items(), key=lambda one: (not one[0], one[0]))
    ]
