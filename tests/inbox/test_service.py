"""From a scan dropped into the inbox to papers in the archive."""

import errno
import io
import os
import shutil
import threading

import pytest
from PIL import Image
from pypdf import PdfReader

from archive_indexer.errors import ReadingFailedError
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.queries import Query
from archive_indexer.stores import contents
from minzheng.inbox import cut_file, lay_down, originals
from minzheng.inbox import service as inbox_service
from minzheng.inbox.errors import InboxFolderError
from minzheng.inbox.models import LaidFile, Original, Paper
from minzheng.inbox.service import beside, explain
from tests.archive_indexer.conftest import eventually
from tests.inbox.conftest import (
    BLANK,
    CASE,
    FOLDER,
    OTHER_CASE,
    coded,
    confirm_all,
    numbers,
    original,
    plain,
    remarks,
)  # fmt: skip

pytestmark = pytest.mark.django_db(transaction=True)
BATCH = (
    coded("DB-01", text="最低生活保障申请书\n申请人 测试甲"),
    plain("测试甲的身份证复印件"),
    BLANK,
    coded("DB-02", OTHER_CASE, 1, 2, text="测试乙的审批表"),
    coded("DB-02", OTHER_CASE, 2, 2, text="测试乙的审批表续"),
)


def test_a_batch_becomes_papers_in_the_archive(desk):
    """Split, named by the law, laid only when confirmed, the scan put away after all."""
    desk.pdf("批量.pdf", *BATCH)
    first, second = desk.run()
    assert (numbers(first), numbers(second)) == ([1, 2], [4, 5])
    assert (first.town, first.village, first.dossier, first.year) == (
        "钟宝镇", "旧城村", "DB", "2018",
    )  # fmt: skip
    assert first.is_certain is False
    assert second.is_certain is True
    assert "附件" in remarks(first)
    assert desk.in_archive() == []

    confirm_all()
    desk.run()
    assert desk.in_archive() == [
        f"{FOLDER}/0001_最低生活保障申请书_测试甲.pdf",
        f"{FOLDER}/{second.title and '0002_' + second.title}.pdf",
    ]
    assert [scan for scan in desk.in_inbox() if scan.startswith("已归档/")] == desk.in_inbox()
    assert original().state == "已处理"
    laid = LaidFile.objects.get(paper=second)
    assert (laid.pages, laid.original_sha256) == ([4, 5], original().sha256)
    pages = PdfReader(desk.archive / laid.path).pages
    assert [int(page.mediabox.width) for page in pages] == [104, 105]


def test_what_was_laid_is_findable_and_read_once(desk):
    """The pages of the new file are known by its hash; no reader opens it."""
    desk.pdf("批量.pdf", *BATCH)
    desk.run()
    confirm_all()
    desk.run()
    desk.index()
    assert desk.readings() == ["批量.pdf"]
    hits = FullTextIndex(desk.config.data_folder / "index").search(Query(("审批表续",))).hits
    assert [(hit.page, hit.village, hit.dossier, hit.year) for hit in hits] == [
        (2, "旧城村", "DB", "2018")
    ]


def test_a_second_scan_of_the_same_content_is_not_read(desk):
    """The content is known; the keeper is told that it was dealt with."""
    scan = desk.pdf("a.pdf", coded("DB-01"))
    content = scan.read_bytes()
    desk.run()
    confirm_all()
    desk.run()
    (desk.inbox / "b.pdf").write_bytes(content)
    again = desk.run()[-1]
    assert desk.readings() == ["a.pdf"]
    assert "已处理过" in remarks(again)
    assert again.is_certain is False


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


def test_pages_in_files_of_their_own_are_one_paper(desk):
    """A picture each page: put together in the order printed, laid as a folder of pages."""
    desk.picture("IMG_2.jpg", coded("DB-02", page=2, of=2))
    desk.picture("IMG_1.jpg", coded("DB-02", page=1, of=2))
    (paper,) = desk.run()
    assert [page.page_no for page in paper.pages.order_by("position")] == [1, 2]
    assert paper.is_certain is True
    confirm_all()
    desk.run()
    assert desk.in_archive() == [
        f"{FOLDER}/0001_{paper.title}/001.jpg", f"{FOLDER}/0001_{paper.title}/002.jpg",
    ]  # fmt: skip
    kept = {one.sha256 for one in LaidFile.objects.all()}
    assert kept == {one.sha256 for one in Original.objects.all()}


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


