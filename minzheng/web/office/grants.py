"""What administrators gave and a second person agrees to, or an auditor has seen."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from minzheng.accounts.audit_log import Action
from minzheng.accounts.grants import (
    GrantError,
    mark_seen,
    may_settle,
    settle,
    settled_grants,
    unseen_grants,
    waiting_grants,
)
from minzheng.accounts.models import Grant
from minzheng.accounts.rights import Right, may
from minzheng.county.town_names import county_of
from minzheng.web.gate.access import needs, note, write_down
from minzheng.web.gate.office import config, signed_in
from minzheng.web.gate.refusals import refuse

_HALVES = "fresh_halves"
_SETTLED_SHOWN = 20
_DECISIONS = {"agree": True, "agree-all": True, "refuse": False}


@require_safe
@needs(Right.AGREE)
def list_grants(request: HttpRequest) -> HttpResponse:
    """What waits for whoever looks, what waits for others, what holds and is to be seen."""
    person = signed_in(request)
    scope = county_of(person.town)
    waiting = list(waiting_grants(scope))
    context = {
        "mine": [one for one in waiting if may_settle(one, person)],
        "others": [one for one in waiting if not may_settle(one, person)],
        "notices": unseen_grants(scope) if may(person, Right.AUDIT) else (),
        "done": settled_grants(_SETTLED_SHOWN, scope),
        "halves": request.session.pop(_HALVES, ()),
        "is_dual": config().second_person == "yes",
    }
    return render(request, "grants.html", context)


@require_POST
@needs(Right.AGREE, Action.ADMINISTER)
def settle_chosen(request: HttpRequest) -> HttpResponse:
    """Agree to what was chosen, or refuse it; the other halves of passwords are shown once."""
    decision = request.POST.get("decision", "")
    is_agreed = _DECISIONS.get(decision)
    field = "listed" if decision == "agree-all" else "grant"
    chosen = _chosen(request, waiting_grants(county_of(signed_in(request).town)), field)
    note(request, "确认授权")
    if is_agreed is None or not chosen:
        return refuse(request, "没有选中", "请先勾选要确认的事项，再按“同意”或“不同意”。", 422)
    halves = [half for one in chosen if (half := _settle(request, one, is_agreed=is_agreed))]
    request.session[_HALVES] = halves
    note(request, f"确认授权 {'同意' if is_agreed else '不同意'} {len(chosen)} 项")
    return redirect("grants")


@require_POST
@needs(Right.AUDIT, Action.CHANGE)
def see(request: HttpRequest) -> HttpResponse:
    """An auditor has seen what was listed; what came since stays."""
    person = signed_in(request)
    seen = mark_seen(_chosen(request, unseen_grants(county_of(person.town)), "grant"), person)
    note(request, f"过目账号变动 {seen} 项")
    return redirect("grants")


def _settle(request: HttpRequest, grant: Grant, *, is_agreed: bool) -> dict[str, str] | None:
    """Settle one and write it down; gives what is shown of its password."""
    about = f"{grant.kind} {grant.person.username}（{grant.asked_by} 提出）"
    said = "同意" if is_agreed else "不同意"
    try:
        half = settle(grant, signed_in(request), is_agreed=is_agreed)
    except GrantError as error:
        write_down(request, Action.ADMINISTER, f"{said} {about}", "未成")
        messages.error(request, f"{grant.person.username}：{error}")
        return None
    write_down(request, Action.ADMINISTER, f"{said} {about}")
    if not half:
        return None
    return {"username": grant.person.username, "name": grant.person.first_name, "half": half}


def _chosen(request: HttpRequest, grants: QuerySet[Grant], field: str) -> list[Grant]:
    numbers = [one for one in request.POST.getlist(field) if one.isascii() and one.isdigit()]
    return list(grants.filter(pk__in=[int(one) for one in numbers if len(one) < 12]))
