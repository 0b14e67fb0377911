"""Personal numbers found in any usual spelling."""

import pytest

from minzheng.county.personal_numbers import (
    WrittenNumber,
    close_up_numbers,
    numbers_spelt_out,
    spellings_in,
    whole_number,
    written_numbers,
)
from tests.county.spellings import ID, OTHER_ID, PHONE, run_together, spelt_numbers

SPELT = [
    (number, one)
    for number, spelt in spelt_numbers().items()
    for one in spelt
    if one not in run_together()
]


@pytest.mark.parametrize(("number", "written"), SPELT)
def test_every_usual_spelling_is_one_number(number, written):
    """Alone, and in a sentence, where it is found in its place."""
    assert whole_number(written) == number
    text = f"住三组，{written}。"
    assert list(written_numbers(text)) == [WrittenNumber(4, 4 + len(written), number)]
    assert spellings_in(text, {number}) == (written,)
    assert spellings_in(text, {"0"}) == ()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("张三 110105 19491231 002X 低保", f"张三 {ID} 低保"),
        ("+86 139 9150 0001", PHONE),
        ("110105-19491231-002X", "110105-19491231-002X"),
        ("2018 2019 低保", "2018 2019 低保"),
        ("15320 201805", "15320 201805"),
        ("139 20180507", "139 20180507"),
        ("110105 19491331 002X", "110105 19491331 002X"),
        ("", ""),
    ],
)
def test_a_number_broken_by_blanks_is_closed_up(written, said):
    """Nothing else of a question is touched: no years, no amount beside a month, no wrong date."""
    assert close_up_numbers(written) == said


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("110105-19491231-002X", [ID]),
        ("1101051949l231002X", [ID]),
        ("1101 0519 4912 3100 2X", []),
        (f"{OTHER_ID} {PHONE}", []),
        ("139-9150-0001", [PHONE]),
        ("2018-05-07-2018-06-07 GS-103200-2018-0001", []),
        ("110105-491231-002", ["110105491231002"]),
        ("0915-8821234", ["09158821234"]),
    ],
)
def test_only_spellings_a_search_would_miss_are_told(text, found):
    """What a search for the number meets anyway needs no word of its own in the index."""
    assert list(numbers_spelt_out(text)) == found


@pytest.mark.parametrize("text", ["张三", "2018", "6109274001", "110105 19491331 002X", ""])
def test_what_is_no_number_is_none(text):
    """Words, years, pieces of a number, an ID whose day does not exist."""
    assert whole_number(text) == ""
