"""Files go to the readers of their lane, and over to the other one when need be."""

import threading
from concurrent.futures import wait
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import InterfaceError

from archive_indexer import lanes as lanes_module
from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.errors import NeedsSlowLaneError, ReaderNotStartedError, ReadingFailedError
from archive_indexer.extract.effort import GetReady
from archive_indexer.index.index_place import IndexPlace
from archive_indexer.index.index_writer import IndexWriter
from archive_indexer.index_file import Workplace
from archive_indexer.lanes import FreshFirst, ReadingLanes
from archive_indexer.models import ArchivedFile, WaitingFile
from archive_indexer.noticing.presence import Presence
from archive_indexer.reading.manner import Manner
from archive_indexer.service import Service
from archive_indexer.stores import waiting_list
from archive_indexer.stores.service_state import Report
from archive_indexer.stores.waiting_list import MOST_ATTEMPTS, Lane
from minzheng.county.sign_fields import SignField
from tests.archive_indexer.conftest import KNOWN

pytestmark = pytest.mark.django_db(transaction=True)


class Readers:
    """The lanes of a village, one turn at a time."""

    def __init__(self, village, read) -> None:
        presence = Presence(village.archive)
        self.writer = IndexWriter(IndexPlace(village.config.data_folder / "index"), Report())
        make = partial(
            Workplace, root=village.archive, presence=presence, known=KNOWN, writer=self.writer
        )
        self.lanes = ReadingLanes(village.config, make, read, Manner())

    def turn(self) -> None:
        """Hand out once and wait for everything handed out."""
        self.lanes.hand_out(self.writer.paths())
        while len(self.lanes):
            self.lanes.gather(1.0)


@pytest.fixture
def begin(village):
    """Begin with a reader; its threads are ended after the test."""
    begun: list[ReadingLanes] = []

    def begin_with(read) -> Readers:
        readers = Readers(village, read)
        begun.append(readers.lanes)
        return readers

    yield begin_with
    for lanes in begun:
        lanes.stop()


def state(path: str) -> tuple[int, bool, int]:
    """Lane, whether it is claimed, and how often it was tried."""
    row = WaitingFile.objects.get(path=path)
    return row.lane, row.claimed, row.attempts


def test_what_was_read_is_with_the_writer_when_its_reader_is_free(village, begin):
    """The path ends there; nothing is left to be gathered."""
    village.write("a.txt", "测试甲")
    waiting_list.add(["a.txt"])
    readers = begin(village.read)
    readers.turn()
    assert readers.writer.paths() == ["a.txt"]


def test_what_is_done_and_not_committed_is_not_read_again(village, begin):
    """Although it changed and is on the list once more."""
    village.write("a.txt", "测试甲")
    waiting_list.add(["a.txt"])
    readers = begin(village.read)
    readers.turn()
    waiting_list.add(["a.txt"])
    readers.turn()
    assert len(village.texts_read()) == 1
    readers.writer.commit()
    assert state("a.txt") == (Lane.QUICK, False, 0)


def test_a_file_that_needs_the_slow_lane_goes_there_without_a_try(village, begin):
    """It is no failure."""

    def read(file: Path) -> Extraction:
        raise NeedsSlowLaneError

    village.write("a.txt", "测试甲")
    waiting_list.add(["a.txt"])
    begin(read).turn()
    assert state("a.txt") == (Lane.SCAN, False, 0)


def test_a_file_that_fails_among_the_scans_rests_and_is_given_up_at_last(village, begin):
    """With its reason; it goes to the index as nothing."""

    def read(file: Path) -> Extraction:
        raise ReadingFailedError("识别超时")

    village.write("a.txt", "测试甲")
    waiting_list.add(["a.txt"], Lane.SCAN)
    readers = begin(read)
    readers.lanes.rests = False
    for attempt in range(1, MOST_ATTEMPTS):
        readers.turn()
        assert state("a.txt") == (Lane.SCAN, True, attempt)
    readers.turn()
    row = ArchivedFile.objects.get()
    assert (row.state, row.reason) == ("failed", "识别超时")
    assert readers.writer.paths() == ["a.txt"]


