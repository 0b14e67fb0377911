"""How far the service is, in figures and words."""

import pytest

from archive_indexer.stores.service_state import Pace, Report, say_seconds


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (29, "不到 1 分钟"), (31, "1 分钟"), (89 * 60, "89 分钟"), (90 * 60, "2 小时"),
        (47 * 3600, "47 小时"), (48 * 3600, "2 天"), (60 * 3600, "2 天"),
    ],
)  # fmt: skip
def test_a_span_is_said_in_the_unit_people_use(seconds, said):
    """Minutes up to an hour and a half, hours up to two days."""
    assert say_seconds(seconds) == said


def test_the_pace_is_that_of_the_last_two_minutes():
    """What is older is forgotten; without progress nobody knows how long it takes."""
    report, pace = Report(waiting=10, settling=2), Pace()
    pace.note(report, 0.0)
    assert (report.per_minute, report.seconds_left) == (0.0, None)
    report.indexed, report.failed = 5, 1
    pace.note(report, 60.0)
    assert (report.per_minute, report.seconds_left) == (6.0, 120.0)
    pace.note(report, 120.0)
    assert report.per_minute == 3.0
    pace.note(report, 120.5)
    assert report.per_minute == 0.0
    report.waiting = report.settling = 0
    report.indexed = 9
    pace.note(report, 121.0)
    assert report.seconds_left is None
    assert report.done == 10
    assert report.as_json()["indexed"] == 9