def test_packed_and_other_files_are_left_alone_with_a_reason(desk):
    """The inbox takes scans only."""
    (desk.inbox / "资料.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    (desk.inbox / "名单.txt").write_text("测试甲", encoding="utf-8")
    (desk.inbox / "空.pdf").touch()
    assert desk.run() == []
    reasons = {one.path: one.reason for one in Original.objects.all()}
    assert "不拆压缩包" in reasons["资料.zip"]
    assert "只收扫描件" in reasons["名单.txt"]
    assert "空文件" in reasons["空.pdf"]
    assert desk.in_inbox() == ["名单.txt", "空.pdf", "资料.zip"]


def test_a_folder_of_the_inbox_tells_the_village(desk):
    """As a hint with its reason; our code knows better and the contradiction is told."""
    desk.pdf("钟宝镇/旧城村/a.pdf", plain("收据 2018年5月7日"))
    desk.pdf("钟宝镇/民主村/b.pdf", coded("DB-01"))
    hinted, coded_paper = desk.run()
    assert (hinted.village, hinted.is_certain) == ("旧城村", False)
    assert "旧城村" in hinted.guesses["village"]["because"]
    assert coded_paper.village == "旧城村"
    assert "放在收件箱的“钟宝镇/民主村”里" in remarks(coded_paper)


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
        "put away": (originals.inbox_folder, "put_away"),
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
    originals.try_again(original())
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
    originals.try_again(original())
    assert len(desk.run()) == 1


def test_a_scan_of_blank_pages_is_told(desk):
    """There is nothing to file."""
    desk.pdf("a.pdf", BLANK, BLANK)
    assert desk.run() == []
    assert "空白页" in original().reason


def test_refused_papers_are_put_elsewhere(desk):
    """Only what was filed lies under 已归档; where one paper was filed, the scan does."""
    desk.pdf("a.pdf", coded("DB-01"))
    desk.run()
    Paper.objects.update(state=Paper.State.REFUSED, reason="重复")
    desk.run()
    assert desk.in_inbox()[0].startswith("不归档/")
    assert desk.in_archive() == []


def test_the_loop_takes_in_what_is_dropped_and_lays_what_is_confirmed(desk):
    """In its own thread, after the file has settled; archive work goes first for a while."""
    service = desk.service()
    with beside(service):
        desk.pdf("a.pdf", coded("DB-01"), coded("DB-02"))
        service._next_look = 0.0
        eventually(lambda: Paper.objects.count() == 2)
        confirm_all()
        eventually(lambda: original().state == "已处理")
    assert len(desk.in_archive()) == 2


def test_a_scan_lets_the_archive_read_first(desk):
    """But not for ever."""
    service = desk.service()
    service.is_archive_quiet = lambda: False
    desk.pdf("a.pdf", coded("DB-01"))
    service._take_in("a.pdf")
    service._go_on_reading()
    assert service._reading is None
    Original.objects.update(received_at="2018-05-07T00:00:00Z")
    service._go_on_reading()
    service._reading.result()
    service._thread.shutdown()
    assert desk.readings() == ["a.pdf"]


def test_trouble_of_one_round_does_not_end_the_loop(desk, monkeypatch):
    """The edge: it is written to the log and the next round goes on."""
    service, rounds = desk.service(), []
    monkeypatch.setattr(inbox_service, "_REST_SECONDS", 0.01)

    def stumble():
        rounds.append(1)
        raise RuntimeError("stumbled")

    monkeypatch.setattr(service, "turn", stumble)
    stop = threading.Event()
    with beside(service):
        eventually(lambda: len(rounds) > 1)
    stop.set()


@pytest.mark.parametrize(
    ("number", "told"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有权限"), (errno.EIO, "写不进档案文件夹")],
)
def test_a_disk_that_refuses_is_explained(number, told):
    """In Chinese, with what to do."""
    assert told in explain(OSError(number, os.strerror(number)))


def test_children_are_not_named_in_file_names(desk):
    """A dossier set apart is filed by its case number."""
    case = "ET-103200-2018-0001"
    desk.pdf("a.pdf", coded("ET-01", case, text="孤儿认定申请表\n姓名 测试童"))
    (paper,) = desk.run()
    assert case in paper.title
    assert "测试童" not in paper.title


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
