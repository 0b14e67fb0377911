"""How far each village's archive has come, what is being done, what could not be read."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from archive_indexer.models import ArchivedFile
from archive_indexer.stores.coverage import read_doubtfully, take_coverage
from archive_indexer.stores.waiting_list import read_carefully, try_again
from archive_indexer.upkeep.fixity import settle_finding, unsettled_findings
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right, may
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import area, county, signed_in
from minzheng.web.oversight.coverage_shown import is_worth_reading_again, live_report, towns_of

_MOST_FAILURES = 200
_LEAST_NOTE, _LONGEST_NOTE = 4, 200


@require_safe
@needs(Right.OVERSEE)
def coverage(request: HttpRequest) -> HttpResponse:
    """Counts by town, village and dossier; failures with their reasons."""
    place = area(request)
    state = take_coverage(county().places, county().dossiers, place.as_filter())
    failures = list(state.failures)
    findings = [
        one for one in unsettled_findings() if place.covers(one.town, one.village, one.dossier)
    ]
    context = {
        "state": state,
        "towns": towns_of(area(request), state, county().places),
        "dossiers": county().dossiers.all,
        "failures": failures[:_MOST_FAILURES],
        "failure_count": len(failures),
        "partly": [
            (one, is_worth_reading_again(one.reason)) for one in state.partly[:_MOST_FAILURES]
        ],
        "partly_count": len(state.partly),
        "doubtful": state.doubtful[:_MOST_FAILURES],
        "doubtful_count": len(state.doubtful),
        "findings": findings,
        "whole_county": place.is_everything,
        "live": live_report(place, county().places),
        "may_retry": may(signed_in(request), Right.RETRY),
    }
    return render(request, "coverage.html", context)


@require_safe
@needs(Right.OVERSEE, is_poll=True)
def live(request: HttpRequest) -> HttpResponse:
    """What the service is doing now; asked for every few seconds."""
    return render(
        request, "coverage_live.html", {"live": live_report(area(request), county().places)}
    )


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
def read_again(request: HttpRequest) -> HttpResponse:
    """Let the service read a file again by the larger model, or all that was read doubtfully."""
    mine = ArchivedFile.objects.filter(area(request).as_filter(), present=True, state="indexed")
    number = request.POST.get("file", "")
    wanted = [int(number)] if number.isdecimal() and len(number) < 19 else []
    if number == "all":
        wanted = [one.number for one in read_doubtfully(mine)]
    asked = read_carefully(list(mine.filter(pk__in=wanted)))
    note(request, f"用大模型重读 {asked} 件")
    messages.success(request, f"{asked} 件已排队，用大模型重读；读完前仍可按原来的文字查到。")
    return redirect("coverage")


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
