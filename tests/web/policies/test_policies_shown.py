"""What the pages of policies show."""

import datetime as dt

import pytest
from django.test import RequestFactory
from django.utils import timezone

from minzheng.policies.histories import history_of
from minzheng.web.gate.office import county, forms
from minzheng.web.policies.policies_shown import ShownPolicies, ShownPolicy, asked_day

DAY = dt.date(2026, 8, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-08-01", DAY), ("2026年8月1日", DAY), ("", None), ("昨天", None), ("1980-01-01", None)],
)
def test_a_day_is_read_and_without_one_it_is_today(text, day):
    """However it is written."""
    request = RequestFactory().get("/policies/", {"on": text})
    assert asked_day(request) == (day or timezone.localdate())


def test_the_address_keeps_another_day_than_today():
    """Today's needs none."""
    assert ShownPolicies(DAY, frozenset()).address == "?on=2026-08-01"
    assert ShownPolicies(timezone.localdate(), frozenset()).address == ""


def test_what_is_ahead_and_what_is_over_are_told_apart():
    """As of the day."""
    shown = ShownPolicies(dt.date(2019, 1, 1), frozenset())
    assert all(one.start > shown.day for one in shown.ahead)
    assert all(one.end < shown.day for one, _ in shown.over)
    assert "jiuzhufa" in {one.id for one in shown.ahead}


def test_a_check_tells_its_value_when_the_policy_held():
    """入户调查开始 was ten working days until June 2021, and is three."""
    law = county().laws.named("dibaoshenpi")
    shown = ShownPolicy(history_of(law, county().laws, forms().by_id), DAY, frozenset())
    values = {name: term.value for name, term in shown.checks if term}
    assert values["入户调查开始"] == 10


def test_its_own_paper_is_sought_by_its_number():
    """By its title where it has none."""
    laws = county().laws
    for law_id, words in (("dibaoqueren", "57"), ("xianzoufang", "q=")):
        shown = ShownPolicy(history_of(laws.named(law_id), laws, {}), DAY, frozenset())
        assert words in shown.sought
