"""What is true after each situation that real village folders bring."""

import dataclasses
import itertools
import os
import shutil
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from archive_indexer.disk.file_names import as_shown
from archive_indexer.documents import Extraction
from archive_indexer.errors import ArchiveFolderError
from archive_indexer.models import ArchivedFile, PastContent, Walk
from archive_indexer.noticing.folder_walk import Walked, compare
from archive_indexer.service import Service
from archive_indexer.stores import archived_files, waiting_list
from archive_indexer.stores.outcomes import leave_trace
from tests.archive_indexer.conftest import KNOWN, eventually

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_copy_in_progress_is_read_once_and_whole(village):
    """A file that grows while it is watched is read when it is complete."""
    village.config = dataclasses.replace(village.config, settle_seconds=0.6)
    with village.watched():
        for number in itertools.count():
            file, begins = village.archive / f"{number}.txt", f"第{number}份"
            if _longest_pause(file, (begins, "测试甲", "的申请", "材料")) < 0.5:
                break
        whole = f"{begins}测试甲的申请材料"
        eventually(lambda: village.paths(whole) == [file.name])
    assert [one for one in village.texts_read() if one.startswith(begins)] == [whole]


def _longest_pause(file: Path, parts: Iterable[str]) -> float:
    """Write a file in parts; a busy machine may leave longer between two than was meant."""
    written = []
    with file.open("a", encoding="utf-8") as stream:
        for part in parts:
            stream.write(part)
            stream.flush()
            written.append(time.monotonic())
            time.sleep(0.25)
    return max(later - sooner for sooner, later in itertools.pairwise(written))


def test_a_burst_of_a_scanner_is_taken_in_whole(village):
    """Sixty pages written one after another are all found."""
    with village.watched():
        for number in range(60):
            village.write(f"村/{number:02}.txt", f"扫描批次第{number:02}页")
        eventually(lambda: len(village.paths("扫描批次")) == 60)
    assert len(village.texts_read()) == 60


def test_a_file_that_changes_while_it_is_read_is_read_again(village):
    """What was read of the old content never counts for the new one."""
    file = village.write("a.txt", "旧的材料")

    def change_meanwhile(path: Path) -> Extraction:
        extraction = village.read(path)
        if extraction.pages[0].text == "旧的材料":
            file.write_text("新的申请材料", encoding="utf-8")
        return extraction

    Service(village.config, lambda _: None, KNOWN, change_meanwhile).run_once()
    assert village.paths("新的申请材料") == ["a.txt"]
    assert village.hits("旧的材料") == []


def test_a_file_renamed_while_it_waits_is_found_under_its_new_name(village):
    """The old name leaves nothing, the content is read once."""
    file = village.write("a.txt", "测试甲的材料")
    waiting_list.add(["a.txt"])
    file.rename(village.archive / "b.txt")
    village.run()
    assert [hit.path for hit in village.hits("测试甲")] == ["b.txt"]
    assert len(village.texts_read()) == 1


def test_a_move_between_villages_moves_the_filing(village):
    """The file is found in its new village, not read again, and leaves no double."""
    old = village.write("钟宝镇/旧城村/a.txt", "测试甲的材料")
    village.run()
    new = village.archive / "城关镇/蔬菜村/a.txt"
    new.parent.mkdir(parents=True)
    old.rename(new)
    village.run()
    assert [(hit.path, hit.village) for hit in village.hits("测试甲")] == [
        ("城关镇/蔬菜村/a.txt", "蔬菜村")
    ]
    assert len(village.texts_read()) == 1
    file = archived_files.file_of("城关镇/蔬菜村/a.txt")
    assert [place.path for place in archived_files.other_places(file)] == ["钟宝镇/旧城村/a.txt"]


def test_a_whole_folder_moved_while_watched_is_followed(village):
    """Moving a folder moves every file in it, without reading."""
    for number in range(5):
        village.write(f"旧/{number}.txt", f"整夹移动第{number}件")
    with village.watched():
        assert len(village.paths("整夹移动")) == 5
        (village.archive / "旧").rename(village.archive / "新")
        eventually(lambda: village.paths("整夹移动") == [f"新/{n}.txt" for n in range(5)])
    assert len(village.texts_read()) == 5


