"""Towns and villages."""

from pathlib import Path

import pytest

from minzheng.county.errors import RegistryError
from minzheng.county.registry.own_tables import find_own_problems
from minzheng.county.registry.places import find_group_no, folders_file, load_places
from tests.county.registry.several_counties import HEADING, ROWS, several_counties
from tests.county.tables import written, wrong

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


@pytest.mark.parametrize(
    ("text", "number"),
    [("十组", 10), ("十一组", 11), ("二十一组", 21), ("第９村民小组", 9)],
)
def test_numerals_of_groups_reach_over_ten(text, number):
    """十 alone is ten."""
    assert find_group_no(text) == number


HEAD = "town_code,town,village,kind,village_code,short_code,other_names,mark"


VILLAGE = "610927103,钟宝镇,旧城村,村,610927103200,103200,,"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (VILLAGE, ""), (VILLAGE.replace(",610927103200", ","), ""),
        (VILLAGE.replace("610927103200", "61092710320"), "12 位"),
        (VILLAGE.replace("610927103,", "61092710,"), "9 位"),
        (VILLAGE.replace(",103200,", ",10320,"), "6 位"), (VILLAGE.replace("村,村", "村,社区"), ""),
        (VILLAGE.replace("旧城村", ""), "为空"), (VILLAGE.replace("钟宝镇", ""), "为空"),
        (f"{VILLAGE}\n{VILLAGE.replace('旧城', '新')}", "“103200”与第 2 行重复"),
        (f"{VILLAGE}\n{VILLAGE.replace('103200', '103201')}", "“钟宝镇旧城村”与第 2 行重复"),
    ],
)  # fmt: skip
def test_a_village_has_all_its_codes(tmp_path, row, said):
    """The long one may still be open."""
    told = wrong(load_places, written(tmp_path, "towns_and_villages.csv", f"{HEAD}\n{row}\n"))
    assert len(told) == bool(said)
    assert said in "".join(told)


def test_places_are_found_by_town_and_code(tmp_path):
    """A name of two towns needs its town; a code that is not known belongs to nobody."""
    rows = [VILLAGE, VILLAGE.replace("103,钟宝镇", "104,外镇").replace("103200", "104200")]
    rows.append("610927103,钟宝镇,广场社区,社区,,103900,老街,")
    folder = written(tmp_path, "towns_and_villages.csv", "\n".join([HEAD, *rows]))
    places = load_places(folder)
    assert places.find_in("旧城村") == ()
    assert [one.town for one in places.find_in("外镇旧城村、钟宝镇旧城")] == ["外镇", "钟宝镇"]
    assert [one.village for one in places.find_in("钟宝镇 广场社区居委会")] == ["广场社区"]
    assert [one.name for one in places.villages] == ["旧城村", "旧城村"]
    assert places.by_short_code("103900").committee == "广场社区居民委员会"
    assert places.by_short_code("999999") is None
    assert places.code_of(places.by_short_code("103900")) == "610927103900"
    assert places.code_of(places.by_short_code("103200")) == "610927103200"
    assert places.village("老街", "钟宝镇") is places.by_short_code("103900")
    assert places.village("老街", "外镇") is None
    assert places.village("旧城村", "外镇").town == "外镇"
    assert places.town("外外镇") is None


@pytest.mark.parametrize(
    ("fonds", "said"), [("", ""), ("J012", ""), ("0012", ""), ("J12", "四位"), ("县12", "四位")]
)
def test_the_archive_gives_a_village_its_fonds(tmp_path, fonds, said):
    """Four signs, or none yet."""
    table = f"{HEAD},fonds_no\n{VILLAGE},{fonds}\n"
    told = wrong(load_places, written(tmp_path, "towns_and_villages.csv", table))
    assert (len(told), said in "".join(told)) == (bool(said), True)
    if not said:
        given = load_places(tmp_path).fonds_of("钟宝镇", "旧城村")
        assert given == fonds or (not fonds and given == "610927103200")


def test_a_villages_code_stands_for_its_fonds():
    """Of an unknown village nothing does."""
    assert PLACES.fonds_of("钟宝镇", "旧城村") == "610927103200"
    assert PLACES.fonds_of("钟宝镇", "没有的村") == ""


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


def test_folders_without_a_county_s_name_may_be_one_county_s(tmp_path):
    """An office that was alone has them; a county's name in a path says more."""
    registry = several_counties(tmp_path)
    file = folders_file(registry, "镇坪县·")
    file.parent.mkdir(parents=True)
    file.write_text("城关镇/\n\n旧档 2018\n", encoding="utf-8")
    known = load_places(registry)
    assert known.county_under("城关镇/新华村/a.pdf") == "镇坪县·"
    assert known.county_under("旧档 2018/a.pdf") == "镇坪县·"
    assert known.county_under("旧档/城关镇/a.pdf") == ""
    assert known.county_under("城关镇/平利县/a.pdf") == "平利县·"
    assert known.of("平利县·").county_under("城关镇/新华村/a.pdf") == ""
    assert find_own_problems(registry) == []
