"""From a scan dropped into the inbox to papers in the archive."""

import errno
import hashlib
import os
import random
import shutil
import threading
from dataclasses import replace

import psycopg
import pytest
from django.db import OperationalError
from pypdf import PdfReader

from archive_indexer.extract.effort import Among, AsSent
from archive_indexer.index.full_text_index import FullTextIndex
from archive_indexer.models import Content
from archive_indexer.queries import Query
from archive_indexer.reading.hand.name_odds import NOBODY, people_near
from minzheng.inbox import dropped_scans
from minzheng.inbox import service as inbox_service
from minzheng.inbox.models import LaidFile, Original, Paper, Upload
from minzheng.inbox.service import InboxService, beside, explain
from tests.archive_indexer.conftest import eventually
from tests.database.on_server import needs_server
from tests.inbox.conftest import (
    BLANK,
    FOLDER,
    OTHER_CASE,
    coded,
    confirm_all,
    knowledge,
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


def test_a_scan_that_a_server_cannot_keep_stops_no_other(desk, monkeypatch, caplog):
    """It is told once; whatever else a database says stops the round as ever."""
    refused = psycopg.errors.ProgramLimitExceeded()

    def take_in(file, *rest):
        if file.path != "深.pdf":
            return real(file, *rest)
        error = OperationalError("index row size")
        error.__cause__ = refused
        raise error

    real = dropped_scans.take_in
    monkeypatch.setattr(dropped_scans, "take_in", take_in)
    for name in ("甲.pdf", "深.pdf", "浅.pdf"):
        desk.pdf(name, plain(f"测试{name}"))
    service = desk.service()
    service.run_once()
    service.run_once()
    assert sorted(Original.objects.values_list("path", flat=True)) == ["浅.pdf", "甲.pdf"]
    assert [one.levelname for one in caplog.records] == ["ERROR"]
    refused = psycopg.errors.DiskFull()
    with pytest.raises(OperationalError):
        service.run_once()


@needs_server
def test_folders_too_deep_for_an_index_are_such(desk):
    """Nine hundred signs that no packing makes shorter."""
    chance = random.Random(1)
    parts = ["".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(80)) for _ in range(12)]
    desk.inbox.joinpath(*parts).mkdir(parents=True)
    desk.pdf("浅.pdf", plain("测试"))
    shutil.copy(desk.inbox / "浅.pdf", desk.inbox.joinpath(*parts) / "深.pdf")
    desk.service().run_once()
    assert [*Original.objects.values_list("path", flat=True)] == ["浅.pdf"]


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


@pytest.mark.parametrize("is_as_sent", [True, False])
def test_a_photo_is_read_as_its_sender_chose(desk, is_as_sent):
    """As it is, or taken straight."""
    desk.pdf("网页.pdf", plain("证明"))
    service, asked = desk.service(), []

    def read(file):
        asked.append(isinstance(file, AsSent))
        return desk.read(file.file if isinstance(file, AsSent) else file)

    service.read = read
    digest = hashlib.sha256((desk.inbox / "网页.pdf").read_bytes()).hexdigest()
    Upload.objects.create(token="1" * 32, by="li", size=1, sha256=digest, is_as_sent=is_as_sent)
    service.run_once()
    assert asked == [is_as_sent]


def test_a_scan_of_a_village_s_folder_is_read_among_its_people(desk):
    """Names written by hand are held against theirs; elsewhere nobody is known."""
    known, people = knowledge(), people_near([("测试甲", "")])
    near = replace(known.known, people_near=lambda path: people if "旧城村" in path else NOBODY)
    desk.pdf("钟宝镇/旧城村/甲.pdf", plain("证明"))
    desk.pdf("乙.pdf", plain("申请"))
    asked = []

    def read(file):
        asked.append(getattr(file, "people", NOBODY))
        return desk.read(file.file if isinstance(file, Among) else file)

    InboxService(desk.config, read, replace(known, known=near)).run_once()
    assert sorted(asked, key=lambda one: len(one.names)) == [NOBODY, people]


def test_the_choice_stays_with_the_photo(desk):
    """When the note of its upload is long forgotten, and it is read again by new rules."""
    desk.pdf("网页.pdf", plain("证明"))
    digest = hashlib.sha256((desk.inbox / "网页.pdf").read_bytes()).hexdigest()
    Upload.objects.create(token="1" * 32, by="li", size=1, sha256=digest, is_as_sent=True)
    service, asked = desk.service(), []

    def read(file):
        is_as_sent = isinstance(file, AsSent)
        asked.append(is_as_sent)
        return replace(desk.read(file.file if is_as_sent else file), is_as_sent=is_as_sent)

    service.read = read
    service.run_once()
    Upload.objects.all().delete()
    Content.objects.update(rules="pdf=1")
    Paper.objects.all().delete()
    Original.objects.update(state=Original.State.WAITING)
    service.run_once()
    assert asked == [True, True]
