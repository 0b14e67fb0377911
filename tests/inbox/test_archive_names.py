"""The naming law of the archive."""

import pytest

from archive_indexer.filing.classify import Known, classify
from minzheng.county.county import read_county
from minzheng.county.registry.dossiers import load_dossiers
from minzheng.county.registry.places import load_places
from minzheng.inbox.archive_names import clean_title, folder_of, name_of, next_number
from minzheng.inbox.errors import CannotLayError
from minzheng.inbox.papers import Place


def test_every_folder_of_the_law_is_understood_by_the_archive():
    """Each village and dossier comes back from the path it gives."""
    county = read_county()
    places, dossiers = county.places, county.dossiers
    for village in places.settlements:
        for dossier in dossiers.all:
            place = Place(village.town, village.name, dossier.code, "2018", "x")
            path = f"{folder_of(place, places, dossiers)}/0001_材料.pdf"
            filing = classify(path, (), Known(county))
            assert (filing.town.value, filing.village.value) == (village.town, village.name)
            assert (filing.dossier.value, filing.year.value) == (dossier.code, "2018")


def test_a_place_that_is_not_in_the_registry_has_no_folder():
    """The keeper chooses anew."""
    with pytest.raises(CannotLayError):
        folder_of(Place("钟宝镇", "没有村", "DB", "2018", "x"), load_places(), load_dossiers())


@pytest.mark.parametrize(
    ("title", "cleaned"),
    [
        ("申请书_测试甲", "申请书_测试甲"),
        ('..\\../a:b*?"<>|', "a b"),
        ("  .hidden. ", "hidden"),
        ("长" * 99, "长" * 50),
        ("\u202e倒\0写\n", "倒 写"),
    ],
)
def test_titles_are_names_every_system_takes(title, cleaned):
    """Without what Windows forbids, and never hidden."""
    assert clean_title(title) == cleaned


def test_the_longest_name_fits_every_disk():
    """255 bytes with number and ending; four bytes a character at worst."""
    assert len(name_of(9999, "𠮷" * 99).encode()) + len(".heic") < 255


def test_numbers_go_on_after_the_highest_on_disk_or_ever_given():
    """Gaps are not filled: a number given once is gone."""
    assert next_number([], []) == 1
    assert next_number(["0007_a.pdf", "别的.pdf", "20180507.jpg"], ["0009_b"]) == 10
