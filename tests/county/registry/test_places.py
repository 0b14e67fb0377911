"""Towns and villages."""

from pathlib import Path

import pytest

from minzheng.county.errors import RegistryError
from minzheng.county.registry.places import find_group_no, load_places

PLACES = load_places()


def test_the_county_has_seven_towns_and_58_villages():
    """The registry holds the numbers of the county."""
    assert len(PLACES.towns) == 7
    assert len(PLACES.villages) == 58


@pytest.mark.parametrize(
    ("text", "village"),
    [
        ("旧城村", "旧城村"),
        ("旧城村委会", "旧城村"),
        ("旧城村民委员会", "旧城村"),
        ("钟宝镇旧城村", "旧城村"),
        ("镇坪县钟宝镇旧城村村民委员会", "旧城村"),
        ("钟宝镇旧城3组", "旧城村"),
        ("钟宝镇/旧城村/01低保", "旧城村"),
        ("新坪村", "兴坪村"),
        ("高峰村", "干洲河村"),
        ("曙坪镇和平村", "和坪村"),
        ("广场社区居委会", "广场社区"),
    ],
)
def test_a_village_is_known_in_every_writing(text: str, village: str):
    """Official, short and former names lead to the same village."""
    assert [place.village for place in PLACES.find_in(text)] == [village]


def test_a_bare_name_needs_its_town():
    """旧城 alone may mean anything."""
    assert PLACES.find_in("旧城") == ()


def test_a_village_of_another_town_is_not_believed():
    """城关镇旧城村 does not exist: only the town is taken."""
    found = PLACES.find_in("城关镇旧城村")
    assert [(place.town, place.village) for place in found] == [("城关镇", "")]


def test_short_codes_lead_back_to_the_village():
    """Every village is found by the six digits of its case numbers."""
    for village in PLACES.settlements:
        assert PLACES.by_short_code(village.short_code) is village


def test_committees_have_their_full_name():
    """A seal shows the full name of the committee."""
    assert PLACES.village("旧城村", "钟宝镇").committee == "旧城村村民委员会"
    assert PLACES.village("不存在村") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("3组", 3), ("三组", 3), ("第三村民小组", 3), ("十二组", 12), ("二十组", 20), ("组", None)],
)
def test_groups_are_numbers(text: str, number: int | None):
    """A group is known in figures and numerals."""
    assert find_group_no(text) == number


def test_every_wrong_row_is_reported(tmp_path: Path):
    """All mistakes of the table come together, each with its line."""
    head = "town_code,town,village,kind,village_code,short_code,other_names,mark"
    rows = ["61,钟宝镇,旧城村,屯,12,1,,", "610927103,钟宝镇,旧城村,村,,103200,,"]
    rows.append("610927103,钟宝镇,旧城村,村,,103200,,")
    (tmp_path / "towns_and_villages.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    with pytest.raises(RegistryError) as caught:
        load_places(tmp_path)
    messages = str(caught.value)
    for part in ("9 位数字", "“屯”无效", "12 位数字", "6 位数字", "重复"):
        assert part in messages
