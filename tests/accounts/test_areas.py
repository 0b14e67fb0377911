"""Which papers a person sees."""

import pytest

from minzheng.accounts.areas import area_of
from minzheng.accounts.models import Person, Role
from minzheng.county.registry.dossiers import load_dossiers


@pytest.mark.parametrize(
    ("role", "town", "village", "sees"),
    [
        (Role.INSPECTOR, "", "", {"旧城村", "得胜村", "新华村"}),
        (Role.TOWN_CLERK, "钟宝镇", "", {"旧城村", "得胜村"}),
        (Role.VILLAGE_KEEPER, "钟宝镇", "旧城村", {"旧城村"}),
        (Role.TOWN_CLERK, "", "", set()),
        (Role.VILLAGE_KEEPER, "钟宝镇", "", set()),
    ],
)
def test_each_role_sees_its_area(role, town, village, sees):
    """An account without its area sees nothing rather than everything."""
    area = area_of(Person(role=role, town=town, village=village), load_dossiers())
    papers = [("钟宝镇", "旧城村"), ("钟宝镇", "得胜村"), ("城关镇", "新华村")]
    assert {name for place, name in papers if area.covers(place, name)} == sees
