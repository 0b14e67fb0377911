"""Full names of towns: the county before the town's own name, where there are several."""

import pytest

from minzheng.county.town_names import (
    bounds,
    county_of,
    full_name,
    has_whole,
    is_county,
    lies_in,
    own_name,
    place_in_words,
    shown,
)


@pytest.mark.parametrize(
    ("above", "full", "own", "county"),
    [
        ("", "城关镇", "城关镇", ""),
        ("平利县", "平利县·城关镇", "城关镇", "平利县·"),
        ("安康市·平利县", "安康市·平利县·城关镇", "城关镇", "安康市·平利县·"),
    ],
)
def test_a_town_is_taken_apart_as_it_was_put_together(above, full, own, county):
    """Own name and county are both in the full name."""
    assert full_name(above, "城关镇") == full
    assert (own_name(full), county_of(full)) == (own, county)


@pytest.mark.parametrize(
    ("town", "scope", "lies"),
    [
        ("城关镇", "", True),
        ("城关镇", "城关镇", True),
        ("城关镇", "钟宝镇", False),
        ("平利县·城关镇", "平利县·", True),
        ("镇坪县·城关镇", "平利县·", False),
        ("平利县·城关镇", "城关镇", False),
        ("平利县·城关镇", "·", True),
        ("", "·", True),
        ("", "平利县·", False),
        ("平利县·", "平利县·", True),
        ("平利县·", "平利县·城关镇", False),
        ("安康市·平利县·城关镇", "安康市·", True),
        ("平利县", "平利县·", False),
    ],
)
def test_a_town_lies_in_its_county_alone(town, scope, lies):
    """A town of the same name elsewhere is another one; what is above holds all below."""
    assert lies_in(town, scope) is lies


def test_a_county_is_told_from_a_town():
    """By its last sign; all counties are one, too."""
    assert is_county("平利县·")
    assert is_county("·")
    assert not is_county("平利县·城关镇")
    assert not is_county("")
    assert (shown("平利县·"), own_name("平利县·"), county_of("·")) == ("平利县", "平利县", "")


def test_the_bounds_hold_every_town_of_a_county_and_no_other():
    """As texts are compared by their characters."""
    first, last = bounds("平利县·")
    assert first <= "平利县·" < last
    assert first <= "平利县·𠮷镇" < last
    assert not first <= "平利县" < last
    assert not first <= "平和县·城关镇" < last


def test_a_place_is_told_without_the_sign_of_a_county():
    """A paper of no town is its county's."""
    assert place_in_words("平利县·") == "平利县"
    assert place_in_words("平利县·城关镇", "新华村") == "平利县·城关镇新华村"
    assert place_in_words("钟宝镇", "") == "钟宝镇"


def test_the_whole_is_all_counties_or_an_office_of_one():
    """A prefecture among several has not all."""
    assert [has_whole(one) for one in ("·", "", "钟宝镇")] == [True] * 3
    assert [has_whole(one) for one in ("平利县·", "安康市·", "平利县·城关镇")] == [False] * 3
