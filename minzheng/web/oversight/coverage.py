"""How far each village's archive has come, what is being done, what could not be read."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from archive_indexer.models import ArchivedFile
from archive_indexer.stores import service_state
from archive_indexer.stores.coverage import Coverage, take_coverage
from archive_indexer.stores.service_state import say_seconds
from archive_indexer.stores.waiting_list import Lane, count, try_again
from archive_indexer.upkeep.fixity import settle_finding, unsettled_findings
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right, may
from minzheng.county.registry.dossiers import load_dossiers
from minzheng.county.registry.places import load_places
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import area, signed_in

_MOST_FAILURES = 200
_LEAST_NOTE, _LONGEST_NOTE = 4, 200
#: What the service reports, in words.
DOING = {
    "walking": "正在巡查档案文件夹",
    "reading": "正在识别",
    "quiet": "都已入库，正在看守",
    "away": "档案文件夹连不上，等它恢复",
}


@require_safe
@needs(Right.OVERSEE)
def coverage(request: HttpRequest) -> HttpResponse:
    """Counts by town, village and dossier; failures with their reasons."""
    place = area(request)
    state = take_coverage(load_places(), load_dossiers(), place.as_filter())
    failures = list(state.failures)
    findings = [
        one for one in unsettled_findings() if place.covers(one.town, one.village, one.dossier)
    ]
    context = {
        "state": state,
        "towns": _towns(request, state),
        "dossiers": load_dossiers().all,
        "failures": failures[:_MOST_FAILURES],
        "failure_count": len(failures),
        "findings": findings,
        "whole_county": not place.town,
        "live": _live(),
        "may_retry": may(signed_in(request), Right.RETRY),
    }
    return render(request, "coverage.html", context)


@require_safe
@needs(Right.OVERSEE, is_poll=True)
def live(request: HttpRequest) -> HttpResponse:
    """What the service is doing now; asked for every few seconds."""
    return render(request, "coverage_live.html", {"live": _live()})


@require_POST
@needs(Right.RETRY, Action.CHANGE)
def retry(request: HttpRequest) -> HttpResponse:
    """Let the service read one failed file again, or all of this person's area."""
    mine = area(request).as_filter()
    files = ArchivedFile.objects.filter(mine, present=True, state="failed")
    number = request.POST.get("file", "")
    if number != "all":
        files = files.filter(pk=int(number) if number.isdecimal() and len(number) < 19 else 0)
    tried = try_again(list(files))
    note(request, f"重新识别 {tried} 件")
    messages.success(request, f"{tried} 件已重新排队，识别结果稍后见本页。")
    return redirect("corrections" if request.POST.get("back") == "corrections" else "coverage")


@require_POST
@needs(Right.RETRY, Action.CHANGE)
def settle(request: HttpRequest) -> HttpResponse:
    """Say what was done about a file that was not what it should be."""
    place, how = area(request), request.POST.get("how", "").strip()[:_LONGEST_NOTE]
    mine = {
        str(one.number): one
        for one in unsettled_findings()
        if place.covers(one.town, one.village, one.dossier)
    }
    finding = mine.get(request.POST.get("finding", ""))
    if finding is None:
        messages.error(request, "这一条不在待处理之列，可能别人已处理。")
    elif len(how) < _LEAST_NOTE:
        messages.error(request, "请写明怎样处理的（至少四个字），如“已从备份恢复”。")
    else:
        settle_finding(finding.number, signed_in(request).username, how)
        note(request, f"核对异常已处理：{how} {finding.path}")
        messages.success(request, "已记下。若再次核对仍有异常，会重新提示。")
    return redirect("coverage")


def _live() -> dict[str, Any]:
    """The service's report in words and figures."""
    seen = service_state.look()
    report = dict(seen.report)
    seconds = report.get("seconds_left")
    waiting = count()
    done = int(report.get("indexed") or 0) + int(report.get("failed") or 0)
    return {
        "is_running": seen.is_running,
        "updated_at": seen.updated_at,
        "doing": DOING.get(str(report.get("doing")), ""),
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
