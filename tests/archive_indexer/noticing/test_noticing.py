"""What changed is noticed: by a walk or by an event, and waited for until it is whole."""

import dataclasses
from pathlib import Path
from types import SimpleNamespace

import pytest

from archive_indexer.errors import ArchiveFolderError
from archive_indexer.models import ArchivedFile, WaitingFile, Walk
from archive_indexer.noticing import noticing as noticing_module
from archive_indexer.noticing.folder_walk import Walked
from archive_indexer.noticing.noticing import Noticing
from archive_indexer.noticing.presence import Presence
from archive_indexer.noticing.watcher import system_of
from archive_indexer.stores import waiting_list
from archive_indexer.stores.service_state import Report
from tests.archive_indexer.conftest import eventually

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def noticing(village) -> Noticing:
    return Noticing(village.config, Presence(village.archive), Report())


def waiting() -> list[str]:
    return sorted(WaitingFile.objects.values_list("path", flat=True))


def settle(noticing: Noticing) -> None:
    """Until nothing is being watched for changes any more."""
    eventually(lambda: len(noticing) == 0, noticing.settle)


def test_a_walk_sends_new_files_to_be_settled_and_gone_ones_to_the_list(village, noticing):
    """A file is not read before it has stopped changing."""
    gone = village.write("gone.txt", "走了的")
    village.run()
    gone.unlink()
    village.write("甲/a.txt", "测试甲")
    assert noticing.walk("") == []
    assert waiting() == ["gone.txt"]
    settle(noticing)
    assert waiting() == ["gone.txt", "甲/a.txt"]
    assert (noticing._report.found, noticing._report.changed, noticing._report.gone) == (1, 1, 1)


def test_a_path_that_a_server_cannot_keep_stops_no_other_and_is_told(
    village, noticing, monkeypatch
):
    """Its folders are for people to rename; afterwards it is taken in like any other."""
    monkeypatch.setattr(waiting_list, "is_on_server", lambda: True)
    long = village.write(f"{'/'.join(['长' * 80] * 6)}/b.txt", "测试乙")
    village.write("a.txt", "测试甲")
    noticing.walk("")
    settle(noticing)
    assert waiting() == ["a.txt"]
    (told,) = Walk.objects.values_list("trouble", flat=True)
    assert told == noticing._report.trouble
    assert told.startswith("1 个文件的路径太长（超过 466 个汉字，如“长长")
    long.rename(village.archive / "b.txt")
    noticing.walk("")
    settle(noticing)
    assert (waiting(), noticing._report.trouble) == (["a.txt", "b.txt"], "")


def test_a_walk_below_a_folder_leaves_the_rest_alone(village, noticing):
    """One village can be taken in by itself."""
    village.write("甲/a.txt", "测试甲")
    village.write("乙/b.txt", "测试乙")
    noticing.walk("甲/")
    settle(noticing)
    assert waiting() == ["甲/a.txt"]


def test_an_event_is_only_a_hint(village, noticing):
    """Looked at are the files it concerns; litter is not."""
    for name in ("a.txt", "~$a.docx", "甲/b.txt"):
        village.write(name, "测试")
    (village.archive / "link.txt").symlink_to(village.archive / "a.txt")
    for heard in ("a.txt", "~$a.docx", "甲", "link.txt", "../outside.txt"):
        noticing._heard.put(heard)
    noticing.hear()
    settle(noticing)
    assert waiting() == ["a.txt", "甲/b.txt"]


def test_a_folder_that_went_as_a_whole_takes_its_files_with_it(village, noticing):
    """The event names only the folder."""
    for name in ("1.txt", "下层/2.txt"):
        village.write(f"甲/{name}", f"测试{name}")
    village.run()
    (village.archive / "甲").rename(village.archive.with_name("elsewhere"))
    noticing._heard.put("甲")
    noticing.hear()
    settle(noticing)
    assert {"甲/1.txt", "甲/下层/2.txt"} <= set(waiting())


def test_a_share_that_is_away_is_noted_and_looked_for_again(village, noticing, monkeypatch):
    """Nothing is concluded; when it is back, work goes on."""
    monkeypatch.setattr(noticing_module, "_AWAY_SECONDS", 0.0)
    away = village.archive.with_name("away")
    village.archive.rename(away)
    assert noticing.walk_if_due() == []
    assert noticing.is_away
    assert noticing._report.doing == "away"
    assert Walk.objects.get().trouble == noticing._report.trouble != ""
    away.rename(village.archive)
    noticing.walk_if_due()
    assert not noticing.is_away
    assert noticing._report.trouble == ""


def test_an_archive_that_is_suddenly_empty_is_not_believed(village, noticing):
    """Unless people say that it is so."""
    village.write("a.txt", "测试甲")
    village.run()
    (village.archive / "a.txt").unlink()
    with pytest.raises(ArchiveFolderError):
        noticing.walk("")
    assert waiting() == []
    noticing.walk("", may_be_empty=True)
    assert waiting() == ["a.txt"]


