"""One paper of the inbox: its pages, its place, and everything that can be decided on it."""

import re
from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from archive_indexer.showing.page_picture import render_page
from archive_indexer.stores.contents import page_of
from minzheng.accounts.audit_log import Action
from minzheng.accounts.rights import Right
from minzheng.county.errors import Problem
from minzheng.inbox import decisions
from minzheng.inbox.decisions import place_of
from minzheng.inbox.dropped_scans import place_on_disk
from minzheng.inbox.models import Original, Paper
from minzheng.inbox.papers import Place
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import area, config, county, knowledge, signed_in
from minzheng.web.gate.page_pictures import draw_or_404, give_picture
from minzheng.web.gate.picture_log import note_scan_picture
from minzheng.web.inbox.inbox_shown import (
    card_of,
    pages_aside,
    papers,
    shown_pages,
    village_choices,
    visible_paper,
)

_WIDTHS = (120, 2000)
_ORDER = re.compile(r"^order-(\d{1,18})-(\d{1,6})$")
_SPLIT = "split:"

_Problems = list[Problem]
_Step = Callable[[HttpRequest, Paper, int], _Problems]


@require_safe
@needs(Right.FILE, Action.VIEW)
def show(request: HttpRequest, number: int) -> HttpResponse:
    """The pages of a paper, and where it shall lie."""
    paper = visible_paper(request, number)
    note(request, f"收件箱 第 {number} 件 {paper.title}")
    place = area(request)
    waiting = papers(request, Paper.State.WAITING)
    scans = [row.original_id for row in paper.pages.all()]
    siblings = waiting.filter(pages__original__in=scans).exclude(pk=number).distinct()
    context = {
        "card": card_of(paper),
        "paper": paper,
        "is_waiting": paper.state == Paper.State.WAITING,
        "pages": shown_pages(paper.pages.select_related("original").order_by("position")),
        "aside": pages_aside(request, paper),
        "towns": village_choices(place),
        "village": f"{paper.town}|{paper.village}",
        "may_pass_on": place.is_within_town,
        "dossiers": [one for one in county().dossiers.all if one.code not in place.forbidden],
        "others": [*siblings, *waiting.exclude(pk__in=siblings).exclude(pk=number)[:30]],
        "before": waiting.filter(pk__lt=number).last(),
        "after": waiting.filter(pk__gt=number).first(),
        "files": paper.files.order_by("pk"),
    }
    return render(request, "inbox_paper.html", context)


