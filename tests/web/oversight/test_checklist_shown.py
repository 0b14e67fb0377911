"""Each question of the checklist with the address that answers it."""

import pytest
from django.http import QueryDict

from minzheng.accounts.areas import Area
from minzheng.web.oversight.checklist_shown import as_query, read_given

ID = "11010519491231002X"


def given(address: str, place: Area | None = None):
    return read_given(QueryDict(address), place or Area(), 7)


def test_a_village_out_of_the_area_is_none():
    """Whatever stands in the address."""
    assert given("village=103200").village.name == "旧城村"
    assert given("village=103200", Area(town="城关镇")).village is None
    assert given("village=999").village is None


@pytest.mark.parametrize(
    ("year", "quarter", "days"),
    [
        ("2018", "", "2018"),
        ("2018", "1", "2018-01..2018-03"),
        ("2018", "4", "2018-10..2018-12"),
        ("2018", "5", "2018"),
        ("18", "1", ""),
        ("二〇一八", "1", ""),
    ],
)
def test_a_quarter_is_three_months_of_its_year(year, quarter, days):
    """Without a year it is none."""
    assert given(f"year={year}&quarter={quarter}").blanks["days"] == days


def test_choices_come_back_from_their_address_without_the_number():
    """It stands for the number to the person who asked only."""
    asked = given(f"village=103200&year=2018&name=测试甲&number={ID}")
    address = as_query(asked, 7)
    assert ID not in address
    assert given(address) == asked
    assert read_given(QueryDict(address), Area(), 8).number == ""


def test_what_could_break_a_question_is_left_out():
    """Quotes of a name, marks of a number, spaces."""
    asked = given('name=测试 "甲"&number=1;2')
    assert (asked.name, asked.number) == ("测试甲", "")
