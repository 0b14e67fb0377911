"""People nobody is: marked, with numbers that check, none twice."""

import datetime as dt
import random

import pytest

from minzheng.cli.county_demo.people import InventedPeople
from minzheng.county.writing.id_card import age_on, find_fault, sex

TODAY = dt.date(2026, 10, 31)


@pytest.fixture
def people():
    """A hundred of them, from 20 to 90."""
    made = InventedPeople(random.Random(3))
    return [made.person(20, 90, TODAY) for _ in range(100)]


def test_their_numbers_check(people):
    """And no two are alike."""
    assert {find_fault(one.id_no, TODAY) for one in people} == {""}
    assert len({one.id_no for one in people}) == len({one.name for one in people}) == 100
    assert len({one.bank_no for one in people} | {one.phone for one in people}) == 200


def test_they_are_marked_as_invented(people):
    """By their names."""
    assert all(one.name.startswith("测试") for one in people)


@pytest.mark.parametrize("age", [0, 1, 17, 69, 70, 99])
def test_an_age_is_that_age(age):
    """From the first birthday to the day before the next."""
    made = InventedPeople(random.Random(age))
    assert {age_on(made.number(age, age, TODAY), TODAY) for _ in range(60)} == {age}


def test_a_number_has_the_sex_asked_for():
    """Its last digit but one is odd for men."""
    made = InventedPeople(random.Random(1))
    assert {sex(made.number(30, 60, TODAY, "男")) for _ in range(20)} == {"男"}
    assert {sex(made.number(30, 60, TODAY, "女")) for _ in range(20)} == {"女"}


def test_the_same_seed_gives_the_same_people():
    """So that a county can be laid again."""
    one, other = (InventedPeople(random.Random(9)).person(30, 40, TODAY) for _ in range(2))
    assert one == other
