"""帮助: the manual's own text, for everybody who sees a page of the program."""

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from minzheng.accounts.models import Person
from minzheng.web.help.manual import manual, picture_file
from minzheng.web.help.own_links import with_own_links

_MOST_FOUND = 40
_LONGEST_QUESTION = 60


@require_safe
@login_not_required
def index(request: HttpRequest) -> HttpResponse:
    """Every chapter, one's own first; with `q` where words stand, with `page` that page's own."""
    book, role = manual(), _role(request)
    if page := request.GET.get("page", ""):
        place = book.place_of(page, role)
        return redirect(place.address if place else "help")
    asked = request.GET.get("q", "").replace("\0", "")[:_LONGEST_QUESTION].strip()
    found = book.find(asked)
    own = book.first_for(role)
    context = {
        "book": book,
        "own": own,
        "others": [one for one in book.chapters if one not in own],
        "asked": asked,
        "found": found[:_MOST_FOUND],
        "found_count": len(found),
    }
    return render(request, "help.html", context)


@require_safe
@login_not_required
def chapter(request: HttpRequest, number: int) -> HttpResponse:
    """One chapter."""
    book = manual()
    one = book.chapter(number)
    if one is None:
        raise Http404
    context = {"book": book, "one": one, "text": with_own_links(one.html, request.user)}
    return render(request, "help_chapter.html", context)


@require_safe
@login_not_required
def whole(request: HttpRequest) -> HttpResponse:
    """The whole manual on one page, to be printed."""
    book = manual()
    texts = [(one.title, with_own_links(one.html, request.user)) for one in book.chapters]
    return render(request, "help_whole.html", {"book": book, "texts": texts})


@require_safe
@login_not_required
def picture(request: HttpRequest, name: str) -> FileResponse:
    """A picture of the manual."""
    file = picture_file(name)
    if not file.is_file():
        raise Http404
    response = FileResponse(file.open("rb"), content_type="image/png")
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _role(request: HttpRequest) -> str:
    return request.user.role if isinstance(request.user, Person) else ""
