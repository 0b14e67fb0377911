"""When a backup is to be made."""

import datetime as dt

import pytest

from archive_indexer.upkeep.backup_news import BackupNews
from minzheng.web.upkeep.backup_plan import (
    Now,
    is_check_due,
    is_due,
    last_hour,
    what_goes_on,
)

NOW = dt.datetime(2026, 7, 1, 10, 0, tzinfo=dt.UTC)
HALF_PAST_TWO = dt.time(2, 30)


def news(**hours: float):
    """What happened so many hours ago."""
    return {
        kind: BackupNews((NOW - dt.timedelta(hours=ago)).isoformat(), "")
        for kind, ago in hours.items()
    }


@pytest.mark.parametrize(
    ("happened", "going_on"),
    [
        ({}, Now.IDLE),
        ({"asked": 1}, Now.ASKED),
        ({"asked": 2, "begun": 1}, Now.RUNNING),
        ({"asked": 3, "begun": 2, "made": 1}, Now.IDLE),
        ({"asked": 3, "begun": 2, "failed": 1}, Now.IDLE),
        ({"begun": 5, "made": 4, "asked": 1}, Now.ASKED),
        ({"made": 4, "begun": 3, "failed": 6}, Now.RUNNING),
        ({"made": 1}, Now.IDLE),
    ],
)
def test_what_goes_on_is_told_by_what_happened_last(happened, going_on):
    """A backup made by hand at the machine begins nothing here."""
    assert what_goes_on(news(**happened)) == going_on


@pytest.mark.parametrize(
    ("happened", "due"),
    [
        ({}, True),
        ({"begun": 7, "made": 7}, False),  # at three this morning
        ({"begun": 8, "made": 8}, True),  # at two this morning
        ({"begun": 30, "made": 29}, True),
        ({"made": 1}, False),  # by hand, since the hour
        ({"begun": 2, "failed": 2, "made": 30}, True),
        ({"begun": 0.5, "failed": 0.5, "made": 30}, False),
        ({"begun": 2, "failed": 2, "made": 1}, False),
    ],
)
def test_it_is_due_once_a_day_and_an_hour_after_a_failure(happened, due):
    """At half past two, or at the next start when the machine was off."""
    assert is_due(news(**happened), HALF_PAST_TWO, NOW) == due
    assert not is_due(news(**happened), None, NOW)


@pytest.mark.parametrize(("hour", "day"), [(9, 1), (10, 1), (11, 30)])
def test_the_hour_was_today_or_yesterday(hour, day):
    """On the stroke it is today's."""
    assert last_hour(dt.time(hour), NOW).day == day


def test_the_newest_is_read_again_once_a_week():
    """And the first one at once."""
    assert is_check_due({}, NOW)
    assert not is_check_due(news(checked=167), NOW)
    assert is_check_due(news(checked=168), NOW)
