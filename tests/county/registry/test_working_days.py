"""Working days."""

import datetime as dt
from pathlib import Path

import pytest

from minzheng.county.errors import RegistryError
from minzheng.county.registry.working_days import load_calendar
from tests.county.tables import written

CALENDAR = load_calendar()


def test_holidays_and_working_weekends_are_known():
    """1 May 2018 was off, Saturday 28 April was worked."""
    assert not CALENDAR.is_working_day(dt.date(2018, 5, 1))
    assert CALENDAR.is_working_day(dt.date(2018, 4, 28))
    assert CALENDAR.is_working_day(dt.date(2018, 5, 7))
    assert not CALENDAR.is_working_day(dt.date(2018, 5, 6))


def test_counting_begins_on_the_next_day():
    """Three working days after Friday 27 April 2018 is 3 May."""
    assert CALENDAR.add_working_days(dt.date(2018, 4, 27), 3) == dt.date(2018, 5, 3)


def test_wrong_rows_are_reported(tmp_path: Path):
    """A row that is no date is named with its line."""
    (tmp_path / "holidays.csv").write_text("date,kind,note\n2018-02-30,休,\n", encoding="utf-8")
    with pytest.raises(RegistryError, match="第 2 行"):
        load_calendar(tmp_path)


D = dt.date


def test_working_days_begin_and_end_where_the_office_opens(tmp_path):
    """Friday is worked, Saturday is not, unless a notice says so."""
    calendar = load_calendar(written(tmp_path, "holidays.csv", "date,kind\n2018-05-12,班\n"))
    days = [D(2018, 5, day) for day in (4, 5, 6, 7, 12)]
    assert list(map(calendar.is_working_day, days)) == [True, False, False, True, True]
    assert calendar.add_working_days(D(2018, 5, 4), 0) == D(2018, 5, 4)
    assert calendar.add_working_days(D(2018, 5, 4), 1) == D(2018, 5, 7)
