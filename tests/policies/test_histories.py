"""What became of a policy is told by the table's own days."""

import datetime as dt

import pytest

from minzheng.county.registry.laws import Law
from minzheng.policies.histories import IN_FORCE, NOT_YET, OVER, history_of, state_on, successors

END = dt.date(2021, 6, 30)
NEXT = dt.date(2021, 7, 1)


def law(name, start=dt.date(2012, 1, 1), end=dt.date.max, **more):
    return Law(name, more.pop("title", name), "", start, end, **more)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (dt.date(2011, 12, 31), NOT_YET), (dt.date(2012, 1, 1), IN_FORCE), (END, IN_FORCE),
        (NEXT, OVER),
    ],
)  # fmt: skip
def test_a_policy_holds_from_its_first_to_its_last_day(day, state):
    """Both counted."""
    assert state_on(law("甲", end=END), day) == state


def test_what_begins_the_day_after_for_the_same_scheme_replaces_it():
    """Neither a day later nor for another scheme."""
    old = law("old", end=END, schemes=("低保",))
    new = law("new", NEXT, schemes=("低保",))
    others = (
        law("later", dt.date(2021, 7, 2), schemes=("低保",)), law("other", NEXT, schemes=("特困",)),
    )  # fmt: skip
    assert successors(old, (old, new, *others)) == (new,)


def test_the_next_of_the_same_title_replaces_it_alone():
    """Whatever else began that day for the same work."""
    old = law("a1", end=END, title="特困人员认定办法", articles={"TK": ""})
    new = law("a2", NEXT, title="特困人员认定办法", articles={"TK": ""})
    other = law("b", NEXT, articles={"TK": ""})
    assert successors(old, (old, other, new)) == (new,)


def test_what_holds_has_no_successor():
    """Even where another begins."""
    old = law("old", schemes=("低保",))
    assert successors(old, (old, law("new", NEXT, schemes=("低保",)))) == ()


def test_the_history_of_a_real_policy(policies):
    """审核审批办法 → 审核确认办法, with the forms that change hands."""
    laws = policies.county.laws
    history = history_of(laws.named("dibaoshenpi"), laws, policies.forms)
    assert [one.id for one in history.replaced_by] == ["dibaoqueren"]
    assert "DB-02" in {one.id for one in history.new_forms}
    after = history_of(laws.named("dibaoqueren"), laws, policies.forms)
    assert [one.id for one in after.replaces] == ["dibaoshenpi"]


def test_versions_stand_oldest_first(policies):
    """Those of one title."""
    laws = policies.county.laws
    history = history_of(laws.named("cunwei2018"), laws, policies.forms)
    assert [one.id for one in history.versions] == ["cunwei2010", "cunwei2018", "cunwei2025"]
