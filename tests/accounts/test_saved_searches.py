"""Questions people keep."""

import pytest
from django.utils import timezone

from minzheng.accounts.models import Person, Role, SavedSearch
from minzheng.accounts.saved_searches import (
    EVERYBODY,
    LONGEST_NAME,
    MOST,
    mark_looked,
    rename,
    save_search,
    saved_by,
    share,
    shared_to,
)
from minzheng.county.errors import Problem
from minzheng.county.registry.places import load_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def zhang():
    return Person.objects.create_user("zhang")


def keep(person: Person, name: str = "低保公示", question: str = "低保 公示"):
    return save_search(person, name, question, {"village": "旧城村"})


def test_a_question_is_kept_with_its_choices_for_its_owner_alone(zhang):
    """Another person may use the same name."""
    kept = keep(zhang)
    li = Person.objects.create_user("li")
    assert list(saved_by(zhang)) == [kept]
    assert list(saved_by(li)) == []
    assert (kept.question, kept.choices) == ("低保 公示", {"village": "旧城村"})
    assert isinstance(keep(li), SavedSearch)


@pytest.mark.parametrize(
    ("name", "question", "said"),
    [
        ("", "低保", "没有填写"),
        ("名" * (LONGEST_NAME + 1), "低保", "太长"),
        ("低保公示", "低保", "已有叫“低保公示”的查询"),
        ("另一个", "", "没有要保存的查询"),
    ],
)
def test_what_cannot_be_kept_is_said(zhang, name, question, said):
    """Nothing is kept then."""
    keep(zhang)
    problem = keep(zhang, name, question)
    assert isinstance(problem, Problem)
    assert said in str(problem)
    assert saved_by(zhang).count() == 1


def test_a_name_of_the_longest_length_is_taken(zhang):
    """One sign more is not."""
    assert isinstance(keep(zhang, "名" * LONGEST_NAME), SavedSearch)


def test_a_person_keeps_so_many_and_no_more(zhang):
    """Each is counted when the list is shown."""
    for number in range(MOST):
        assert isinstance(keep(zhang, f"第{number}个"), SavedSearch)
    assert f"已经存满 {MOST} 个" in str(keep(zhang, "再一个"))


def test_a_search_is_renamed(zhang):
    """To its own name without a word, to another's with one."""
    first, second = keep(zhang), keep(zhang, "另一个")
    assert rename(first, "低保公示", is_personal=False) is None
    assert "已有叫" in str(rename(second, "低保公示", is_personal=False))
    assert rename(second, "新名", is_personal=True) is None
    assert {one.name for one in saved_by(zhang)} == {"低保公示", "新名"}


def test_what_comes_just_before_a_look_is_still_new(zhang):
    """A file read before the look may be committed after it."""
    kept = keep(zhang)
    before = timezone.now()
    mark_looked(kept)
    looked = SavedSearch.objects.get().looked_at
    assert 4 <= (before - looked).total_seconds() <= 5


COUNTY, TOWN, VILLAGE = ("", ""), ("钟宝镇", ""), ("钟宝镇", "旧城村")


def account(role: Role, place: tuple[str, str], name: str = "other") -> Person:
    return Person.objects.create_user(name, role=role, town=place[0], village=place[1])


@pytest.mark.parametrize(
    ("owner", "whom", "reader", "is_shown"),
    [
        ((Role.COUNTY_CLERK, COUNTY), EVERYBODY, (Role.VILLAGE_KEEPER, VILLAGE), True),
        ((Role.COUNTY_CLERK, COUNTY), Role.INSPECTOR, (Role.INSPECTOR, COUNTY), True),
        ((Role.COUNTY_CLERK, COUNTY), Role.INSPECTOR, (Role.TOWN_CLERK, TOWN), False),
        ((Role.COUNTY_CLERK, COUNTY), "", (Role.INSPECTOR, COUNTY), False),
        ((Role.TOWN_CLERK, TOWN), EVERYBODY, (Role.VILLAGE_KEEPER, VILLAGE), True),
        ((Role.TOWN_CLERK, TOWN), EVERYBODY, (Role.TOWN_CLERK, ("城关镇", "")), False),
        ((Role.TOWN_CLERK, TOWN), EVERYBODY, (Role.COUNTY_CLERK, COUNTY), False),
        ((Role.TOWN_CLERK, COUNTY), EVERYBODY, (Role.VILLAGE_KEEPER, VILLAGE), False),
        ((Role.COUNTY_CLERK, COUNTY), EVERYBODY, (Role.TOWN_CLERK, COUNTY), False),
        ((Role.VILLAGE_KEEPER, VILLAGE), EVERYBODY, (Role.VILLAGE_KEEPER, VILLAGE), True),
        ((Role.VILLAGE_KEEPER, VILLAGE), EVERYBODY, (Role.VILLAGE_KEEPER, TOWN), False),
    ],
)
def test_colleagues_within_the_owners_area_see_what_is_shared(owner, whom, reader, is_shown):
    """By role, never upwards or beside; an account without its place shares and sees nothing."""
    kept = keep(account(*owner, name="owner"))
    assert share(kept, whom, is_personal=False) is None
    assert (shared_to(account(*reader), load_places()) == [kept]) is is_shown
    assert shared_to(kept.person, load_places()) == []


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.AUDITOR}])
def test_what_an_owner_shared_ends_with_the_owners_rights(change):
    """Locked, or of a role that finds nothing."""
    kept = keep(account(Role.COUNTY_CLERK, COUNTY, "owner"))
    share(kept, EVERYBODY, is_personal=False)
    Person.objects.filter(pk=kept.person.pk).update(**change)
    assert shared_to(account(Role.INSPECTOR, COUNTY), load_places()) == []


def test_personal_questions_and_unknown_roles_are_not_shared(zhang):
    """Nothing changes; to share no more is always possible."""
    kept = keep(zhang)
    assert share(kept, EVERYBODY, is_personal=False) is None
    for whom, is_personal in ((EVERYBODY, True), ("皇帝", False), (Role.AUDITOR, False)):
        assert isinstance(share(kept, whom, is_personal=is_personal), Problem)
    kept.refresh_from_db()
    assert kept.shared_with == EVERYBODY
    assert share(kept, "", is_personal=True) is None
    assert SavedSearch.objects.get().shared_with == ""


def test_a_shared_search_takes_no_personal_name(zhang):
    """Else a new name would tell colleagues what the question may not; one's own may have it."""
    kept = keep(zhang)
    share(kept, EVERYBODY, is_personal=False)
    assert "儿童姓名" in str(rename(kept, "测试李小花", is_personal=True))
    share(kept, "", is_personal=False)
    assert rename(kept, "测试李小花", is_personal=True) is None