def test_without_events_walks_come_more_often(village, noticing):
    """They take a tenth of the time; with events they are as far apart as was set."""
    minutes = village.config.walk_minutes * 60.0
    assert noticing._walk_seconds(0.0) == noticing_module._LEAST_WALK_SECONDS
    assert noticing._walk_seconds(2.0) == 20.0
    assert noticing._walk_seconds(1e9) == minutes
    noticing.listen()
    try:
        noticing.walk("")
        assert noticing._watcher.is_hearing
        assert noticing._walk_seconds(2.0) == minutes
    finally:
        noticing.stop()


def test_a_walk_that_is_not_due_is_not_made(village, noticing):
    """Except when something may have been missed."""
    noticing.walk_if_due()
    noticing.walk_if_due()
    assert Walk.objects.count() == 1
    noticing.walk_soon()
    noticing.walk_if_due()
    assert Walk.objects.count() == 2


def test_litter_that_is_heard_of_is_not_taken_in(village):
    """Neither what Word leaves beside a file nor what lies in a hidden folder."""
    village.write("a.txt", "测试甲的材料")
    with village.watched():
        village.write("~$b.txt", "测试乙的材料")
        village.write(".trash/c.txt", "测试丙的材料")
        village.write("d.txt", "测试丁的材料")
        eventually(lambda: village.paths("测试丁的材料"))
        village.write("e.txt", "测试戊的材料")
        eventually(lambda: village.paths("测试戊的材料"))
    assert set(ArchivedFile.objects.values_list("path", flat=True)) == {"a.txt", "d.txt", "e.txt"}


@pytest.mark.parametrize(
    ("place", "mounts", "kind"),
    [
        ("/srv/a", "x / ext4 rw\ny /srv cifs rw", "cifs"),
        ("/srvx/a", "x / ext4 rw\ny /srv cifs rw", "ext4"),
        ("/srv/a", "y /srv cifs rw\nx / ext4 rw", "cifs"),
        ("/srv/a", "x /srv ext4 rw\ny /srv cifs rw", "cifs"),  # mounted over the other
        ("/srv/a", "x /\ny\n\nz /srv", ""),
        ("/srv/a b/c", "x / ext4 rw\ny /srv/a\\040b nfs rw", "nfs"),
        ("\\\\host\\share", "", "cifs"),
        ("/srv", "", ""),
    ],
)
def test_a_folder_lies_on_the_innermost_of_what_is_mounted(place, mounts, kind):
    """A line that breaks off tells nothing."""
    assert system_of(Path(place), mounts) == kind


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, ""), (1, "1 个子文件夹读不到（“甲0”），其中的档案保持原样"),
     (3, "3 个子文件夹读不到（“甲0”、“甲1”、“甲2”），其中的档案保持原样"),
     (4, "4 个子文件夹读不到（“甲0”、“甲1”、“甲2”等），其中的档案保持原样")],
)  # fmt: skip
def test_of_unreadable_folders_three_are_named(count, told):
    """And how many there are."""
    unreadable = tuple(f"甲{number}" for number in range(count))
    assert noticing_module._tell_unreadable(Walked({}, unreadable)) == told


def test_a_walk_is_due_after_its_time(village, noticing, monkeypatch):
    """To the moment; one that took long is made less often."""
    now = [1000.0]
    monkeypatch.setattr(noticing_module, "time", SimpleNamespace(monotonic=lambda: now[0]))
    noticing.walk_if_due()
    for at, walks in ((1004.9, 1), (1005.0, 2)):
        now[0] = at
        noticing.walk_if_due()
        assert Walk.objects.count() == walks
    now[0] = 2000.0
    monkeypatch.setattr(noticing, "walk", lambda _: now.__setitem__(0, 2003.0) or [])
    noticing.walk_if_due()
    assert noticing._next_walk == 2033.0


class _Ear:
    """What hears, or does not, and why."""

    def __init__(self, is_hearing: bool, trouble: str) -> None:
        self.is_hearing, self.trouble, self.begun, self.folders = is_hearing, trouble, 0, 0

    def start(self, mounts):
        self.begun += 1

    def confirm_all(self, folders):
        self.folders = folders

    def stop(self):
        self.is_hearing = False


@pytest.mark.parametrize(
    ("ear", "begun", "said"),
    [((False, ""), 1, "定时"), ((True, ""), 0, "随时"), ((False, "太多"), 0, "太多")],
)
def test_at_each_walk_it_begins_to_listen_when_it_does_not(village, noticing, ear, begun, said):
    """Where that failed before it is not tried again; people are told which it is."""
    village.write("甲/a.txt", "测试甲")
    noticing._watcher = ear = _Ear(*ear)
    noticing.walk("")
    assert (ear.begun, ear.folders, noticing._report.watching) == (begun, 2, said)


def test_what_its_writer_closed_is_taken_in_without_the_usual_wait(village):
    """What is only heard to change waits."""
    village.config = dataclasses.replace(village.config, settle_seconds=60.0)
    noticing = Noticing(village.config, Presence(village.archive), Report())
    village.write("甲.txt", "测试甲")
    village.write("乙.txt", "测试乙")
    noticing._heard.put("甲.txt")
    noticing._heard.put("乙.txt")
    noticing._heard.put(noticing_module._Closed("乙.txt"))
    noticing.hear()
    eventually(lambda: len(noticing) == 1, noticing.settle)
    assert waiting() == ["乙.txt"]
