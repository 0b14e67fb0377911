"""The pages for the rights of persons: look up, export, correct, erase, what keepers remove."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from archive_indexer.errors import IndexBrokenError
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.county.errors import Problem
from minzheng.persons.holdings import Holding
from minzheng.web.gate.access import needs, write_down
from minzheng.web.gate.downloads import give_file
from minzheng.web.gate.office import area, bureau, county
from minzheng.web.gate.refusals import refuse
from minzheng.web.persons.person_deeds import (
    Asked,
    erase,
    export,
    found_of,
    mark_of,
    only_of,
    read_asked,
    why_not_all,
)
from minzheng.web.persons.persons_shown import by_kind, removals, shown_of

_ZIP = "application/zip"
_View = Callable[[HttpRequest], HttpResponse]


def _whole(view: _View) -> _View:
    """Only for accounts that see everything: a half answer would be a wrong one."""

    @wraps(view)
    def run(request: HttpRequest) -> HttpResponse:
        why = why_not_all(request)
        if why:
            return refuse(request, "查不全，不能处理", why, 422)
        try:
            return view(request)
        except IndexBrokenError as error:
            return refuse(request, "暂时不能处理", str(error), 503)

    return run


def _asking(view: Callable[[HttpRequest, Asked], HttpResponse]) -> _View:
    """Who is asked for, and why; what is missing of it is said on the page it was typed on."""

    @wraps(view)
    def run(request: HttpRequest) -> HttpResponse:
        asked = read_asked(request)
        return _again(request, asked) if isinstance(asked, list) else view(request, asked)

    return run


@require_safe
@needs(Right.PERSONS)
@_whole
def persons(request: HttpRequest) -> HttpResponse:
    """Who is asked for, and why."""
    context = {"problems": (), "given": {}, "only": only_of(request)}
    return render(request, "persons.html", context)


@require_POST
@needs(Right.PERSONS, is_rated=True)
@_whole
@_asking
def look(request: HttpRequest, asked: Asked) -> HttpResponse:
    """All that is held, with what would become of it; nothing is changed."""
    every, mine = found_of(request, asked)
    write_down(request, Action.VIEW, _said(request, "查看", asked, mine))
    return _preview(request, asked, every, mine)


@require_POST
@needs(Right.PERSONS, is_rated=True)
@_whole
@_asking
def export_person(request: HttpRequest, asked: Asked) -> HttpResponse:
    """One ZIP with an index and the pieces."""
    _, mine = found_of(request, asked)
    data = export(request, asked, mine)
    write_down(request, Action.EXPORT, _said(request, "导出", asked, mine))
    return give_file(data, f"个人信息_{timezone.localtime():%Y%m%d_%H%M}.zip", _ZIP)


@require_POST
@needs(Right.PERSONS)
@_whole
@_asking
def erase_person(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Do what the preview said, after it was typed out."""
    every, mine = found_of(request, asked)
    problem = _why_not_now(request, asked, mine)
    if problem:
        return _preview(request, asked, every, mine, problem)
    done = erase(request, asked.whom, mine)
    ground = request.POST.get("ground", "")
    what = f"{_said(request, '删除', asked, mine)} 依据：{ground} {'，'.join(done.lines())}"
    write_down(request, Action.CHANGE, what)
    left = sum(not one.is_sure for one in every if one.key not in {taken.key for taken in mine})
    context = shown_of(done) | {"left": left, "only": only_of(request)}
    return render(request, "person_done.html", context)


@require_safe
@needs(Right.PERSONS, Action.VIEW)
@_whole
def list_removals(request: HttpRequest) -> HttpResponse:
    """Files that keepers have to remove or to rename, to be printed."""
    context = {
        "rows": removals(area(request).county),
        "bureau": bureau(),
        "printed_at": timezone.localtime(),
        "only": only_of(request),
    }
    return render(request, "removals.html", context)


def _why_not_now(request: HttpRequest, asked: Asked, mine: tuple[Holding, ...]) -> Problem | None:
    grounds = {one.name for one in county().retention.grounds}
    if request.POST.get("ground", "") not in grounds:
        return Problem("依据", "还没有选", "请选个人信息保护法第四十七条里的一项")
    if mark_of(mine) != request.POST.get("seen", ""):
        return Problem(
            "清单", "和刚才看到的不同了，有文件新入库或改过", "请照现在的再看一遍，再确认"
        )
    if request.POST.get("confirm", "").strip() != f"删除{asked.whom.name}":
        return Problem("确认", "写的和要求的不一样", f"请照写“删除{asked.whom.name}”")
    return None


def _again(request: HttpRequest, problems: list[Problem]) -> HttpResponse:
    given = {name: request.POST.get(name, "")[:120] for name in ("name", "id_no", "reason")}
    context = {"problems": problems, "given": given, "only": only_of(request)}
    return render(request, "persons.html", context, status=422)


def _preview(
    request: HttpRequest,
    asked: Asked,
    every: tuple[Holding, ...],
    mine: tuple[Holding, ...],
    problem: Problem | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "asked": asked,
        "only": only_of(request),
        "kinds": by_kind(every, mine, asked),
        "count": len(mine),
        "unsure": sum(not one.is_sure for one in every),
        "seen": mark_of(mine),
        "grounds": county().retention.grounds,
        "confirm": f"删除{asked.whom.name}",
        "problem": problem,
        "ground": request.POST.get("ground", ""),
    }
    return render(request, "person_held.html", context, status=422 if problem else 200)


def _said(request: HttpRequest, deed: str, asked: Asked, mine: tuple[Holding, ...]) -> str:
    """For the log: of the person only a hash that nobody else can make."""
    only = only_of(request)
    deed = f"{deed}（只有{only}的）" if only else deed
    return f"个人信息 {deed} 人员标识 {asked.whom.key}：{len(mine)} 件 事由：{asked.reason}"
