"""到期清理: what is due by the table of retention, confirmed by a person, never done alone."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.persons.due import NOBODY, Group, find_due, group_due
from minzheng.persons.holdings import Holding
from minzheng.web.gate.access import needs, write_down
from minzheng.web.gate.office import area
from minzheng.web.gate.refusals import refuse
from minzheng.web.gate.unmasking import LEAST_REASON, read_reason
from minzheng.web.persons.person_deeds import erase, only_of, stock, why_not_all
from minzheng.web.persons.persons_shown import shown_of

_MOST_SHOWN = 500


@require_safe
@needs(Right.PERSONS, Action.VIEW)
def list_due(request: HttpRequest) -> HttpResponse:
    """Groups by place, dossier and year; one of them opened with its pieces, none of them ticked.

    `all=1` comes back with all shown pieces ticked: choosing all needs no script.
    """
    why = why_not_all(request)
    if why:
        return refuse(request, "查不全，不能处理", why, 422)
    due = find_due(stock(area(request).county))
    context = _listed(due, request.GET.get("group", "")) | {"only": only_of(request)}
    if request.GET.get("all"):
        context["ticked"] = {one.key for one in context["shown"]}
    return render(request, "due_papers.html", context)


@require_POST
@needs(Right.PERSONS)
def erase_due(request: HttpRequest) -> HttpResponse:
    """Put away what was ticked, when the number was typed out and a reason was given."""
    why = why_not_all(request)
    if why:
        return refuse(request, "查不全，不能处理", why, 422)
    wanted, reason = set(request.POST.getlist("take")), read_reason(request)
    due = find_due(stock(area(request).county))
    pieces = [one for one in due if one.key in wanted]
    problem = _problem(request, len(pieces), reason)
    if problem:
        messages.error(request, problem)
        typed = {"ticked": wanted, "typed": request.POST, "only": only_of(request)}
        context = _listed(due, request.POST.get("group", "")) | typed
        return render(request, "due_papers.html", context, status=422)
    done = erase(request, NOBODY, pieces)
    only = only_of(request)
    what = f"到期清理{only and f'（只有{only}的）'} {'，'.join(done.lines())} 事由：{reason}"
    write_down(request, Action.CHANGE, what)
    return render(request, "person_done.html", shown_of(done) | {"is_due": True, "only": only})


def _listed(due: Iterable[Holding], key: str) -> dict[str, Any]:
    """What the page shows: all groups, and the pieces of the one that is opened."""
    groups = group_due(due)
    opened = _opened(groups, key)
    return {
        "groups": groups,
        "opened": opened,
        "shown": opened.pieces[:_MOST_SHOWN] if opened else (),
        "count": sum(len(one.pieces) for one in groups),
        "ticked": set[str](),
    }


def _opened(groups: list[Group], key: str) -> Group | None:
    return next((one for one in groups if one.key == key), None)


def _problem(request: HttpRequest, count: int, reason: str) -> str:
    if not count:
        return "没有勾选到期的材料。"
    if not reason:
        return f"没有写明鉴定意见或批准文号，至少 {LEAST_REASON} 个字。"
    if request.POST.get("confirm", "").strip() != f"删除{count}件":
        return f"勾选了 {count} 件，“确认”一栏请照写“删除{count}件”。现在什么都没有删除。"
    return ""