def test_a_rename_of_case_alone_leaves_one_file(village):
    """`IMG.TXT` instead of `img.txt` is the same paper under its new name."""
    file = village.write("img.txt", "测试甲的材料")
    village.run()
    file.rename(village.archive / "IMG.TXT")
    village.run()
    assert [hit.path for hit in village.hits("测试甲")] == ["IMG.TXT"]
    assert len(village.texts_read()) == 1


def test_on_a_disk_blind_to_case_the_old_name_is_gone(village):
    """There asking for the old name finds the new one: the walk decides."""
    changes = compare(Walked({"A/IMG.txt": (1, 1)}), {"A/img.txt": ((1, 1), True)})
    assert changes.recased == ("A/img.txt",)
    village.write("img.txt", "测试甲的材料")
    village.run()
    leave_trace("img.txt")  # although it still answers to its old name
    assert not ArchivedFile.objects.get(path="img.txt").present


def test_one_content_in_five_places_is_read_once_and_found_in_all(village):
    """Copies cost no reading; each goes by itself, the last one leaves the trace."""
    for number in range(5):
        village.write(f"村{number}/a.txt", "测试甲的材料")
    village.run()
    assert len(village.paths("测试甲")) == 5
    assert len(village.texts_read()) == 1
    for number in range(4):
        (village.archive / f"村{number}/a.txt").unlink()
    village.run()
    assert [hit.path for hit in village.hits("测试甲")] == ["村4/a.txt"]


def test_replaced_content_is_found_and_the_earlier_one_is_on_record(village):
    """Under one name the new content counts; what lay there before is a trace with its times."""
    village.write("a.txt", "测试甲的材料")
    village.run()
    first = ArchivedFile.objects.get(path="a.txt")
    village.write("a.txt", "测试乙的新材料")
    village.run()
    assert village.paths("测试乙") == ["a.txt"]
    assert village.paths("测试甲") == []
    past = PastContent.objects.get(file__path="a.txt")
    assert (past.sha256, past.first_seen) == (first.sha256, first.content_since)
    assert village.traces("测试甲") == [past.trace.path]
    assert past.trace.path.startswith("a.txt（")
    village.write("b.txt", "测试甲的材料")
    village.run()
    assert (village.paths("测试甲"), village.traces("测试甲")) == (["b.txt"], [])


def test_content_that_comes_and_goes_under_one_name_is_one_trace(village):
    """Not one for every time."""
    for text in ("测试甲的材料", "测试乙的材料") * 3:
        village.write("a.txt", text)
        village.run()
    assert len(village.traces("测试甲")) == 1
    assert village.traces("测试乙") == []


def test_a_list_that_is_saved_daily_leaves_the_last_ten_contents(village):
    """Older ones stay on record and are not found."""
    for day in range(14):
        village.write("a.txt", f"测试甲的台账第{day:02}天")
        village.run()
    assert village.traces("第00天") == village.traces("第02天") == []
    assert len(village.traces("测试甲")) == 10
    assert len(village.traces("第12天")) == 1
    assert PastContent.objects.count() == 13


def test_full_width_names_are_filed(village):
    """Digits of a Chinese keyboard are digits."""
    village.write("钟宝镇/旧城村/２０１８年/测试甲．ｔｘｔ", "测试甲的材料")
    village.run()
    (hit,) = village.hits("测试甲")
    assert (hit.village, hit.year) == ("旧城村", "2018")


def test_a_name_that_is_no_utf8_is_read_filed_and_followed(village):
    """A GBK name of an old stick is kept exactly, shown in Chinese, and filed."""
    folder = os.fsencode(village.archive) + b"/" + "钟宝镇/旧城村".encode("gbk")
    os.makedirs(folder)  # noqa: PTH103  # bytes
    name = folder + b"/" + "张三测试.txt".encode("gbk")
    Path(os.fsdecode(name)).write_text("测试甲的材料", encoding="utf-8")
    village.run()
    (hit,) = village.hits("测试甲")
    assert as_shown(hit.path) == "钟宝镇/旧城村/张三测试.txt"
    assert hit.village == "旧城村"
    os.unlink(name)  # noqa: PTH108  # bytes
    village.write("other.txt", "别的")
    village.run()
    assert village.traces("测试甲") == [hit.path]


