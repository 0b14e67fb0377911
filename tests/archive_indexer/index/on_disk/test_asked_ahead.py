"""Parts of files are asked for before they are read."""

import mmap
import os

import pytest

from archive_indexer.index.on_disk import asked_ahead
from archive_indexer.index.on_disk.asked_ahead import ask_for, ask_for_bytes, ask_for_file, map_file

LONG = 3 * asked_ahead._AT_ONCE + 5


class Mapped(mmap.mmap):
    """A mapped file that keeps what it was told."""

    told = ()

    def madvise(self, *what):
        self.told = (*self.told, what)


@pytest.fixture
def file(tmp_path):
    (tmp_path / "file").write_bytes(os.urandom(LONG))
    return tmp_path / "file"


def test_a_file_is_read_as_it_is(file, tmp_path):
    """An empty one, too, and whatever of it was asked for before."""
    raw = map_file(file)
    ask_for(raw)
    ask_for(raw, 5000, 5001)
    ask_for(raw, 7, 7)
    ask_for_file(file)
    assert raw[:] == file.read_bytes()
    (tmp_path / "empty").touch()
    ask_for(map_file(tmp_path / "empty"))
    ask_for_file(tmp_path / "none")
    assert map_file(tmp_path / "empty") == b""


def test_much_is_asked_for_in_parts(file):
    """From the page on that it begins in, and no further than was said."""
    with file.open("rb") as stream:
        raw = Mapped(stream.fileno(), 0, access=mmap.ACCESS_READ)
    ask_for(raw, mmap.PAGESIZE + 9, LONG)
    begins = [at for _, at, _ in raw.told]
    assert begins == [mmap.PAGESIZE + part * asked_ahead._AT_ONCE for part in range(3)]
    assert sum(size for *_, size in raw.told) == LONG - mmap.PAGESIZE


def test_of_an_open_file_only_that_part_is_asked_for(file, monkeypatch):
    """To the byte."""
    told = []
    monkeypatch.setattr(os, "posix_fadvise", lambda _, *what: told.append(what[:2]))
    with file.open("rb") as stream:
        ask_for_bytes(stream.fileno(), 3, 10)
    assert told == [(3, 10)]
