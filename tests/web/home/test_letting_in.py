"""Where who has given the right password goes on; nothing leads out of the house."""

import datetime as dt

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from minzheng.web.home.letting_in import (
    forget_owed,
    hold_for_code,
    next_address,
    say_wait,
    who_owes_code,
)


def request(**posted: str):
    made = RequestFactory().post("/sign-in", posted)
    made.session = SessionStore()
    return made


@pytest.mark.parametrize(
    ("wanted", "goes"),
    [
        ("/search?q=1", "/search?q=1"),
        ("", "/"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_only_addresses_of_this_house_are_gone_on_to(wanted, goes):
    """Whatever was posted."""
    assert next_address(request(next=wanted)) == goes


def test_a_code_is_owed_by_one_person_until_it_is_forgotten(person):
    """With where the person wanted to go."""
    asked = request(next="/search")
    assert hold_for_code(asked, person)["Location"] == "/sign-in/code"
    assert who_owes_code(asked) == person
    assert forget_owed(asked) == "/search"
    assert who_owes_code(asked) is None
    assert forget_owed(asked) == "/"


@pytest.mark.parametrize(("seconds", "minutes"), [(1, 1), (60, 1), (61, 2), (600, 10)])
def test_a_wait_is_told_in_whole_minutes(seconds, minutes):
    """None is told shorter than it is."""
    assert f"请 {minutes} 分钟后再试" in say_wait(dt.timedelta(seconds=seconds))
