"""The auditor's pages: what was done by whom, and whether the log is whole."""

import datetime as dt
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from minzheng.accounts.audit_log import Action, entries_of
from minzheng.accounts.models import AuditEntry
from minzheng.accounts.rights import Right
from minzheng.county.town_names import county_of, shown
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import audit_log, config, signed_in

_PAGE = 50
_FILTERS = ("person", "action", "since", "until", "what")


@require_safe
@needs(Right.AUDIT, Action.AUDIT, is_rated=True)
def audit(request: HttpRequest) -> HttpResponse:
    """Entries, newest first, by person, action, day and word."""
    given = {name: request.GET.get(name, "").replace("\0", "").strip()[:60] for name in _FILTERS}
    kept = {name: value for name, value in given.items() if value}
    note(request, "查看审计记录" + "".join(f" {name}={value}" for name, value in kept.items()))
    own = county_of(signed_in(request).town)
    page = Paginator(_chosen(given, own), _PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "given": given,
        "actions": Action.values,
        "query": urlencode(kept),
        "months": config().audit_months,
        "part": shown(own),
    }
    return render(request, "audit.html", context)


@require_safe
@needs(Right.AUDIT, Action.AUDIT, is_rated=True)
def verify(request: HttpRequest) -> HttpResponse:
    """Check now whether any entry was changed or taken out; a county is told its own count."""
    own = county_of(signed_in(request).town)
    verdict = audit_log().verify()
    count = entries_of(own).count() if own else verdict.count
    note(request, f"核对审计记录 {count} 条，{len(verdict.problems)} 处异常")
    context = {
        "verdict": verdict, "count": count, "line": audit_log().line(own), "part": shown(own),
    }  # fmt: skip
    return render(request, "audit_verify.html", context)


def _chosen(given: dict[str, str], own: str) -> QuerySet[AuditEntry]:
    entries = entries_of(own).order_by("-number")
    if given["person"]:
        entries = entries.filter(person=given["person"])
    if given["action"]:
        entries = entries.filter(action=given["action"])
    if given["what"]:
        entries = entries.filter(what__contains=given["what"])
    since, until = _day(given["since"]), _day(given["until"])
    if since:
        entries = entries.filter(at__gte=since)
    if until:
        entries = entries.filter(at__lt=until + dt.timedelta(days=1))
    return entries


def _day(text: str) -> dt.datetime | None:
    """The start of a day as a browser sends it: 2026-11-25; far-off years are none."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    if not 2000 <= day.year <= 2100:
        return None
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
