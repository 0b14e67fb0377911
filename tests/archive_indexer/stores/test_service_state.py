"""The service tells what it does, and other processes know whether that is fresh."""

import datetime as dt

import pytest
from django.utils import timezone

from archive_indexer.models import ServiceState
from archive_indexer.stores import service_state
from archive_indexer.stores.service_state import Pace, Report, Telling, say_seconds


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("doing", "age_seconds", "is_running"),
    [("quiet", 0, True), ("reading", 20, True), ("quiet", 60, False), ("stopped", 0, False)],
)
def test_a_service_runs_while_it_tells(doing, age_seconds, is_running):
    """Silent for half a minute, or stopped by its own word, it does not."""
    service_state.tell(Report(doing=doing, indexed=3).as_json())
    then = timezone.now() - dt.timedelta(seconds=age_seconds)
    ServiceState.objects.update(updated_at=then)
    seen = service_state.look()
    assert seen.is_running == is_running
    assert seen.report["indexed"] == 3


@pytest.mark.django_db
def test_nothing_was_ever_told():
    """On a new machine."""
    assert service_state.look() == service_state.Seen(False, None, {})


@pytest.mark.django_db
def test_what_is_told_leaves_the_remembered_shares_alone():
    """And the other way round."""
    service_state.remember_mounts(["b", "a"])
    service_state.tell({"doing": "quiet"})
    assert service_state.remembered_mounts() == ["a", "b"]
    service_state.remember_mounts([])
    assert service_state.remembered_mounts() == []
    assert service_state.look().report == {"doing": "quiet"}


@pytest.mark.django_db
def test_each_day_begins_with_nothing_hashed_again():
    """Within the day it adds up."""
    today = dt.date(2026, 11, 28)
    service_state.add_checked(today, 5)
    service_state.add_checked(today, 7)
    assert service_state.checked_bytes(today) == 12
    tomorrow = today + dt.timedelta(days=1)
    assert service_state.checked_bytes(tomorrow) == 0
    service_state.add_checked(tomorrow, 1)
    assert service_state.checked_bytes(tomorrow) == 1


def test_the_pace_is_that_of_the_last_two_minutes():
    """What is left takes as long as what was done lately."""
    pace, report = Pace(), Report()
    pace.note(report, 0.0)
    report.indexed, report.waiting, report.settling = 30, 50, 10
    pace.note(report, 60.0)
    assert (report.per_minute, report.seconds_left) == (30.0, 120)
    pace.note(report, 200.0)
    assert (report.per_minute, report.seconds_left) == (0.0, None)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (29, "不到 1 分钟"), (31, "1 分钟"), (89 * 60, "89 分钟"), (90 * 60, "2 小时"),
        (47 * 3600, "47 小时"), (48 * 3600, "2 天"), (60 * 3600, "2 天"),
    ],
)  # fmt: skip
def test_a_span_of_time_is_said_as_people_say_it(seconds, said):
    """In minutes, then in hours, then in days."""
    assert say_seconds(seconds) == said


@pytest.mark.django_db
def test_the_terminal_and_the_database_are_told_the_same():
    """At once when asked to, and not again within the same second."""
    shown: list[int] = []
    report = Report(doing="reading")
    telling = Telling(report, lambda told: shown.append(told.waiting))
    assert telling.is_due()
    telling.tell(4)
    assert shown == [4]
    assert service_state.look().report["waiting"] == 4
