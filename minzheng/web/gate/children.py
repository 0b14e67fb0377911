"""★ The gate before a child's name: who may not see the children's dossiers reads 李**.

Every page, list and answer of the interface that shows a text of papers or records shows it
through `mask`. Whose names are children's is told by issued documents (born so many years
ago), by scans of the children's dossiers, and by a paper itself: a child's ID number beside
the name. A text whose paper is known is masked by the names of its place and its own; any
other by the names of the whole area of who is looking.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import HttpRequest

from archive_indexer.models import ArchivedFile
from archive_indexer.stores.archived_files import people_of_dossiers
from archive_indexer.stores.contents import texts_of
from filler.records.named_people import born_after
from minzheng.accounts.areas import Area, area_of
from minzheng.accounts.models import Person
from minzheng.county.masking import mask_names_in
from minzheng.county.minors import Beside, day_of_majority, names_beside_numbers
from minzheng.county.registry.paper_words import PaperWords
from minzheng.county.writing.chinese_text import fold_for_search
from minzheng.county.writing.id_card import birth_date, to_eighteen
from minzheng.web.gate.office import county, mask_numbers

_AGE = "成年年龄"
#: Where a request keeps what it has found out.
_KNOWN, _SEES = "children_by_place", "sees_children"
#: Characters of a paper that is remembered: a page of hits is looked at again and again.
_LONGEST_KEPT = 10_000
_asking: ContextVar[HttpRequest | None] = ContextVar("asking", default=None)

Names = frozenset[str]
ByPlace = dict[tuple[str, str], set[str]]


@dataclass(frozen=True, slots=True)
class Known:
    """Children's names, folded: by town and village, and all of them."""

    names: ByPlace
    everywhere: Names


@contextmanager
def looked_at_by(request: HttpRequest) -> Iterator[None]:
    """While a request is answered, texts are masked for whoever asked."""
    token = _asking.set(request)
    try:
        yield
    finally:
        _asking.reset(token)


def mask(text: str, names: Collection[str] | None = None, *, is_excerpt: bool = False) -> str:
    """A text with personal numbers masked, and children's names from who may not see them.

    `names` are those of the paper the text is of; without, those of the whole area.
    """
    return mask_children(mask_numbers(text, is_excerpt=is_excerpt), names)


def mask_children(text: str, names: Collection[str] | None = None) -> str:
    """The same for a text whose numbers somebody may see in full."""
    if sees_children() or not text:
        return text
    return mask_names_in(text, _everywhere() if names is None else names)


def is_personal(text: str) -> bool:
    """Whether a text names a child or holds a number: not everybody may read it."""
    return mask_numbers(text) != text or mask_names_in(text, _everywhere()) != text


def sees_children() -> bool:
    """Whether whoever is looking may see the children's dossiers; nobody at all may not.

    Every text of a page asks: it is found out once a request, and again when somebody signed in.
    """
    request = _asking.get()
    who = getattr(getattr(request, "user", None), "pk", None)
    known: tuple[Any, bool] | None = getattr(request, _SEES, None)
    if known is None or known[0] != who:
        known = who, not county().dossiers.children_codes & _area().forbidden
        if request is not None:
            setattr(request, _SEES, known)
    return known[1]


def names_of(files: Iterable[ArchivedFile]) -> dict[str, Names]:
    """The children's names of each file, by its path: of its place, and as its text tells."""
    wanted = list(files)
    if sees_children():
        return {file.path: frozenset() for file in wanted}
    texts = texts_of({file.sha256 for file in wanted})
    return {
        file.path: _names_on("\n".join(texts.get(file.sha256, ())), file.town, file.village)
        for file in wanted
    }


def names_in_text(text: str, town: str, village: str) -> Names:
    """The children's names of a text that belongs to a place."""
    return frozenset() if sees_children() else _names_on(text, town, village)


def shown_name(name: str, id_no: str, town: str, village: str) -> str:
    """One person's name as it may be shown; by the number, else by who is known there."""
    if sees_children():
        return name
    born = birth_date(to_eighteen(id_no))
    folded = fold_for_search(name)
    is_child = born > _majority() if born else folded in _known_at(town, village)
    return mask_names_in(name, {folded}) if is_child else name


def _names_on(text: str, town: str, village: str) -> Names:
    beside = _beside_once if len(text) <= _LONGEST_KEPT else names_beside_numbers
    return beside(text, county().paper_words, _majority()).hidden(_known_at(town, village))


@lru_cache(maxsize=512)
def _beside_once(text: str, words: PaperWords, born_after: dt.date) -> Beside:
    return names_beside_numbers(text, words, born_after)


def _majority() -> dt.date:
    today = dt.date.today()
    age = county().terms.on(_AGE, today)
    return day_of_majority(today, age) if age else today


def _area() -> Area:
    request = _asking.get()
    person = getattr(request, "user", None)
    if isinstance(person, Person):
        return area_of(person, county())
    return Area(forbidden=county().dossiers.children_codes)


def _everywhere() -> Names:
    """The names in the whole area of who is looking."""
    return _by_place().everywhere


def _known_at(town: str, village: str) -> Names:
    """The names at a place; a paper of a town or of no place may name any of them."""
    return frozenset(
        name
        for (its_town, its_village), names in _by_place().names.items()
        if _is_there(town, its_town) and _is_there(village, its_village)
        for name in names
    )


def _is_there(asked: str, known: str) -> bool:
    return not asked or not known or asked == known


def _by_place() -> Known:
    """Names in the area of who is looking; found out once a request."""
    request = _asking.get()
    known: Known | None = getattr(request, _KNOWN, None)
    if known is None:
        place, names = _area(), ByPlace()
        recorded = born_after(_majority(), place.town, place.village)
        for name, town, village in (*recorded, *_scanned(place)):
            names.setdefault((town, village), set()).add(fold_for_search(name))
        known = Known(names, frozenset().union(*names.values()))
        if request is not None:
            setattr(request, _KNOWN, known)
    return known


def _scanned(place: Area) -> Iterable[tuple[str, str, str]]:
    """Whom the scans of the children's dossiers are about."""
    return people_of_dossiers(county().dossiers.children_codes, place.town, place.village)
