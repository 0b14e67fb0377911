"""Counting the values of every filter over the hits of a question.

Documents that are alike in every filter have one profile: their hits are counted together. The
large segments share one table of profiles, so that filters are worked out once for a question,
not once for every segment.
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
        counts = np.zeros(self._size, dtype=np.int64)
        for (segment, mask), of_table, number in zip(met, self._places, found, strict=True):
            if number:
                counts[of_table] += segment.profiles.count(mask)
        held = np.flatnonzero(counts)
        codes = {name: self._codes[name][held] for name in FILTERS}
        _add(codes, counts[held], self._values, wanted, facets)

    @property
    def _size(self) -> int:
        return len(self._codes[FILTERS[0]])

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
    def _codes(self) -> dict[str, Codes]:
        """Of each filter the code of every profile of the table."""
        return self._joined[0]

    @cached_property
    def _places(self) -> list[Numbers]:
        """Of each segment the place of its profiles in the table."""
        return self._joined[1]

    @cached_property
    def _joined(self) -> tuple[dict[str, Codes], list[Numbers]]:
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
    passes = {
        name: np.array([is_meant(name, value, (one,)) for value in values[name]], dtype=bool)[
            codes[name]
        ]
        for name, one in wanted.items()
    }
    for name in FILTERS:
        kept = counts
        for other, passed in passes.items():
            kept = kept if other == name else kept * passed
        sums = np.bincount(codes[name], weights=kept, minlength=len(values[name]))
        for code in np.flatnonzero(sums).tolist():
            if values[name][code]:
                facets[name][values[name][code]] += int(sums[code])


def _key(segments: Sequence[Segment]) -> tuple[int, ...]:
    return tuple(id(one) for one in segments)
