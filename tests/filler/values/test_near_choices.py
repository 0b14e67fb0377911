"""What a text that is none of the choices may mean."""

import pytest

from filler.values.near_choices import advise
from minzheng.county.registry.places import load_places

VILLAGES = tuple(one.name for one in load_places().settlements)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("旧成村", "旧城村"),
        ("旧诚村", "旧城村"),
        ("民住村", "民主村"),
        ("旧城林村", "旧城村"),
    ],
)
def test_the_village_that_was_meant_is_named(typed, meant):
    """By its sound or its look; not the whole list of villages."""
    told = advise(typed, VILLAGES)
    assert told.startswith(f"是不是“{meant}”")


def test_nothing_alike_names_some_of_many():
    """Sixty names help nobody; few choices are all named."""
    told = advise("某某某", VILLAGES)
    assert f"{len(VILLAGES)} 项" in told
    assert told.count("“") == 3
    assert advise("某", ("是", "否")) == "从“是”、“否”中选一项"
