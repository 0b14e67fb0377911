"""What files looked like when they were found right."""

import os

import pytest

from minzheng.external.files import found_right
from minzheng.external.files.found_right import digest_of, recall, remember


@pytest.fixture
def look(tmp_path):
    """The digest of a folder of two files and a program of one."""
    for name in ("files/a.toml", "files/b.docx", "program/check.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("right", encoding="utf-8")
    return lambda: digest_of(
        [tmp_path / "files"],
        [tmp_path / "program"],
        only_there=lambda file: file.suffix == ".docx",
    )


@pytest.mark.parametrize(
    ("name", "is_noticed"),
    [("files/a.toml", True), ("files/c.toml", True), ("program/check.py", True),
     ("files/b.docx", False)],
)  # fmt: skip
def test_every_word_counts_but_of_what_has_only_to_be_there(look, tmp_path, name, is_noticed):
    """One of the same length, too."""
    before = look()
    assert look() == before
    (tmp_path / name).write_text("wrong", encoding="utf-8")
    later = (tmp_path / name).stat().st_mtime_ns + 10_000_000  # a coarse clock may stand still
    os.utime(tmp_path / name, ns=(later, later))
    assert (look() != before) == is_noticed


def test_a_file_that_is_gone_is_noticed(look, tmp_path):
    """Though its content does not count."""
    before = look()
    (tmp_path / "files/b.docx").unlink()
    assert look() != before


def test_what_is_remembered_is_for_nobody_elses_eyes(tmp_path):
    """And told again."""
    memory = tmp_path / "data" / "memory"
    assert recall(memory) == ""
    remember(memory, "abc")
    assert recall(memory) == "abc"
    assert memory.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owner of this kind")
def test_what_somebody_else_wrote_does_not_count(tmp_path, monkeypatch):
    """But what the administrator wrote does."""
    memory = tmp_path / "memory"
    remember(memory, "abc")
    owner = memory.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    monkeypatch.setattr(found_right, "_ROOT", owner + 2)
    assert recall(memory) == ""
    monkeypatch.setattr(found_right, "_ROOT", owner)
    assert recall(memory) == "abc"
