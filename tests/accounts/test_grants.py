"""What an administrator gives holds when a second person agrees; neither can use it alone."""

import pytest

from minzheng.accounts.areas import set_dossiers
from minzheng.accounts.grants import (
    GrantError,
    adds_rights,
    ask_for_account,
    ask_for_more,
    ask_for_reset,
    changes_rights,
    drop_waiting_rights,
    lacks_second_person,
    mark_seen,
    may_settle,
    must_wait,
    settle,
    settled_grants,
    unseen_grants,
    waiting_grants,
)
from minzheng.accounts.keeping import last_reset
from minzheng.accounts.models import Grant, Person, Role
from minzheng.accounts.tokens import issue_token, person_of
from minzheng.county.county import read_county

pytestmark = pytest.mark.django_db
COUNTY = read_county()
OLD = "Old-pass-77"


def person(name: str, role: Role = Role.INSPECTOR, password: str | None = OLD, **more) -> Person:
    return Person.objects.create_user(name, password=password, role=role, **more)


@pytest.fixture
def admin() -> Person:
    return person("guanli", Role.ADMINISTRATOR)


@pytest.fixture
def auditor() -> Person:
    return person("shenji", Role.AUDITOR)


KEEPER = {"role": Role.VILLAGE_KEEPER, "town": "钟宝镇", "village": "旧城村"}


@pytest.mark.parametrize(
    ("before", "after", "adds"),
    [
        (KEEPER, KEEPER, False),
        (KEEPER, KEEPER | {"role": Role.TOWN_CLERK, "village": ""}, True),
        (KEEPER, KEEPER | {"village": "民主村"}, True),
        (KEEPER, KEEPER | {"role": Role.INSPECTOR}, True),
        (KEEPER, KEEPER | {"given_dossiers": ["ET"]}, True),
        (KEEPER | {"given_dossiers": ["ET"]}, KEEPER, False),
        (KEEPER, KEEPER | {"withheld_dossiers": ["DB"]}, False),
        (KEEPER | {"withheld_dossiers": ["DB"]}, KEEPER, True),
        (KEEPER | {"is_active": False}, KEEPER, True),
        (KEEPER, KEEPER | {"is_active": False}, False),
        (KEEPER, KEEPER | {"is_active": False, "role": Role.ADMINISTRATOR}, False),
        (KEEPER, KEEPER | {"town": "", "village": ""}, False),
        ({"role": Role.COUNTY_CLERK}, KEEPER, False),
        ({"role": Role.COUNTY_CLERK}, {"role": Role.INSPECTOR}, False),
        ({"role": Role.INSPECTOR}, {"role": Role.COUNTY_CLERK}, True),
        ({"role": Role.ADMINISTRATOR}, {"role": Role.AUDITOR}, True),
        ({"role": Role.AUDITOR}, {"role": Role.ADMINISTRATOR}, True),
    ],
)
def test_more_is_told_from_less(before, after, adds):
    """By role, place, dossier, and whether the account can be used."""
    old, new = Person(username="a", **before), Person(username="a", **after)
    assert adds_rights(old, new, COUNTY) is adds
    assert must_wait(old, new, COUNTY) is adds
    assert changes_rights(old, new) is (before != after)


def test_an_auditor_is_not_silenced_by_one_person():
    """Less rights as that is, it waits."""
    old, new = Person(role=Role.AUDITOR), Person(role=Role.AUDITOR, is_active=False)
    assert not adds_rights(old, new, COUNTY)
    assert must_wait(old, new, COUNTY)


def test_a_new_account_opens_with_both_halves_only(admin, auditor):
    """Neither who asked nor who agreed can sign in as it."""
    one = person("liulan", Role.COUNTY_CLERK, password="whatever-77A")
    first = ask_for_account(one, "县级经办", "guanli", is_dual=True)
    one.refresh_from_db()
    assert not one.has_usable_password()
    second = settle(Grant.objects.get(), auditor, is_agreed=True)
    one.refresh_from_db()
    assert one.must_change_password
    assert [one.check_password(word) for word in (first, second, first + second)] == [False] * 3
    assert one.check_password(f"{first}-{second}")
    assert Grant.objects.get().half == ""


def test_a_reset_changes_nothing_until_it_is_agreed_on(admin, auditor):
    """Refused, all stays; agreed on, old password and keys end, and the owner is told by whom."""
    one = person("liulan")
    key = issue_token(one, purpose="查档", days=1, issued_by="liulan")
    ask_for_reset(one, "检查人员", "guanli", is_dual=True)
    assert settle(Grant.objects.get(), auditor, is_agreed=False) == ""
    assert last_reset(one) is None
    first = ask_for_reset(one, "检查人员", "guanli", is_dual=True)
    one.refresh_from_db()
    assert one.check_password(OLD)
    assert person_of(key) == one
    second = settle(waiting_grants().get(), auditor, is_agreed=True)
    one.refresh_from_db()
    assert one.check_password(f"{first}-{second}")
    assert person_of(key) is None
    assert last_reset(one).by == "guanli 提出、shenji 确认"


