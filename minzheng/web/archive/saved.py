"""Saved searches: kept, asked again, renamed, thrown away; each seen by its owner only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from archive_indexer.errors import IndexBrokenError
from minzheng.accounts import saved_searches
from minzheng.accounts.audit_log import Action
from minzheng.accounts.models import SavedSearch
from minzheng.accounts.rights import Right
from minzheng.county.errors import Problem
from minzheng.web.archive.asking import count_hits
from minzheng.web.archive.search_choices import Addresses, describe_set_filters
from minzheng.web.gate.access import needs, note
from minzheng.web.gate.office import signed_in

_SHOWN_AT_HOME = 5


@dataclass(frozen=True, slots=True)
class _Counted:
    """A saved search, its filters in words, how many files answer now and how many are new."""

    search: SavedSearch
    filters: list[str]
    total: int | None  #: None when the index cannot say
    new: int


@require_safe
@needs(Right.SEARCH, is_rated=True)
def list_saved(request: HttpRequest) -> HttpResponse:
    """My saved searches, each with how many files answer now."""
    mine = saved_searches.saved_by(signed_in(request))
    context = {"saved": list(_counted(request, mine)), "most": saved_searches.MOST}
    return render(request, "saved.html", context)


@require_safe
@needs(Right.SEARCH)
def block(request: HttpRequest) -> HttpResponse:
    """The latest ones as a piece of the first page, fetched by it."""
    mine = saved_searches.saved_by(signed_in(request))[:_SHOWN_AT_HOME]
    return render(request, "saved_block.html", {"saved": list(_counted(request, mine))})


@require_POST
@needs(Right.SEARCH, Action.CHANGE)
def save(request: HttpRequest) -> HttpResponse:
    """Keep the question of a result page."""
    person = signed_in(request)
    given = Addresses.of(request.POST, person.pk)
    name = _name(request)
    done = saved_searches.save_search(person, name, given.text, given.choices)
    if isinstance(done, Problem):
        messages.error(request, f"没有保存。{done.where}：{done.what}。{done.do}。")
        note(request, f"保存查询“{name}”未成")
    else:
        messages.success(request, f"已存为“{name}”。在“我的查询”里随时再查。")
        note(request, f"保存查询“{name}”：{given.text}")
    return redirect(reverse("search") + given.with_changes())


@require_safe
@needs(Right.SEARCH)
def run(request: HttpRequest, number: int) -> HttpResponse:
    """Ask again, everything or only what is new; from now on that is no longer new."""
    search = _mine(request, number)
    looked = timezone.localtime(search.looked_at).strftime("%Y-%m-%dT%H:%M:%S")
    given = _addresses(search)
    saved_searches.mark_looked(search)
    only_new = {"since": looked} if request.GET.get("only") == "new" else {}
    return redirect(reverse("search") + given.with_changes(**only_new))


@require_POST
@needs(Right.SEARCH, Action.CHANGE)
def rename(request: HttpRequest, number: int) -> HttpResponse:
    """Give one of my saved searches another name."""
    search, name = _mine(request, number), _name(request)
    before = search.name
    problem = saved_searches.rename(search, name)
    if problem is not None:
        messages.error(request, f"没有改名。{problem.where}：{problem.what}。{problem.do}。")
    note(request, f"查询“{before}”改名为“{name}”{'未成' if problem else ''}")
    return redirect("saved-searches")


@require_POST
@needs(Right.SEARCH, Action.CHANGE)
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Delete one of my saved searches."""
    search = _mine(request, number)
    note(request, f"删去查询“{search.name}”")
    messages.success(request, f"已删去“{search.name}”。")
    search.delete()
    return redirect("saved-searches")


def _counted(request: HttpRequest, saved: Iterable[SavedSearch]) -> Iterator[_Counted]:
    for search in saved:
        given = _addresses(search)
        filters = describe_set_filters(given)
        try:
            total = count_hits(request, given)
            new = count_hits(request, given.since_moment(search.looked_at)) if total else 0
        except IndexBrokenError:
            yield _Counted(search, filters, None, 0)
        else:
            yield _Counted(search, filters, total, new)


def _addresses(search: SavedSearch) -> Addresses:
    return Addresses.saved(search.question, search.choices, search.person_id)


def _mine(request: HttpRequest, number: int) -> SavedSearch:
    return get_object_or_404(saved_searches.saved_by(signed_in(request)), pk=number)


def _name(request: HttpRequest) -> str:
    text = request.POST.get("name", "").replace("\0", "")
    return " ".join(text.split())[: saved_searches.LONGEST_NAME + 1]
