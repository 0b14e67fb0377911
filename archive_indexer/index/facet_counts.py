"""Counting the values of every filter over the hits of a question.

Documents that are alike in every filter have one profile: their hits are counted together. The
large segments share one table of profiles, so that filters are worked out once for a question,
not once for every segment. Profiles, in turn, are alike in their place or in all the rest, and
of either there are few.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from archive_indexer.index.index_segment import (
    FILTERS,
    Mask,
    Numbers,
    Segment,
    is_meant,
    keys_of,
)

_LARGE = 4000  #: documents of a segment that shares the table
_FEW = 500  #: hits that are counted one by one
_PLACE = ("town", "village")
_HALVES = (_PLACE, tuple(name for name in FILTERS if name not in _PLACE))

Codes = NDArray[np.int64]
Facets = dict[str, Counter[str]]


@dataclass(frozen=True, slots=True)
class Met:
    """The documents of a segment that meet a condition, before filters."""

    segment: Segment
    mask: Mask


class FacetCounter:
    """Counts for the segments of an index; what stays from commit to commit is kept."""

    def __init__(self, segments: Sequence[Segment], known: "FacetCounter | None" = None) -> None:
        large = [one for one in segments if one.source.count >= _LARGE]
        groups = [large] if large else []
        groups += [[one] for one in segments if one.source.count < _LARGE]
        kept = {one.key: one for one in known._tables} if known else {}
        self._tables: list[_Table] = [kept.get(_key(one)) or _Table(one) for one in groups]

    def count(self, every: Sequence[Met], wanted: dict[str, str]) -> Facets:
        """Of each filter its values over the hits that pass the others."""
        facets: Facets = {name: Counter() for name in FILTERS}
        masks = {id(one.segment): one.mask for one in every}
        for table in self._tables:
            table.count(masks, wanted, facets)
        return facets


class _Table:
    """The profiles of some segments, and how many hits each has."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self.key = _key(segments)

    def count(self, masks: dict[int, Mask], wanted: dict[str, str], facets: Facets) -> None:
        """Add to the counts of the values."""
        met = [(one, masks[id(one)]) for one in self._segments]
        found = [int(np.count_nonzero(mask)) for _, mask in met]
        if sum(found) <= _FEW:
            for (segment, mask), number in zip(met, found, strict=True):
                if number:
                    _count_each(segment, np.flatnonzero(mask), wanted, facets)
            return
        masks_of_all = [mask for _, mask in met]
        if sum(found) * 2 > sum(map(len, masks_of_all)):
            counts = self._every - self._of([~mask for mask in masks_of_all])
        else:
            counts = self._of(masks_of_all)
        for half, other in (self._halves, self._halves[::-1]):
            sums = half.sums(counts, other.passed(self._values, wanted))
            _add(half.codes, sums, self._values, wanted, facets)

    def _of(self, masks: Sequence[Mask]) -> Numbers:
        """How many of the documents of a mask for each segment each profile has."""
        # a mask in brackets takes three times as long
        pairs = zip(self._of_documents, masks, strict=True)
        held = [profiles.take(np.flatnonzero(mask)) for profiles, mask in pairs]
        return np.bincount(np.concatenate(held), minlength=len(self._halves[0].of_profiles))

    @cached_property
    def _every(self) -> Numbers:
        return self._of([np.ones(one.source.count, dtype=bool) for one in self._segments])

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        """The values of each filter over all segments."""
        return {
            name: list(
                dict.fromkeys(one for part in self._segments for one in part.filter(name)[1])
            )
            for name in FILTERS
        }

    @cached_property
    def _halves(self) -> tuple["_Half", "_Half"]:
        """What the profiles have alike in either half of the filters."""
        one, other = (_Half.of(self._joined[0], names, self._values) for names in _HALVES)
        return one, other

    @cached_property
    def _of_documents(self) -> list[NDArray[np.int32]]:
        """Of each segment the profile of every document."""
        pairs = zip(self._segments, self._joined[1], strict=True)
        return [
            of_table.astype(np.int32).take(part.profiles.of_documents) for part, of_table in pairs
        ]

    @cached_property
    def _joined(self) -> tuple[dict[str, Codes], list[Numbers]]:
        """Of each filter the code of every profile; of each segment the place of its profiles."""
        codes = {}
        for name in FILTERS:
            at = {value: code for code, value in enumerate(self._values[name])}
            codes[name] = np.concatenate([
                np.array([at[one] for one in part.filter(name)[1]])[part.profiles.codes[name]]
                for part in self._segments
            ])  # fmt: skip
        keys = keys_of([(codes[name], len(self._values[name])) for name in FILTERS])
        _, first, places = np.unique(keys, return_index=True, return_inverse=True)
        ends = np.cumsum([len(part.profiles.codes[FILTERS[0]]) for part in self._segments])
        return {name: one[first] for name, one in codes.items()}, np.split(places, ends[:-1])


