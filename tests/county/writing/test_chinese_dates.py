"""Dates as Chinese papers write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minzheng.county.writing import chinese_dates as dates
from minzheng.county.writing.chinese_dates import month_after, parse_date, parse_month, term_end


@pytest.mark.parametrize(
    "text",
    [
        "2018年5月7日", "2018-05-07", "2018/5/7", "18.5.7", "２０１８．５．７", "20180507",
        "2018、5、7", "2018。5。7",
        "二〇一八年五月七日", "二零一八年五月七日", "二○一八年五月七日", " 2018 年 5 月 7 日",
    ],
)  # fmt: skip
def test_every_usual_writing_is_read(text: str):
    """All writings of one day give that day."""
    assert dates.parse_date(text) == dt.date(2018, 5, 7)


@pytest.mark.parametrize(
    ("text", "day"),
    [("二〇一八年十二月二十一日", (2018, 12, 21)), ("二〇一九年十月廿七日", (2019, 10, 27))],
)
def test_tens_in_numerals_are_read(text: str, day: tuple[int, int, int]):
    """十, 二十 and 廿 are understood."""
    assert dates.parse_date(text) == dt.date(*day)


def test_a_date_without_year_needs_one():
    """5月7日 is a date only with a year from its surroundings."""
    assert dates.parse_date("5月7日") is None
    assert dates.parse_date("5月7日", year=2018) == dt.date(2018, 5, 7)


@pytest.mark.parametrize(
    "text",
    [
        "2018年2月30日",
        "农历腊月初八",
        "",
        "2018年13月1日",
        "20181301",
        "9999-12-31",
        "0201-08-05",
        "1899-12-31",
    ],
)
def test_what_is_no_date_is_none(text: str):
    """Days that do not exist are refused, and lunar remarks are left alone."""
    assert dates.parse_date(text) is None


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_printed_dates_are_read_back(day: dt.date):
    """Printing and reading are inverse."""
    assert dates.parse_date(dates.print_date(day)) == day
    assert dates.parse_date(dates.archive_date(day)) == day
    assert dates.parse_month(dates.print_month(day)) == day.replace(day=1)


def test_month_after_december_is_january():
    """The month after December begins the next year."""
    assert dates.month_after(dt.date(2018, 12, 5)) == dt.date(2019, 1, 1)
    assert dates.month_after(dt.date(2018, 5, 31)) == dt.date(2018, 6, 1)
    assert dates.parse_month("201805") == dt.date(2018, 5, 1)
    assert dates.parse_month("五月") is None


D = dt.date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("99.5.7", D(2099, 5, 7)),
        ("1900.1.1", D(1900, 1, 1)), ("2199.12.31", D(2199, 12, 31)),
        ("2018年二月三日", None),
        ("二〇一八年五月十日", D(2018, 5, 10)),
        ("二〇一八年五月三十号", D(2018, 5, 30)), ("2018/5", None), ("二〇一八年五月", None),
    ],
)  # fmt: skip
def test_dates_are_read_to_their_edges(text, day):
    """A year of two digits is of this century; a month alone is no day."""
    assert parse_date(text) == day


def test_a_month_may_be_written_in_numerals():
    """And is not a day."""
    assert parse_month("二〇一八年十一月") == D(2018, 11, 1)
    assert parse_month("201813") is None
    assert month_after(D(2018, 11, 30)) == D(2018, 12, 1)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (D(2018, 1, 15), 12, D(2019, 1, 14)), (D(2018, 1, 1), 1, D(2018, 1, 31)),
        (D(2018, 1, 31), 1, D(2018, 2, 27)), (D(2018, 12, 5), 1, D(2019, 1, 4)),
        (D(2018, 11, 5), 1, D(2018, 12, 4)),
    ],
)  # fmt: skip
def test_a_term_ends_on_the_day_before(start, months, end):
    """Or on the last day but one of a month that is too short."""
    assert term_end(start, months) == end


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2018, 5, 7), "二〇一八年五月七日"),
        (dt.date(2020, 10, 10), "二〇二〇年十月十日"),
        (dt.date(2009, 11, 21), "二〇〇九年十一月二十一日"),
        (dt.date(2021, 12, 30), "二〇二一年十二月三十日"),
        (dt.date(1999, 1, 19), "一九九九年一月十九日"),
    ],
)
def test_dates_in_numerals_are_read_again(day, words):
    """As agreements and notices are dated."""
    assert dates.print_date_words(day) == words
    assert dates.parse_date(words) == day
    assert words.startswith(dates.print_month_words(day))
