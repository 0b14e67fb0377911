"""Rights of files: ours are private, those in a shared folder are as the folder."""

import os
import sys

import pytest

from minzheng.external.files.file_rights import (
    make_private,
    make_shared_folder,
    share_as_its_folder,
    shut_out_others,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")


def rights(path):
    return oct(path.stat().st_mode & 0o777)


def test_what_lies_there_is_taken_from_all_others(tmp_path):
    """Files and folders at any depth; what a link leads to and what is spared stay."""
    data, spared, elsewhere = tmp_path / "data", tmp_path / "data" / "archive", tmp_path / "x"
    for folder in (data / "issued" / "ab", spared, elsewhere):
        folder.mkdir(parents=True, mode=0o755)
    files = [data / "issued" / "ab" / "1.docx", spared / "1.pdf", elsewhere / "1.pdf"]
    for file in files:
        file.write_bytes(b"1")
        file.chmod(0o644)
    for folder in (data, data / "issued", data / "issued" / "ab", spared, elsewhere):
        folder.chmod(0o755)
    (data / "link").symlink_to(elsewhere)
    assert make_private(data, [spared]) == 4
    assert [rights(file) for file in files] == ["0o600", "0o644", "0o644"]
    assert [rights(file.parent) for file in files] == ["0o700", "0o755", "0o755"]
    assert make_private(data, [spared]) == 0


def test_others_are_shut_out_at_the_top(tmp_path):
    """A start does not wait for a look at every file; what lies deeper, nobody else gets to."""
    data, elsewhere = tmp_path / "data", tmp_path / "x"
    spared, issued = data / "archive", data / "issued"
    for folder in (issued, spared, elsewhere):
        folder.mkdir(parents=True)
    files = [data / "secret_key", issued / "1.docx", elsewhere / "1.pdf"]
    for file in files:
        file.write_bytes(b"1")
        file.chmod(0o644)
    for folder in (data, issued, spared, elsewhere):
        folder.chmod(0o755)
    (data / "link").symlink_to(elsewhere)
    assert shut_out_others(data, [spared]) == 3
    assert [rights(file) for file in files] == ["0o600", "0o644", "0o644"]
    assert [rights(one) for one in (data, issued, spared, elsewhere)] == [
        "0o700", "0o700", "0o755", "0o755",
    ]  # fmt: skip


def test_what_a_link_as_data_folder_leads_to_is_shut_too(tmp_path):
    """The link itself has no rights of its own."""
    (tmp_path / "disk" / "issued").mkdir(parents=True, mode=0o755)
    (tmp_path / "disk" / "issued").chmod(0o755)
    data = tmp_path / "data"
    data.symlink_to(tmp_path / "disk")
    assert shut_out_others(data) == 1
    assert rights(data / "issued") == "0o700"


def test_a_rest_is_taken_after_each_folder(tmp_path):
    """People ask for pages meanwhile."""
    (tmp_path / "issued" / "ab").mkdir(parents=True)
    rests = []
    make_private(tmp_path, rest=lambda: rests.append(1))
    assert len(rests) == 3


def test_what_is_laid_in_a_shared_folder_is_as_the_folder(tmp_path):
    """Whatever the umask: others of the office must read the archive."""
    shared = tmp_path / "archive"
    shared.mkdir()
    shared.chmod(0o775)
    before = os.umask(0o077)
    try:
        make_shared_folder(shared / "镇" / "村")
        paper = shared / "镇" / "村" / "001"
        paper.mkdir()
        (paper / "1.pdf").write_bytes(b"1")
    finally:
        os.umask(before)
    share_as_its_folder(paper)
    made = [rights(one) for one in (shared / "镇", shared / "镇" / "村", paper, paper / "1.pdf")]
    assert made == ["0o775", "0o775", "0o775", "0o664"]