@dataclass(frozen=True, slots=True)
class _Half:
    """Some of the filters, and what profiles have alike in them."""

    codes: dict[str, Codes]  #: of each filter the code of every kind of profile
    of_profiles: Numbers  #: the kind of each profile

    @classmethod
    def of(
        cls, codes: dict[str, Codes], names: Sequence[str], values: dict[str, list[str]]
    ) -> "_Half":
        """Of the codes of every profile."""
        keys = keys_of([(codes[name], len(values[name])) for name in names])
        _, first, of_profiles = np.unique(keys, return_index=True, return_inverse=True)
        return cls({name: codes[name][first] for name in names}, of_profiles.astype(np.int64))

    def passed(self, values: dict[str, list[str]], wanted: dict[str, str]) -> Mask | None:
        """Of each profile whether it passes the filters of this half; None where none is asked."""
        passed = _passed(self.codes, values, wanted)
        return np.logical_and.reduce([*passed.values()])[self.of_profiles] if passed else None

    def sums(self, counts: Numbers, passed: Mask | None) -> Numbers:
        """How many hits each kind has, of the profiles that pass."""
        kept = counts if passed is None else counts * passed
        kinds = len(next(iter(self.codes.values())))
        return np.bincount(self.of_profiles, weights=kept, minlength=kinds).astype(np.int64)


def _count_each(segment: Segment, numbers: Numbers, wanted: dict[str, str], facets: Facets) -> None:
    """Few hits, by their own values: no table of profiles is made for them."""
    read = {name: segment.filter(name) for name in FILTERS}
    codes = {name: one[numbers].astype(np.int64) for name, (one, _) in read.items()}
    values = {name: one for name, (_, one) in read.items()}
    _add(codes, np.ones(len(numbers), dtype=np.int64), values, wanted, facets)


def _add(
    codes: dict[str, Codes],
    counts: Numbers,
    values: dict[str, list[str]],
    wanted: dict[str, str],
    facets: Facets,
) -> None:
    """Add to the counts of the values; a row of codes is of so many hits."""
    passes = _passed(codes, values, wanted)
    for name, of_rows in codes.items():
        kept = counts
        for other, passed in passes.items():
            kept = kept if other == name else kept * passed
        sums = np.bincount(of_rows, weights=kept, minlength=len(values[name])).tolist()
        facet = facets[name]
        for value, number in zip(values[name], sums, strict=True):
            if number and value:
                facet[value] += int(number)


def _passed(
    codes: dict[str, Codes], values: dict[str, list[str]], wanted: dict[str, str]
) -> dict[str, Mask]:
    """Of each filter of these that is asked for, which rows of codes pass it."""
    return {
        name: np.array([is_meant(name, value, (one,)) for value in values[name]], dtype=bool)[
            codes[name]
        ]
        for name, one in wanted.items()
        if name in codes
    }


def _key(segments: Sequence[Segment]) -> tuple[int, ...]:
    return tuple(id(one) for one in segments)
