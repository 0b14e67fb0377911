"""Values are counted over all segments as one look at each document counts them."""

import random
from collections import Counter

import numpy as np
import pytest

from archive_indexer.index import facet_counts as module
from archive_indexer.index.facet_counts import FacetCounter, Met
from archive_indexer.index.index_segment import FILTERS, Segment


class Files:
    """A segment of documents with seeded values."""

    def __init__(self, seed: int, count: int) -> None:
        source = random.Random(seed)
        self.count = count
        self.known = [
            {name: f"{name}{source.choice(('', seed % 2, 2))}" for name in FILTERS}
            for _ in range(count)
        ]
        for one in self.known[::3]:
            one.update(dict.fromkeys(FILTERS[2:], ""))

    def codes(self, name: str):
        values = sorted({one[name] for one in self.known} | {""})
        codes = [values.index(one[name]) for one in self.known]
        return np.array(codes, dtype=np.uint16), values


def segments_of(*counts):
    made = [Files(seed, count) for seed, count in enumerate(counts)]
    return [Segment(one, np.ones(one.count, dtype=bool)) for one in made]


def one_by_one(every, wanted):
    """What each value's count is by looking at every document."""
    counted = {name: Counter() for name in FILTERS}
    for met in every:
        for number in np.flatnonzero(met.mask).tolist():
            known = met.segment.source.known[number]
            for name in FILTERS:
                others = {key: one for key, one in wanted.items() if key != name}
                if known[name] and all(known[key] == one for key, one in others.items()):
                    counted[name][known[name]] += 1
    return counted


@pytest.mark.parametrize("large", [1, 8, 1000])
@pytest.mark.parametrize(
    "wanted", [{}, {"town": "town1"}, {"town": "town0", "year": "year2"}, {"kind": "nowhere"}]
)
@pytest.mark.parametrize("few", [0, 500])
def test_counts_are_those_of_a_look_at_each_document(monkeypatch, large, wanted, few):
    """However many segments share a table, and however few hits; hits nowhere count nothing."""
    monkeypatch.setattr(module, "_FEW", few)
    monkeypatch.setattr(module, "_LARGE", large)
    segments = segments_of(40, 7, 90, 1)
    source = np.random.default_rng(3)
    for share in (0.0, 0.1, 1.0):
        every = [Met(one, source.random(one.source.count) < share) for one in segments]
        assert FacetCounter(segments).count(every, wanted) == one_by_one(every, wanted)


def test_the_table_of_large_segments_is_kept(monkeypatch):
    """A commit that adds a small one makes the small one's only."""
    monkeypatch.setattr(module, "_LARGE", 10)
    first, second, small = segments_of(40, 30, 3)
    before = FacetCounter([first, second])
    after = FacetCounter([first, second, small], before)
    assert after._tables[0] is before._tables[0]
    assert len(after._tables) == 2
    assert FacetCounter([second], after)._tables[0] is not before._tables[0]
    assert FacetCounter(()).count([], {})["town"] == Counter()
