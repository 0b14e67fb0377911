"""Names on disk, stored and shown."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_indexer.disk.file_names import as_disk, as_key, as_shown, disk_path


@given(st.binary(max_size=40))
def test_every_name_comes_back_exactly(name: bytes):
    """Whatever bytes a name has, its key can be stored and leads back to it."""
    key = as_key(os.fsdecode(name))
    key.encode("utf-8")
    assert os.fsencode(as_disk(key)) == name


def test_a_name_in_gbk_is_shown_in_chinese():
    """An old stick's names are read, ordinary ones are left alone."""
    key = as_key(os.fsdecode("低保/张三测试.txt".encode("gbk")))
    assert as_shown(key) == "低保/张三测试.txt"
    assert as_shown("低保/张三测试.txt") == "低保/张三测试.txt"


@pytest.mark.parametrize(
    ("root", "shown"),
    [("C:\\档案", "\\\\?\\C:\\档案"), ("\\\\server\\share", "\\\\?\\UNC\\server\\share")],
)
def test_long_paths_on_windows_get_the_mark(root: str, shown: str):
    """Beyond 240 characters Windows opens only marked paths; short ones stay as they are."""
    long = "a" * 250
    assert str(disk_path(Path(root), long, is_windows=True)).startswith(shown)
    assert str(disk_path(Path(root), "b", is_windows=True)) == str(Path(root) / "b")
    assert str(disk_path(Path(root), long, is_windows=False)) == str(Path(root) / long)
