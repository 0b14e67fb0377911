"""The walk over the archive."""

import os
from pathlib import Path

import pytest

from archive_indexer.errors import ArchiveFolderError
from archive_indexer.noticing.folder_walk import Walked, compare, is_ignored, walk


def test_every_file_is_found_with_size_and_time(tmp_path: Path):
    """Files at any depth are found by their relative path."""
    (tmp_path / "钟宝镇" / "旧城村").mkdir(parents=True)
    file = tmp_path / "钟宝镇" / "旧城村" / "a.pdf"
    file.write_bytes(b"abc")
    assert walk(tmp_path).files == {"钟宝镇/旧城村/a.pdf": (3, file.stat().st_mtime_ns)}


def test_litter_and_links_are_left_out(tmp_path: Path):
    """System files, lock files, partial copies and links are no work traces."""
    for name in ("Thumbs.db", "~$x.docx", ".hidden", "a.pdf.part", "b.tmp", "c.pdf"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = walk(tmp_path)
    assert set(found.files) == {"c.pdf"}
    assert found.passed_over == ("loop",)
    assert is_ignored("村/~$x.docx")
    assert not is_ignored("村/x.docx")


def test_what_network_disks_lay_beside_papers_is_no_paper(tmp_path: Path):
    """Thumbnails and snapshots are left out; links, shortcuts and bins are told as well."""
    for name in ("@eaDir/a.pdf", "#recycle/b.pdf", "$RECYCLE.BIN/c.pdf", "村/@eaDir/d.jpg",
                 "村/e.pdf"):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "村/link.pdf").symlink_to(tmp_path / "村/e.pdf")
    (tmp_path / "村/捷径.lnk").write_bytes(b"x")
    os.mkfifo(tmp_path / "pipe")
    found = walk(tmp_path)
    assert set(found.files) == {"村/e.pdf"}
    assert found.passed_over == (
        "#recycle", "$RECYCLE.BIN", "pipe", "村/link.pdf", "村/捷径.lnk",
    )  # fmt: skip
    assert is_ignored("#recycle/b.pdf")
    assert is_ignored("村/@eaDir/d.jpg")


def test_a_missing_archive_folder_is_a_failure(tmp_path: Path):
    """A share that is not there concludes nothing."""
    with pytest.raises(ArchiveFolderError, match="读不到"):
        walk(tmp_path / "none")


def test_new_changed_and_gone_files_are_told():
    """Files differ by signature, or are not done with."""
    known = {"same": ((1, 1), True), "new time": ((1, 1), True), "gone": ((1, 1), True)}
    known["unfinished"] = ((1, 1), False)
    found = Walked({"same": (1, 1), "new time": (1, 2), "new": (1, 1), "unfinished": (1, 1)})
    changes = compare(found, known)
    assert set(changes.changed) == {"new time", "new", "unfinished"}
    assert changes.gone == ("gone",)


def test_an_unreadable_subfolder_marks_nothing_gone():
    """What lies in a folder that cannot be read is not gone."""
    found = Walked({"b": (1, 1)}, unreadable=("a",))
    assert compare(found, {"a/x": ((1, 1), True), "b": ((1, 1), True)}).gone == ()


def test_an_archive_that_is_suddenly_empty_is_not_believed():
    """An unmounted share leaves an empty folder; nothing is marked gone."""
    with pytest.raises(ArchiveFolderError, match="网络盘"):
        compare(Walked({}), {"a": ((1, 1), True)})
