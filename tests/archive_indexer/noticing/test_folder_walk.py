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


@pytest.mark.parametrize(
    ("path", "is_litter"),
    [
        ("Thumbs.DB", True), ("thumbs.db.jpg", False), ("~$申请.docx", True), ("~WRL1.tmp", True),
        ("a~$.docx", False), (".git/x", True), ("村/.x/申请.jpg", True), ("a.PART", True),
        ("a.part.jpg", False), ("a.lnk", True), ("村/Desktop.ini", True), ("村/申请.jpg", False),
        ("a.tmp/申请.jpg", True),
    ],
)  # fmt: skip
def test_litter_is_known_by_its_name(path, is_litter):
    """Of the file or of a folder above it."""
    assert is_ignored(path) == is_litter


A = ((1, 1), True)


@pytest.mark.parametrize(
    ("files", "known", "may_be_empty", "is_believed"),
    [
        ({}, {}, False, True), ({}, {"a": A}, False, False), ({}, {"a": A}, True, True),
        ({"b": (1, 1)}, {"a": A}, False, True),
    ],
)  # fmt: skip
def test_only_what_was_full_is_suddenly_empty(files, known, may_be_empty, is_believed):
    """Unless somebody has said that it may be."""
    if is_believed:
        assert compare(Walked(files), known, may_be_empty).gone == tuple(known)
    else:
        with pytest.raises(ArchiveFolderError):
            compare(Walked(files), known, may_be_empty)


@pytest.mark.parametrize(
    ("path", "is_gone"), [("a/x", False), ("a/b/x", False), ("ab/x", True), ("a", True)]
)
def test_only_what_lies_in_an_unreadable_folder_is_hidden(path, is_gone):
    """Not what begins with the same letters."""
    found = Walked({"c": (1, 1)}, unreadable=("a",))
    assert compare(found, {path: A}).gone == ((path,) if is_gone else ())


@pytest.mark.parametrize(
    ("found", "known", "recased"),
    [
        (["A.jpg"], ["a.jpg"], ("a.jpg",)), (["b.jpg"], ["a.jpg"], ()), (["a.jpg"], ["a.jpg"], ()),
        (["A.jpg", "b.jpg"], ["a.jpg", "c.jpg"], ("a.jpg",)), (["A.jpg"], [], ()),
    ],
)  # fmt: skip
def test_a_file_of_another_case_may_be_the_same(found, known, recased):
    """Some disks do not tell them apart."""
    changes = compare(Walked(dict.fromkeys(found, (1, 1))), dict.fromkeys(known, A))
    assert changes.recased == recased


def test_a_folder_that_cannot_be_read_is_told_and_the_others_are_walked(tmp_path, monkeypatch):
    """Folders are counted, shares joined in are named, a walk may begin below."""
    for name in ("a/x.jpg", "b/c/y.jpg", "z.jpg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    real = os.scandir
    locked = str(tmp_path / "a")

    def scandir(place):
        if str(place) == locked:
            raise PermissionError(13, "denied")
        return real(place)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(os.path, "ismount", lambda place: str(place).endswith("b"))
    walked = walk(tmp_path)
    assert set(walked.files) == {"b/c/y.jpg", "z.jpg"}
    assert (walked.unreadable, walked.mounts, walked.folders) == (("a",), ("b",), 4)
    below = walk(tmp_path, "b")
    assert (set(below.files), below.folders) == ({"b/c/y.jpg"}, 2)
    assert walk(tmp_path, "a").unreadable == ("a",)
