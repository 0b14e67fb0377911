"""Accounts where one installation serves several counties: each is of one, or of all by name."""

import pytest

from minzheng.accounts.areas import Area
from minzheng.accounts.models import Grant, Person, Role
from minzheng.web.office.account_forms import PersonForm

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
        (Role.AUDITOR, "平利县·钟宝镇", "", "审计员管一个县或全部县"),
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
        (Role.AUDITOR, "平利县·", ""),
    ],
)
def test_an_account_has_the_place_it_was_given(administrator, role, town, village):
    """At each of the four levels."""
    administrator.post("/people/new", _GIVEN | {"role": role, "town": town, "village": village})
    made = Person.objects.get(username="new")
    assert (made.town, made.village) == (town, village)


@pytest.fixture
def own(counties, sign_in):
    """The administrator of 平利县, who is one among several."""
    return sign_in(Role.ADMINISTRATOR, "平利县·")


@pytest.fixture
def others(db):
    """An account of each place, by name."""
    towns = {"own": "平利县·钟宝镇", "clerk": "平利县·", "other": "镇坪县·钟宝镇", "all": "·"}
    return {
        name: Person.objects.create_user(name, role=Role.INSPECTOR, town=town)
        for name, town in towns.items()
    }


@pytest.fixture
def asking(counties, sign_in, others):
    """Who signs in, and for whom something is asked."""
    return sign_in, others


def test_an_administrator_of_a_county_keeps_its_accounts_alone(own, others):
    """Of the others not even the names are told; their addresses lead nowhere."""
    page = own.get("/people").content.decode()
    for name, one in others.items():
        is_own = name in ("own", "clerk")
        assert (f'href="/people/{one.pk}"' in page) is is_own
        assert (own.get(f"/people/{one.pk}").status_code == 200) is is_own
        for deed in ("password", "unlock", "sign-out", "code"):
            assert (own.post(f"/people/{one.pk}/{deed}").status_code == 302) is is_own


def test_no_more_is_given_than_the_own_county(own):
    """Neither another county, nor all."""
    page = own.get("/people/new").content.decode()
    assert 'value="平利县·"' in page
    assert "镇坪县" not in page
    assert 'value="·"' not in page
    for town, role in (("镇坪县·", "检查人员"), ("·", "检查人员"), ("镇坪县·", "审计员")):
        given = {**_GIVEN, "role": role, "town": town}
        assert own.post("/people/new", given).status_code == 422
    assert not Person.objects.filter(username="new").exists()
    own.post("/people/new", {**_GIVEN, "role": Role.TOWN_CLERK, "town": "平利县·钟宝镇"})
    assert Person.objects.get(username="new").town == "平利县·钟宝镇"


@pytest.mark.parametrize("page", ["/registry", "/templates", "/jobs", "/version", "/log"])
def test_what_all_counties_share_is_not_one_county_s(own, page):
    """Tables, templates, backups: nor is the way there shown."""
    assert own.get(page).status_code == 403
    assert f'href="{page}"' not in own.get("/").content.decode()


@pytest.mark.parametrize(
    ("asker", "settles", "agreed"),
    [("·", "平利县·", True), ("·", "镇坪县·", False), ("平利县·", "平利县·", True)],
)
def test_a_second_person_is_of_that_county_or_above(asking, asker, settles, agreed):
    """A new password for an account of 平利县."""
    sign_in, others = asking
    sign_in(Role.ADMINISTRATOR, asker).post(f"/people/{others['clerk'].pk}/password")
    second = sign_in(Role.ADMINISTRATOR, settles)
    (grant,) = Grant.objects.all()
    assert ("clerk" in second.get("/grants").content.decode()) is agreed
    second.post("/grants/settle", {"grant": grant.pk, "decision": "agree"})
    grant.refresh_from_db()
    assert bool(grant.settled_at) is agreed


def test_the_last_who_keeps_all_counties_stays(own, counties, monkeypatch):
    """An administrator of one county is no other one."""
    one = Person.objects.create_user("whole", role=Role.ADMINISTRATOR, town="·", first_name="全")
    given = _GIVEN | {"username": "whole", "role": Role.ADMINISTRATOR, "town": "平利县·"}
    assert "最后一个" in str(PersonForm(given, instance=one, within=Area("·")).errors)
    Person.objects.create_user("second", role=Role.ADMINISTRATOR, town="·")
    assert PersonForm(given, instance=one, within=Area("·")).is_valid()
