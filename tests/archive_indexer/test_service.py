"""The archive kept true while files come, change and go."""

import dataclasses
from pathlib import Path

import pytest

from archive_indexer import page_store, waiting_list
from archive_indexer.coverage import take_coverage
from archive_indexer.documents import ExtractedPage, Extraction, Query
from archive_indexer.errors import AlreadyRunningError, ArchiveFolderError, ReadingFailedError
from archive_indexer.full_text_index import FullTextIndex
from archive_indexer.rebuild_index import rebuild_index
from archive_indexer.service import Report, Service
from archive_indexer.service_lock import ServiceLock
from county.config import Config
from county.dossiers import load_dossiers
from county.places import load_places

pytestmark = pytest.mark.django_db(transaction=True)


def read_as_text(file: Path) -> Extraction:
    """A reader without OCR; it counts what it reads beside the archive."""
    text = file.read_text(encoding="utf-8")
    with (file.parents[1] / "read.log").open("a", encoding="utf-8") as log:
        log.write(f"{text}\n")
    if text == "坏":
        return Extraction("txt", reason="文件已损坏")
    return Extraction("txt", (ExtractedPage(1, text),))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "archive").mkdir()
    (tmp_path / "data").mkdir()
    return Config(
        tmp_path / "config.toml", tmp_path / "archive", tmp_path / "data",
        settle_seconds=0.05, workers=1,
    )  # fmt: skip


@pytest.fixture
def archive(config: Config) -> Path:
    return config.archive_folder


def run(config: Config) -> Report:
    return Service(config, lambda _: None, {}, read_as_text).run_once()


def paths(config: Config, *words: str) -> list[str]:
    result = FullTextIndex(config.data_folder / "index").search(Query(words, limit=100))
    return [hit.path for hit in result.hits]


def read_texts(config: Config) -> list[str]:
    log = config.archive_folder.parent / "read.log"
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def write(archive: Path, name: str, text: str) -> Path:
    file = archive / name
    file.write_text(text, encoding="utf-8")
    return file


def test_files_come_change_move_and_go(config: Config, archive: Path):
    """After every walk the index tells what is on disk, and nothing is read twice."""
    file = write(archive, "a.txt", "测试甲的材料")
    assert run(config).indexed == 1
    assert paths(config, "测试甲") == ["a.txt"]

    file.rename(archive / "b.txt")
    write(archive, "copy.txt", "测试甲的材料")
    run(config)
    assert paths(config, "测试甲") == ["b.txt", "copy.txt"]
    assert read_texts(config) == ["测试甲的材料"]

    write(archive, "b.txt", "测试乙的材料")
    run(config)
    assert paths(config, "测试甲") == ["copy.txt"]
    assert paths(config, "测试乙") == ["b.txt"]

    (archive / "copy.txt").unlink()
    run(config)
    assert paths(config, "测试甲") == []
    assert waiting_list.count() == 0
    assert read_texts(config) == ["测试甲的材料", "测试乙的材料"]


def test_a_bad_file_stops_nobody_and_is_shown(config: Config, archive: Path):
    """A broken file is recorded with its reason, the others are indexed."""
    write(archive, "bad.txt", "坏")
    write(archive, "good.txt", "好的材料")
    report = run(config)
    assert (report.indexed, report.failed) == (1, 1)
    coverage = take_coverage(load_places(), load_dossiers())
    assert [(entry.path, entry.reason) for entry in coverage.failures] == [
        ("bad.txt", "文件已损坏")
    ]
    run(config)
    assert read_texts(config).count("坏") == 1


def test_what_a_killed_service_left_is_taken_up(config: Config, archive: Path):
    """Claims are given back, and a lost index commit is made again without reading."""
    write(archive, "a.txt", "测试甲的材料")
    run(config)
    FullTextIndex(config.data_folder / "index").update([], ["a.txt"])
    waiting_list.add(["a.txt"])
    waiting_list.take(1, 1e12)
    run(config)
    assert paths(config, "测试甲") == ["a.txt"]
    assert read_texts(config) == ["测试甲的材料"]


def test_an_unmounted_archive_marks_nothing_deleted(config: Config, archive: Path):
    """A share that went away is a trouble and no deletion."""
    write(archive, "a.txt", "测试甲的材料")
    run(config)
    archive.rename(archive.with_name("away"))
    with pytest.raises(ArchiveFolderError):
        run(config)
    archive.mkdir()
    with pytest.raises(ArchiveFolderError):
        run(config)
    assert paths(config, "测试甲") == ["a.txt"]


def test_a_rebuilt_index_needs_no_reading(config: Config, archive: Path):
    """The index is made again from what was read."""
    write(archive, "a.txt", "测试甲的材料")
    run(config)
    index = FullTextIndex(config.data_folder / "index")
    counts: list[int] = []
    assert rebuild_index(index, counts.append) == 1
    assert counts == [1]
    assert paths(config, "测试甲") == ["a.txt"]
    assert len(read_texts(config)) == 1


def test_two_services_do_not_run_at_once(config: Config):
    """The second says that one is running."""
    with ServiceLock(config.data_folder), pytest.raises(AlreadyRunningError):
        run(config)


def test_the_page_store_gives_back_what_was_read(config: Config):
    """Lines, boxes and codes survive the store."""
    page = ExtractedPage(1, "测试", codes=("x",), origin="ocr", confidence=0.5)
    page = dataclasses.replace(page)
    page_store.keep_content("0" * 64, Extraction("jpg", (page,)))
    assert page_store.content_of("0" * 64) == Extraction("jpg", (page,))
    assert page_store.page_of("0" * 64, 1) == page
    assert page_store.page_of("0" * 64, 2) is None
    assert page_store.content_of("1" * 64) is None


def test_a_single_walk_does_not_wait_for_a_file_that_crashes_its_reader(config, archive):
    """Three tries at once, then its reason is recorded."""
    tries = []

    def crash(file: Path) -> Extraction:
        tries.append(file)
        raise ReadingFailedError

    (archive / "a.txt").write_text("甲", encoding="utf-8")
    report = Service(config, lambda _: None, {}, crash).run_once()
    assert report.failed == 1
    assert len(tries) == waiting_list.MOST_ATTEMPTS