def test_more_rights_wait_and_the_others_stay(admin, auditor):
    """What the account had it keeps meanwhile."""
    one = person("liulan", **KEEPER)
    after = Person.objects.get(username="liulan")
    set_dossiers(after, ["DB", "ET"], COUNTY.dossiers)
    after.role, after.village = Role.TOWN_CLERK, ""
    ask_for_more(one, after, "镇级经办 钟宝镇 另授 ET", "guanli", is_dual=True)
    assert (after.role, after.village, after.given_dossiers) == (KEEPER["role"], "旧城村", [])
    settle(Grant.objects.get(), auditor, is_agreed=True)
    one.refresh_from_db()
    assert (one.role, one.village, one.given_dossiers) == (Role.TOWN_CLERK, "", ["ET"])


def test_who_asked_or_gains_does_not_agree(admin, auditor):
    """Nor anybody of another role, nor one who was closed; another administrator does."""
    one, other = person("liulan"), person("guanli2", Role.ADMINISTRATOR)
    ask_for_reset(one, "", "guanli", is_dual=True)
    grant = Grant.objects.get()
    closed = person("shenji2", Role.AUDITOR, is_active=False)
    for somebody in (admin, one, closed, person("xian", Role.COUNTY_CLERK)):
        assert not may_settle(grant, somebody)
        with pytest.raises(GrantError, match="不能由您确认"):
            settle(grant, somebody, is_agreed=True)
    assert may_settle(grant, other)
    ask_for_reset(auditor, "", "guanli2", is_dual=True)
    assert not may_settle(waiting_grants().last(), auditor)


def test_another_name_makes_no_second_person(admin, auditor):
    """Who asked and then calls the own account otherwise is still who asked."""
    ask_for_reset(person("liulan"), "", admin, is_dual=True)
    Person.objects.filter(pk=admin.pk).update(username="guanli9")
    admin.refresh_from_db()
    assert not may_settle(Grant.objects.get(), admin)


def test_what_an_administrator_agreed_to_is_told_to_the_auditor(admin, auditor):
    """What an auditor settled, or nobody yet, or somebody refused, is not."""
    other = person("guanli2", Role.ADMINISTRATOR)
    for number, (by, is_agreed) in enumerate([(other, True), (other, False), (auditor, True)]):
        ask_for_reset(person(f"p{number}"), "", admin, is_dual=True)
        settle(waiting_grants().get(), by, is_agreed=is_agreed)
    ask_for_reset(person("p9"), "", admin, is_dual=True)
    assert [one.person.username for one in unseen_grants()] == ["p0"]
    assert mark_seen(unseen_grants(), auditor) == 1
    assert not unseen_grants()
    assert Grant.objects.get(person__username="p0").outcome == "同意"


def test_each_is_settled_once(admin, auditor):
    """Two who press at the same time get one password."""
    one = person("liulan")
    ask_for_reset(one, "", "guanli", is_dual=True)
    first, again = Grant.objects.get(), Grant.objects.get()
    settle(first, auditor, is_agreed=True)
    with pytest.raises(GrantError, match="已有人办理过"):
        settle(again, auditor, is_agreed=True)


def test_what_is_asked_again_replaces_what_waited(admin, auditor):
    """A half that was mislaid opens nothing; rights set otherwise are no longer meant."""
    one = person("liulan", password=None)
    ask_for_account(one, "", "guanli", is_dual=True)
    half = ask_for_reset(one, "", "guanli", is_dual=True)
    grant = waiting_grants().get()
    assert (grant.kind, grant.half) == (Grant.Kind.NEW, half)
    after = Person.objects.get(username="liulan")
    ask_for_more(one, after, "", "guanli", is_dual=True)
    drop_waiting_rights(one)
    assert waiting_grants().get() == grant
    assert {one.outcome for one in settled_grants(9)} == {"已另行办理"}


def test_a_refused_account_is_closed(admin, auditor):
    """Its first password never was."""
    one = person("liulan")
    ask_for_account(one, "", "guanli", is_dual=True)
    settle(Grant.objects.get(), auditor, is_agreed=False)
    one.refresh_from_db()
    assert not one.is_active
    assert Grant.objects.get().half == ""


