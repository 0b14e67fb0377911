"""One turn at the page of a form: shown, its case asked, more rows given, issued."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from filler.carry_over.offer import Offered
from filler.errors import RenderError
from filler.form.form_data import Refused
from filler.models import Issued
from minzheng.county.errors import Problem
from minzheng.web.forms.draft_deeds import (
    Page,
    begun_from,
    forget_page,
    has_begun,
    new_token,
    page_address,
    rows_address,
    sent_before,
    unfinished,
)
from minzheng.web.forms.form_deeds import (
    Asked,
    issue_asked,
    mark_of,
    offered_to,
    read_asked,
    write_down_taken,
)
from minzheng.web.forms.form_shown import NOTHING_OFFERED, make_page, with_offers
from minzheng.web.forms.given_rows import rows_brought
from minzheng.web.forms.issued_documents import (
    case_store,
    is_case_known,
    issued_just_now,
)
from minzheng.web.forms.posted_answers import Posted
from minzheng.web.forms.which_case import ASKED, NEW, ShownCase, cases_to_choose, is_case_chosen

log = logging.getLogger(__name__)

SENT_BEFORE = "这张表刚才已经出具，就是这一份；再按一次“生成”，没有另出一份。"

_TELL = "填写的都还在；请把这一页告诉管理员，核对这张表的模板"

Issue = Callable[[HttpRequest, Asked], Issued | Refused]


def take_turn(
    request: HttpRequest,
    asked: Asked,
    posted: Posted,
    page: Page | None = None,
    *,
    issue: Issue = issue_asked,
    said: str = "",
    joined: ShownCase | None = None,
) -> HttpResponse:
    """Do what was pressed.

    Args:
        request: of the page.
        asked: the form as it was read.
        posted: what was typed, and what is wrong with photos or cells it came from.
        page: under which what was typed is kept; none where it is kept elsewhere.
        issue: issues it.
        said: where the values come from, for the page.
        joined: the case in which it was put unsaid: the page is looked at first.
    """
    show = partial(show_form, request, asked, posted, page, said=said)
    is_in_case = is_case_chosen(request) or joined is not None
    action = "case" if is_in_case else request.POST.get("action", "")
    if request.method == "GET" or action == "case":
        return _open(request, asked, posted, page, said=said, joined=joined)
    if action == "keep":
        return show()
    if action.startswith("more:"):
        return show(more=action.removeprefix("more:"))
    if mark_of(asked.read.taken) != request.POST.get("seen", ""):
        return show(is_news=True)
    if posted.problems or action == "check":
        return show(problems=_all_problems(asked, posted), is_checked=True)
    return _finish(request, asked, page, issue, show)


def _open(
    request: HttpRequest,
    asked: Asked,
    posted: Posted,
    page: Page | None,
    *,
    said: str,
    joined: ShownCase | None,
) -> HttpResponse:
    """The page with what earlier papers offer where nothing was typed yet."""
    is_opened, draft = request.method == "GET", page.draft if page else None
    is_as_left = is_opened and (page is None or bool(page.row_of) or draft is not None)
    offered = NOTHING_OFFERED if is_as_left else offered_to(request, asked)
    filled = with_offers(asked.read.spec, posted, offered)
    if filled.answers != posted.answers:
        asked = read_asked(request, asked.read.spec, filled.answers, asked.corrected)
    was_checked = is_opened and draft is not None and draft.is_checked
    problems = _all_problems(asked, posted) if was_checked else ()
    return show_form(
        request, asked, filled, page,
        problems=problems, is_news=not is_opened, offered=offered, said=said,
        joined=joined,
    )  # fmt: skip


def _finish(
    request: HttpRequest,
    asked: Asked,
    page: Page | None,
    issue: Issue,
    show: Callable[..., HttpResponse],
) -> HttpResponse:
    """Issue it, or show why not."""
    try:
        with case_store().transaction():  # whoever is refused after it finds what was issued
            outcome = issue(request, asked)
            if page is not None and not isinstance(outcome, Refused):
                forget_page(page, outcome.pk)
    except RenderError as error:
        log.exception("a paper came out wrong")
        return show(problems=(Problem("文书", f"没有出具：{error}", _TELL),))
    if not isinstance(outcome, Refused):
        return redirect("document", number=outcome.pk)
    document = sent_before(page) if page else None
    return lead_to(request, document) if document else show(problems=outcome.problems)


def lead_to(request: HttpRequest, document: int) -> HttpResponse:
    """The paper that was issued when the same page was sent the first time."""
    messages.info(request, SENT_BEFORE)
    return redirect("document", number=document)


def _all_problems(asked: Asked, posted: Posted) -> tuple[Problem, ...]:
    return (*posted.problems, *asked.read.problems)


def show_form(
    request: HttpRequest,
    asked: Asked,
    posted: Posted,
    page: Page | None = None,
    *,
    problems: tuple[Problem, ...] = (),
    more: str = "",
    is_news: bool = False,
    is_checked: bool = False,
    offered: Offered = NOTHING_OFFERED,
    said: str = "",
    joined: ShownCase | None = None,
) -> HttpResponse:
    """The page; `is_news`: what was taken over has not been seen yet."""
    read, is_opened = asked.read, request.method == "GET"
    if is_news or is_opened:
        write_down_taken(request, read, offered)
    shown = make_page(posted, read, problems or posted.problems, more, offered)
    context: dict[str, Any] = {
        "page": shown,
        "form": read.spec,
        "wrong": asked.corrected,
        "seen": mark_of(read.taken),
        "is_news": is_news,
        "is_unknown": is_news and not is_case_known(request, read.understood["case_no"]),
        "is_good": is_checked and not problems,
        "said": said,
        "joined": joined,
        "running": cases_to_choose(read),
        "is_new_case": request.POST.get(ASKED) == NEW,
        "gathers": rows_brought(read.spec),
        "is_offered": bool(shown.offers),
        **(_as_kept(request, read.spec.id, page) if page else {}),
    }
    is_refused = bool(problems) and not is_opened
    return render(request, "fill.html", context, status=422 if is_refused else 200)


def _as_kept(request: HttpRequest, form_id: str, page: Page) -> dict[str, Any]:
    """Under which address what is typed here is found again."""
    begun = page.row_of or begun_from(request.GET)
    others, just_now = 0, None
    if request.method == "GET" and not page.row_of:
        if has_begun(request, form_id):
            mine = unfinished(request).filter(form_id=form_id)
            others = mine.exclude(token=page.token).count()
        just_now = None if page.draft else issued_just_now(request, form_id)
    return {
        "token": page.token,
        "window": page.window,
        "known": page.known,
        "is_apart": page.is_apart,
        "begun": begun,
        "kept": page.draft,
        "own_address": page_address(form_id, begun, page.token),
        "fresh_address": "" if page.row_of else page_address(form_id, begun, new_token()),
        "others": others,
        "just_now": just_now,
        "rows_address": rows_address(page.row_of),
    }
