"""One segment of the index as arrays: a closed set of documents, numbered from 0.

A segment never changes; only which of its documents were deleted since does. What was
read of it is kept, up to a bound.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from archive_indexer.index.folded_paths import FoldedPaths
from archive_indexer.index.grams import grams_of, is_exact
from minzheng.county.town_names import is_county, lies_in

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]

#: A fixed row a document; all zero bytes stand for nothing known.
ROW = np.dtype([("pages", "<u2"), ("day", "<u4"), ("signature", "<u8"), ("flags", "u1")])
#: What may be filtered and counted; every other name is a fact.
FILTERS = ("town", "village", "dossier", "year", "form_id", "kind", "has_seal", "origin")

PAGE_BREAK = "\f"  #: between the pages of a text
ABSENT = 1  #: flag: the file is no longer in the archive

MANY_TEXTS = 8  #: beyond it the places of grams are asked for before the texts
_RAREST = 3  #: grams of a word that are asked for ahead; after them few documents are left
_MOST_KEYS = 1 << 46  #: a filter has at most 65,536 values more
_MOST_AT_ONCE = 1 << 20  #: keys that are looked up in a table, not sorted
_MOST_CACHED_WORDS = 500  #: in each of some thirty segments
_MOST_CACHED_CHOICES = 200
_MOST_CACHED_WEIGHTS = 5_000


def is_meant(name: str, value: str, wanted: Collection[str]) -> bool:
    """Whether a filter's value is one of those wanted; as a town, a county means all of its."""
    if value in wanted or name != "town":
        return value in wanted
    return any(is_county(one) and lies_in(value, one) for one in wanted)


class Phrases(Protocol):
    """Which documents hold a phrase of common grams."""

    def documents_with(self, phrase: str) -> Numbers | None:
        """Their numbers; None where that is not known."""

    def ask_for(self, phrase: str) -> None:
        """Have read what tells them, without waiting for it."""


class SegmentFiles(Protocol):
    """A segment as it lies on disk."""

    @property
    def count(self) -> int:
        """How many documents, deleted ones too."""

    def weight(self, name: str, term: str) -> int:
        """Bytes written of who has a term: about the more, the more have it; 0 for none."""

    def ask_for_terms(self, name: str, terms: Iterable[str]) -> None:
        """Have read who has some terms, without waiting for it."""

    def ask_for_hit(self, number: int) -> None:
        """Have read what a document is shown by."""

    def postings(self, name: str, term: str) -> Numbers:
        """The numbers of the documents that have a term, rising."""

    def mask(self, name: str, term: str) -> Mask:
        """The documents that have a term, as a mask over all."""

    def codes(self, name: str) -> tuple[NDArray[np.uint16], list[str]]:
        """A filter: a code for each document, and the values by code."""

    def places(self) -> "Phrases | None":
        """Where the common grams stand; None where that is not known."""

    def values(self, name: str) -> tuple[Numbers, Numbers]:
        """Numbers the documents name: the document of each, and the number."""

    def rows(self) -> NDArray[np.void]:
        """The fixed row of each document."""

    def path(self, number: int) -> str:
        """The path of a document."""

    def path_ranks(self) -> Numbers:
        """The place of each document when sorted by path."""

    def texts(self, numbers: Sequence[int]) -> Sequence[bytes]:
        """Folded texts, UTF-8, pages parted by form feeds."""

    def folded_paths(self) -> FoldedPaths | None:
        """The paths as they are searched; None where that is not written."""

    def terms(self, name: str, prefix: str) -> Iterator[str]:
        """Every term that starts with a prefix, in order."""

    def stored(self, number: int) -> dict[str, Any]:
        """What is kept of a document to show it."""


@dataclass(frozen=True)
class Profiles:
    """Documents that are alike in every filter have one profile: filters are counted by it."""

    of_documents: Numbers  #: the profile of each document
    codes: dict[str, NDArray[np.uint16]]  #: of each filter the code of every profile


