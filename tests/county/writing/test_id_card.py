"""Citizen ID numbers."""

import datetime as dt

import pytest
from stdnum.cn import ric

from minzheng.county.writing import id_card

TODAY = dt.date(2026, 11, 23)


def test_the_standard_sample_is_right():
    """The sample of GB 11643-1999 passes."""
    assert id_card.find_fault("11010519491231002X", TODAY) == ""


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("1101051949123100", "18 位"),
        ("1101051949123100XX", "数字"),
        ("61092720130229001X", "20130229 不存在"),
        ("440524188001010014", "1900 年"),
        ("110105194912310021", "校验"),
    ],
)
def test_each_fault_is_named(number: str, fault: str):
    """A wrong number says what is wrong with it."""
    assert fault in id_card.find_fault(number, TODAY)


def test_birth_sex_and_age_are_read_from_the_number():
    """Birth date, sex and full years come from the digits."""
    number = "11010519491231002X"
    assert id_card.birth_date(number) == dt.date(1949, 12, 31)
    assert id_card.sex(number) == "女"
    assert id_card.age_on(number, dt.date(2018, 12, 30)) == 68
    assert id_card.age_on(number, dt.date(2018, 12, 31)) == 69


def test_nothing_is_read_from_what_is_no_number():
    """A wrong number has no birth date, sex or age."""
    assert id_card.birth_date("x") is None
    assert id_card.sex("x") == ""
    assert id_card.age_on("x", TODAY) is None
    assert id_card.age_on("11010519491231002X", dt.date(1940, 1, 1)) is None


def test_writing_is_normalised():
    """Full-width digits, spaces and a small x are put right."""
    assert id_card.normalise_id("１１０１０５ 19491231-002x") == "11010519491231002X"


def test_a_first_generation_number_becomes_its_successor():
    """Fifteen digits become eighteen with the right check digit."""
    assert id_card.to_eighteen("110105491231002") == "11010519491231002X"
    assert id_card.to_eighteen("123") == "123"


D = dt.date


ELDER = "11010519491231002X"


@pytest.mark.parametrize(
    ("number", "is_sound"),
    [
        (ELDER, True), ("110105194912310021", False), ("110105194913310029", False),
        ("1101051949123100", False), ("", False),
        ("500235719305034145", False), ("440524188001010014", True),
        ("61092719000101001X", True), ("610927210001010015", False),
    ],
)  # fmt: skip
def test_a_sound_number_has_a_day_and_its_check_digit(number, is_sound):
    """Both, not either; nobody was born in 7193."""
    assert id_card.is_sound(number) == is_sound


@pytest.mark.parametrize(
    ("number", "is_known"),
    [("11" + ELDER[2:], True), ("16" + ELDER[2:], False), ("65" + ELDER[2:], True),
     ("66" + ELDER[2:], False), ("83" + ELDER[2:], True), ("00" + ELDER[2:], False)],
)  # fmt: skip
def test_a_number_begins_with_a_province(number, is_known):
    """GB/T 2260."""
    assert id_card.has_known_province(number) == is_known


@pytest.mark.parametrize(
    ("born_on", "fault"),
    [("19000101", ""), ("18991231", "至今之间"), ("20261123", ""), ("20261124", "至今之间")],
)
def test_nobody_was_born_before_1900_or_after_today(born_on, fault):
    """Both ends belong to what may be."""
    body = f"110105{born_on}002"
    found = id_card.find_fault(body + ric.calc_check_digit(body + "0"), TODAY)
    assert bool(found) == bool(fault)
    assert fault in found


def test_a_man_has_an_odd_number_and_everybody_age_nought_at_birth():
    """The 17th digit; the day of birth counts."""
    assert id_card.sex("110105194912310013") == "男"
    assert id_card.age_on(ELDER, D(1949, 12, 31)) == 0
    assert id_card.age_on(ELDER, D(1949, 12, 30)) is None
