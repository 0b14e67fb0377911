"""Numbers of the county: what the registers must show, added up."""

import pytest

from minzheng.cli.county_demo.plan import SMALL, WHOLE, spread


def test_the_whole_county_is_that_of_the_seed():
    """58 villages, more than 6,000 visited, 102 solved, 315 answered."""
    assert (WHOLE.villages, WHOLE.teams, WHOLE.solved, WHOLE.answers) == (58, 3, 102, 315)
    assert WHOLE.visited > 6000
    assert (WHOLE.absent, WHOLE.stale, WHOLE.unsealed, WHOLE.old_template) == (3, 2, 4, 1)
    assert (WHOLE.notices, WHOLE.valid_notices, WHOLE.problems) == (229, 222, 120)
    assert WHOLE.differences == 3


def test_nothing_is_lacking_in_the_small_one():
    """Each kind of fault is there."""
    assert all(
        getattr(SMALL, slug) >= 1
        for slug in ("solved", "unproved", "late", "running", "absent", "stale", "unsealed")
    )


@pytest.mark.parametrize(
    ("count", "picked"),
    [(0, ""), (1, "a"), (2, "ac"), (4, "abcd"), (6, "abcdab")],
)
def test_picks_are_spread(count, picked):
    """Evenly when there are fewer than places; else round and round."""
    assert "".join(spread(count, "abcd")) == picked
