"""Names on disk, stored and shown."""

import os
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_indexer.disk.file_names import as_disk, as_key, as_read, as_shown, disk_path


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


def test_names_on_disk_come_back_exactly():
    """Also those that are no UTF-8."""
    name = "旧城".encode("gbk").decode("utf-8", "surrogateescape")
    assert as_disk(as_key(name)) == name
    assert as_shown(as_key(name)) == "旧城"
    assert as_shown("村/" + as_key(name)) == "村/旧城"
    assert as_key("abc") == as_disk("abc") == as_shown("abc") == "abc"
    assert as_key("旧城") == as_shown("旧城") == "旧城"
    assert as_read("２０１８年ＡＢ") == "2018年AB"


@pytest.mark.parametrize(
    ("root", "length", "start"),
    [
        ("C:\\a", 235, "C:\\a"), ("C:\\a", 236, "\\\\?\\C:\\a"),
        ("\\\\host\\share", 300, "\\\\?\\UNC\\host\\share"), ("\\\\?\\C:\\a", 300, "\\\\?\\C:\\a"),
    ],
)  # fmt: skip
def test_long_paths_of_windows_have_a_mark(monkeypatch, root, length, start):
    """From 241 characters on, a share its own."""
    monkeypatch.setattr("archive_indexer.disk.file_names.Path", PureWindowsPath)
    shown = str(disk_path(PureWindowsPath(root), "x" * length, is_windows=True))
    assert shown.startswith(start)
    assert not str(disk_path(PureWindowsPath(root), "x" * length, is_windows=False)).startswith(
        "\\\\?\\UNC"
    )
    assert disk_path(PureWindowsPath(root), "") == PureWindowsPath(root)
