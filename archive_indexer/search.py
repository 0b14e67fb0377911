"""A question in a clerk's words, answered from the index."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive_indexer.asking.fitting import NamedForm, Signs, fitting_signs
from archive_indexer.asking.looser_readings import Loosened, Reading, find_readings, loosen
from archive_indexer.asking.query_language import Understood, understand
from archive_indexer.asking.said_amounts import SaidAmount, find_said_amounts
from archive_indexer.asking.search_offers import Offer, find_offers
from archive_indexer.asking.step_forms import fitting_forms
from archive_indexer.index.archive_index import ArchiveIndex
from archive_indexer.index.snippets import fold_words
from archive_indexer.queries import Query, SearchResult, Word, wanted_numbers, wanted_words
from minzheng.county.county import County
from minzheng.county.errors import Problem
from minzheng.county.personal_numbers import spellings_in
from minzheng.county.writing.chinese_text import fold_for_search

_SHOWN = (
    "path", "page", "town", "village", "dossier", "year", "form_id", "title", "snippet", "present",
)  # fmt: skip
_NOTHING = Understood()
_NOT_LOOSENED = Loosened()
_NO_SIGNS = Signs()
_TWO_WAYS = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits, or what is wrong with the question."""

    words: tuple[str, ...]  #: folded, to be marked in the text
    result: SearchResult
    problems: tuple[Problem, ...] = ()
    understood: Understood = _NOTHING
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundForm:
    """A form that may be meant, and how many files of it answer the rest of the question."""

    form: NamedForm
    text: str  #: the question that finds them
    count: int


@dataclass(frozen=True, slots=True)
class Nearest:
    """What may be meant where nothing was found exactly: offered, never among the hits."""

    loosened: Loosened = _NOT_LOOSENED
    readings: tuple[Reading, ...] = ()
    forms: tuple[FoundForm, ...] = ()
    signs: Signs = _NO_SIGNS
    amounts: tuple[SaidAmount, ...] = ()  #: registered, of what was asked for


def parse_words(
    text: str, county: County, *, with_synonyms: bool = True, page: str = ""
) -> tuple[str, ...]:
    """The words to be marked in what a question finds, folded; numbers as the page writes them."""
    condition = understand(text, county, with_synonyms).condition
    spelt = fold_words(spellings_in(page, wanted_numbers(condition)))
    return tuple(dict.fromkeys((*wanted_words(condition), *spelt)))


def search_archive(
    index: ArchiveIndex,
    text: str,
    filters: Query,
    county: County,
    *,
    with_synonyms: bool = False,
) -> Answer:
    """Find files that answer; `filters` gives filters, rights, order, limit and offset."""
    understood = understand(text, county, with_synonyms)
    if understood.problems:
        offers = _by_name(index, text, filters, county)
        return Answer((), SearchResult(0, ()), understood.problems, understood, offers)
    condition = understood.condition
    result = index.search(replace(filters, condition=condition))
    return Answer(wanted_words(condition), result, (), understood)


def offer_more(index: ArchiveIndex, answer: Answer, filters: Query, county: County) -> Answer:
    """The answer with what else may have been meant."""
    understood = answer.understood
    if understood.problems:
        return answer
    offers = find_offers(index, understood.words, understood.condition, filters, county.lookalikes)
    return replace(answer, offers=offers)


def find_nearest(
    index: ArchiveIndex,
    text: str,
    filters: Query,
    county: County,
    *,
    forms: Sequence[NamedForm],
    today: dt.date,
    with_synonyms: bool = False,
) -> Nearest:
    """For a question that found nothing: looser readings, forms, what else answers it here."""

    def count(asked: str) -> int:
        nothing_shown = replace(filters, limit=0, offset=0)
        answer = search_archive(index, asked, nothing_shown, county, with_synonyms=with_synonyms)
        return 0 if answer.problems else answer.result.total

    loosened = loosen(text, county, today)
    said = [one for one in (loosened.meant, loosened.terms) if one]
    fitting = fitting_forms(said, forms, county)
    asked = [(one, loosened.asking([f"表:{one.form_id}"])) for one in fitting]
    return Nearest(
        loosened,
        find_readings(text, loosened, county.synonyms, count),
        tuple(FoundForm(one, question, count(question)) for one, question in asked),
        fitting_signs((*said[:1], loosened.said, *_alone(loosened.said)), county),
        find_said_amounts(text, county, _day_of(loosened, today)),
    )


def _alone(said: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """A single word as it was typed, and as papers put it, each for itself."""
    return tuple((one,) for one in said) if len(said) == _TWO_WAYS else ()


def _day_of(loosened: Loosened, today: dt.date) -> dt.date:
    """The last day of the year that was named, if that is over."""
    year = int(loosened.year or today.year)
    return min(today, dt.date(year, 12, 31))


def as_json(result: SearchResult) -> dict[str, Any]:
    """The answer as other programs read it."""
    return {
        "total": result.total,
        "hits": [{name: getattr(hit, name) for name in _SHOWN} for hit in result.hits],
    }


def _by_name(index: ArchiveIndex, text: str, filters: Query, county: County) -> tuple[Offer, ...]:
    """Names by initials: two or three letters are too short to be searched as a word."""
    word = fold_for_search(text)
    if not word.isalpha():
        return ()
    return find_offers(index, (word,), Word(word), filters, county.lookalikes)
