"""How long a notice hangs."""

import datetime as dt

import pytest

from minzheng.county.publicity import Publicity
from minzheng.county.registry.working_days import load_calendar

DAY = dt.date(2018, 5, 17)


@pytest.mark.parametrize(
    ("days", "counting", "last", "told"),
    [
        (7, "natural", dt.date(2018, 5, 24), "7 天"),
        (5, "natural", dt.date(2018, 5, 22), "5 天"),
        (5, "working", dt.date(2018, 5, 24), "5 个工作日"),
    ],
)
def test_the_last_day_of_a_notice(days, counting, last, told):
    """The day it is posted is not counted, nor are weekends when offices are meant."""
    publicity = Publicity(days, counting, load_calendar())
    assert publicity.last_day(DAY) == last
    assert str(publicity) == told
