"""A confirmed paper comes into the archive whole, once, under a free name."""

import errno
import io
import os

import pytest
from PIL import Image
from pypdf import PdfReader

from archive_indexer.stores import contents
from archive_indexer.stores.withheld import PersonMarks, note_withheld
from minzheng.inbox import cut_file, dropped_scans, lay_down
from minzheng.inbox.models import LaidFile
from tests.inbox.conftest import (
    BLANK,
    CASE,
    FOLDER,
    OTHER_CASE,
    coded,
    confirm_all,
    original,
    plain,
)  # fmt: skip

pytestmark = pytest.mark.django_db(transaction=True)
BATCH = (
    coded("DB-01", text="最低生活保障申请书\n申请人 测试甲"),
    plain("测试甲的身份证复印件"),
    BLANK,
    coded("DB-02", OTHER_CASE, 1, 2, text="测试乙的审批表"),
    coded("DB-02", OTHER_CASE, 2, 2, text="测试乙的审批表续"),
)


def test_a_tiff_is_cut_without_being_encoded_again(desk):
    """The strips of its pages are the same bytes."""
    scan = desk.picture("批.tif", coded("DB-01"), coded("DB-02", OTHER_CASE))
    with Image.open(scan) as picture:
        picture.seek(1)
        pixels = picture.tobytes()
    desk.run()
    confirm_all()
    desk.run()
    with Image.open(desk.archive / LaidFile.objects.last().path) as page:
        assert page.tobytes() == pixels
    assert contents.count_pages(LaidFile.objects.last().sha256) == 1


def test_a_confirmed_paper_whose_scan_was_changed_is_not_laid(desk):
    """The keeper is told; what was confirmed is what was seen."""
    desk.pdf("scan.pdf", coded("DB-01"))
    desk.run()
    confirm_all()
    desk.pdf("scan.pdf", coded("DB-02", OTHER_CASE))
    paper = desk.run()[0]
    assert (paper.state, desk.in_archive()) == ("已确认", [])
    assert "原件" in paper.trouble


def test_names_that_are_taken_are_never_overwritten(desk):
    """Numbers go on after whatever lies there, and are not given twice."""
    place = desk.archive / FOLDER
    place.mkdir(parents=True)
    (place / "0007_别的.pdf").write_text("别的", encoding="utf-8")
    desk.pdf("a.pdf", coded("DB-01"))
    desk.run()
    confirm_all()
    desk.run()
    laid = LaidFile.objects.get()
    assert "/0008_" in laid.path
    (desk.archive / laid.path).unlink()
    desk.pdf("b.pdf", coded("DB-02"))
    desk.run()
    confirm_all()
    desk.run()
    assert "/0009_" in LaidFile.objects.last().path
    assert (place / "0007_别的.pdf").read_text(encoding="utf-8") == "别的"


def test_a_name_taken_at_the_last_moment_is_passed_over(desk, monkeypatch):
    """Somebody lays a file by hand between looking and naming."""
    desk.pdf("a.pdf", coded("DB-01"))
    (paper,) = desk.run()
    taken = desk.archive / FOLDER / f"0001_{paper.title}.pdf"
    publish = lay_down.publish

    def laid_by_hand(draft, target):
        if target == taken and not taken.exists():
            taken.write_text("别人的", encoding="utf-8")
        publish(draft, target)

    monkeypatch.setattr(lay_down, "publish", laid_by_hand)
    confirm_all()
    desk.run()
    assert taken.read_text(encoding="utf-8") == "别人的"
    assert LaidFile.objects.get().path == f"{FOLDER}/0002_{paper.title}.pdf"


