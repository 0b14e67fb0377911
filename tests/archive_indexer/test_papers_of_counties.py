"""Papers of several counties: a place is looked for in the county in whose folder a paper lies."""

from dataclasses import replace

import pytest

from archive_indexer.asking.query_fields import read_field
from archive_indexer.documents import ExtractedPage
from archive_indexer.filing.classify import Known, classify
from archive_indexer.filing.village_people import VillagePeople
from archive_indexer.queries import HasValue
from minzheng.county.county import County, read_county
from minzheng.county.registry.places import load_places
from minzheng.inbox.archive_names import folder_of
from minzheng.inbox.papers import Place
from minzheng.inbox.suggest import village_of_folder
from tests.county.registry.several_counties import several_counties


@pytest.fixture
def county(tmp_path) -> County:
    """Three counties; 城关镇 is in all, its 新华村 in two."""
    return replace(read_county(), places=load_places(several_counties(tmp_path)))


def filed(county: County, path: str, text: str = "", *codes: str) -> tuple[str, str]:
    filing = classify(path, (ExtractedPage(1, text, codes=codes),), Known(county))
    return tuple(one.value if one else "" for one in (filing.town, filing.village))


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("平利县/城关镇/新华村/a.jpg", "", ("平利县·城关镇", "新华村")),
        ("镇坪县/城关镇/新华村/a.jpg", "", ("镇坪县·城关镇", "新华村")),
        ("平利县/250201_城关镇_新华村/a.jpg", "", ("平利县·城关镇", "新华村")),
        ("平利县/低保/a.jpg", "城关镇新华村村民", ("平利县·城关镇", "新华村")),
        ("平利县/低保/a.jpg", "镇坪县城关镇新华村村民", ("平利县·城关镇", "新华村")),
        ("平利县/低保/a.jpg", "钟宝镇旧城村", ("平利县·", "")),
        ("平利县/a.jpg", "", ("平利县·", "")),
        ("低保/a.jpg", "城关镇新华村村民", ("", "")),
        ("低保/a.jpg", "平利县城关镇新华村村民", ("平利县·城关镇", "新华村")),
        ("低保/a.jpg", "钟宝镇旧城村", ("镇坪县·钟宝镇", "旧城村")),
    ],
)
def test_a_paper_is_of_the_county_of_its_folder(county, path, text, place):
    """What names no county and lies in none is of no place, so that no county sees it."""
    assert filed(county, path, text) == place


@pytest.mark.parametrize(
    ("path", "person"),
    [
        ("平利县/城关镇/新华村/a.jpg", ""),
        ("平利县/低保/王小明/a.jpg", "王小明"),
        ("平利县/a.jpg", ""),
    ],
)
def test_the_folder_of_a_county_is_nobody_s_name(county, path, person):
    """As that of a town or a village is none."""
    found = classify(path, (ExtractedPage(1, ""),), Known(county)).person
    assert (found.value if found else "") == person


def test_the_number_of_a_case_names_one_village_of_all(county):
    """Short codes are unlike in all counties: the code on a paper speaks first."""
    code = "MZ:DB-02:V1:DB-250201-2018-0001"
    assert filed(county, "a.jpg", "", code) == ("平利县·城关镇", "新华村")


def test_a_folder_of_the_inbox_is_of_its_county(county):
    """And what is laid down lies in the county's folder, and is found there again."""
    assert village_of_folder("平利县/城关镇新华村", county.places) == ("平利县·城关镇", "新华村")
    assert village_of_folder("平利县/扫描", county.places) == ("平利县·", "")
    assert village_of_folder("城关镇新华村", county.places) == ("", "")
    place = Place("平利县·城关镇", "新华村", "DB", "2018", "申请书")
    folder = folder_of(place, county.places, county.dossiers)
    assert folder.startswith("平利县/610925100201_城关镇_新华村/")
    assert filed(county, f"{folder}/0001_申请书.pdf") == ("平利县·城关镇", "新华村")


def test_people_near_a_scan_are_those_of_its_county(county):
    """Names are read against those of the village, and not of one of the same name."""
    asked = list[tuple[str, str]]()
    people = VillagePeople(
        county.places, lambda *place: asked.append(place) or (), lambda *place: ()
    )
    people.near("平利县/城关镇/新华村/a.jpg")
    people.near("城关镇/新华村/a.jpg")
    assert asked == [("平利县·城关镇", "新华村")]


@pytest.mark.parametrize(
    ("scope", "text", "towns"),
    [
        ("", "城关镇", ("镇坪县·城关镇", "平利县·城关镇", "旬阳市·城关镇")),
        ("", "平利县·城关镇", ("平利县·城关镇",)),
        ("", "平利县", ("平利县·",)),
        ("平利县·", "城关", ("平利县·城关镇",)),
    ],
)
def test_a_town_is_asked_for_by_its_own_name(county, scope, text, towns):
    """In one's own county it is one; who sees all finds those of each, or one by its county."""
    assert read_field("镇", text, county.of(scope)) == HasValue("town", towns)
