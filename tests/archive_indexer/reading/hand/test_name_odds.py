"""A name is likelier when its family is common and when the village knows the person."""

import numpy as np
import pytest

from archive_indexer.reading.hand.name_odds import NOBODY, NameOdds, people_near
from minzheng.external.ocr.ocr_models import Chances

FAMILIES = ("王", "李", "蔡", "欧阳")
ID, OTHER_ID = "110105194912310021", "11010519491231002X"
PEOPLE = people_near([("蔡桂蘭", ID), ("蔡桂香", ""), ("王小雨", OTHER_ID), ("王大雨", OTHER_ID)])


def test_people_are_known_by_their_simplified_names_and_by_numbers_of_one_name():
    """A number that two names bear tells of neither."""
    assert PEOPLE.names == {"蔡桂兰", "蔡桂香", "王小雨", "王大雨"}
    assert PEOPLE.by_id == {ID: "蔡桂兰"}
    assert people_near([]) == NOBODY


@pytest.mark.parametrize(
    ("likely", "less"),
    [
        ("王梅", "蔡梅"),  # more people are called so
        ("蔡梅", "慈梅"),  # no family
        ("欧阳梅", "殴阳梅"),
        ("蔡燕梅", "蔡嬿梅"),  # a sign of level 1, a rare one
        ("王燕", "王婷"),
        ("王建国", "王建国强"),
        ("王建", "王"),  # no name at all
        ("王建", "王1"),
    ],
)
def test_a_common_name_is_likelier(likely, less):
    """Before anything is seen."""
    odds = NameOdds(FAMILIES).odds()
    assert odds(likely) > odds(less) > 0


def test_without_a_list_of_families_all_are_alike():
    """A registry may have none."""
    odds = NameOdds().odds()
    assert odds("王梅") == odds("慈梅") == 1.0


def test_known_people_are_likelier_and_most_beside_their_number():
    """Where nobody is known, nothing changes."""
    odds = NameOdds(FAMILIES, PEOPLE)
    plain, beside = odds.odds(), odds.odds(ID)
    assert plain("蔡桂兰") == plain("蔡桂香") > 20 * plain("王桂兰") > 0
    assert beside("蔡桂兰") > 10 * beside("蔡桂香") > 0
    assert (odds.known_by(ID), odds.known_by("x")) == ("蔡桂兰", "")
    assert NameOdds(FAMILIES).odds(ID)("蔡桂兰") == NameOdds(FAMILIES).odds()("蔡桂兰")


def test_known_names_are_followed_that_the_ink_may_be():
    """By the signs seen anywhere in it; whose number stands beside comes first."""
    signs = tuple("蔡桂兰香王小大雨")
    scores = np.full((3, len(signs) + 1), 1e-6)
    for step, sign in enumerate("蔡桂香"):
        scores[step, signs.index(sign) + 1] = 0.9
    seen = Chances(scores, signs)
    odds = NameOdds(FAMILIES, PEOPLE)
    assert odds.nearest(seen)[:2] == ("蔡桂香", "蔡桂兰")
    assert odds.nearest(seen, ID)[:2] == ("蔡桂兰", "蔡桂香")
    assert NameOdds(FAMILIES).nearest(seen) == ()


@pytest.mark.parametrize(
    ("read", "like"),
    [
        (ID, (ID,)),
        (ID[:7] + ID[9:], (ID,)),
        (ID[:4] + "0" + ID[5:12] + "0" + ID[13:], (ID,)),
        (ID[:6] + "200105223356", ()),
        ("", ()),
    ],
    ids=["itself", "two digits lost", "two misread", "somebody of the same region", "nothing"],
)
def test_known_numbers_like_what_was_read(read, like):
    """Digits run together and are lost; what shares the region alone is another's."""
    assert NameOdds((), PEOPLE).numbers_like(read) == like


def test_the_likest_known_numbers_come_first_and_few():
    """Every one of them is held against the ink."""
    numbers = [f"6109271979062{digit}{digit}035" for digit in range(9)]
    odds = NameOdds((), people_near([(f"人{at}", number) for at, number in enumerate(numbers)]))
    assert odds.numbers_like(numbers[4])[0] == numbers[4]
    assert len(odds.numbers_like(numbers[4])) == 6


def test_known_telephones_like_what_was_read():
    """A digit misread or lost; a stranger's is another."""
    odds = NameOdds((), people_near([], ["13991500002", "18712345678"]))
    assert odds.phones_like("13991500802") == ("13991500002",)
    assert odds.phones_like("1399150002") == ("13991500002",)
    assert odds.phones_like("15245678901") == ()


def test_a_sign_is_unusual_that_nobody_of_many_bears():
    """Of few people nothing is told."""
    many = NameOdds((), people_near([(f"王{chr(0x4E00 + at)}", "") for at in range(60)]))
    assert many.are_usual_signs("王一")
    assert not many.are_usual_signs("王滋")
    assert many.is_known("王一")
    assert not many.is_known("王滋")
    assert NameOdds((), PEOPLE).are_usual_signs("王滋")