def test_a_very_long_path_is_read(village):
    """Folders in folders in folders, far beyond the 260 characters of Windows."""
    name = "/".join(["很长的文件夹名字" * 8] * 6) + "/a.txt"
    village.write(name, "测试甲的材料")
    village.run()
    assert village.paths("测试甲") == [name]


def test_links_are_never_followed(village, tmp_path):
    """Loops end, and nothing outside the archive gets in, seen or heard."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("外面的材料", encoding="utf-8")
    village.write("a.txt", "测试甲的材料")
    with village.watched():
        (village.archive / "loop").symlink_to(village.archive)
        (village.archive / "out").symlink_to(outside)
        (village.archive / "file.txt").symlink_to(outside / "secret.txt")
        (village.archive / "broken").symlink_to(outside / "none")
        village.write("b.txt", "测试乙的材料")
        eventually(lambda: village.paths("测试乙") == ["b.txt"])
    village.run()
    assert village.hits("外面的材料") == []
    assert village.paths("测试甲") == ["a.txt"]


@pytest.mark.parametrize("year", [1971, 2099])
def test_a_file_from_another_time_is_read_and_left_alone(village, year):
    """A modification time in the past or the future delays nothing and repeats nothing."""
    file = village.write("a.txt", "测试甲的材料")
    stamp = time.mktime((year, 1, 2, 0, 0, 0, 0, 0, 0))
    os.utime(file, (stamp, stamp))
    assert village.run().indexed == 1
    assert village.run().changed == 0
    assert village.paths("测试甲") == ["a.txt"]


@pytest.mark.parametrize("jump", [-30 * 86400, 30 * 86400])
def test_a_clock_that_jumps_stops_nothing(village, monkeypatch, jump):
    """Waiting is counted on a clock that only runs forward."""
    real = time.time
    with village.watched():
        monkeypatch.setattr(time, "time", lambda: real() + jump)
        village.write("a.txt", "测试甲的材料")
        eventually(lambda: village.paths("测试甲") == ["a.txt"])
        village.write("b.txt", "测试乙的材料")
        eventually(lambda: village.paths("测试乙") == ["b.txt"])


def test_walks_alone_find_what_no_event_tells(village):
    """On a share without events new, changed and deleted files are found all the same."""
    village.config = dataclasses.replace(village.config, watching="polling")
    village.write("keep.txt", "留下的材料")
    with village.watched() as service:
        assert service.report.watching == "定时"
        file = village.write("a.txt", "测试甲的材料")
        eventually(lambda: village.paths("测试甲") == ["a.txt"], service.walk_soon)
        file.unlink()
        eventually(lambda: village.traces("测试甲") == ["a.txt"], service.walk_soon)


@pytest.mark.parametrize("what_is_left", ["nothing", "an empty folder"])
def test_a_share_that_goes_away_and_comes_back_loses_nothing(village, what_is_left):
    """Meanwhile all stays findable and present; afterwards new files are taken in."""
    village.write("a.txt", "测试甲的材料")
    away = village.archive.with_name("away")
    with village.watched() as service:
        village.archive.rename(away)
        if what_is_left == "an empty folder":
            village.archive.mkdir()
        eventually(lambda: service.report.doing == "away", service.walk_soon)
        assert village.paths("测试甲") == ["a.txt"]
        assert "网络盘" in service.report.trouble
        shutil.rmtree(village.archive, ignore_errors=True)
        away.rename(village.archive)
        village.write("b.txt", "测试乙的材料")
        eventually(lambda: village.paths("测试乙") == ["b.txt"], service.walk_soon)
        assert service.report.trouble == ""
    assert ArchivedFile.objects.filter(present=False).count() == 0
    assert len(village.texts_read()) == 2


def test_a_queue_waits_while_the_share_is_away(village):
    """Files on the list are neither failed nor gone when the share is lost on the way."""
    for number in range(3):
        village.write(f"{number}.txt", f"排队的第{number}件")
    away = village.archive.with_name("away")

    def lose_the_share(file: Path) -> Extraction:
        village.archive.rename(away)
        raise FileNotFoundError(2, "lost", str(file))

    service = Service(village.config, lambda _: None, KNOWN, lose_the_share)
    with pytest.raises(ArchiveFolderError):
        service.run_once()
    assert not ArchivedFile.objects.exists()
    assert waiting_list.count() == 3
    away.rename(village.archive)
    village.run()
    assert len(village.paths("排队")) == 3


def test_one_subfolder_that_fails_hides_nothing(village, monkeypatch):
    """Its files stay present, the others are kept true, and the trouble is told."""
    village.write("好村/a.txt", "测试甲的材料")
    village.write("好村/keep.txt", "留下的材料")
    village.write("坏村/b.txt", "测试乙的材料")
    village.run()
    (village.archive / "好村/a.txt").unlink()
    real = os.scandir

    def fail_there(place):
        if str(place).endswith("坏村"):
            raise OSError(5, "Input/output error", place)
        return real(place)

    monkeypatch.setattr(os, "scandir", fail_there)
    report = village.run()
    assert "坏村" in report.trouble
    assert village.paths("测试乙") == ["坏村/b.txt"]
    assert village.traces("测试甲") == ["好村/a.txt"]
    assert Walk.objects.latest("pk").unreadable == ["坏村"]


def test_a_mounted_subfolder_that_is_unmounted_hides_nothing(village):
    """The mount point left behind is empty; its files are not gone."""
    point = village.archive / "城关镇"
    point.mkdir()
    village.write("here.txt", "本地的材料")
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(point)]
    if (
        shutil.which("mount") is None
        or subprocess.run(command, check=False, capture_output=True).returncode
    ):
        pytest.skip("this machine does not allow to mount a disk")
    try:
        village.write("城关镇/a.txt", "测试甲的材料")
        village.run()
    finally:
        subprocess.run(["umount", str(point)], check=True)
    report = village.run()
    assert village.paths("测试甲") == ["城关镇/a.txt"]
    assert "城关镇" in report.trouble
    village.run(may_be_empty=True)
    assert village.paths("测试甲") == []
    assert village.traces("测试甲") == ["城关镇/a.txt"]


def test_a_deleted_file_is_still_found_with_its_times(village):
    """Its trace says that it was there, and when first and last."""
    village.write("keep.txt", "留下的材料")
    file = village.write("a.txt", "测试甲的材料")
    village.run()
    file.unlink()
    village.run()
    (hit,) = village.hits("测试甲")
    assert (hit.path, hit.present) == ("a.txt", False)
    row = ArchivedFile.objects.get(path="a.txt")
    assert row.first_seen <= row.last_seen <= row.gone_at
    village.write("a.txt", "测试甲的材料")
    village.run()
    (hit,) = village.hits("测试甲")
    assert hit.present
    assert ArchivedFile.objects.get(path="a.txt").gone_at is None
    assert len(village.texts_read()) == 2


def test_quick_files_pass_the_scans(village):
    """With scans waiting, a text file is taken first, and the newest scan soon."""
    waiting_list.add(["old scan", "middle scan", "new scan"], waiting_list.Lane.SCAN)
    waiting_list.add(["note"])
    assert waiting_list.take(waiting_list.Lane.QUICK, 1) == ["note"]
    assert waiting_list.take(waiting_list.Lane.SCAN, 1, newest=True) == ["new scan"]
    assert waiting_list.take(waiting_list.Lane.SCAN, 1) == ["old scan"]
    assert waiting_list.count(waiting_list.Lane.SCAN) == 3


def test_a_large_tree_is_walked_with_one_question_to_the_database(
    village, django_assert_max_num_queries
):
    """However many files there are, an unchanged walk asks once for all of them."""
    rows = []
    for number in range(2000):
        file = village.write(f"{number % 40}/{number}.txt", "x")
        status = file.stat()
        rows.append(
            ArchivedFile(
                path=f"{number % 40}/{number}.txt", size=status.st_size,
                mtime_ns=status.st_mtime_ns, state="indexed", sha256="0" * 64,
            )
        )  # fmt: skip
    ArchivedFile.objects.bulk_create(rows)
    service = village.service()
    with service.at_work() as parts, django_assert_max_num_queries(12):
        parts.noticing.walk("")
    assert service.report.changed == 0
    assert service.report.found == 2000
