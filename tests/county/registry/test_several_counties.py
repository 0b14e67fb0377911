"""Places of several counties: what bears the same name is held apart by its county."""

import pytest

from minzheng.county.registry.places import load_places
from tests.county.registry.several_counties import HEADING, ROWS, several_counties
from tests.county.tables import wrong


@pytest.fixture
def places(tmp_path):
    """Three counties, each with a 城关镇; two of them have a 新华村 there."""
    return load_places(several_counties(tmp_path))


def test_each_county_has_its_towns(places):
    """A town's full name begins with its county."""
    assert places.counties == ("镇坪县·", "平利县·", "旬阳市·")
    assert [town.name for town in places.of("平利县·").towns] == ["平利县·城关镇", "平利县·兴隆镇"]
    assert {one.town for one in places.of("平利县·").settlements} == {
        "平利县·城关镇", "平利县·兴隆镇",
    }  # fmt: skip
    assert len(places.of("·").settlements) == len(ROWS)


def test_a_table_of_one_county_has_no_counties():
    """The column may be left out, and every name is as it was."""
    assert load_places().counties == ()
    assert load_places().town("城关镇").name == "城关镇"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("平利县城关镇新华村", [("平利县·城关镇", "新华村")]),
        ("平利县/城关镇/新华村/低保", [("平利县·城关镇", "新华村")]),
        ("平利县·城关镇新华村", [("平利县·城关镇", "新华村")]),
        ("城关镇新华村", []),
        ("新华村", []),
        ("城关镇", []),
        ("钟宝镇旧城村", [("镇坪县·钟宝镇", "旧城村")]),
        ("小河村", [("旬阳市·城关镇", "小河村")]),
        ("镇坪县旧城村", [("镇坪县·钟宝镇", "旧城村")]),
        ("从镇坪县城关镇新华村迁到平利县城关镇白坪村",
         [("镇坪县·城关镇", "新华村"), ("平利县·城关镇", "白坪村")]),
        ("镇坪县、平利县两县的新华村", []),
    ],
)  # fmt: skip
def test_a_place_of_a_text_is_held_by_the_county_it_names(places, text, found):
    """Where no county is named, a name that several bear is nobody's."""
    assert [(one.town, one.village) for one in places.find_in(text)] == found


def test_within_a_county_own_names_are_enough(places):
    """Its papers say 城关镇, and mean their own."""
    own = places.of("平利县·")
    assert [(one.town, one.village) for one in own.find_in("城关镇新华村")] == [
        ("平利县·城关镇", "新华村")
    ]
    assert own.town("城关镇").name == "平利县·城关镇"
    assert own.village("白坪村", "城关镇").town == "平利县·城关镇"


def test_a_path_belongs_to_the_county_of_its_folder(places):
    """The outermost folder that bears a county's name, whole, decides."""
    assert places.county_under("平利县/城关镇/镇坪县来函.pdf") == "平利县·"
    assert places.county_under("平利县来函/城关镇/a.pdf") == ""
    found = places.under("平利县/来自镇坪县/a.pdf").find_in("城关镇新华村")
    assert [one.town for one in found] == ["平利县·城关镇"]


def test_a_name_that_several_bear_is_no_place_without_its_county(places):
    """Neither a town nor a village is taken for the first that comes."""
    assert places.town("城关镇") is None
    assert places.village("新华村") is None
    assert places.village("新华村", "城关镇") is None
    assert places.village("新华村", "平利县·").town.startswith("平利县·")
    assert places.village("新华村", "平利县·城关镇").short_code == "250201"
    assert places.village("白坪村").town == "平利县·城关镇"
    assert places.town("钟宝镇").name == "镇坪县·钟宝镇"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",610981101,甘溪镇,水泉村,村,610981101201,811201,,,", "没有写县"),
        ("旬阳市,610981101,甘溪镇,水泉村,村,610981101201,250201,,,", "短代码也不能相同"),
        ("汉中市·平利县,610981101,甘溪镇,水泉村,村,610981101201,811201,,,", "两个县都叫“平利县”"),
        ("旬阳市·,610981101,甘溪镇,水泉村,村,610981101201,811201,,,", "写法不对"),
        ("旬阳市,610981101,甘·溪镇,水泉村,村,610981101201,811201,,,", "它用来隔开县和镇"),
        ("平利县,610925100,城关镇,新华村,村,610925100209,250209,,,", "重复"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_told(tmp_path, row, says):
    """With the place in the table and what to do."""
    told = wrong(load_places, several_counties(tmp_path, (*ROWS, row)))
    assert any(says in one for one in told), told


def test_a_village_of_one_name_in_two_counties_is_no_mistake(tmp_path):
    """Only within a county is it."""
    assert wrong(load_places, several_counties(tmp_path, ROWS, HEADING)) == []
