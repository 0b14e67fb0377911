"""Hearing what changes, and saying so when nothing can be heard."""

import errno
from pathlib import Path
from types import SimpleNamespace

import pytest
from watchdog.observers.inotify_c import InotifyFD

from archive_indexer.noticing import watcher as module
from archive_indexer.noticing.watcher import (
    Watcher,
    _count_watches,
    _Handler,
    count_watches,
    system_of,
)
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


class Ear:
    """An observer that hears as it is told to."""

    def __init__(self, *alive: bool, error: OSError | None = None) -> None:
        self.emitters = [SimpleNamespace(is_alive=lambda one=one: one) for one in alive]
        self.error, self.begun, self.ended = error, 0, 0

    def schedule(self, handler, path, recursive):
        assert recursive

    def start(self):
        if self.error:
            raise self.error
        self.begun += 1

    def stop(self):
        self.ended += 1

    def join(self, seconds):
        pass


def watcher_with(monkeypatch, tmp_path, ear, way="events") -> Watcher:
    monkeypatch.setattr(module, "Observer", lambda: ear)
    return Watcher(tmp_path, print, way)


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (("created", "村/a", "", False), ["村/a"]), (("modified", "村/a", "", False), ["村/a"]),
        (("modified", "村", "", True), []), (("created", "村", "", True), ["村"]),
        (("deleted", "村", "", True), ["村"]), (("opened", "村/a", "", False), []),
        (("closed_no_write", "村/a", "", False), []), (("closed", "村/a", "", False), ["村/a"]),
        (("moved", "村/a", "镇/b", False), ["村/a", "镇/b"]),
        (("moved", "村", "镇", True), ["村", "镇"]),
    ],
)  # fmt: skip
def test_an_event_tells_the_paths_it_speaks_of(tmp_path, event, told):
    """Reading is no change; of a folder it counts that it came or went."""
    kind, source, goal, is_folder = event
    heard: list[str] = []
    handler = _Handler(tmp_path, heard.append, heard.append)
    handler.on_any_event(
        SimpleNamespace(
            event_type=kind,
            src_path=str(tmp_path / source),
            dest_path=str(tmp_path / goal) if goal else "",
            is_directory=is_folder,
        )
    )
    assert heard == told


@pytest.mark.parametrize(
    ("alive", "is_hearing"), [((True, True), True), ((True, False), False), ((), True)]
)
def test_it_hears_while_all_of_it_is_alive(monkeypatch, tmp_path, alive, is_hearing):
    """Half an ear is none."""
    watcher = watcher_with(monkeypatch, tmp_path, Ear(*alive))
    assert not watcher.is_hearing
    watcher.start()
    assert watcher.is_hearing == is_hearing
    watcher.stop()
    assert not watcher.is_hearing


@pytest.mark.parametrize(
    ("way", "disk", "begun"),
    [
        ("events", ("ext4", []), 1), ("events", ("cifs", []), 1), ("polling", ("ext4", []), 0),
        ("auto", ("ext4", []), 1), ("auto", ("cifs", []), 0), ("auto", ("fuse.sshfs", []), 0),
        ("auto", ("ext4", ["村"]), 0), ("events", ("ext4", ["村"]), 1),
    ],
)  # fmt: skip
def test_it_listens_where_changes_are_told(monkeypatch, tmp_path, way, disk, begun):
    """By itself only where every part of the archive lies on this machine."""
    root, (kind, mounts) = tmp_path.resolve(), disk
    table = f"x {root} {kind} rw\ny {root}/村 nfs rw\n"
    monkeypatch.setattr(module, "read_mounts", lambda: table)
    ear = Ear(True)
    watcher_with(monkeypatch, tmp_path, ear, way).start(mounts)
    assert ear.begun == begun


@pytest.mark.parametrize(
    ("number", "is_limit"), [(errno.ENOSPC, True), (errno.EMFILE, True), (errno.ENOSYS, False)]
)
def test_why_nothing_is_heard_is_told(monkeypatch, tmp_path, number, is_limit):
    """A limit can be raised, a system cannot be changed."""
    watcher = watcher_with(monkeypatch, tmp_path, Ear(error=OSError(number, "x")))
    watcher.start()
    assert ("max_user_watches" in watcher.trouble) == is_limit
    assert watcher.trouble
    assert not watcher.is_hearing


@pytest.mark.parametrize(
    ("counts", "is_hearing"),
    [
        ([3], True), ([4], True), ([None], True), ([2, 2, 2, 3], True), ([2, 2, 2, 2], False),
        ([2, 2, 2, 2, 3], False),
    ],
)  # fmt: skip
def test_watched_folders_are_counted_four_times_at_most(monkeypatch, tmp_path, counts, is_hearing):
    """New ones are watched a moment later; where nothing is told, nothing is concluded."""
    monkeypatch.setattr(module, "count_watches", iter(counts).__next__)
    monkeypatch.setattr(module, "_LOOK_SECONDS", 0.0)
    watcher = watcher_with(monkeypatch, tmp_path, Ear(True))
    watcher.confirm_all(3)  # nothing is heard yet
    watcher.start()
    watcher.confirm_all(3)
    assert watcher.is_hearing == is_hearing
    assert bool(watcher.trouble) != is_hearing


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("pos: 0\ninotify wd:1 ino:2\ninotify wd:2\n", 2), ("x inotify wd:1", 0)],
)
def test_watches_stand_line_by_line(tmp_path, text, count):
    """A table that cannot be read counts nothing."""
    (tmp_path / "1").write_text(text, encoding="ascii")
    assert _count_watches(tmp_path / "1") == count
    assert _count_watches(tmp_path / "none") == 0


@pytest.mark.parametrize(
    ("line", "kind"), [("x /srv cifs", "cifs"), ("x /srv", ""), ("x", ""), ("x  cifs", "")]
)
def test_a_line_of_the_table_needs_three_words(line, kind):
    """And a place."""
    assert system_of(Path("/srv/a"), line) == kind


@pytest.mark.parametrize(
    ("event", "is_local", "closed"),
    [
        (("closed", "村/a", "", False), True, ["村/a"]),
        (("closed", "村/a", "", False), False, []),
        (("modified", "村/a", "", False), True, []),
        (("moved", "村/a", "镇/b", False), True, ["镇/b"]),
        (("moved", "村/a", "镇/b", False), False, []),
        (("moved", "村", "镇", True), True, []),
    ],
)
def test_files_that_are_whole_are_told_apart_on_local_disks(tmp_path, event, is_local, closed):
    """Closed by their writer, or renamed into place; of a share nobody knows."""
    kind, source, goal, is_folder = event
    heard: list[str] = []
    handler = _Handler(tmp_path, lambda _: None, heard.append)
    handler.is_local = is_local
    goal_path = str(tmp_path / goal) if goal else ""
    handler.on_any_event(
        SimpleNamespace(
            event_type=kind,
            src_path=str(tmp_path / source),
            dest_path=goal_path,
            is_directory=is_folder,
        )
    )
    assert heard == closed


@pytest.mark.parametrize(("system", "is_local"), [("ext4", True), ("cifs", False)])
def test_what_is_closed_is_told_of_local_disks_only(monkeypatch, tmp_path, system, is_local):
    """Where somebody has events listened for on a share, too."""
    monkeypatch.setattr(module, "read_mounts", lambda: f"x {tmp_path} {system} rw 0 0")
    watcher = watcher_with(monkeypatch, tmp_path, Ear(True))
    watcher.start()
    assert watcher._handler.is_local is is_local
