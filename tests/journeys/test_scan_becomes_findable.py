"""A scan dropped into a village's folder is found by what stands on it."""

import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.served_office import PROJECT
from tests.journeys.waiting import COMMAND_SECONDS, looking_seldom, signs_of, wait_until

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
EXPECTED = tomllib.loads((SAMPLES / "expected.toml").read_text(encoding="utf-8"))

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("case", EXPECTED["find"], ids=lambda case: case["words"])
def test_every_trace_of_the_sample_village_is_found(indexed_county, case):
    """What the sample table promises is found, in scans as in documents."""
    assert case["path"] in indexed_county.paths(*case["words"].split())


def test_files_that_cannot_be_read_are_shown_with_their_reason(indexed_county):
    """Broken, encrypted and empty files stand in the coverage with a reason each."""
    shown = indexed_county.run("coverage")
    for case in EXPECTED["unreadable"]:
        assert case["path"] in shown
        assert case["reason"] in shown


def test_rubbish_is_not_indexed(indexed_county):
    """Thumbs.db and Word's lock files leave no trace."""
    shown = indexed_county.run("coverage")
    assert "Thumbs.db" not in shown
    assert "~$" not in shown


def test_a_second_walk_reads_nothing_again(indexed_county):
    """What was read once is not read twice."""
    assert "新增或变化 0" in indexed_county.run("index", str(indexed_county.archive))


def test_renames_copies_and_deletions_end_in_a_true_index(indexed_county, tmp_path):
    """After every change the index tells what is on disk."""
    case = EXPECTED["find"][0]
    source = indexed_county.archive / case["path"]
    folder = source.parent
    moved, copy = folder / f"改名{source.suffix}", folder / f"副本 另存{source.suffix}"
    shutil.copy2(source, copy)
    source.rename(moved)
    indexed_county.run("index", str(indexed_county.archive))
    paths = indexed_county.paths(*case["words"].split())
    relative = {str(path.relative_to(indexed_county.archive)) for path in (moved, copy)}
    assert relative <= paths
    assert case["path"] not in paths
    copy.unlink()
    moved.rename(source)
    indexed_county.run("index", str(indexed_county.archive))
    paths = indexed_county.paths(*case["words"].split())
    assert case["path"] in paths
    assert not relative & paths


def test_a_rebuilt_index_answers_as_before(indexed_county):
    """The index is thrown away and made again without reading a scan."""
    case = EXPECTED["find"][0]
    before = indexed_county.search(*case["words"].split())
    indexed_county.run("rebuild-index")
    assert indexed_county.search(*case["words"].split()) == before


def test_the_watcher_takes_in_a_file_that_was_still_growing(lay_county: Callable, tmp_path: Path):
    """A file is read once it stopped growing, and killing the watcher loses nothing."""
    county = lay_county(tmp_path / "demo")
    shutil.rmtree(county.archive)
    folder = county.archive / "钟宝镇" / "旧城村" / "01低保" / "2018年"
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "minzheng.cli.main", "--config", str(county.config), "watch"]
    data = county.folder / "data"

    def wait_until_found(words: str) -> None:
        found = looking_seldom(lambda: county.search(words)["total"] == 1, data)
        wait_until(found, lambda: signs_of(watcher.pid, data))

    watcher = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL)
    try:
        text = "测试甲的低保申请材料".encode("gb18030")
        for _ in range(4):
            with (folder / "说明.txt").open("ab") as file:
                file.write(text)
            time.sleep(0.7)  # as a scanner writes; on a busy machine it may be read in between
        wait_until_found("低保申请材料")
        watcher.send_signal(signal.SIGKILL)
        watcher.wait()
        (folder / "第二份.txt").write_bytes("测试乙的第二份材料".encode("gb18030"))
        watcher = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL)
        wait_until_found("第二份材料")
        assert county.search("低保申请材料")["total"] == 1
    finally:
        watcher.terminate()
        watcher.wait(COMMAND_SECONDS)


def test_the_logs_hold_no_name_and_no_number_of_a_person(indexed_county):
    """After broken files, moves and deletions the log speaks of none of the people."""
    logs = sorted((indexed_county.folder / "data" / "log").glob("*.jsonl*"))
    assert logs
    text = "".join(log.read_text(encoding="utf-8") for log in logs)
    words = {word for case in EXPECTED["find"] for word in case["words"].split()}
    names = {part for case in EXPECTED["find"] for part in Path(case["path"]).parts}
    assert "测试" not in text
    assert not [word for word in words | names if word in text]
