"""Waiting itself: it follows the work, and ends when there is none."""

import os
import sqlite3
from contextlib import closing

import pytest

from tests.journeys import waiting
from tests.journeys.waiting import STILL_SECONDS, looking_seldom, signs_of, wait_until
from tests.running.kept.made_tables import NAME, lay_tables

_STATE = """
    INSERT INTO archive_indexer_servicestate
        (id, updated_at, report, mounts, checked_bytes, reading_terms)
    VALUES (1, 0, '{}', '[]', 0, '{}')
"""


class Clock:
    """A clock that only moves when somebody waits."""

    now = 0.0

    def wait(self, seconds: float) -> None:
        self.now += seconds


def test_slow_work_is_waited_for():
    """However long it takes, as long as something moves."""
    clock = Clock()
    wait_until(
        lambda: clock.now > 10 * STILL_SECONDS,
        lambda: clock.now // (STILL_SECONDS / 2),
        clock=lambda: clock.now,
        pause=clock.wait,
    )
    assert clock.now > 10 * STILL_SECONDS


def test_what_stands_still_is_given_up():
    """After a while in which nothing moved; the last signs are told."""
    clock = Clock()
    with pytest.raises(AssertionError, match="the last signs: 7 files"):
        wait_until(lambda: False, lambda: "7 files", clock=lambda: clock.now, pause=clock.wait)
    assert clock.now == pytest.approx(STILL_SECONDS, abs=1)


def test_signs_are_looked_for_now_and_then():
    """What is waited for is looked at far more often: to ask for all processes is dear."""
    clock, looks = Clock(), list[float]()

    def look() -> float:
        looks.append(clock.now)
        return clock.now

    wait_until(lambda: clock.now > 60, look, clock=lambda: clock.now, pause=clock.wait)
    assert 2 < len(looks) < 20


def test_what_is_dear_is_looked_at_when_figures_changed(tmp_path):
    """Or after some seconds; what is true then is true."""
    clock, looks = Clock(), list[float]()
    look = looking_seldom(lambda: not looks.append(clock.now), tmp_path, clock=lambda: clock.now)
    lay_tables(tmp_path)
    assert look()
    assert not look()
    with closing(sqlite3.connect(tmp_path / NAME)) as tables, tables:
        tables.execute(_STATE)
    assert look()
    assert not look()
    clock.wait(10)
    assert look()
    assert looks == [0, 0, 10]


def test_work_is_a_sign(tmp_path, monkeypatch):
    """Who uses the processor moves, also before there is a database."""
    monkeypatch.setattr(waiting, "_CPU_STEP_SECONDS", 0.2)
    before = signs_of(os.getpid(), tmp_path)
    while signs_of(os.getpid(), tmp_path) == before:
        sum(range(100_000))
    assert len(before) == 1
