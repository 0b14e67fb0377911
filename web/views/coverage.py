"""How far each village's archive has come, what is being done, what could not be read."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Role
from archive_indexer import state_store
from archive_indexer.coverage import Coverage, take_coverage
from archive_indexer.fixity import unsettled_findings
from archive_indexer.models import ArchivedFile
from archive_indexer.report import say_seconds
from archive_indexer.retry import try_again
from archive_indexer.waiting_list import Lane, count
from county.dossiers import load_dossiers
from county.places import load_places
from web.office import area, signed_in

_MOST_FAILURES = 200
_DOING = {
    "walking": "正在巡查档案文件夹",
    "reading": "正在识别",
    "quiet": "都已入库，正在看守",
    "away": "档案文件夹连不上，等它恢复",
}


@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Counts by town, village and dossier; failures with their reasons."""
    place = area(request)
    state = take_coverage(load_places(), load_dossiers())
    failures = [one for one in state.failures if place.covers(one.town, one.village)]
    findings = [one for one in unsettled_findings() if place.covers(one.town, one.village)]
    context = {
        "state": state,
        "towns": _towns(request, state),
        "dossiers": load_dossiers().all,
        "failures": failures[:_MOST_FAILURES],
        "failure_count": len(failures),
        "findings": findings,
        "whole_county": not place.town,
        "live": _live(),
        "may_retry": _may_retry(request),
    }
    return render(request, "coverage.html", context)


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """What the service is doing now; asked for every few seconds."""
    return render(request, "coverage_live.html", {"live": _live()})


@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Let the service read one failed file again, or all of this person's area."""
    if not _may_retry(request):
        raise PermissionDenied
    files = ArchivedFile.objects.filter(present=True, state="failed")
    number = request.POST.get("file", "")
    if number != "all":
        files = files.filter(pk=int(number) if number.isdecimal() and len(number) < 19 else 0)
    place = area(request)
    tried = try_again([one for one in files if place.covers(one.town, one.village)])
    messages.success(request, f"{tried} 件已重新排队，识别结果稍后见本页。")
    return redirect("coverage")


def _may_retry(request: HttpRequest) -> bool:
    person = signed_in(request)
    return person.may_fill or person.role == Role.ADMINISTRATOR


def _live() -> dict[str, Any]:
    """The service's report in words and figures."""
    seen = state_store.look()
    report = dict(seen.report)
    seconds = report.get("seconds_left")
    waiting = count()
    done = int(report.get("indexed") or 0) + int(report.get("failed") or 0)
    return {
        "is_running": seen.is_running,
        "updated_at": seen.updated_at,
        "doing": _DOING.get(str(report.get("doing")), ""),
        "done": done,
        "waiting": waiting,
        "scans": count(Lane.SCAN),
        "settling": report.get("settling") or 0,
        "per_minute": report.get("per_minute") or 0,
        "left": say_seconds(seconds) if seconds and seen.is_running else "",
        "watching": report.get("watching") or "",
        "trouble": report.get("trouble") or "",
        "last_trouble": report.get("last_trouble") or "",
        "total": done + waiting,
    }


def _towns(request: HttpRequest, state: Coverage) -> list[dict[str, Any]]:
    place, towns = area(request), []
    for town in load_places().towns:
        villages = [one for one in state.of_town(town.name) if place.covers(one.town, one.village)]
        if villages:
            total = sum(village.files for village in villages)
            begun = sum(village.files > 0 for village in villages)
            towns.append({"name": town.name, "villages": villages, "total": total, "begun": begun})
    return towns
