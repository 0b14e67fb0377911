"""Hearing what changes, and saying so when nothing can be heard."""

import errno
from pathlib import Path

import pytest
from watchdog.observers.inotify_c import InotifyFD

from archive_indexer.noticing.watcher import Watcher, count_watches, system_of
from tests.archive_indexer.conftest import eventually

_MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//nas/minzheng /srv/archive cifs rw 0 0
/dev/sdb1 /srv/archive\\040old ext4 rw 0 0
"""


def test_changes_are_told_by_relative_path(tmp_path: Path):
    """New files, also in new folders, are told with forward slashes."""
    heard: list[str] = []
    watcher = Watcher(tmp_path, heard.append, "events")
    watcher.start()
    try:
        (tmp_path / "村").mkdir()
        eventually(lambda: "村" in heard)
        (tmp_path / "村" / "a.txt").write_text("x")
        eventually(lambda: "村/a.txt" in heard)
        assert watcher.is_hearing
    finally:
        watcher.stop()
    assert not watcher.is_hearing


def test_no_events_left_is_said_and_walks_take_over(tmp_path, monkeypatch):
    """The system's limit is named with what the administrator can do."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(InotifyFD, "add_callback", refuse)
    watcher = Watcher(tmp_path, print)
    watcher.start()
    assert not watcher.is_hearing
    assert "max_user_watches" in watcher.trouble


def test_folders_that_watchdog_silently_left_out_are_noticed(tmp_path, monkeypatch):
    """With more folders than the limit, half an ear is not trusted."""
    for number in range(5):
        (tmp_path / str(number)).mkdir()
    real, given = InotifyFD.add_callback, []

    def three_only(self, *args):
        given.append(args)
        if len(given) > 3:
            raise OSError(errno.ENOSPC, "inotify watch limit reached")
        return real(self, *args)

    monkeypatch.setattr(InotifyFD, "add_callback", three_only)
    watcher = Watcher(tmp_path, print)
    watcher.start()
    assert watcher.is_hearing
    assert count_watches() == 3
    watcher.confirm_all(folders=6)
    assert not watcher.is_hearing
    assert "max_user_watches" in watcher.trouble


@pytest.mark.parametrize(
    ("place", "system"),
    [("/srv/archive/城关镇", "cifs"), ("/srv/archive old/x", "ext4"), ("/home", "ext4"),
     ("\\\\nas\\minzheng", "cifs")],
)  # fmt: skip
def test_the_kind_of_disk_is_known(place: str, system: str):
    """The longest mount point that holds a folder tells its kind."""
    assert system_of(Path(place), _MOUNTS) == system


def test_a_network_share_is_not_listened_to(tmp_path, monkeypatch):
    """Other machines' changes are told by no event: walks find them."""
    table = f"//nas/x {tmp_path.resolve()} cifs rw 0 0\n"
    monkeypatch.setattr("archive_indexer.noticing.watcher.read_mounts", lambda: table)
    watcher = Watcher(tmp_path, print)
    watcher.start()
    assert not watcher.is_hearing
    assert watcher.trouble == ""
