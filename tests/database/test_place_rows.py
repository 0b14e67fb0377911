"""Rows of a town, of a county with all its towns, or of any; on either database."""

import pytest

from archive_indexer.models import ArchivedFile
from minzheng.database.place_rows import bounds_of, of_place, of_town, of_town_or_none

TOWNS = ("", "城关镇", "平利县·", "平利县·城关镇", "平利县·𠮷镇", "平利县城关镇", "镇坪县·城关镇")


@pytest.fixture
def rows(db):
    """A file of each town."""
    for town in TOWNS:
        ArchivedFile.objects.create(path=f"f/{town}", town=town, village="新华村")
    return lambda asked: {one.town for one in ArchivedFile.objects.filter(asked)}


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        ("", set(TOWNS)),
        ("·", set(TOWNS)),
        ("城关镇", {"城关镇"}),
        ("平利县·城关镇", {"平利县·城关镇"}),
        ("平利县·", {"平利县·", "平利县·城关镇", "平利县·𠮷镇"}),
        ("旬阳市·", set()),
    ],
)
def test_a_scope_finds_its_towns(rows, scope, found):
    """Rare characters too; and with those of no town, where these may be of any."""
    assert rows(of_town(scope)) == found
    assert rows(of_place(scope, "新华村")) == found
    assert rows(of_place(scope, "白坪村")) == set()
    assert rows(of_town_or_none(bounds_of(scope))) == found | {""}
