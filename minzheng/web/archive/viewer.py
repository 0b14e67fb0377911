"""Turning the pages of a paper: zoom, turn, the next page, the next hit; each is an address.

Everything works by links; `viewer.js` only spares the reloads, `keys.js` listens to keys.
"""

from dataclasses import dataclass, replace
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from archive_indexer.errors import IndexBrokenError
from archive_indexer.models import ArchivedFile
from archive_indexer.queries import Hit
from minzheng.web.archive.asking import ask, query_of
from minzheng.web.archive.search_choices import Addresses

#: The widest picture of a page that is made, in pixels; a page of A4 is then 240 dpi.
LARGEST = 2000
SMALLEST = 200
FITTING = 1200  #: pixels of a picture that is fitted to the window
STEPS = (50, 75, 100, 125, 150, 200, 250)
_PIXELS_A_PERCENT = LARGEST // STEPS[-1]
_ROUND = 3  #: pages shown before and after the one that is open
_MOST_HIT_PAGES = 30


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A file among the hits of its question."""

    place: int = 0  #: from 1; 0 when it is not known
    total: int = 0  #: hits, copies folded as on the page of results
    here: Hit | None = None
    before: Hit | None = None
    after: Hit | None = None


@dataclass(frozen=True)
class View:
    """What is seen of a file, and where each button leads."""

    file: ArchivedFile
    given: Addresses
    page: int
    pages: int
    zoom: int  #: percent; 0 fits the page to the window
    turn: int  #: quarter turns to the right
    near: Neighbours
    numbers: dict[str, int]  #: of the neighbouring files, by path

    @property
    def picture(self) -> str:
        """The address of the picture as it is looked at."""
        return self.given.of_picture(self.zoom * _PIXELS_A_PERCENT or FITTING, self.turn)

    @property
    def base(self) -> str:
        """The same without size and turn, for the script."""
        return self.given.of_picture(0)

    @property
    def drawn(self) -> str:
        """The address of the same that waits until an Office file is drawn."""
        return self._at(draw="now")

    @property
    def drawing(self) -> str:
        """The address of the pictures alone, that waits likewise."""
        kept = {"page": self.page, "zoom": self.zoom or "", "turn": self.turn or ""}
        return reverse("file-drawn", args=[self.file.pk]) + self.given.with_changes(**kept)

    @property
    def previous_page(self) -> str:
        """The address of the page before; empty on the first."""
        return self._at(page=self.page - 1) if self.page > 1 else ""

    @property
    def next_page(self) -> str:
        """The address of the next page; empty on the last."""
        return self._at(page=self.page + 1) if self.page < self.pages else ""

    @property
    def larger(self) -> str:
        """The address that shows the page one step larger."""
        return self._at(zoom=next((one for one in STEPS if one > (self.zoom or 99)), STEPS[-1]))

    @property
    def smaller(self) -> str:
        """The address that shows it one step smaller."""
        near = [one for one in STEPS if one < (self.zoom or 125)]
        return self._at(zoom=near[-1] if near else STEPS[0])

    @property
    def fitted(self) -> str:
        """The address that fits it to the window."""
        return self._at(zoom="")

    @property
    def full_size(self) -> str:
        """The address that shows it at 100 %."""
        return self._at(zoom=100)

    @property
    def turned_right(self) -> str:
        """A quarter turn to the right."""
        return self._at(turn=(self.turn + 1) % 4 or "")

    @property
    def turned_left(self) -> str:
        """A quarter turn to the left."""
        return self._at(turn=(self.turn - 1) % 4 or "")

    @property
    def hit_pages(self) -> tuple[int, ...]:
        """Pages of this file that hold a word."""
        return self.near.here.pages if self.near.here else ()

    @property
    def next_hit(self) -> str:
        """The next page with a word, then the next file of the results."""
        later = [page for page in self.hit_pages if page > self.page]
        if later:
            return self._at(page=later[0])
        return self._file(self.near.after, self.near.place + 1, is_last=False)

    @property
    def previous_hit(self) -> str:
        """The page with a word before, then the file before."""
        earlier = [page for page in self.hit_pages if page < self.page]
        if earlier:
            return self._at(page=earlier[-1])
        return self._file(self.near.before, self.near.place - 1, is_last=True)

    @cached_property
    def listed_pages(self) -> list[tuple[int, str, bool]]:
        """Numbers of pages to be chosen, with addresses, and whether a word stands there."""
        near = range(max(1, self.page - _ROUND), min(self.pages, self.page + _ROUND) + 1)
        shown = {1, self.pages, *near, *self.hit_pages[:_MOST_HIT_PAGES]}
        return [
            (number, self._at(page=number), number in self.hit_pages)
            for number in sorted(shown)
            if 1 <= number <= self.pages
        ]

    def _at(self, **changed: object) -> str:
        """The address of this file with something changed; a turn is of its page only."""
        kept = {"page": self.page, "hit": self.near.place or "", "zoom": self.zoom or ""}
        if "page" not in changed:
            kept["turn"] = self.turn or ""
        address = reverse("file", args=[self.file.pk])
        return address + self.given.with_changes(**{**kept, **changed})

    def _file(self, hit: Hit | None, place: int, *, is_last: bool) -> str:
        number = self.numbers.get(hit.path) if hit else None
        if hit is None or number is None:
            return ""
        page = hit.pages[-1 if is_last else 0] if hit.pages else hit.page
        changed = {"page": page, "hit": place, "zoom": self.zoom or ""}
        return reverse("file", args=[number]) + self.given.with_changes(**changed)


def view_of(request: HttpRequest, file: ArchivedFile, given: Addresses, pages: int) -> View:
    """What an address shows of a file."""
    near = _neighbours(request, file, given) if given.text else Neighbours()
    paths = [hit.path for hit in (near.before, near.after) if hit]
    rows = ArchivedFile.objects.filter(path__in=paths).values_list("path", "pk") if paths else ()
    return View(
        file,
        given,
        page=_number(request, "page", 1),
        pages=pages,
        zoom=next((one for one in STEPS if one == _number(request, "zoom", 0)), 0),
        turn=_number(request, "turn", 0) % 4,
        near=near,
        numbers=dict(rows),
    )


def read_size(request: HttpRequest) -> tuple[int, int]:
    """The width of a picture that is asked for, within its bounds, and its quarter turns."""
    width = _number(request, "width", FITTING)
    return min(max(width, SMALLEST), LARGEST), _number(request, "turn", 0) % 4


def read_piece(request: HttpRequest) -> int | None:
    """Which of the pictures of an Office file is asked for, from 0; None for its page's first."""
    text = request.GET.get("piece", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None


def _neighbours(request: HttpRequest, file: ArchivedFile, given: Addresses) -> Neighbours:
    place = _number(request, "hit", 0)
    try:
        return _among_hits(request, file, given, place) or _alone(request, file, given)
    except IndexBrokenError:  # the paper can be read all the same
        return Neighbours()


def _among_hits(
    request: HttpRequest, file: ArchivedFile, given: Addresses, place: int
) -> Neighbours | None:
    """The file with the hits before and after it, if it still stands in its place."""
    if not place:
        return None
    first = max(0, place - 2)
    result = ask(given, query_of(request, given, limit=3, offset=first)).result
    found = dict(enumerate(result.hits, first + 1))
    here = found.get(place)
    if here is None or here.path != file.path:
        return None
    total = result.total - result.copies
    return Neighbours(place, total, here, found.get(place - 1), found.get(place + 1))


def _alone(request: HttpRequest, file: ArchivedFile, given: Addresses) -> Neighbours:
    """The file with its own pages only."""
    query = replace(
        query_of(request, given, limit=1),
        among=frozenset({file.path}), shows_absent=True, folds_copies=False,
    )  # fmt: skip
    return Neighbours(here=next(iter(ask(given, query).result.hits), None))


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    text = request.GET.get(name, "")
    is_number = text.isascii() and text.isdecimal() and len(text) < 6
    return max(1, int(text)) if is_number else otherwise
