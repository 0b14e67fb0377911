"""For which place and month the month's page is."""

import datetime as dt

import pytest
from django.http import QueryDict

from minzheng.accounts.areas import Area
from minzheng.web.oversight.month_shown import places_of, read_choice

TODAY = dt.date(2026, 11, 29)


@pytest.mark.parametrize(
    ("asked", "own", "town", "village", "key"),
    [
        ("", Area(), "", "", "2026-11"),
        ("town=钟宝镇&month=2018-06", Area(), "钟宝镇", "", "2018-06"),
        ("town=钟宝镇&village=旧城村&month=2018-06", Area(), "钟宝镇", "旧城村", "2018-06"),
        ("town=钟宝镇&village=蔬菜村", Area(), "钟宝镇", "", "2026-11"),
        ("town=无此镇", Area(), "", "", "2026-11"),
        ("town=城关镇", Area("钟宝镇"), "钟宝镇", "", "2026-11"),
        ("village=民主村", Area("钟宝镇", "旧城村"), "钟宝镇", "旧城村", "2026-11"),
        ("town=钟宝镇&month=1900-01", Area(), "钟宝镇", "", "2000-01"),
    ],
)
def test_a_place_outside_the_area_is_none(asked, own, town, village, key):
    """One's own is chosen already."""
    chosen = read_choice(QueryDict(asked), own, TODAY)
    assert (chosen.town, chosen.village, chosen.key) == (town, village, key)


def test_months_before_and_after_are_addresses():
    """Over the year's end, with the place kept."""
    chosen = read_choice(QueryDict("town=钟宝镇&month=2018-12"), Area(), TODAY)
    assert chosen.before.endswith("month=2018-11")
    assert chosen.after.endswith("month=2019-01")
    assert chosen.summary.startswith("/forms/DB-04?town=")


def test_only_own_places_can_be_chosen():
    """A town's clerk has one town, a keeper one village."""
    assert len(places_of(Area())) > 5
    assert [town.name for town, _ in places_of(Area("钟宝镇"))] == ["钟宝镇"]
    ((_, villages),) = places_of(Area("钟宝镇", "旧城村"))
    assert [one.name for one in villages] == ["旧城村"]