def test_the_last_administrator_stays_one(admin, auditor):
    """Also when the other one went while it waited."""
    after = Person.objects.get(username="guanli")
    after.role = Role.INSPECTOR
    ask_for_more(admin, after, "", "guanli2", is_dual=True)
    with pytest.raises(GrantError, match="最后一个"):
        settle(Grant.objects.get(), auditor, is_agreed=True)
    admin.refresh_from_db()
    assert admin.role == Role.ADMINISTRATOR
    assert Grant.objects.get().settled_at is None


def test_alone_all_holds_at_once_and_is_told(admin, auditor):
    """The auditor sees it once; who asked does not agree to it."""
    one = person("liulan")
    first = ask_for_account(one, "", "guanli", is_dual=False)
    assert Person.objects.get(username="liulan").check_password(first)
    second = ask_for_reset(one, "", "guanli", is_dual=False)
    assert Person.objects.get(username="liulan").check_password(second)
    after = Person.objects.get(username="liulan")
    after.role = Role.COUNTY_CLERK
    ask_for_more(one, after, "县级经办", "guanli", is_dual=False)
    assert after.role == Role.COUNTY_CLERK
    told = list(unseen_grants())
    assert [grant.kind for grant in told] == ["新建账号", "重设密码", "增加权限"]
    with pytest.raises(GrantError):
        settle(told[0], auditor, is_agreed=True)
    assert mark_seen(told, auditor) == 3
    assert mark_seen(unseen_grants(), auditor) == 0
    assert not unseen_grants()
    assert last_reset(one).by == "guanli"


def test_an_office_with_one_person_is_told_so(admin):
    """One who cannot sign in yet, or any more, is nobody."""
    assert lacks_second_person(admin)
    person("shenji", Role.AUDITOR, password=None)
    person("shenji2", Role.AUDITOR, is_active=False)
    assert lacks_second_person(admin)
    person("shenji3", Role.AUDITOR)
    assert not lacks_second_person(admin)


@pytest.mark.parametrize(
    ("asks", "other", "account", "lacks"),
    [
        ("安康市·平利县·", "安康市·", None, False),
        ("安康市·平利县·", "·", None, False),
        ("安康市·平利县·", "安康市·镇坪县·", None, True),
        ("安康市·", "安康市·平利县·", None, False),
        ("安康市·", "安康市·平利县·", "安康市·平利县·钟宝镇", False),
        ("安康市·", "安康市·平利县·", "安康市·镇坪县·钟宝镇", True),
        ("·", "安康市·平利县·", "·", True),
    ],
)
def test_who_stands_above_a_county_is_its_second_person(db, asks, other, account, lacks):
    """A prefecture's, too; who is of another county agrees to nothing of this one."""
    by = person("guanli", Role.ADMINISTRATOR, town=asks)
    person("guanli2", Role.ADMINISTRATOR, town=other)
    of = None if account is None else person("liulan", town=account)
    assert lacks_second_person(by, of) == lacks


def test_nobody_is_the_second_person_for_oneself(admin):
    """The only auditor agrees to nothing about the own account."""
    own = person("shenji", Role.AUDITOR)
    assert not lacks_second_person(admin)
    assert lacks_second_person(admin, own)


def test_who_says_who_somebody_is_is_a_right(admin, auditor):
    """An outside name waits for a second person; taking it away does not."""
    person = Person.objects.create_user("li", password="x", role=Role.INSPECTOR)
    before, after = Person.objects.get(pk=person.pk), Person.objects.get(pk=person.pk)
    after.outside_name = "li.na"
    assert must_wait(before, after, COUNTY)
    ask_for_more(before, after, "", admin, is_dual=True)
    after.save()
    assert Person.objects.get(pk=person.pk).outside_name == ""
    settle(Grant.objects.get(person=person), auditor, is_agreed=True)
    agreed = Person.objects.get(pk=person.pk)
    assert agreed.outside_name == "li.na"
    without = Person.objects.get(pk=person.pk)
    without.outside_name = ""
    assert not must_wait(agreed, without, COUNTY)


def test_what_waited_before_there_were_outside_names_still_holds(admin, auditor):
    """Its row knows nothing of them."""
    person = Person.objects.create_user("li", role=Role.INSPECTOR, outside_name="li.na")
    wanted = {
        "role": Role.COUNTY_CLERK, "town": "", "village": "", "given_dossiers": [],
        "withheld_dossiers": [], "is_active": True,
    }  # fmt: skip
    Grant.objects.create(
        person=person, kind=Grant.Kind.MORE, is_waiting=True, wanted=wanted, asked_by="guanli",
        asker=admin,
    )  # fmt: skip
    settle(Grant.objects.get(), auditor, is_agreed=True)
    stored = Person.objects.get(pk=person.pk)
    assert (stored.role, stored.outside_name) == (Role.COUNTY_CLERK, "li.na")