def test_a_file_that_failed_is_left_alone_for_a_while(village, begin):
    """Others go on meanwhile."""
    tried = []

    def read(file: Path) -> Extraction:
        tried.append(file.name)
        raise ReadingFailedError("识别超时")

    for name in ("a.txt", "b.txt"):
        village.write(name, "测试甲")
        waiting_list.add([name], Lane.SCAN)
    readers = begin(read)
    for _ in range(4):
        readers.turn()
    assert sorted(tried) == ["a.txt", "b.txt"]


def test_a_file_that_may_not_be_read_says_so(village, begin):
    """In words that tell what to do."""

    def read(file: Path) -> Extraction:
        raise PermissionError(13, "Permission denied", str(file))

    village.write("a.txt", "测试甲")
    waiting_list.add(["a.txt"])
    readers = begin(read)
    readers.lanes.rests = False
    for _ in range(MOST_ATTEMPTS):
        readers.turn()
    assert "放开读取权限" in ArchivedFile.objects.get().reason


def test_a_bug_of_ours_stops_nobody(village, begin, caplog):
    """It is logged, the file is given up, and the other one is indexed."""

    def read(file: Path) -> Extraction:
        if file.name == "a.txt":
            raise ZeroDivisionError
        return Extraction("txt", (ExtractedPage(1, "测试乙"),))

    for name in ("a.txt", "b.txt"):
        village.write(name, name)
    waiting_list.add(["a.txt", "b.txt"])
    readers = begin(read)
    readers.lanes.rests = False
    for _ in range(MOST_ATTEMPTS + 1):
        readers.turn()
    assert sorted(readers.writer.paths()) == ["a.txt", "b.txt"]
    assert "ZeroDivisionError" in caplog.text
    assert ArchivedFile.objects.get(path="b.txt").state == "waiting"


def test_a_share_that_went_away_is_told_and_the_file_waits(village, begin):
    """It is no fault of the file."""

    def read(file: Path) -> Extraction:
        file.unlink()
        raise FileNotFoundError(2, "lost", str(file))

    village.write("a.txt", "测试甲")
    waiting_list.add(["a.txt"])
    readers = begin(read)
    readers.turn()
    assert readers.lanes.away is not None
    assert state("a.txt") == (Lane.QUICK, False, 0)


def test_each_lane_has_readers_of_its_own(village, begin):
    """A text file is read while the only reader of the scans is busy."""
    is_read, may_end = threading.Event(), threading.Event()

    def read(file: Path) -> Extraction:
        if file.name == "scan.txt":
            assert may_end.wait(200)
        else:
            is_read.set()
        return Extraction("txt", (ExtractedPage(1, file.name),))

    for name in ("scan.txt", "note.txt"):
        village.write(name, name)
    waiting_list.add(["scan.txt"], Lane.SCAN)
    waiting_list.add(["note.txt"])
    readers = begin(read)
    readers.lanes.hand_out([])
    assert sorted(readers.lanes.paths()) == ["note.txt", "scan.txt"]
    assert is_read.wait(200)
    may_end.set()
    readers.turn()


def test_a_file_too_large_for_the_quick_lane_is_read_among_the_scans(village, monkeypatch):
    """Its reader was stopped for its memory: it has not failed, and is found."""
    lanes, refused = [], []
    put_back = waiting_list.put_back

    def note(paths: list[str], lane: Lane = Lane.QUICK) -> None:
        lanes.append(lane)
        put_back(paths, lane)

    def read(file: Path) -> Extraction:
        if not refused:
            refused.append(file)
            raise ReadingFailedError("识别占用内存超过 300 MB，已停止。")
        return village.read(file)

    monkeypatch.setattr(waiting_list, "put_back", note)
    village.write("大表.txt", "测试大表")
    Service(village.config, lambda _: None, KNOWN, read).run_once()
    assert Lane.SCAN in lanes
    assert village.paths("测试大表") == ["大表.txt"]