def test_a_share_without_hard_links_is_laid_to_all_the_same(desk, monkeypatch):
    """And a taken name is respected there, too."""

    def refuse(draft, target):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    desk.pdf("a.pdf", coded("DB-01"))
    desk.run()
    confirm_all()
    desk.run()
    assert len(desk.in_archive()) == 1
    draft = desk.archive / ".x.part"
    draft.write_bytes(b"x")
    with pytest.raises(FileExistsError):
        lay_down.publish(draft, desk.archive / LaidFile.objects.get().path)


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("moment", ["cut", "written", "published", "filed", "put away"])
def test_a_kill_at_any_moment_leaves_nothing_half_and_nothing_twice(desk, monkeypatch, moment):
    """The next start finishes what was begun."""

    def killing(step):
        def run(*args):
            step(*args)
            raise Killed

        return run

    desk.pdf("a.pdf", coded("DB-01"), BLANK)
    desk.run()
    confirm_all()
    module, name = {
        "cut": (lay_down, "_make"),
        "written": (lay_down, "_write_down"),
        "published": (lay_down, "publish"),
        "filed": (lay_down, "_record_filed"),
        "put away": (dropped_scans.inbox_folder, "put_away"),
    }[moment]
    with monkeypatch.context() as patch:
        patch.setattr(module, name, killing(getattr(module, name)))
        if moment in ("cut", "written", "published"):  # a killed process tidies nothing up
            patch.setattr(lay_down, "_remove", lambda draft: None)
        with pytest.raises(Killed):
            desk.run()
    shown = [name for name in desk.in_archive() if "/." not in name]
    assert len(shown) == (moment in ("published", "filed", "put away"))
    (paper,) = desk.run()
    assert paper.state == "已归档"
    assert desk.in_archive() == [paper.target]
    assert desk.in_inbox() == [original().done_path]
    assert original().state == "已处理"


def test_a_full_disk_lays_nothing_and_tries_again(desk, monkeypatch):
    """The paper stays confirmed with the reason; nothing half lies in the archive."""

    def full(source, target):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))

    desk.pdf("a.pdf", coded("DB-01"))
    desk.run()
    confirm_all()
    with monkeypatch.context() as patch:
        patch.setattr(cut_file.shutil, "copyfile", full)
        (paper,) = desk.run()
    assert (paper.state, desk.in_archive()) == ("已确认", [])
    assert "磁盘已满" in paper.trouble
    (paper,) = desk.run()
    assert (paper.state, paper.trouble) == ("已归档", "")


def test_an_archive_whose_share_is_away_is_not_written_to(desk):
    """An empty mount point is no archive; the paper waits until it is back."""
    (desk.archive / "旧件.txt").write_text("旧件", encoding="utf-8")
    (desk.config.data_folder / "旧件.txt.json").write_text('[{"text": "旧件"}]', encoding="utf-8")
    desk.index()
    away = desk.archive.with_name("away")
    desk.archive.rename(away)
    desk.archive.mkdir()
    desk.pdf("a.pdf", coded("DB-01"))
    desk.run()
    confirm_all()
    paper = desk.run()[-1]
    assert (paper.state, desk.in_archive()) == ("已确认", [])
    assert "网络盘" in paper.trouble
    desk.archive.rmdir()
    away.rename(desk.archive)
    desk.run()
    assert any(name.startswith(FOLDER) for name in desk.in_archive())


def test_only_pages_of_the_paper_are_in_its_file(desk):
    """Nothing of other households hides in the copy."""
    desk.pdf("批量.pdf", *BATCH)
    desk.run()
    confirm_all()
    desk.run()
    content = (desk.archive / LaidFile.objects.last().path).read_bytes()
    reader = PdfReader(io.BytesIO(content))
    assert len(reader.pages) == 2
    assert CASE.encode() not in content


@pytest.mark.parametrize("is_left_out", [False, True])
def test_what_another_county_had_left_out_is_read_anew(desk, is_left_out):
    """What is kept of the scan is then less than may be told of the paper that is cut from it."""
    desk.pdf("scan.pdf", coded("DB-01"), coded("DB-02", OTHER_CASE))
    desk.run()
    if is_left_out:
        sha256 = original().sha256
        marks = PersonMarks.of("李明", "11010519491231002X")
        note_withheld(sha256, marks, is_whole=False, for_keeper=False, by="li", county="平利县·")
        contents.leave_out_withheld(sha256)
    confirm_all()
    desk.run()
    laid = LaidFile.objects.values_list("sha256", flat=True)
    assert {contents.content_of(one) is None for one in laid} == {is_left_out}
