"""A disk that is really full: it is said, and with room again all goes on."""

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.office.test_backup import Office
from tests.running.kept.made_tables import lay_tables

_FILES = 30


def mount(*words: object) -> bool:
    command = ["mount", *map(str, words)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Office]:
    """An office whose data lie on a disk of 3 MB."""
    office = Office(tmp_path / "office")
    office.data.mkdir()
    if shutil.which("mount") is None or not mount(
        "-t", "tmpfs", "-o", "size=3m", "tmpfs", office.data
    ):
        pytest.skip("this machine does not allow to mount a small disk")
    lay_tables(office.data)
    yield office
    subprocess.run(["umount", "-l", str(office.data)], check=True)


def readings(office: Office) -> dict[str, str]:
    with closing(sqlite3.connect(office.data / "minzheng.sqlite3")) as database:
        rows = database.execute("SELECT sha256, read_at FROM archive_indexer_content")
        return dict(rows.fetchall())


def test_a_full_disk_is_said_and_nothing_is_read_twice(small: Office):
    """Everything is findable as soon as there is room; what was kept is not read again."""
    for number in range(_FILES):
        text = "".join(chr(0x4E00 + (number * 7919 + n * 104_729) % 20_000) for n in range(12_000))
        file = small.folder / "archive" / f"{number}.txt"
        file.write_text(f"满盘测试第{number:03}件 {text}", encoding="utf-8")
    told = small.run("index", small.folder / "archive", status=1)
    assert "磁盘已满" in told
    assert mount("-o", "remount,size=200m", small.data)
    before = readings(small)
    small.run("index", small.folder / "archive")
    after = readings(small)
    assert len(after) == _FILES
    assert {sha: after[sha] for sha in before} == before
    assert f"共 {_FILES} 件" in small.run("search", "满盘测试")