@pytest.mark.parametrize(
    ("lane", "order"),
    [(Lane.QUICK, ["4.txt", "3.txt", "2.txt", "1.txt"]),
     (Lane.SCAN, ["4.txt", "1.txt", "3.txt", "2.txt"])],
)  # fmt: skip
def test_new_files_come_first_and_old_scans_in_turn_with_them(
    village, begin, monkeypatch, lane, order
):
    """So that none of many scans waits for ever."""
    monkeypatch.setattr(lanes_module, "readers_that_fit", lambda _: 1)
    for number in range(1, 5):
        village.write(f"{number}.txt", f"{number}.txt")
        waiting_list.add([f"{number}.txt"], lane)
    readers = begin(village.read)
    for _ in range(4):
        readers.turn()
    assert village.texts_read() == order


def test_what_rests_is_given_back_when_its_time_has_come(village, begin, monkeypatch):
    """To the moment."""
    now = [100.0]
    monkeypatch.setattr(
        lanes_module, "time", SimpleNamespace(monotonic=lambda: now[0], sleep=lambda _: None)
    )
    given: list[str] = []
    monkeypatch.setattr(waiting_list, "put_back", given.extend)
    lanes = begin(village.read).lanes
    lanes._rest("a.txt", 5.0)
    for at, back in ((104.9, []), (105.0, ["a.txt"]), (200.0, ["a.txt"])):
        now[0] = at
        lanes._wake_rested()
        assert given == back


def away(*given, **named):
    """What the waiting list answers while its database cannot be reached."""
    raise InterfaceError("connection already closed")


@pytest.mark.parametrize("failure", [NeedsSlowLaneError, ReadingFailedError, OSError])
def test_what_cannot_be_noted_of_a_file_is_not_forgotten(village, begin, monkeypatch, failure):
    """The database is away just when its reader is done: the file is read once it is back."""

    def read(file: Path) -> Extraction:
        raise failure("x")

    village.write("a.txt", "测试甲")
    waiting_list.add(["a.txt"])
    readers = begin(read)
    with monkeypatch.context() as quiet:
        for name in ("put_back", "count_attempt"):
            quiet.setattr(waiting_list, name, away)
        with pytest.raises(InterfaceError):
            readers.turn()
    assert state("a.txt") == (Lane.QUICK, True, 0)
    readers.lanes._resting = dict.fromkeys(readers.lanes._resting, 0.0)
    readers.lanes._wake_rested()
    assert state("a.txt") == (Lane.QUICK, False, 0)


def test_what_cannot_be_given_back_is_given_back_later(village, begin, monkeypatch):
    """It rests until then."""
    waiting_list.add(["a.txt"])
    waiting_list.take(Lane.QUICK, 1)
    lanes = begin(village.read).lanes
    lanes._rest("a.txt", -1.0)
    with monkeypatch.context() as quiet:
        quiet.setattr(waiting_list, "put_back", away)
        with pytest.raises(InterfaceError):
            lanes._wake_rested()
    lanes._wake_rested()
    assert state("a.txt") == (Lane.QUICK, False, 0)


@pytest.mark.parametrize(
    ("error", "said"),
    [(PermissionError(13, "x"), "放开读取权限"), (OSError(5, "I/O error"), "（I/O error）"),
     (OSError("kaputt"), "（kaputt）")],
)  # fmt: skip
def test_why_a_file_is_not_read_is_said(error, said):
    """With what the system says."""
    assert said in lanes_module.say_refusal(error)


def test_readers_are_told_where_forms_are_signed(village, monkeypatch):
    """By who starts the service; they look up no forms themselves."""
    made, manner = [], Manner({"DB-01": (SignField("申请人签字", is_column=False),)})
    monkeypatch.setattr(lanes_module, "ReadingPool", lambda do, *_, **__: made.append(do) or do)
    ReadingLanes(village.config, lambda **_: None, lambda _: None, manner)
    assert [do.keywords["limits"].manner for do in made] == [manner, manner]