@require_POST
@needs(Right.FILE, Action.CHANGE)
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Do what a button says, then show what is next."""
    paper = visible_paper(request, number)
    asked = request.POST.get("do", "")
    step = _STEPS.get("split" if asked.startswith(_SPLIT) else asked)
    version = request.POST.get("version", "")
    if step is None or not version.isdecimal() or len(version) > 9:
        raise Http404
    problems = step(request, paper, int(version))
    for problem in problems:
        messages.error(request, str(problem))
    said = _SAID["split" if asked.startswith(_SPLIT) else asked]
    note(request, f"收件箱 第 {number} 件 {said}{'未成' if problems else ''} {paper.title}")
    if not problems:
        messages.success(request, f"第 {number} 件：{said}。")
    if asked == "join" and not problems:
        return redirect("inbox-paper", number=int(request.POST["other"]))
    return _go_on(request, number, is_done=not problems)


@require_safe
@needs(Right.FILE)
def page_image(request: HttpRequest, number: int, scan: int, page: int) -> HttpResponse:
    """A page of a paper, or one left out of it, as JPEG."""
    paper = visible_paper(request, number)
    own = set(paper.pages.values_list("original_id", "number"))
    if (scan, page) not in own and not any(
        (one.scan, one.number) == (scan, page) for one in pages_aside(request, paper)
    ):
        raise Http404
    original = get_object_or_404(Original, pk=scan)
    asked = request.GET.get("width", "")
    width = int(asked) if asked.isdecimal() and len(asked) < 5 else 320
    read = page_of(original.sha256, page, original.town)
    width = min(max(width, _WIDTHS[0]), _WIDTHS[1])
    turns = read.turns if read else 0

    def draw() -> bytes:
        file = place_on_disk(config().inbox_folder, original)
        return render_page(file, page, width, [], turns)

    image = draw_or_404(draw)
    note_scan_picture(request, number, scan, page, width)
    return give_picture(image)


def _go_on(request: HttpRequest, number: int, *, is_done: bool) -> HttpResponse:
    """After a decision the next paper; else the same one, if it is still there."""
    now = papers(request, *Paper.State.values).filter(pk=number).first()
    if now is not None and (not is_done or now.state == Paper.State.WAITING):
        return redirect("inbox-paper", number=number)
    waiting = papers(request, Paper.State.WAITING)
    following = waiting.filter(pk__gt=number).first() or waiting.first()
    if following is None or not is_done:
        return redirect("inbox")
    return redirect("inbox-paper", number=following.pk)


def _save(request: HttpRequest, paper: Paper, version: int) -> _Problems:
    place = _posted_place(request, paper)
    if place.village and not area(request).covers(place.town, place.village, place.dossier):
        return [Problem("村", "不在您办理的范围内", "选本镇、本村，或转县里处理", "village")]
    problem = decisions.change_place(paper, version, place)
    return [problem] if problem else []


def _confirm(request: HttpRequest, paper: Paper, version: int) -> _Problems:
    before = paper.version
    problems = _save(request, paper, version)
    if problems:
        return problems
    seen = version if paper.version == before else paper.version
    return decisions.confirm(paper, seen, signed_in(request).username, knowledge())


def _refuse(request: HttpRequest, paper: Paper, version: int) -> _Problems:
    reason = request.POST.get("reason", "")
    problem = decisions.refuse(paper, version, signed_in(request).username, reason)
    return [problem] if problem else []


def _take_back(request: HttpRequest, paper: Paper, version: int) -> _Problems:
    problem = decisions.take_back(paper, version)
    return [problem] if problem else []


def _split(request: HttpRequest, paper: Paper, version: int) -> _Problems:
    asked = request.POST.get("do", "").removeprefix(_SPLIT)
    position = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    problem = decisions.split(paper, version, position, knowledge())
    return [problem] if problem else []


def _join(request: HttpRequest, paper: Paper, version: int) -> _Problems:
    asked = request.POST.get("other", "")
    if not asked.isdecimal() or len(asked) > 18:
        return [Problem("并入", "没有选哪一件", "从列表里选一件", "other")]
    problem = decisions.join(paper, version, visible_paper(request, int(asked)))
    return [problem] if problem else []


def _reorder(request: HttpRequest, paper: Paper, version: int) -> _Problems:
    allowed = {(one.original_id, one.number) for one in paper.pages.all()}
    allowed |= {(one.scan, one.number) for one in pages_aside(request, paper)}
    order: dict[tuple[int, int], int] = {}
    for name, value in request.POST.items():
        found, text = _ORDER.match(name), str(value).strip()
        if found is None or not text:
            continue
        key = (int(found[1]), int(found[2]))
        if not text.isdecimal() or len(text) > 5 or key not in allowed:
            return [Problem("页序", f"“{text[:20]}”不是序号", "填 1、2、3，不要的留空")]
        order[key] = int(text)
    problem = decisions.reorder(paper, version, order)
    return [problem] if problem else []


def _posted_place(request: HttpRequest, paper: Paper) -> Place:
    """The place as the form has it; what was not posted stays."""
    place, posted = place_of(paper), request.POST
    if "village" in posted:
        town, _, village = posted["village"].partition("|")
        place = replace(place, town=town[:60], village=village[:20])
    given = {part: posted[part].strip()[:120] for part in ("dossier", "year", "title")
             if part in posted}  # fmt: skip
    return replace(place, **{part: value.replace("\0", "") for part, value in given.items()})


_STEPS: dict[str, _Step] = {
    "confirm": _confirm, "save": _save, "refuse": _refuse, "take-back": _take_back,
    "split": _split, "join": _join, "order": _reorder,
}  # fmt: skip
_SAID = {
    "confirm": "已确认，正在放入档案", "save": "已保存", "refuse": "不归档", "take-back": "已撤回",
    "split": "已拆开", "join": "已并入另一件", "order": "页序已改",
}  # fmt: skip
