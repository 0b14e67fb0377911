"""A file is known by its content, and only when it holds still."""

import hashlib
import os
from pathlib import Path

import pytest

from archive_indexer.disk import identify as module
from archive_indexer.disk.identify import identify, refuse_changed, signature_of
from archive_indexer.errors import FileChangingError, FileGoneError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "a.txt"
    file.write_bytes(b"content" * 1000)
    return file


def test_a_file_is_named_by_its_hash_size_and_time(file: Path, monkeypatch):
    """Also when it is larger than one look."""
    monkeypatch.setattr(module, "_CHUNK", 64)
    found = identify("甲/a.txt", file)
    assert found.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (found.path, found.size) == ("甲/a.txt", 7000)
    assert (found.size, found.mtime_ns) == signature_of(file)


def test_what_is_no_file_is_gone(file: Path, tmp_path: Path):
    """A missing one, a folder, a link, and what lies below a file."""
    link = tmp_path / "link"
    link.symlink_to(file)
    for place in (tmp_path / "none", tmp_path, link, file / "below"):
        with pytest.raises(FileGoneError):
            identify("x", place)
    assert signature_of(tmp_path / "none") is None
    assert signature_of(file / "below") is None


def test_a_file_that_changes_under_the_hashing_is_tried_later(file: Path, monkeypatch):
    """A copy in progress has no hash."""
    real = os.fstat

    def grow(number: int):
        with file.open("ab") as stream:
            stream.write(b"more")
        return real(number)

    monkeypatch.setattr(module.os, "fstat", grow)
    with pytest.raises(FileChangingError):
        identify("x", file)


@pytest.mark.parametrize("change", ["content", "time", "gone"])
def test_what_was_read_counts_only_while_the_file_is_the_same(file: Path, change: str):
    """Written to, touched or taken away: it is read again."""
    found = identify("a.txt", file)
    refuse_changed(found, file)
    if change == "content":
        file.write_bytes(b"other")
    elif change == "time":
        os.utime(file, ns=(1, 1))
    else:
        file.unlink()
    with pytest.raises(FileChangingError):
        refuse_changed(found, file)
