"""Halves that a killed process left are swept, and nothing else."""

import os
import subprocess
import sys
import time

import psutil
import pytest

from minzheng.external.files.whole_file import PART, draft_of
from minzheng.external.unfinished_files import remove_unfinished

NOW = 1_800_000_000.0


def test_old_halves_go_and_young_ones_stay(tmp_path):
    """A command beside the service may be writing its own just now."""
    (tmp_path / "issued").mkdir()
    for name, age in (("issued/a.part", 601), ("b.part", 599), ("c.docx", 9999)):
        file = tmp_path / name
        file.write_bytes(b"half")
        os.utime(file, (NOW - age, NOW - age))
    assert remove_unfinished(tmp_path, NOW) == 1
    left = {file.name for file in tmp_path.rglob("*") if file.is_file()}
    assert left == {"b.part", "c.docx"}


def test_of_a_share_only_age_tells(tmp_path):
    """A process of another machine that writes there is none of this one."""
    young = tmp_path / f".{0x7FFFFFF0:x}-0{PART}"
    young.write_bytes(b"half")
    now = time.time()
    assert remove_unfinished(tmp_path, now, is_share=True) == 0
    assert remove_unfinished(tmp_path, now + 601, is_share=True) == 1


def test_a_rest_is_taken_after_each_folder(tmp_path):
    """People ask for pages meanwhile."""
    (tmp_path / "issued" / "ab").mkdir(parents=True)
    rests = []
    remove_unfinished(tmp_path, NOW, lambda: rests.append(1))
    assert len(rests) == 3


def test_a_folder_of_that_name_is_no_half(tmp_path):
    """It may hold what somebody wants."""
    folder = tmp_path / "x.part"
    folder.mkdir()
    os.utime(folder, (NOW - 9999, NOW - 9999))
    assert remove_unfinished(tmp_path, NOW) == 0
    assert folder.is_dir()


def test_the_half_of_a_process_that_is_gone_goes_however_young(tmp_path):
    """Its number stands in the name; that of a process at work stays."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    halves = [tmp_path / f".{number:x}-0a1b2c3d.part" for number in (gone.pid, os.getpid(), 2**70)]
    for file in halves:
        file.write_bytes(b"half")
    assert remove_unfinished(tmp_path, time.time()) == 2
    assert list(tmp_path.iterdir()) == [halves[1]]


@pytest.mark.parametrize(("seconds", "removed"), [(-3.0, 1), (-1.0, 0), (1.0, 0)])
def test_a_number_may_have_been_given_again(tmp_path, seconds, removed):
    """What was written before its process began is an earlier one's, our own number too."""
    half = draft_of(tmp_path / "a.docx").part
    half.write_bytes(b"half")
    written = psutil.Process().create_time() + seconds
    os.utime(half, (written, written))
    assert remove_unfinished(tmp_path, written + 60) == removed
