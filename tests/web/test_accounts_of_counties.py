"""Accounts where one installation serves several counties: each is of one, or of all by name."""

import pytest

from minzheng.accounts.models import Person, Role

_GIVEN = {"username": "new", "first_name": "测试", "is_active": "on", "dossiers": ["DB"]}


@pytest.fixture
def administrator(counties, sign_in):
    """Whoever makes accounts: of all counties."""
    return sign_in(Role.ADMINISTRATOR, "·")


def test_the_choices_are_all_a_county_and_a_town(administrator):
    """Nothing is chosen already: silence would be everything or nothing."""
    page = administrator.get("/people/new").content.decode()
    for choice in ('value="·"', 'value="镇坪县·"', 'value="平利县·钟宝镇"', "请选择"):
        assert choice in page


@pytest.mark.parametrize(
    ("role", "town", "village", "says"),
    [
        (Role.COUNTY_CLERK, "", "", "没有选"),
        (Role.TOWN_CLERK, "平利县·", "", "镇级经办要选定镇"),
        (Role.AUDITOR, "平利县·", "", "审计员管整个系统"),
        (Role.VILLAGE_KEEPER, "平利县·城关镇", "旧城村", "旧城村不属于"),
    ],
)
def test_an_area_that_does_not_fit_is_refused(administrator, role, town, village, says):
    """With what to do, and no account is made."""
    given = _GIVEN | {"role": role, "town": town, "village": village}
    assert says in administrator.post("/people/new", given).content.decode()
    assert not Person.objects.filter(username="new").exists()


@pytest.mark.parametrize(
    ("role", "town", "village"),
    [
        (Role.COUNTY_CLERK, "平利县·", ""),
        (Role.INSPECTOR, "·", ""),
        (Role.TOWN_CLERK, "平利县·钟宝镇", ""),
        (Role.VILLAGE_KEEPER, "平利县·钟宝镇", "旧城村"),
        (Role.AUDITOR, "·", ""),
    ],
)
def test_an_account_has_the_place_it_was_given(administrator, role, town, village):
    """At each of the four levels."""
    administrator.post("/people/new", _GIVEN | {"role": role, "town": town, "village": village})
    made = Person.objects.get(username="new")
    assert (made.town, made.village) == (town, village)
