"""How long a notice hangs."""

import datetime as dt

import pytest

from minzheng.county.publicity import REVIEW, VILLAGE, Publicity
from minzheng.county.registry.terms import load_terms
from minzheng.county.registry.working_days import load_calendar

D = dt.date
DAY = D(2018, 5, 17)
CALENDAR, TERMS = load_calendar(), load_terms()


@pytest.mark.parametrize(
    ("days", "counting", "last", "told"),
    [
        (7, "natural", D(2018, 5, 24), "7 天"),
        (5, "natural", D(2018, 5, 22), "5 天"),
        (5, "working", D(2018, 5, 24), "5 个工作日"),
    ],
)
def test_the_last_day_of_a_notice(days, counting, last, told):
    """The day it is posted is not counted, nor are weekends when offices are meant."""
    publicity = Publicity(days, counting, CALENDAR)
    assert publicity.last_day(DAY) == last
    assert publicity.told(DAY) == told


@pytest.mark.parametrize(
    ("kind", "start", "last", "told"),
    [
        (REVIEW, D(2018, 5, 17), D(2018, 5, 24), "7 天"),
        (REVIEW, D(2026, 8, 3), D(2026, 8, 10), "7 天"),
        (REVIEW, D(2010, 8, 3), None, ""),
        (VILLAGE, D(2025, 12, 31), None, ""),
        (VILLAGE, D(2026, 1, 1), D(2026, 1, 16), "15 天"),
    ],
)
def test_the_registry_tells_by_kind_and_day(kind, start, last, told):
    """Where the settings say nothing; a village's notice never follows them."""
    publicity = Publicity(0, "natural", CALENDAR, TERMS)
    assert publicity.last_day(start, kind) == last
    assert publicity.told(start, kind) == told
    if kind == VILLAGE:
        assert Publicity(5, "working", CALENDAR, TERMS).last_day(start, kind) == last
