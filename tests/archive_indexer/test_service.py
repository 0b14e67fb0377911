"""The archive kept true while files come, change and go."""

import dataclasses
import threading
from pathlib import Path

import pytest

from archive_indexer.disk.service_lock import ServiceLock
from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.errors import (
    AlreadyRunningError,
    ArchiveFolderError,
    ReaderNotStartedError,
    ReadingFailedError,
)
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.index_writer import rebuild_index
from archive_indexer.service import Service
from archive_indexer.stores import contents, waiting_list
from archive_indexer.stores.coverage import take_coverage
from archive_indexer.stores.waiting_list import Lane
from minzheng.county.registry.dossiers import load_dossiers
from minzheng.county.registry.places import load_places
from tests.archive_indexer.conftest import KNOWN

pytestmark = pytest.mark.django_db(transaction=True)


def test_files_come_change_move_and_go(village):
    """After every walk the index tells what is on disk, and nothing is read twice."""
    file = village.write("a.txt", "测试甲的材料")
    assert village.run().indexed == 1
    assert village.paths("测试甲") == ["a.txt"]

    file.rename(village.archive / "b.txt")
    village.write("copy.txt", "测试甲的材料")
    village.run()
    assert village.paths("测试甲") == ["b.txt", "copy.txt"]
    assert village.texts_read() == ["测试甲的材料"]

    village.write("b.txt", "测试乙的材料")
    village.run()
    assert village.paths("测试甲") == ["copy.txt"]
    assert village.paths("测试乙") == ["b.txt"]

    (village.archive / "copy.txt").unlink()
    village.run()
    assert village.paths("测试甲") == []
    assert village.traces("测试甲") == ["copy.txt"]
    assert waiting_list.count() == 0
    assert village.texts_read() == ["测试甲的材料", "测试乙的材料"]


def test_a_bad_file_stops_nobody_and_is_shown(village):
    """A broken file is recorded with its reason, the others are indexed."""
    village.write("bad.txt", "坏")
    village.write("good.txt", "好的材料")
    report = village.run()
    assert (report.indexed, report.failed) == (1, 1)
    coverage = take_coverage(load_places(), load_dossiers())
    assert [(entry.path, entry.reason) for entry in coverage.failures] == [
        ("bad.txt", "文件已损坏")
    ]
    village.run()
    assert village.texts_read().count("坏") == 1


def test_what_a_killed_service_left_is_taken_up(village):
    """Claims are given back, and a lost index commit is made again without reading."""
    village.write("a.txt", "测试甲的材料")
    village.run()
    FullTextIndex(village.config.data_folder / "index").update([], ["a.txt"])
    waiting_list.add(["a.txt"])
    waiting_list.take(Lane.QUICK, 1)
    village.run()
    assert village.paths("测试甲") == ["a.txt"]
    assert village.texts_read() == ["测试甲的材料"]


def test_an_unmounted_archive_marks_nothing_deleted(village):
    """A share that went away is a trouble and no deletion."""
    village.write("a.txt", "测试甲的材料")
    village.run()
    village.archive.rename(village.archive.with_name("away"))
    with pytest.raises(ArchiveFolderError):
        village.run()
    village.archive.mkdir()
    with pytest.raises(ArchiveFolderError):
        village.run()
    assert village.paths("测试甲") == ["a.txt"]


def test_a_walk_ends_with_the_reason_when_no_reader_starts(village):
    """No file is called broken for it, and the next walk reads them all."""

    def refuse(file: Path) -> Extraction:
        raise ReaderNotStartedError

    village.write("a.txt", "测试甲的材料")
    village.write("b.txt", "测试乙的材料")
    with pytest.raises(ReaderNotStartedError, match="启动不了"):
        Service(village.config, lambda _: None, KNOWN, refuse).run_once()
    assert take_coverage(load_places(), load_dossiers()).failures == ()
    village.run()
    assert sorted(village.paths("材料")) == ["a.txt", "b.txt"]


def test_a_watch_tells_that_no_reader_starts_and_goes_on(village, monkeypatch):
    """As soon as one can be had, what waits is read."""
    monkeypatch.setattr("archive_indexer.service._REST_SECONDS", 0.0)
    stop, told = threading.Event(), []

    def read(file: Path) -> Extraction:
        if not told:
            told.append(file)
            raise ReaderNotStartedError
        stop.set()
        return village.read(file)

    village.write("a.txt", "测试甲的材料")
    service = Service(village.config, lambda _: None, KNOWN, read)
    service.run_until(stop)
    assert "启动不了" in service.report.last_trouble
    village.run()
    assert village.paths("材料") == ["a.txt"]


def test_a_rebuilt_index_needs_no_reading(village):
    """The index is made again from what was read."""
    village.write("a.txt", "测试甲的材料")
    village.run()
    index = FullTextIndex(village.config.data_folder / "index")
    counts: list[int] = []
    assert rebuild_index(index, counts.append) == 1
    assert counts == [1]
    assert village.paths("测试甲") == ["a.txt"]
    assert len(village.texts_read()) == 1


def test_two_services_do_not_run_at_once(village):
    """The second says that one is running."""
    with ServiceLock(village.config.data_folder), pytest.raises(AlreadyRunningError):
        village.run()


def test_the_page_store_gives_back_what_was_read(village):
    """Lines, boxes and codes survive the store."""
    page = ExtractedPage(1, "测试", codes=("x",), origin="ocr", confidence=0.5)
    page = dataclasses.replace(page)
    contents.keep_content("0" * 64, Extraction("jpg", (page,)))
    assert contents.content_of("0" * 64) == Extraction("jpg", (page,))
    assert contents.page_of("0" * 64, 1, "") == page
    assert contents.page_of("0" * 64, 2, "") is None
    assert contents.content_of("1" * 64) is None


def test_a_single_walk_does_not_wait_for_a_file_that_crashes_its_reader(village):
    """One quick try, three among the scans at once, then its reason is recorded."""
    tries = []

    def crash(file: Path) -> Extraction:
        tries.append(file)
        raise ReadingFailedError

    (village.archive / "a.txt").write_text("甲", encoding="utf-8")
    report = Service(village.config, lambda _: None, KNOWN, crash).run_once()
    assert report.failed == 1
    assert len(tries) == 1 + waiting_list.MOST_ATTEMPTS
