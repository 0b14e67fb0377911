"""The data folder is shut at once and put in order beside the pages."""

import os
import sys
import threading
from dataclasses import replace

import pytest

from minzheng.cli import tidying
from minzheng.cli.tidying import shut_data_folder, start_tidying
from minzheng.county.config import current_config

_HOUR = 3600


@pytest.fixture
def office(tmp_path):
    """A data folder as others can read it, the archive in it, and half a form of long ago."""
    issued, archive = tmp_path / "data" / "issued", tmp_path / "data" / "archive"
    for folder in (issued, archive):
        folder.mkdir(parents=True)
    for file in (issued / "1.docx", issued / "old.1.part", archive / "1.pdf"):
        file.write_bytes(b"1")
        file.chmod(0o644)
    for folder in (issued, archive, issued.parent):
        folder.chmod(0o755)
    os.utime(issued / "old.1.part", (_HOUR, _HOUR))
    return replace(current_config(), data_folder=issued.parent, archive_folder=archive)


def others_reach(config, name):
    return bool((config.data_folder / name).stat().st_mode & 0o077)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_at_once_nobody_else_gets_in(office):
    """Before anything is served; the archive in it stays as it is."""
    shut_data_folder(office)
    assert not any(others_reach(office, name) for name in ("", "issued"))
    assert others_reach(office, "archive")


def test_then_every_file_is_looked_at(office):
    """What is deeper becomes ours alone; halves of long ago go."""
    start_tidying(office).join()
    assert not (office.data_folder / "issued" / "old.1.part").exists()
    if sys.platform != "win32":
        assert not others_reach(office, "issued/1.docx")
        assert others_reach(office, "archive/1.pdf")


def test_it_waits_for_what_people_wait_for(office):
    """The first pages are made before."""
    warm = threading.Event()
    thread = start_tidying(office, warm.wait)
    assert (office.data_folder / "issued" / "old.1.part").exists()
    warm.set()
    thread.join()
    assert not (office.data_folder / "issued" / "old.1.part").exists()


def test_what_cannot_be_put_in_order_is_written_down(office, monkeypatch, caplog):
    """And stops nothing else."""

    def fail(*_, **__):
        raise OSError("gone")

    monkeypatch.setattr(tidying, "remove_unfinished", fail)
    start_tidying(office).join()
    assert "not put in order" in caplog.text
