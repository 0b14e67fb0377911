"""Readers of commands are processes of their own, though they share what was loaded."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.running.command_starts import PROJECT, run_command
from tests.running.kept.made_tables import lay_tables

#: A process that has something done by a reader, as a command does, and says what it was.
_ASK = """
import os, signal, sys
from archive_indexer.reading.pool import ReadingPool
from tests.running.forked_readers import ForkedReaders
from tests.running.test_forked_readers import tell
readers = ForkedReaders()
readers.take_part()
os.environ["TOLD"] = "abc"
pool = ReadingPool(tell, 1, 60.0)
print(pool.run("TOLD"), flush=True)
print(len({pool.run("pid"), os.getpid()}), flush=True)
try:
    pool.run("end")
except Exception as error:
    print(type(error).__name__, flush=True)
print(pool.run("TOLD"), flush=True)
pool.stop()
"""


def tell(asked: str) -> object:
    """What a reader is asked here: its environment, its number, or to die."""
    if asked == "pid":
        return os.getpid()
    if asked == "end":
        os.kill(os.getpid(), signal.SIGKILL)
    print("said by a reader", file=sys.stderr, flush=True)
    return os.environ.get(asked)


def test_a_reader_has_the_surroundings_of_its_command_and_dies_alone():
    """Environment and streams; another takes its place."""
    done = subprocess.run(
        [sys.executable, "-c", _ASK], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["abc", "2", "ReadingFailedError", "abc"], done.stderr
    assert done.stderr.count("said by a reader") == 2


def test_a_command_reads_files_as_ever(tmp_path: Path):
    """One is found by its words, one is broken, and says so."""
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "a.txt").write_text("低保 旧城村", encoding="utf-8")
    (tmp_path / "archive" / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    lay_tables(tmp_path / "data")
    office = ["--config", tmp_path / "config.toml"]
    told = run_command([*office, "index", tmp_path / "archive"])
    assert "已入库 1，未能识别 1，" in told.stdout, told.stderr
    assert "a.txt" in run_command([*office, "search", "旧城村"]).stdout
