"""The search page."""

from dataclasses import dataclass
from typing import Any, get_args

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.audit_log import Action
from accounts.rights import Right
from archive_indexer.documents import Hit, Order, Query
from archive_indexer.errors import IndexBrokenError
from archive_indexer.file_names import as_shown
from archive_indexer.models import ArchivedFile
from archive_indexer.search import Answer, offer_more, search_archive
from county.dossiers import load_dossiers
from web.access import needs
from web.office import archive_index, visible
from web.originals import is_pictured
from web.search_choices import HELP, Addresses, describe_choices, describe_offers
from web.views.errors import refuse

_PAGE = 10
_ORDERS = {"best": "最相关在前", "date": "日期近的在前", "path": "按路径"}


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit with its file and whether its page can be shown."""

    hit: Hit
    file: ArchivedFile
    path: str
    is_pictured: bool
    dossier: str


@require_safe
@needs(Right.SEARCH, Action.SEARCH, is_rated=True)
def search(request: HttpRequest) -> HttpResponse:
    """Results for the words in `q`, with filters, counts and what was understood."""
    given = Addresses(request.GET)
    context: dict[str, Any] = {"q": given.text, "page": given.page, "help": HELP}
    if given.text:
        try:
            answer = _ask(request, given)
        except IndexBrokenError as error:
            return refuse(request, "暂时不能查找", str(error), 503)
        context |= _describe(answer, given)
    return render(request, "search.html", context)


def _ask(request: HttpRequest, given: Addresses) -> Answer:
    filters = Query(
        (),
        town=given.value("town"),
        village=given.value("village"),
        dossier=given.value("dossier"),
        year=given.value("year"),
        form_id=given.value("form_id"),
        kind=given.value("kind"),
        has_seal=given.value("has_seal"),
        origin=given.value("origin"),
        limit=_PAGE,
        offset=(given.page - 1) * _PAGE,
        order=_order(given),
        folds_copies=not given.value("copies"),
        visible=visible(request),
    )
    index = archive_index()
    with_synonyms = given.value("syn") != "0"
    answer = search_archive(index, given.text, filters, with_synonyms=with_synonyms)
    return offer_more(index, answer, filters) if given.page == 1 else answer


def _order(given: Addresses) -> Order:
    asked = given.value("order")
    return next((one for one in get_args(Order) if one == asked), "best")


def _describe(answer: Answer, given: Addresses) -> dict[str, Any]:
    result = answer.result
    shown = result.total - result.copies
    order = _order(given)
    return {
        "problems": answer.problems,
        "total": result.total,
        "copies": result.copies,
        "hits": _shown(result.hits),
        "chips": answer.understood.chips,
        "offers": describe_offers(answer.offers, given),
        "orders": [
            (label, given.with_changes(order="" if name == "best" else name), name == order)
            for name, label in _ORDERS.items()
        ],
        "filters": describe_choices(result.facets, given),
        "without_synonyms": given.with_changes(syn="0"),
        "with_synonyms": given.with_changes(syn="") if given.value("syn") == "0" else "",
        "has_synonyms": answer.understood.has_synonyms,
        "unfolded": given.with_changes(copies="1"),
        "folded": given.with_changes(copies="") if given.value("copies") else "",
        "unfiltered": given.without_filters() if given.is_filtered else "",
        "previous": given.with_changes(page=given.page - 1) if given.page > 1 else "",
        "next": given.with_changes(page=given.page + 1) if given.page * _PAGE < shown else "",
        "pages": -(-shown // _PAGE),
    }


def _shown(hits: tuple[Hit, ...]) -> list[ShownHit]:
    paths = [hit.path for hit in hits]
    files = {file.path: file for file in ArchivedFile.objects.filter(path__in=paths)}
    names = {dossier.code: dossier.short_name for dossier in load_dossiers().all}
    return [
        ShownHit(
            hit,
            files[hit.path],
            as_shown(hit.path),
            is_pictured(files[hit.path]),
            names.get(hit.dossier, ""),
        )
        for hit in hits
        if hit.path in files
    ]
