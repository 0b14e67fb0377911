"""Which papers a person sees."""

from dataclasses import replace

import pytest

from archive_indexer.models import ArchivedFile
from minzheng.accounts.areas import Area, area_of, narrowed_to_chosen, put_accounts_under
from minzheng.accounts.models import Grant, Person, Role
from minzheng.county.county import read_county
from minzheng.county.registry.places import load_places
from tests.county.registry.several_counties import several_counties


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
    area = area_of(Person(role=role, town=town, village=village), read_county())
    papers = [("钟宝镇", "旧城村"), ("钟宝镇", "得胜村"), ("城关镇", "新华村")]
    assert {name for place, name in papers if area.covers(place, name)} == sees


@pytest.fixture
def several(tmp_path):
    """Counties of which three have a town of the same name."""
    return replace(read_county(), places=load_places(several_counties(tmp_path)))


@pytest.mark.parametrize(
    ("account", "sees"),
    [
        ((Role.INSPECTOR, "·", ""), "镇坪县 平利县 不明"),
        ((Role.COUNTY_CLERK, "平利县·", ""), "平利县"),
        ((Role.INSPECTOR, "镇坪县·", ""), "镇坪县"),
        ((Role.TOWN_CLERK, "平利县·城关镇", ""), "平利县"),
        ((Role.VILLAGE_KEEPER, "镇坪县·城关镇", "新华村"), "镇坪县"),
        ((Role.COUNTY_CLERK, "", ""), ""),
        ((Role.INSPECTOR, "", ""), ""),
        ((Role.TOWN_CLERK, "平利县·", ""), ""),
        ((Role.VILLAGE_KEEPER, "·", "新华村"), ""),
        ((Role.TOWN_CLERK, "城关镇", ""), ""),
    ],
)
def test_each_county_sees_its_own(several, db, account, sees):
    """A place of the same name elsewhere is another; who was given no county sees nothing.

    What a page asks of an area and what it asks of the database is the same.
    """
    role, town, village = account
    area = area_of(Person(role=role, town=town, village=village), several)
    papers = {"镇坪县": "镇坪县·城关镇", "平利县": "平利县·城关镇", "不明": ""}
    seen = {name for name, place in papers.items() if area.covers(place, "新华村" if place else "")}
    assert seen == set(sees.split())
    for name, place in papers.items():
        put = {"town": place, "village": "新华村" if place else "", "path": name, "dossier": "DB"}
        ArchivedFile.objects.create(**put)
    asked = ArchivedFile.objects.filter(area.as_filter())
    assert set(asked.values_list("path", flat=True)) == seen


def test_whoever_is_above_looks_at_the_county_that_was_chosen():
    """One below the account, and no other."""
    assert narrowed_to_chosen(Area("·"), "平利县·").town == "平利县·"
    assert narrowed_to_chosen(Area("·"), "").town == "·"
    assert narrowed_to_chosen(Area("镇坪县·"), "平利县·").town == "镇坪县·"
    assert narrowed_to_chosen(Area("镇坪县·城关镇"), "平利县·").town == "镇坪县·城关镇"


@pytest.mark.parametrize(
    ("town", "label", "own", "county"),
    [
        ("", "全县", "", ""),
        ("城关镇", "城关镇", "城关镇", ""),
        ("平利县·城关镇", "平利县·城关镇", "平利县·城关镇", "平利县·"),
        ("平利县·", "平利县", "", "平利县·"),
        ("·", "全部县（区）", "", ""),
    ],
)
def test_an_area_is_told_in_words(town, label, own, county):
    """What a page shows of it, the one town it may have, its county."""
    area = Area(town)
    assert (area.label, area.own_town, area.county) == (label, own, county)


def test_whoever_has_no_area_is_asked_for_in_sql_all_the_same(db):
    """Pages ask questions that were made once: one that finds nothing must be one, too."""
    nothing = Area(is_nothing=True).as_filter()
    assert ArchivedFile.objects.filter(nothing).query.sql_with_params()
    assert not ArchivedFile.objects.filter(nothing).exists()


def test_accounts_of_one_county_are_put_under_it(db):
    """Whoever keeps the system keeps all of it; so it is with rights that wait."""
    for role in (Role.ADMINISTRATOR, Role.AUDITOR, Role.COUNTY_CLERK):
        person = Person.objects.create_user(str(role), role=role)
        Grant.objects.create(
            person=person, kind=Grant.Kind.MORE, told="", is_waiting=True, asked_by="li",
            wanted={"role": role, "town": ""},
        )  # fmt: skip
    put_accounts_under("镇坪县·")
    given = {"管理员": "·", "审计员": "·", "县级经办": "镇坪县·"}
    assert dict(Person.objects.values_list("role", "town")) == given
    assert {one.wanted["role"]: one.wanted["town"] for one in Grant.objects.all()} == given
