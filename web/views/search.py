"""The search page."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.areas import Area
from archive_indexer.documents import Hit, Query, SearchResult
from archive_indexer.errors import IndexBrokenError
from archive_indexer.models import ArchivedFile
from archive_indexer.page_marks import has_picture
from archive_indexer.search import Answer, search_archive
from county.dossiers import load_dossiers
from web.office import archive_index, area, config
from web.views.errors import refuse

_PAGE = 10
_FILTERS = {"town": "镇", "village": "村", "dossier": "专档", "year": "年度"}


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit with the number of its file and whether its page can be shown."""

    hit: Hit
    number: int
    is_pictured: bool
    dossier: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: its name, how many files, the address that sets it."""

    name: str
    count: int
    address: str
    is_set: bool


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for the words in `q`, with filters and counts."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:200]
    number = _page_number(request.GET)
    context: dict[str, Any] = {"q": text, "page": number}
    if text:
        try:
            answer = _ask(text, request.GET, area(request), number)
        except IndexBrokenError as error:
            return refuse(request, "暂时不能查找", str(error), 503)
        context |= _describe(answer, request.GET, number)
    return render(request, "search.html", context)


def _ask(text: str, given: QueryDict, place: Area, number: int) -> Answer:
    if place.is_nothing:
        return Answer((text,), SearchResult(0, ()))
    filters = Query(
        (),
        town=place.town or given.get("town", ""),
        village=place.village or given.get("village", ""),
        dossier=given.get("dossier", ""),
        year=given.get("year", ""),
        limit=_PAGE,
        offset=(number - 1) * _PAGE,
    )
    return search_archive(archive_index(), text, filters)


def _describe(answer: Answer, given: QueryDict, number: int) -> dict[str, Any]:
    result = answer.result
    return {
        "problems": answer.problems,
        "total": result.total,
        "hits": _shown(result.hits),
        "filters": [
            (label, choices)
            for name, label in _FILTERS.items()
            if (choices := _choices(name, result.facets.get(name, {}), given))
        ],
        "marks": " ".join(answer.words),
        "previous": _address(given, page=number - 1) if number > 1 else "",
        "next": _address(given, page=number + 1) if number * _PAGE < result.total else "",
        "pages": -(-result.total // _PAGE),
    }


def _shown(hits: tuple[Hit, ...]) -> list[ShownHit]:
    paths = [hit.path for hit in hits]
    numbers = dict(ArchivedFile.objects.filter(path__in=paths).values_list("path", "pk"))
    names = {dossier.code: dossier.short_name for dossier in load_dossiers().all}
    return [
        ShownHit(hit, numbers[hit.path], _is_pictured(hit), names.get(hit.dossier, ""))
        for hit in hits
        if hit.path in numbers
    ]


def _is_pictured(hit: Hit) -> bool:
    try:
        return has_picture(config().archive_folder / hit.path)
    except OSError:
        return False


def _choices(name: str, counts: dict[str, int], given: QueryDict) -> list[Choice]:
    names = {dossier.code: dossier.short_name for dossier in load_dossiers().all}
    chosen = given.get(name, "")
    known = counts or ({chosen: 0} if chosen else {})
    ordered = sorted(known.items(), key=lambda item: (-item[1], item[0]))
    return [
        Choice(
            names.get(value, value) if name == "dossier" else value,
            count,
            _address(given, **{name: "" if value == chosen else value, "page": ""}),
            value == chosen,
        )
        for value, count in ordered
    ]


def _address(given: QueryDict, **changed: object) -> str:
    kept = {name: given.get(name, "") for name in ("q", *_FILTERS)}
    merged = {**kept, **{name: str(value) for name, value in changed.items()}}
    return "?" + urlencode({name: value for name, value in merged.items() if value})


def _page_number(given: QueryDict) -> int:
    text = given.get("page", "1")
    return max(1, min(int(text), 1000)) if text.isdecimal() else 1
