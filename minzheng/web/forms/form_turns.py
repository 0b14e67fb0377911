"""One turn at the page of a form: shown, its case asked, more rows given, issued."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from filler.form.form_data import Refused
from filler.models import Issued
from minzheng.county.errors import Problem
from minzheng.web.forms.form_deeds import Asked, issue_asked, mark_of, write_down_taken
from minzheng.web.forms.form_shown import make_page
from minzheng.web.forms.posted_answers import Posted
from minzheng.web.gate.office import forms

Issue = Callable[[HttpRequest, Asked], Issued | Refused]


def take_turn(
    request: HttpRequest,
    asked: Asked,
    posted: Posted,
    issue: Issue = issue_asked,
    said: str = "",
) -> HttpResponse:
    """Do what was pressed.

    Args:
        request: of the page.
        asked: the form as it was read.
        posted: what was typed, and what is wrong with photos or cells it came from.
        issue: issues it.
        said: where the values come from, for the page.
    """
    show = partial(show_form, request, asked, posted, said=said)
    action = request.POST.get("action", "")
    if request.method == "GET" or action == "case":
        return show(is_news=action == "case")
    if action.startswith("more:"):
        return show(more=action.removeprefix("more:"))
    if mark_of(asked.read.taken) != request.POST.get("seen", ""):
        return show(is_news=True)
    if posted.problems:
        return show(problems=(*posted.problems, *asked.read.problems))
    outcome = issue(request, asked)
    if isinstance(outcome, Refused):
        return show(problems=outcome.problems)
    return redirect("document", number=outcome.pk)


def show_form(
    request: HttpRequest,
    asked: Asked,
    posted: Posted,
    problems: tuple[Problem, ...] = (),
    more: str = "",
    *,
    is_news: bool = False,
    said: str = "",
) -> HttpResponse:
    """The page; `is_news`: what was taken over has not been seen yet."""
    read = asked.read
    if is_news or request.method == "GET":
        write_down_taken(request, read)
    context: dict[str, Any] = {
        "page": make_page(posted, read, problems or posted.problems, more),
        "form": read.spec,
        "wrong": asked.corrected,
        "seen": mark_of(read.taken),
        "is_news": is_news,
        "said": said,
        "does_gather": forms().taking_over.does_gather(read.spec.id),
    }
    is_refused = bool(problems) and request.method != "GET"
    return render(request, "fill.html", context, status=422 if is_refused else 200)