@dataclass
class Segment:
    """A segment with what was read of it so far."""

    source: SegmentFiles
    live: Mask
    _words: dict[str, NDArray[np.uint8]] = field(default_factory=dict)
    _filters: dict[str, tuple[NDArray[np.uint16], list[str]]] = field(default_factory=dict)
    _values: dict[str, tuple[Numbers, Numbers]] = field(default_factory=dict)
    _weights: dict[str, int] = field(default_factory=dict)
    _choices: dict[tuple[str, bytes], NDArray[np.uint8]] = field(default_factory=dict)

    @cached_property
    def rows(self) -> NDArray[np.void]:
        """The fixed rows."""
        return self.source.rows()

    @cached_property
    def path_ranks(self) -> Numbers:
        """The place of each document when sorted by path."""
        return self.source.path_ranks()

    @cached_property
    def signatures(self) -> NDArray[np.uint64]:
        """What copies of one paper have alike, beside one another."""
        return self.rows["signature"].copy()

    @cached_property
    def by_path(self) -> NDArray[np.uint32]:
        """The documents in the order of their paths."""
        order = np.empty(self.source.count, dtype=np.uint32)
        order[self.path_ranks] = np.arange(self.source.count, dtype=np.uint32)
        return order

    @cached_property
    def by_day(self) -> NDArray[np.uint32]:
        """The documents from the newest day on; of one day in the order of their paths."""
        days = self.rows["day"][self.by_path].astype(np.int64)
        return self.by_path[np.argsort(-days, kind="stable")]

    @cached_property
    def days(self) -> Numbers:
        """The day of each document."""
        return self.rows["day"].astype(np.int64)

    @cached_property
    def has_pages(self) -> Mask:
        """Documents of more than one page."""
        more: Mask = self.rows["pages"] > 1
        return more

    @cached_property
    def absent(self) -> Mask:
        """Documents of files that are no longer there."""
        flags: Mask = (self.rows["flags"] & ABSENT) != 0
        return flags

    def with_path_part(self, text: str) -> Mask:
        """Documents whose path holds a folded text."""
        return self._folded_paths.holding(text)

    def with_paths(self, paths: Collection[str]) -> Mask:
        """Documents that lie under one of these paths."""
        found = [self.source.postings("path", path) for path in paths]
        return self.mask_of(np.concatenate([*found, np.empty(0, dtype=np.int64)]))

    @cached_property
    def _folded_paths(self) -> FoldedPaths:
        """The paths as they are searched: from their file, or made from the paths themselves."""
        known = self.source.folded_paths()
        return known or FoldedPaths.of(map(self.source.path, range(self.source.count)))

    @cached_property
    def profiles(self) -> Profiles:
        """Which documents are alike in every filter."""
        columns = [(codes, len(values)) for codes, values in map(self.filter, FILTERS)]
        first, of_documents = _alike(keys_of(columns))
        codes_of = {name: self.filter(name)[0][first] for name in FILTERS}
        return Profiles(of_documents, codes_of)

    def with_gram(self, gram: str) -> Mask:
        """Documents that have a gram."""
        return self.source.mask("grams", gram)

    def weight(self, gram: str) -> int:
        """About how many documents have a gram: what is written of it; nothing for none."""
        known = self._weights.get(gram)
        if known is None:
            if len(self._weights) >= _MOST_CACHED_WEIGHTS:
                self._weights = {}
            known = self._weights[gram] = self.source.weight("grams", gram)
        return known

    def ask_for_word(self, word: str) -> None:
        """Have read who has the rarest grams of a word, and where its grams stand if many do."""
        grams = () if self.knows_word(word) else sorted(grams_of(word), key=self.weight)
        if not grams or not self.weight(grams[0]):
            return
        self.source.ask_for_terms("grams", grams[:_RAREST])
        least = self.weight(grams[0])
        # of a long word few documents have all grams, unless nearly all have
        is_met_often = least >= self.source.count // 8 or len(grams) <= _RAREST
        if least > MANY_TEXTS and is_met_often and not is_exact(word):
            places = self.source.places()
            if places:
                places.ask_for(word)

    def with_phrase(self, phrase: str) -> Mask | None:
        """Documents that hold a phrase of common grams; None where only their texts can tell."""
        places = self.source.places()
        numbers = None if places is None else places.documents_with(phrase)
        return None if numbers is None else self.mask_of(numbers)

    def with_fact(self, fact: str) -> Mask:
        """Documents that have a fact, such as `person:张三`."""
        return self.source.mask("facts", fact)

    def mask_of(self, numbers: Numbers) -> Mask:
        """Document numbers as a mask over all documents."""
        mask = np.zeros(self.source.count, dtype=bool)
        mask[numbers] = True
        return mask

    def knows_word(self, word: str) -> bool:
        """Whether it was found out before which documents have a word."""
        return word in self._words

    def word_mask(self, word: str) -> Mask | None:
        """Which documents have a word, if that was found out before."""
        packed = self._words.get(word)
        if packed is None:
            return None
        return np.unpackbits(packed, count=self.source.count).view(bool)

    def keep_word(self, word: str, mask: Mask) -> None:
        """Remember which documents have a word."""
        if len(self._words) >= _MOST_CACHED_WORDS:
            self._words = {}
        self._words[word] = np.packbits(mask)

    def filter(self, name: str) -> tuple[NDArray[np.uint16], list[str]]:
        """A filter: a code for each document, and the values by code."""
        if name not in self._filters:
            self._filters[name] = self.source.codes(name)
        return self._filters[name]

    def has_value(self, name: str, wanted: Sequence[str]) -> Mask:
        """Which documents have one of these values of a filter."""
        codes, values = self.filter(name)
        table = np.array([is_meant(name, value, wanted) for value in values], dtype=bool)
        if table.all() or not table.any():
            return np.full(self.source.count, bool(table.any()))
        return self._choice(name, codes, table)

    def _choice(self, name: str, codes: NDArray[np.uint16], table: Mask) -> Mask:
        """Which codes a table chooses; the same towns, villages and years are asked for again."""
        key = (name, table.tobytes())
        packed = self._choices.get(key)
        if packed is None:
            if len(self._choices) >= _MOST_CACHED_CHOICES:
                self._choices = {}
            packed = self._choices[key] = np.packbits(table[codes])
        return np.unpackbits(packed, count=self.source.count).view(bool)

    def has_number(self, name: str, low: int, high: int) -> Mask:
        """Which documents name a number between two bounds."""
        if name not in self._values:
            self._values[name] = self.source.values(name)
        owners, numbers = self._values[name]
        return self.mask_of(owners[(numbers >= low) & (numbers <= high)])


def keys_of(columns: Sequence[tuple[NDArray[Any], int]]) -> Numbers:
    """Codes of several columns, each below a bound, as one number that is equal for equal rows."""
    keys, kinds = np.zeros(len(columns[0][0]), dtype=np.int64), 1
    for codes, bound in columns:
        if kinds * bound > _MOST_KEYS:
            keys = np.unique(keys, return_inverse=True)[1].astype(np.int64)
            kinds = int(keys.max(initial=0)) + 1
        keys, kinds = keys * bound + codes, kinds * bound
    return keys


def _alike(keys: Numbers) -> tuple[Numbers, Numbers]:
    """Of every different key a place, in the order of keys; and of each place its key's number."""
    highest = int(keys.max(initial=0))
    if highest >= _MOST_AT_ONCE:
        _, first, numbers = np.unique(keys, return_index=True, return_inverse=True)
        return first, numbers.astype(np.int64)
    first = np.full(highest + 1, -1, dtype=np.int64)
    first[keys] = np.arange(len(keys))
    is_there = first >= 0
    return first[is_there], (np.cumsum(is_there) - 1)[keys]
