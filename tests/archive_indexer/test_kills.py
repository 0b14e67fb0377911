"""Kill -9, full disks, damaged indexes and databases: nothing is lost or read twice."""

import errno
import gc
import json
import subprocess
import sys

import pytest

from archive_indexer.index import index_writer
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.index.index_place import IndexPlace
from archive_indexer.index.index_writer import IndexWriter
from archive_indexer.stores import waiting_list
from archive_indexer.stores.service_state import Report
from minzheng.county.config import PROJECT_FOLDER
from tests.archive_indexer.conftest import eventually

pytestmark = pytest.mark.django_db(transaction=True)


def test_random_kills_lose_nothing_and_read_nothing_twice():
    """The short form of `script/soak`; the long one kills 200 times."""
    command = [sys.executable, "-m", "script.soaking", "--kills", "10", "--seed", "4"]
    done = subprocess.run(
        command, cwd=PROJECT_FOLDER, capture_output=True, text=True, timeout=200, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["kills"] == 10
    assert result["not_findable"] == result["read_twice_although_kept"] == 0


# Whoosh leaves a damaged file open when it gives up reading it.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("damage", ["cut", "deleted", "garbage"])
def test_a_damaged_index_is_made_again_without_reading(village, damage):
    """Whatever file of the index is damaged, the next start finds everything."""
    for number in range(3):
        village.write(f"{number}.txt", f"索引测试第{number}件")
    village.run()
    for file in sorted((village.config.data_folder / "index").iterdir()):
        if damage == "cut":
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
        elif damage == "deleted":
            file.unlink()
        else:
            file.write_bytes(b"\x07" * 64)
    village.run()
    assert len(village.paths("索引测试")) == 3
    assert len(village.texts_read()) == 3
    gc.collect()  # what was left open is told of here, and not in the next test


def test_an_index_that_another_program_writes_is_waited_for(village):
    """What was read is kept and committed when the other is done."""
    village.write("a.txt", "测试甲的材料")
    village.run()
    other = FullTextIndex(village.config.data_folder / "index")
    held = other._index.writer()
    with village.watched() as service:
        village.write("b.txt", "测试乙的材料")
        eventually(lambda: bool(service.report.last_trouble))
        assert village.paths("测试乙") == []
        held.cancel()
    village.run()
    assert village.paths("测试乙") == ["b.txt"]
    assert len(village.texts_read()) == 2


def test_a_full_disk_keeps_what_was_read_until_there_is_room(village, monkeypatch):
    """The index cannot be written: people are told, nothing is read again."""
    village.write("a.txt", "测试甲的材料")
    real = FullTextIndex.update

    def full(self, add, remove=()):
        if list(add):
            raise OSError(errno.ENOSPC, "No space left on device")
        real(self, add, remove)

    monkeypatch.setattr(index_writer, "_REST_SECONDS", 0.05)
    monkeypatch.setattr(FullTextIndex, "update", full)
    with village.watched_until(lambda report: "磁盘已满" in report.last_trouble):
        assert village.texts_read() == ["测试甲的材料"]
        monkeypatch.setattr(FullTextIndex, "update", real)
        eventually(lambda: village.paths("测试甲") == ["a.txt"])
    assert village.texts_read() == ["测试甲的材料"]
    assert waiting_list.count() == 0


def test_a_commit_repeats_what_was_not_said(village):
    """Killed between index and database: the file is committed again, not read."""
    village.write("a.txt", "测试甲的材料")
    village.run()
    FullTextIndex(village.config.data_folder / "index").update([], ["a.txt"])
    IndexWriter(IndexPlace(village.config.data_folder / "index"), Report()).begin()
    assert village.paths("测试甲") == ["a.txt"]
    assert len(village.texts_read()) == 1
