"""A question in a clerk's words, answered from the index."""

from dataclasses import dataclass, replace
from typing import Any

from archive_indexer.asking.query_language import Understood, understand
from archive_indexer.asking.search_offers import Offer, find_offers
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


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits, or what is wrong with the question."""

    words: tuple[str, ...]  #: folded, to be marked in the text
    result: SearchResult
    problems: tuple[Problem, ...] = ()
    understood: Understood = _NOTHING
    offers: tuple[Offer, ...] = ()


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
