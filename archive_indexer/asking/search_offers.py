"""What else a question may have meant: offered with counts, never mixed into the hits."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from archive_indexer.index.archive_index import ArchiveIndex
from archive_indexer.index.grams import grams_of
from archive_indexer.queries import AllOf, AnyOf, Condition, HasValue, Query, Without, Word
from minzheng.county.registry.synonyms import Groups

_MOST_TRIED = 60
_MOST_OFFERED = 6
_LONGEST = 20  #: a longer word has too many neighbours
_PINYIN = re.compile(r"[a-z]{2,24}")


@dataclass(frozen=True, slots=True)
class Offer:
    """A word to ask instead, how many files that finds, and why it is offered."""

    instead_of: str
    text: str
    count: int
    why: str  #: 近似 or 拼音


def find_offers(
    index: ArchiveIndex,
    words: Sequence[str],
    condition: Condition,
    query: Query,
    lookalikes: Groups,
) -> tuple[Offer, ...]:
    """Names by pinyin, and words of which one character may be read wrong."""
    asked = [*_by_pinyin(index, words), *islice(_by_look(words, lookalikes), _MOST_TRIED)]
    found = []
    for word, other, why in asked:
        name = HasValue("person", (other,))
        instead = AnyOf((name, Word(other))) if grams_of(other) else name
        changed = _replaced(condition, word, instead)
        count = index.search(replace(query, condition=changed, limit=0, offset=0)).total
        if count:
            found.append(Offer(word, other, count, why))
    return tuple(sorted(found, key=lambda offer: -offer.count))[:_MOST_OFFERED]


def _by_pinyin(index: ArchiveIndex, words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    for word in words:
        if _PINYIN.fullmatch(word):
            for name in index.names_like(word, _MOST_OFFERED):
                yield word, name, "拼音"


def _by_look(words: Sequence[str], lookalikes: Groups) -> Iterator[tuple[str, str, str]]:
    for word in words:
        for place, character in enumerate(word[:_LONGEST]):
            for other in lookalikes.others(character):
                changed = word[:place] + other + word[place + 1 :]
                if grams_of(changed):
                    yield word, changed, "近似"


def _replaced(condition: Condition, word: str, instead: Condition) -> Condition:
    """The condition with another in place of a word and its synonyms."""
    if _names(condition, word):
        return instead
    match condition:
        case AllOf(parts) | AnyOf(parts):
            changed = tuple(_replaced(part, word, instead) for part in parts)
            return type(condition)(changed)
        case Without(part):
            return Without(_replaced(part, word, instead))
        case _:
            return condition


def _names(condition: Condition, word: str) -> bool:
    """Whether this is the word, alone or with its synonyms, or the name."""
    match condition:
        case AnyOf(parts):
            return Word(word) in parts
        case HasValue("person", values):
            return word in values
        case _:
            return condition == Word(word)
