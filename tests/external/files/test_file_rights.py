"""Rights of files: ours are private, those in a shared folder are as the folder."""

import os
import sys

import pytest

from minzheng.external.files.file_rights import (
    make_private,
    make_shared_folder,
    share_as_its_folder,
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
