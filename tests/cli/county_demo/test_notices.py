"""Notices of the small county: the faults that were planted, and no others."""

import random

from minzheng.cli.county_demo.notices import (
    ABSENT,
    OLD_TEMPLATE,
    STALE_ONE,
    UNSEALED,
    choose_faults,
)
from minzheng.cli.county_demo.people import InventedPeople
from minzheng.cli.county_demo.plan import SCHEMES, SMALL


def test_notices_have_the_faults_that_were_planted(states):
    """One that is stamped, of late, on today's form, is valid."""
    found = states("notices")
    assert found["有效"] == SMALL.valid_notices
    assert found["过期"] == SMALL.stale
    assert found["旧模板"] == SMALL.old_template
    assert found["已出具"] == SMALL.unsealed
    assert found.total() == SMALL.notices


def test_three_levels_differ_where_it_was_planted(states):
    """Everywhere else they agree, or the village has no notice."""
    found = states("levels")
    assert found["户数不一"] + found["金额不一"] == SMALL.differences
    assert found["村里没有公示"] == SMALL.absent
    assert found["一致，公示无效"] == SMALL.stale + SMALL.unsealed + SMALL.old_template
    assert found.total() == SMALL.villages * len(SCHEMES)


def test_faults_and_differences_do_not_meet(small_county):
    """Each number can be told from the others."""
    villages = small_county.villages
    faults = choose_faults(SMALL, villages, InventedPeople(random.Random(5)))
    differing = {one.name for one in villages[: SMALL.differences]}
    assert not differing & {village for village, _ in faults}
    assert sorted(faults.values()) == sorted(
        [ABSENT] * SMALL.absent + [STALE_ONE] * SMALL.stale + [UNSEALED] * SMALL.unsealed
        + [OLD_TEMPLATE] * SMALL.old_template
    )  # fmt: skip
