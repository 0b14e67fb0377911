"""Towns and villages."""

from pathlib import Path

import pytest

from minzheng.county.errors import RegistryError
from minzheng.county.registry.places import find_group_no, load_places
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
