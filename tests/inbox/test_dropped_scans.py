"""Scans that were dropped, moved, doubled, damaged and put away."""

import errno
import shutil

import pytest

from archive_indexer.errors import ReadingFailedError
from minzheng.inbox import dropped_scans
from minzheng.inbox import service as inbox_service
from minzheng.inbox.errors import InboxFolderError
from minzheng.inbox.models import LaidFile, Paper
from tests.inbox.conftest import (
    OTHER_CASE,
    coded,
    confirm_all,
    original,
    plain,
)  # fmt: skip

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_names_of_one_content_are_one_scan(desk):
    """The copy waits without papers, and is put away with the first."""
    content = desk.pdf("a.pdf", coded("DB-01")).read_bytes()
    (desk.inbox / "b.pdf").write_bytes(content)
    assert len(desk.run()) == 1
    confirm_all()
    desk.run()
    assert len([name for name in desk.in_inbox() if name.startswith("已归档/")]) == 2


def test_a_copy_takes_the_place_of_a_scan_taken_away(desk):
    """Whoever deletes one of two copies has not deleted the paper."""
    first = desk.pdf("a.pdf", coded("DB-01"))
    shutil.copyfile(first, desk.inbox / "b.pdf")
    desk.run()
    first.unlink()
    confirm_all()
    desk.run()
    desk.run()
    assert len(desk.in_archive()) == 1


def test_a_scan_moved_to_a_villages_folder_is_sorted_again(desk):
    """Nothing is read twice for it."""
    scan = desk.pdf("a.pdf", plain("收据"))
    assert desk.run()[0].village == ""
    (desk.inbox / "旧城村").mkdir()
    scan.rename(desk.inbox / "旧城村" / "a.pdf")
    (paper,) = desk.run()
    assert paper.village == "旧城村"
    assert desk.readings() == ["a.pdf"]


def test_a_scan_written_over_is_a_new_one(desk):
    """Papers of the old content that nobody decided on go; no page of theirs is laid."""
    desk.pdf("scan.pdf", coded("DB-01"))
    desk.run()
    desk.pdf("scan.pdf", coded("DB-02", OTHER_CASE))
    (paper,) = desk.run()
    assert paper.case_no == OTHER_CASE


def test_an_inbox_whose_share_is_away_forgets_nothing(desk):
    """Papers wait; scans are only noted as not to be seen."""
    desk.pdf("a.pdf", coded("DB-01"))
    desk.run()
    away = desk.inbox.with_name("away")
    desk.inbox.rename(away)
    with pytest.raises(InboxFolderError, match="收件箱文件夹"):
        desk.run()
    desk.inbox.mkdir()
    desk.run()
    assert original().is_missing is True
    assert Paper.objects.count() == 1
    desk.inbox.rmdir()
    away.rename(desk.inbox)
    desk.run()
    assert original().is_missing is False
    assert desk.readings() == ["a.pdf"]


def test_a_scan_that_cannot_be_read_is_told_after_three_tries(desk):
    """And read again when people ask for it."""
    desk.pdf("a.pdf", coded("DB-01"))
    service = desk.service()

    def fail(file):
        raise ReadingFailedError("识别超过 60 秒，已停止。")

    service.read = fail
    service.run_once()
    assert (original().state, original().attempts) == ("未能识别", 3)
    assert "60 秒" in original().reason
    dropped_scans.try_again(original())
    assert len(desk.run()) == 1


def test_a_file_nobody_may_read_is_told_once(desk, monkeypatch):
    """It is not tried for ever, and read when the right was given and somebody says so."""

    def refuse(path, file):
        raise PermissionError(errno.EACCES, "no", str(file))

    desk.pdf("a.pdf", coded("DB-01"))
    with monkeypatch.context() as patch:
        patch.setattr(inbox_service, "identify", refuse)
        desk.run()
        desk.run()
    assert (original().state, original().attempts) == ("未能识别", 0)
    assert "读取权限" in original().reason
    dropped_scans.try_again(original())
    assert len(desk.run()) == 1


def test_refused_papers_are_put_elsewhere(desk):
    """Only what was filed lies under 已归档; where one paper was filed, the scan does."""
    desk.pdf("a.pdf", coded("DB-01"))
    desk.run()
    Paper.objects.update(state=Paper.State.REFUSED, reason="重复")
    desk.run()
    assert desk.in_inbox()[0].startswith("不归档/")
    assert desk.in_archive() == []


def test_a_file_of_the_archive_knows_its_scan(desk):
    """By its hash, wherever it was moved to; a file nobody laid has none."""
    desk.pdf("a.pdf", coded("DB-01"), coded("DB-02", OTHER_CASE))
    desk.run()
    confirm_all()
    desk.run()
    for laid in LaidFile.objects.all():
        assert dropped_scans.scan_of(laid.path, laid.sha256) == laid
        assert dropped_scans.scan_of("moved/elsewhere.pdf", laid.sha256) == laid
    assert dropped_scans.scan_of(laid.path, "0" * 64) is None
    assert dropped_scans.scan_of(laid.path, "") is None


def test_a_paper_that_waits_has_no_file_yet(desk):
    """Its record is written before it lies there."""
    desk.pdf("a.pdf", coded("DB-01"))
    desk.run()
    confirm_all()
    desk.run()
    laid = LaidFile.objects.get()
    Paper.objects.update(filed_at=None)
    assert dropped_scans.scan_of(laid.path, laid.sha256) is None
