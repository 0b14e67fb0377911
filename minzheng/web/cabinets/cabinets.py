"""专柜: all cabinets, one village's with its papers, numbers given, catalogues taken along."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from archive_indexer.stores.item_numbers import give_numbers
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.web.cabinets.cabinet_files import CabinetFiles
from minzheng.web.cabinets.cabinets_shown import (
    EVERY,
    ShownCabinet,
    ShownCabinets,
    keeping_on,
    village_named,
    villages_named,
)
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import area, signed_in
from minzheng.web.gate.refusals import refuse

_PAGE = 50


@require_safe
@needs(Right.SEARCH, is_rated=True)
def list_cabinets(request: HttpRequest) -> HttpResponse:
    """Every village's cabinet: who keeps it, how many boxes and items, what waits."""
    return render(request, "cabinets.html", {"shown": ShownCabinets(area(request))})


@require_safe
@needs(Right.SEARCH, Action.VIEW, is_rated=True)
def show(request: HttpRequest, place: str) -> HttpResponse:
    """One cabinet: its fifteen dossiers, the items of one of them, what is missing."""
    shown = _shown(request, place)
    opened = shown.opened.short_name if shown.opened else "各专档"
    note(request, f"专柜 {shown.village.town}{shown.village.name} {opened}")
    page = Paginator(shown.chosen, _PAGE).get_page(request.GET.get("page"))
    context = {
        "shown": shown,
        "place": place,
        "page": page,
        "address": f"?dossier={shown.dossier}&" if shown.opened else "?",
    }
    return render(request, "cabinet.html", context)


@require_POST
@needs(Right.FILE, Action.CHANGE)
def number(request: HttpRequest, place: str) -> HttpResponse:
    """Give every paper without a number its 件号 and its box; they are never changed."""
    villages = villages_named(area(request), place)
    if not villages:
        raise Http404
    keeping, who = keeping_on(timezone.localdate()), signed_in(request).username
    given = sum(give_numbers(one.town, one.name, keeping, who) for one in villages)
    where = f"{villages[0].town}{villages[0].name}" if place != EVERY else area(request).label
    note(request, f"编件号 {where} {given} 件")
    messages.success(request, f"{where}：给 {given} 件编了件号、分了盒。编过的不再改动。")
    return redirect("cabinets") if place == EVERY else redirect("cabinet", place)


@require_safe
@needs(Right.DOWNLOAD, Action.EXPORT, is_rated=True)
def download(request: HttpRequest, place: str, what: str, kind: str) -> HttpResponse:
    """A catalogue, covers, labels, or what is missing, as Word or Excel."""
    shown = _shown(request, place)
    files = CabinetFiles(shown, signed_in(request).full_label, timezone.localtime())
    if not files.knows(what, kind):
        raise Http404
    made = files.make(what, kind)
    if made is None:
        return refuse(request, "没有可打印的", "这里还没有编了件号的档案。先点“编件号”。", 409)
    note(request, f"导出专柜 {made.name}")
    return give_file(made.data, made.name, made.kind)


def _shown(request: HttpRequest, place: str) -> ShownCabinet:
    found = village_named(area(request), place)
    if found is None:
        raise Http404
    return ShownCabinet(found, area(request), request.GET.get("dossier", ""))
