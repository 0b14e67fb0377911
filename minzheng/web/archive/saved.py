"""Saved searches: kept, asked again, shared with colleagues, renamed, thrown away."""

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
from minzheng.web.gate.children import is_personal
from minzheng.web.gate.office import area, county, signed_in

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
    person = signed_in(request)
    context = {
        "saved": list(_counted(request, saved_searches.saved_by(person))),
        "shared": list(_counted(request, saved_searches.shared_to(person, county().places))),
        "shares": [(one, one or "不分享") for one in saved_searches.SHARES],
        "area": area(request).label,
        "most": saved_searches.MOST,
    }
    return render(request, "saved.html", context)


@require_safe
@needs(Right.SEARCH)
def block(request: HttpRequest) -> HttpResponse:
    """The latest ones as a piece of the first page, fetched by it."""
    person = signed_in(request)
    own = saved_searches.saved_by(person)[:_SHOWN_AT_HOME]
    others = saved_searches.shared_to(person, county().places)[:_SHOWN_AT_HOME]
    return render(request, "saved_block.html", {"saved": list(_counted(request, [*own, *others]))})


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
    """Ask again, everything or only what is new; of one's own that is no longer new then."""
    search = _seen(request, number)
    looked = timezone.localtime(search.looked_at).strftime("%Y-%m-%dT%H:%M:%S")
    given = _addresses(request, search)
    if search.person == signed_in(request):
        saved_searches.mark_looked(search)
    only_new = {"since": looked} if request.GET.get("only") == "new" else {}
    return redirect(reverse("search") + given.with_changes(**only_new))


@require_POST
@needs(Right.SEARCH, Action.CHANGE)
def share(request: HttpRequest, number: int) -> HttpResponse:
    """Show one of my saved searches to colleagues, or to nobody any more."""
    search, whom = _mine(request, number), request.POST.get("whom", "")
    text = " ".join((search.name, search.question, *search.choices.values()))
    problem = saved_searches.share(search, whom, is_personal=is_personal(text))
    if problem is not None:
        messages.error(request, f"没有分享。{problem}")
        note(request, f"分享查询“{search.name}”未成")
    else:
        said = f"已分享给{area(request).label}的{whom}" if whom else "不再分享"
        messages.success(request, f"“{search.name}”{said}。")
        note(request, f"查询“{search.name}”{said}")
    return redirect("saved-searches")


@require_POST
@needs(Right.SEARCH, Action.CHANGE)
def rename(request: HttpRequest, number: int) -> HttpResponse:
    """Give one of my saved searches another name."""
    search, name = _mine(request, number), _name(request)
    before = search.name
    problem = saved_searches.rename(search, name, is_personal=is_personal(name))
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
        given = _addresses(request, search)
        filters = describe_set_filters(given)
        is_own = search.person == signed_in(request)  # what is new to its owner says others nothing
        try:
            total = count_hits(request, given)
            since = given.since_moment(search.looked_at)
            new = count_hits(request, since) if total and is_own else 0
        except IndexBrokenError:
            yield _Counted(search, filters, None, 0)
        else:
            yield _Counted(search, filters, total, new)


def _addresses(request: HttpRequest, search: SavedSearch) -> Addresses:
    """Asked by whoever looks, and not by whoever saved it."""
    return Addresses.saved(search.question, search.choices, signed_in(request).pk)


def _seen(request: HttpRequest, number: int) -> SavedSearch:
    """One of mine, or one that is shared with me."""
    shared = saved_searches.shared_to(signed_in(request), county().places)
    found = next((one for one in shared if one.pk == number), None)
    return found or _mine(request, number)


def _mine(request: HttpRequest, number: int) -> SavedSearch:
    return get_object_or_404(saved_searches.saved_by(signed_in(request)), pk=number)


def _name(request: HttpRequest) -> str:
    text = request.POST.get("name", "").replace("\0", "")
    return " ".join(text.split())[: saved_searches.LONGEST_NAME + 1]
