"""Amounts in 大写 and figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.county.writing.money_words import (
    amount_words,
    parse_amount_words,
    parse_money,
    print_money,
)

DIGITS = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("0.50", "伍角整"),
        ("0.05", "伍分"),
        ("10", "壹拾元整"),
        ("0", "零元整"),
        ("100010000", "壹亿零壹万元整"),
        ("10000001", "壹仟万零壹元整"),
    ],
)
def test_words_follow_the_bill_rules(figures: str, words: str):
    """The printed 大写 is the one the rules for bills give."""
    assert words == amount_words(Decimal(figures))


def read_words(words: str) -> Decimal:
    total = section = digit = 0
    cents = 0
    for character in words:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in UNITS:
            section += digit * UNITS[character]
            digit = 0
        elif character == "万":
            total += (section + digit) * 10_000
            section = digit = 0
        elif character == "亿":
            total = (total + section + digit) * 100_000_000
            section = digit = 0
        elif character == "元":
            total += section + digit
            section = digit = 0
        elif character in "角分":
            cents += digit * (10 if character == "角" else 1)
            digit = 0
    return Decimal(total) + Decimal(cents) / 100


@given(st.decimals(min_value=0, max_value=9_999_999_999, places=2))
def test_words_read_back_give_the_amount(amount: Decimal):
    """大写 loses nothing: read back it is the same amount."""
    assert amount == read_words(amount_words(amount))


@pytest.mark.parametrize("amount", ["-0.01", "10000000000"])
def test_words_refuse_what_cannot_stand_on_a_form(amount: str):
    """Negative and absurd amounts have no 大写."""
    with pytest.raises(ValueError, match=amount):
        amount_words(Decimal(amount))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234.5", "1234.50"),
        ("１２３元", "123.00"),
        ("¥ 80", "80.00"),
        ("12.345", None),
        ("6.217e+18", None),
        ("abc", None),
        ("", None),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: str | None):
    """Full-width digits, separators and units are understood; the rest is refused."""
    assert (Decimal(amount) if amount else None) == parse_money(text)


def test_figures_have_two_decimals():
    """Figures are printed to the cent."""
    assert print_money(Decimal("80")) == "80.00"


@pytest.mark.parametrize(
    ("amount", "words"),
    [("0.01", "壹分"), ("9999999999.99", "玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
     ("1000", "壹仟元整"), ("10010", "壹万零壹拾元整"), ("100000000", "壹亿元整"),
     ("120000", "壹拾贰万元整"), ("1.05", "壹元零伍分"), ("11000", "壹万壹仟元整"),
     ("10999", "壹万零玖佰玖拾玖元整"), ("110000000", "壹亿壹仟万元整")],
)  # fmt: skip
def test_the_largest_and_smallest_amounts_have_words(amount, words):
    """Zeros stand where the rules for bills want them."""
    assert amount_words(Decimal(amount)) == words


def test_an_amount_may_be_negative_in_figures():
    """With a sign, and with one decimal."""
    assert parse_money("-12.5") == Decimal("-12.50")
    assert parse_money("12.") is None


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("陆佰元整", "600.00"), ("人民币陆佰圆正", "600.00"), ("六百元", "600.00"),
        ("壹仟陆佰捌拾元叁角贰分", "1680.32"), ("拾元整", None), ("一十元整", "10.00"),
        ("两千零五十元五角", "2050.50"), ("壹仟零肆拾元零贰分", "1040.02"), ("RMB600", "600.00"),
        ("人民币：600元整", "600.00"), ("￥600.00", "600.00"), ("陆佰", None), ("六百五元", None),
        ("伍元陆元", None), ("元", None), ("零元整", "0.00"), ("佰元", None),
    ],
)  # fmt: skip
def test_words_are_read_as_papers_write_them(written, amount):
    """六百五 may be 605 or 650: what no paper writes so is no amount."""
    assert parse_money(written) == (Decimal(amount) if amount else None)


@given(st.decimals(0, 9999999999, places=2))
def test_what_is_written_in_words_is_read_as_it_was(amount):
    """Every amount of a yuan or more."""
    if amount >= 1:
        assert parse_money(amount_words(amount)) == amount


@given(st.decimals("0.01", "9999999999.99", places=2))
def test_words_by_the_rules_are_read_as_the_amount_they_are(amount: Decimal):
    """However they are spaced, and whatever stands around them."""
    words = amount_words(amount)
    assert parse_amount_words(f"大写：人民币{words[0]} {words[1:]}（盖章）") == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("叁佰圆正", "300.00"),
        ("叁佰元", "300.00"),
        ("贰佰捌拾伍元陆角贰分", "285.62"),
        ("壹佰元整壹佰元整", None),
        ("壹佰元整，贰佰元整", None),
        ("叁佰", None),
        ("佰叁元整", None),
        ("叁叁元整", None),
        ("零元整零", None),
        ("三百元", None),
        ("", None),
    ],
)
def test_other_shapes_of_signs_are_words_and_what_breaks_the_rules_is_none(text, amount):
    """Two amounts are none: which of them is meant nobody can tell."""
    assert parse_amount_words(text) == (Decimal(amount) if amount else None)