class Pool:
    """Children that note what they are asked."""

    def __init__(self, error: Exception | None = None) -> None:
        self.asked: list[object] = []
        self.is_cold = True
        self._error = error

    def __call__(self, *_, **__) -> "Pool":
        return self

    def run(self, asked: object) -> None:
        self.asked.append(asked)
        if self._error:
            raise self._error

    read = run

    def stop(self) -> None:
        """None is left."""


def ready_lanes(village, monkeypatch, pool: Pool, after: float = 0.0) -> ReadingLanes:
    monkeypatch.setattr(lanes_module, "ReadingPool", pool)
    monkeypatch.setattr(lanes_module, "_READY_AFTER_SECONDS", after)
    return ReadingLanes(village.config, lambda **_: None, None, Manner())


def made_ready(lanes: ReadingLanes) -> None:
    """Ask for readers, and wait until they are there."""
    lanes.get_ready()
    if lanes._getting_ready is not None:
        wait([lanes._getting_ready])


def test_a_reader_of_each_lane_is_ready_while_nothing_waits(village, monkeypatch):
    """The first file of the day finds it; not in the first moments of a service."""
    lanes = ready_lanes(village, monkeypatch, pool := Pool())
    made_ready(lanes)
    made_ready(lanes)  # too soon after the first try
    lanes.stop()
    assert pool.asked == [GetReady()] * 2
    early = ready_lanes(village, monkeypatch, pool := Pool(), after=3600.0)
    made_ready(early)
    early.stop()
    assert pool.asked == []


def test_readers_that_wait_are_left_alone_and_ended_ones_are_started_anew(village, monkeypatch):
    """One that grew too large was ended: the next scan does not wait for another to begin."""
    monkeypatch.setattr(lanes_module, "_READY_AGAIN_SECONDS", 0.0)
    lanes = ready_lanes(village, monkeypatch, pool := Pool())
    pool.is_cold = False
    made_ready(lanes)
    assert pool.asked == []
    pool.is_cold = True
    made_ready(lanes)
    made_ready(lanes)
    lanes.stop()
    assert pool.asked == [GetReady()] * 4


def test_a_reader_that_cannot_be_made_ready_stops_nothing(village, monkeypatch, caplog):
    """The log tells it, and the first scan will."""
    lanes = ready_lanes(village, monkeypatch, Pool(ReaderNotStartedError()))
    lanes.get_ready()
    lanes.stop()
    assert "no reader could be made ready" in caplog.text


@pytest.mark.parametrize(
    ("numbers", "newest"),
    [
        ((9, 8, 7, 6), [True, False, True, False]),
        ((9, 10, 10), [True, False, True]),
        ((9, 9, 8, 10, 10, 10), [True, False, True, True, False, True]),
        ((1, 2, 3, 4), [True, False, True, False]),
        ((0, 1), [True, True]),
    ],
    ids=["nothing new", "one at a time", "new behind an old newest", "many arrive", "empty"],
)
def test_a_fresh_scan_does_not_stand_behind_an_old_one(numbers, newest):
    """And while many arrive every second one is the oldest."""
    turns = FreshFirst()
    assert [turns.is_newest_next(number) for number in numbers] == newest


def test_where_nothing_waits_nothing_is_taken(village, begin, django_assert_num_queries):
    """A service at rest looks many times a second, all day: one question a lane."""
    lanes = begin(village.read).lanes
    lanes.hand_out(())
    with django_assert_num_queries(len(Lane)):
        lanes.hand_out(())


def test_the_bell_ends_a_wait_for_readers(begin, village):
    """So that what was heard is not looked at a tick later."""
    lanes = begin(village.read).lanes
    rung = threading.Event()
    waiting = threading.Thread(target=lambda: (lanes.gather(60.0), rung.set()))
    waiting.start()
    lanes.bell.set()
    assert rung.wait(200)
    waiting.join()
