"""Copies of one paper among the hits, few or very many of them."""

from collections import Counter

import numpy as np

from archive_indexer.index.copies import Copies


def test_equal_signatures_are_counted_over_all_segments():
    """Also those whose last bits only are equal, and with the highest bit set."""
    source = np.random.default_rng(5)
    values = source.integers(0, 1 << 63, 400, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    alike_at_the_end = values[:50] ^ np.uint64(1 << 40)
    picked = source.choice(np.concatenate([values, alike_at_the_end]), 700)
    hits = source.random(700) < 0.9
    parts = (slice(0, 300), slice(300, 700), slice(0, 0))
    found = Copies.among([(picked[one], hits[one]) for one in parts])
    picked = picked[hits]
    truth = Counter(picked.tolist())
    assert {one: found.count(one) for one in truth} == dict(truth)
    assert found.more_than_one_each == len(picked) - len(truth)


def test_without_hits_nothing_is_a_copy():
    """One that is asked for stands alone."""
    assert Copies.among([]).count(7) == 1
    assert Copies.among([]).more_than_one_each == 0
