"""The inbox: papers found in unsorted scans, to be confirmed before they are filed."""

import re

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right, may
from minzheng.inbox import decisions, dropped_scans
from minzheng.inbox.models import LaidFile, Paper
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import config, knowledge, signed_in
from minzheng.web.inbox.inbox_shown import (
    card_of,
    live_state,
    papers,
    scans_not_read,
    visible_paper,
)

_PAGE = 12
_RECENT = 15
_MOST_FILES = 100
#: A paper and the version of it that somebody saw: `12:0`.
_SEEN = re.compile(r"^(\d{1,18}):(\d{1,9})$")


@require_safe
@needs(Right.INBOX, Action.VIEW)
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits to be confirmed; what is being laid; what could not be read."""
    sees_papers = may(signed_in(request), Right.FILE)
    waiting = papers(request, Paper.State.WAITING)
    chosen = request.GET.get("show", "")
    shown = {
        "certain": waiting.filter(is_certain=True),
        "check": waiting.filter(is_certain=False),
    }.get(chosen, waiting)
    page = Paginator(shown, _PAGE).get_page(request.GET.get("page"))
    context = {
        "live": live_state(request),
        "sees_papers": sees_papers,
        "show": chosen,
        "counts": [waiting.filter(is_certain=one).count() for one in (True, False)],
        "page": page,
        "last": shown.last(),
        "cards": [card_of(one) for one in page] if sees_papers else [],
        "laying": papers(request, Paper.State.CONFIRMED) if sees_papers else [],
        "not_read": scans_not_read(request)[:_MOST_FILES],
        "not_read_count": scans_not_read(request).count(),
        "share": config().inbox_address,
        "recent": _recent(request) if sees_papers else [],
    }
    note(request, f"收件箱 第 {page.number} 页")
    return render(request, "inbox.html", context)


@require_safe
@needs(Right.INBOX, is_poll=True)
def live(request: HttpRequest) -> HttpResponse:
    """How far reading and laying are; asked for every few seconds."""
    seen = request.GET.get("seen", "")
    state = live_state(request)
    is_news = seen.isdecimal() and seen != str(state["waiting"])
    return render(request, "inbox_live.html", {"live": state, "seen": seen, "is_news": is_news})


@require_POST
@needs(Right.FILE, Action.CHANGE)
def confirm(request: HttpRequest) -> HttpResponse:
    """Have copies of the chosen papers laid into the archive."""
    chosen = _chosen(request)
    confirmed, problems = [], []
    for seen in filter(None, map(_SEEN.match, chosen)):
        paper = visible_paper(request, int(seen[1]))
        found = decisions.confirm(paper, int(seen[2]), signed_in(request).username, knowledge())
        problems += [f"第 {paper.pk} 件：{problem}" for problem in found]
        if not found:
            confirmed.append(str(paper.pk))
    note(request, f"收件箱 确认归档 {len(confirmed)} 件：第 {'、'.join(confirmed)} 件")
    if confirmed:
        messages.success(request, f"{len(confirmed)} 件已确认，正在放入档案。")
    elif not problems:
        messages.error(request, "没有选中任何一件。先在要确认的件前面打勾。")
    for problem in problems:
        messages.error(request, problem)
    return redirect("inbox")


@require_POST
@needs(Right.INBOX, Action.CHANGE)
def retry(request: HttpRequest) -> HttpResponse:
    """Read a scan again that could not be read, or have it put away unfiled."""
    again, aside = request.POST.get("scan", ""), request.POST.get("aside", "")
    chosen = [one for one in scans_not_read(request) if str(one.pk) in (again, aside)]
    for one in chosen:
        if aside:
            dropped_scans.set_aside(one)
        elif one.state == one.State.FAILED:
            dropped_scans.try_again(one)
    said = "移到“不归档”" if aside else "重新识别"
    names = "、".join(one.path for one in chosen)
    note(request, f"收件箱 {said} {len(chosen)} 份 {names}")
    messages.success(request, f"{len(chosen)} 份已排队{said}。")
    return redirect("inbox")


def _chosen(request: HttpRequest) -> list[str]:
    """One paper, the ticked ones, or all that were certain when the page was made."""
    one, last = request.POST.get("one", ""), request.POST.get("all", "")
    if last.isdecimal() and len(last) < 19:
        certain = papers(request, Paper.State.WAITING).filter(is_certain=True, pk__lte=int(last))
        return [f"{paper.pk}:{paper.version}" for paper in certain]
    return [one] if one else request.POST.getlist("paper")


def _recent(request: HttpRequest) -> list[tuple[Paper, list[LaidFile]]]:
    """Papers decided on lately, with the files they became."""
    decided = papers(request, Paper.State.FILED, Paper.State.REFUSED)
    latest = decided.exclude(decided_at=None).order_by("-decided_at")[:_RECENT]
    return [(one, list(one.files.order_by("pk"))) for one in latest]
