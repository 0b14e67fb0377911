"""Reading in children that may crash or hang."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive_indexer.errors import ReaderNotStartedError, ReadingFailedError
from archive_indexer.reading import pool as module
from archive_indexer.reading.pool import (
    QUICK_MIB,
    TOTAL_MIB,
    MemoryShare,
    ReadingPool,
    idle_limit_mib,
    readers_that_fit,
    scan_limit_mib,
)

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from failing.readers import read_by_name  # children import it by this name


@pytest.fixture
def pool():
    pool = ReadingPool(read_by_name, count=1, seconds=1.0)
    yield pool
    pool.stop()


def test_a_file_is_read_in_a_child(pool: ReadingPool):
    """The child sends back what it read."""
    assert pool.read(Path("good")).pages[0].text == "good"


def test_a_child_that_eats_memory_is_stopped():
    """The file fails with a reason, the next one is read."""
    pool = ReadingPool(read_by_name, count=1, seconds=30.0, memory_limit_mib=300)
    with pytest.raises(ReadingFailedError, match="内存超过 300 MB"):
        pool.read(Path("eat"))
    assert pool.read(Path("good")).pages[0].text == "good"
    pool.stop()


def test_a_child_that_is_idle_is_taken_before_another_is_started():
    """A reader needs seconds to load its models."""
    pool = ReadingPool(read_by_name, count=2, seconds=1.0)
    readers = {pool.read(Path("who")).pages[0].text for _ in range(3)}
    pool.stop()
    assert len(readers) == 1


def test_a_child_that_was_asked_something_waits_for_the_next_file(pool: ReadingPool):
    """One that was stopped does not."""
    assert pool.is_cold
    pool.run(Path("who"))
    assert not pool.is_cold
    with pytest.raises(ReadingFailedError):
        pool.read(Path("crash"))
    assert pool.is_cold


class EndsAtOnce:
    """A job that a child cannot even take in: its program may not be read."""

    def __reduce__(self) -> tuple[object, ...]:
        return os._exit, (3,)


def test_a_child_that_cannot_start_is_told_and_its_place_is_kept():
    """It is no fault of the file; whoever asks next is told the same and does not wait."""
    pool = ReadingPool(EndsAtOnce(), count=1, seconds=1.0)
    for _ in range(2):
        with pytest.raises(ReaderNotStartedError, match="启动不了"):
            pool.read(Path("good"))
    pool.stop()


@pytest.mark.parametrize("name", ["crash", "hang"])
def test_a_child_that_fails_is_replaced(pool: ReadingPool, name: str):
    """A crash or a hang fails that one file and the next is read."""
    with pytest.raises(ReadingFailedError):
        pool.read(Path(name))
    assert pool.read(Path("good")).pages[0].text == "good"


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("refuse", OSError, "Input/output error"),
        ("fail", ReadingFailedError, "识别时出现意外错误（ZeroDivisionError）"),
        ("lack memory", ReadingFailedError, "内存不足"),
    ],
)
def test_an_exception_of_a_child_is_told_and_the_child_lives_on(
    pool: ReadingPool, name: str, kind: type[Exception], words: str
):
    """The next file is read by the same process."""
    before = pool.read(Path("who")).pages[0].text
    with pytest.raises(kind, match=words):
        pool.read(Path(name))
    assert pool.read(Path("who")).pages[0].text == before


@dataclass
class WatchedShare(MemoryShare):
    """Remembers how often a reader had to make room."""

    stopped: int = 0

    def must_stop(self, process_id: int, mib: int) -> bool:
        has_to = super().must_stop(process_id, mib)
        self.stopped += has_to
        return has_to


def test_files_that_are_too_large_together_are_read_one_by_one():
    """Each fits, both do not: the larger reader makes room, and its file is read alone."""
    share = WatchedShare(total_mib=300)
    pool = ReadingPool(read_by_name, 2, 60.0, 400, share)
    with ThreadPoolExecutor(2) as threads:
        names = list(
            threads.map(lambda name: pool.read(Path(name)).pages[0].text, ["large1", "large2"])
        )
    assert names == ["large1", "large2"]
    assert share.stopped >= 1
    assert pool.read(Path("good")).pages[0].text == "good"
    pool.stop()


@pytest.mark.parametrize(("cores", "readers"), [(1, 1), (2, 2), (3, 3), (16, 3)])
def test_readers_have_room_for_their_usual_work(cores: int, readers: int):
    """However many cores, readers that rest between files fit into the whole."""
    assert readers_that_fit(cores) == readers
    assert readers * idle_limit_mib(readers) + QUICK_MIB <= TOTAL_MIB


def test_the_largest_reader_makes_room():
    """Not the one that happens to be looked at; one that ended counts no more."""
    share = MemoryShare(total_mib=1000)
    assert not share.must_stop(1, 600)
    assert not share.must_stop(2, 500)
    assert share.must_stop(1, 600)
    share.forget(1)
    assert not share.must_stop(2, 900)


@pytest.mark.parametrize(
    ("others", "own", "must_stop"),
    [((400,), 600, False), ((400,), 601, True), ((600,), 401, False), ((501,), 501, True),
     ((), 1000, False), ((), 1001, True), ((300, 300), 401, True), ((401, 200), 400, False)],
)  # fmt: skip
def test_who_holds_most_makes_room_when_all_hold_too_much(others, own, must_stop):
    """A thousand are just enough; of two equal ones either."""
    share = MemoryShare(total_mib=1000)
    for number, held in enumerate(others, start=2):
        share.must_stop(number, held)
    assert share.must_stop(1, own) == must_stop


@pytest.mark.parametrize(
    ("readers", "scan", "idle"), [(1, 1200, 1200), (2, 850, 600), (3, 850, 400)]
)
def test_a_reader_may_hold_its_part_or_the_largest_page(readers, scan, idle):
    """Between two files only its part."""
    assert (scan_limit_mib(readers), idle_limit_mib(readers)) == (scan, idle)


def test_a_reader_that_keeps_too_much_between_files_is_ended(monkeypatch):
    """One that keeps just so much stays."""
    pool = ReadingPool(read_by_name, count=1, seconds=60.0)
    try:
        for held, is_kept in ((pool._idle_limit_mib, True), (pool._idle_limit_mib + 1, False)):
            monkeypatch.setattr(module, "memory_mib", lambda _, held=held: held)
            assert pool.read(Path("good")).pages[0].text == "good"
            reader = pool._idle.get()
            assert (reader is not None) == is_kept
            pool._idle.put(reader)
    finally:
        pool.stop()
