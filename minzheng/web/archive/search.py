"""The search page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from archive_indexer.asking.search_offers import Offer
from archive_indexer.disk.file_names import as_shown
from archive_indexer.errors import IndexBrokenError
from archive_indexer.filing.paper_place import PaperPlace
from archive_indexer.models import ArchivedFile
from archive_indexer.nearest import Nearest, find_nearest
from archive_indexer.queries import Hit
from archive_indexer.search import Answer, offer_more
from archive_indexer.stores.archived_files import files_at
from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import Person
from minzheng.accounts.rights import Right
from minzheng.county.town_names import place_in_words
from minzheng.web.archive.asking import ask, query_of
from minzheng.web.archive.named_policies import named_policies
from minzheng.web.archive.nearest import Near, address_of, in_order, named_forms
from minzheng.web.archive.open_file import is_pictured
from minzheng.web.archive.page_shown import is_drawn
from minzheng.web.archive.paper_places import places_of
from minzheng.web.archive.search_choices import (
    HELP,
    Addresses,
    describe_choices,
    describe_offers,
    describe_set_filters,
)
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.children import mask_children, names_of
from minzheng.web.gate.office import archive_index, area, county, forms, signed_in
from minzheng.web.gate.private_questions import is_token
from minzheng.web.gate.refusals import refuse
from minzheng.web.templatetags.pages import url

_CARDS, _LINES = 10, 30  #: on one page
_THUMB_WIDTH = 300
_ORDERS = {"best": "最相关在前", "date": "日期近的在前", "path": "按路径"}


@dataclass(frozen=True, slots=True)
class _ShownHit:
    """A hit with its file, and what its card leads to."""

    hit: Hit
    file: ArchivedFile
    path: str
    tags: tuple[str, ...]  #: where it belongs
    dossier: str  #: its short name
    address: str  #: of its best page, with the question and its place among the hits
    picture: str  #: of that page; empty when it can only be read
    place: PaperPlace
    children: frozenset[str]  #: names on it that whoever looks may not see


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SEARCH)
def take_question(request: HttpRequest) -> HttpResponse:
    """What was typed comes here, and becomes an address without personal numbers."""
    given = Addresses.of(request.POST, signed_in(request).pk)
    return redirect(reverse("search") + given.with_changes())


@require_safe
@needs(Right.SEARCH, Action.SEARCH, is_rated=True)
def search(request: HttpRequest) -> HttpResponse:
    """Results for the words in `q`, with filters, counts and what was understood."""
    given = Addresses.of(request.GET, signed_in(request).pk)
    if given.value("q") != request.GET.get("q", "").strip() and is_token(given.value("q")):
        return redirect(request.path + given.with_changes(page=request.GET.get("page", "")))
    note(request, f"查“{given.text}”")
    context: dict[str, Any] = {"q": given.text, "given": given, "page": given.page, "help": HELP}
    if given.text:
        try:
            answer = _ask(request, given)
            context["near"] = _nearest(request, given, answer)
            context["named"] = named_policies(given)
        except IndexBrokenError as error:
            return refuse(request, "暂时不能查找", str(error), 503)
        context |= _describe(answer, given)
    return render(request, "search.html", context)


def _ask(request: HttpRequest, given: Addresses) -> Answer:
    size = _page_size(given)
    query = query_of(request, given, limit=size, offset=(given.page - 1) * size)
    answer = ask(given, query)
    if given.page > 1:
        return answer
    more = offer_more(archive_index(), answer, query, county())
    return replace(more, offers=tuple(filter(_may_be_offered, more.offers)))


def _page_size(given: Addresses) -> int:
    return _LINES if given.is_list else _CARDS


def _nearest(request: HttpRequest, given: Addresses, answer: Answer) -> list[tuple[Near, str]]:
    """What may be meant when nothing was found, each with its address if it finds something."""
    if answer.result.total or answer.problems or given.page > 1:
        return []
    nearest = find_nearest(
        archive_index(),
        given.text,
        query_of(request, given, limit=0),
        county(),
        forms=named_forms(forms(), area(request).forbidden),
        today=timezone.localdate(),
        with_synonyms=given.with_synonyms,
    )
    person = signed_in(request)
    offered = [(one, _address_of(one, nearest, given, person)) for one in in_order(nearest)]
    return [(one, address) for one, address in offered if address is not None]


def _address_of(near: Near, nearest: Nearest, given: Addresses, person: Person) -> str | None:
    if near.count is None:
        return address_of(near, nearest, county(), person)
    return given.asking(near.text) if near.count else ""


def _may_be_offered(offer: Offer) -> bool:
    """A child's name is not offered: it would stand in the address."""
    return mask_children(offer.text) == offer.text


def _describe(answer: Answer, given: Addresses) -> dict[str, Any]:
    result = answer.result
    shown = result.total - result.copies
    order, size = given.order, _page_size(given)
    return {
        "problems": answer.problems,
        "here": given.with_changes(),
        "total": result.total,
        "copies": result.copies,
        "hits": _shown(result.hits, given),
        "chips": answer.understood.chips,
        "offers": describe_offers(answer.offers, given),
        "orders": [
            (label, given.with_changes(order="" if name == "best" else name), name == order)
            for name, label in _ORDERS.items()
        ],
        "looks": [
            ("卡片", given.with_changes(look=""), not given.is_list),
            ("列表", given.with_changes(look="list"), given.is_list),
        ],
        "filters": describe_choices(result.facets, given),
        "without_synonyms": given.with_changes(syn="0"),
        "with_synonyms": given.with_changes(syn="") if not given.with_synonyms else "",
        "has_synonyms": answer.understood.has_synonyms,
        "unfolded": given.with_changes(copies="1"),
        "folded": given.with_changes(copies="") if given.value("copies") else "",
        "unfiltered": given.without_filters() if given.is_filtered else "",
        "gone": result.absent,
        "with_gone": given.with_changes(gone="1"),
        "without_gone": given.with_changes(gone="") if given.shows_absent else "",
        "since": given.since,
        "whenever": given.with_changes(since=""),
        "set_filters": describe_set_filters(given),
        "previous": given.with_changes(page=given.page - 1) if given.page > 1 else "",
        "next": given.with_changes(page=given.page + 1) if given.page * size < shown else "",
        "pages": -(-shown // size),
    }


def _shown(hits: tuple[Hit, ...], given: Addresses) -> list[_ShownHit]:
    files = files_at([hit.path for hit in hits])
    names = {dossier.code: dossier.short_name for dossier in county().dossiers.all}
    places, children = places_of(files.values()), names_of(files.values())
    first = (given.page - 1) * _page_size(given) + 1
    picture = given.of_picture(_THUMB_WIDTH)
    return [
        _ShownHit(
            hit,
            file,
            as_shown(hit.path),
            tuple(filter(None, _tags(hit, names.get(hit.dossier, "")))),
            names.get(hit.dossier, ""),
            url("file", file.pk) + given.with_changes(page=hit.page, hit=number),
            _picture_of(file, hit.page, picture),
            places[hit.path],
            children[hit.path],
        )
        for number, hit in enumerate(hits, first)
        if (file := files.get(hit.path))
    ]


def _picture_of(file: ArchivedFile, page: int, size: str) -> str:
    if is_pictured(file) or is_drawn(file):
        return url("page-image", file.pk, page) + size
    return ""


def _tags(hit: Hit, dossier: str) -> Iterator[str]:
    yield from (place_in_words(hit.town), hit.village, dossier)
    yield f"{hit.year} 年" if hit.year else ""
    yield hit.form_id
