"""Scans that come in pieces: in order, whole, byte for byte, and nobody else's."""

import datetime as dt
import hashlib
import shutil
from collections import namedtuple
from dataclasses import replace

import pytest

from minzheng.inbox.models import Upload
from minzheng.inbox.uploads import (
    MOST_OPEN,
    Offer,
    append,
    begin,
    drop,
    finish,
    is_as_sent,
    remove_broken_off,
    upload_of,
    why_not,
    yard_of,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 29, 9, 0, tzinfo=dt.UTC)
PDF = b"%PDF-1.4\n" + bytes(range(256)) * 8
OFFER = Offer("li", "申请书.pdf", len(PDF), "钟宝镇", "旧城村", "1700000000000")


@pytest.fixture
def yard(tmp_path):
    (tmp_path / "收件箱").mkdir()
    return yard_of(tmp_path / "data", tmp_path / "收件箱", 1)


def send(yard, offer: Offer = OFFER, data: bytes = PDF) -> Upload:
    """All of it at once."""
    upload = begin(offer, NOW)
    append(upload, yard, 0, data)
    return upload


def test_a_scan_comes_in_pieces_and_is_what_was_sent(yard):
    """A piece sent twice, out of order, or too long changes nothing."""
    upload = begin(OFFER, NOW)
    assert append(upload, yard, 0, PDF[:100]) == 100
    assert append(upload, yard, 0, PDF[:100]) == 100
    assert append(upload, yard, 300, PDF[300:]) == 100
    assert append(upload, yard, 100, PDF[100:] + b"x") == 100
    assert append(upload, yard, 100, PDF[100:]) == len(PDF)
    assert finish(upload, yard, "2026-11-29") is None
    assert upload.path == "钟宝镇/旧城村/网页上传/2026-11-29/申请书.pdf"
    assert (yard.inbox / upload.path).read_bytes() == PDF
    assert upload.sha256 == hashlib.sha256(PDF).hexdigest()
    assert list(yard.waiting.iterdir()) == []
    assert append(upload, yard, 0, PDF) == len(PDF)


def test_the_same_scan_goes_on_where_it_broke_off(yard):
    """Its sender chose it again, even after the page was closed; another's does not."""
    first = begin(OFFER, NOW)
    append(first, yard, 0, PDF[:100])
    assert begin(OFFER, NOW).token == first.token
    assert yard.has_come(first) == 100
    for other in ({"by": "wang"}, {"stamp": "1"}, {"size": 7}, {"village": "民主村"}):
        assert begin(replace(OFFER, **other), NOW).token != first.token
    assert begin(replace(OFFER, stamp=""), NOW).token != begin(replace(OFFER, stamp=""), NOW).token


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "申请书.docx"}, "不是扫描件"),
        ({"name": "申请书"}, "不是扫描件"),
        ({"size": 0}, "空文件"),
        ({"size": (1 << 20) + 1}, "超过 1 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_before_it_is_sent(yard, changed, said):
    """By its name and size; what is right is taken."""
    assert why_not(OFFER, yard) is None
    assert why_not(replace(OFFER, size=1 << 20), yard) is None
    assert said in str(why_not(replace(OFFER, **changed), yard))


def test_a_full_disk_and_an_inbox_that_is_away_are_said(yard, monkeypatch):
    """And too many that were begun."""
    usage = namedtuple("Usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, 200 << 20))
    assert "剩余空间" in str(why_not(OFFER, yard))
    monkeypatch.undo()
    for number in range(MOST_OPEN):
        begin(replace(OFFER, stamp=str(number + 1)), NOW)
    assert f"已有 {MOST_OPEN} 份没有传完" in str(why_not(OFFER, yard))
    assert why_not(replace(OFFER, by="wang"), yard) is None
    yard.inbox.rmdir()
    assert "读不到" in str(why_not(OFFER, yard))


def test_what_is_no_scan_by_its_bytes_is_not_laid_down(yard):
    """Whatever it is called; nothing of it stays."""
    data = b"PK\x05\x06" + bytes(18)
    upload = send(yard, replace(OFFER, size=len(data)), data)
    assert "换一份再传" in str(finish(upload, yard, "2026-11-29"))
    assert not Upload.objects.exists()
    assert list(yard.inbox.iterdir()) == list(yard.waiting.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["../../x.pdf", ".hidden.pdf", "~$x.pdf", "a:b*c?.pdf", "\x00.pdf", "长" * 200 + ".pdf"]
)
def test_no_name_leads_out_of_the_inbox_or_is_passed_over(yard, name):
    """Names are made harmless; two of one name are both kept."""
    for _ in range(2):
        upload = send(yard, replace(OFFER, name=name, stamp=""))
        assert finish(upload, yard, "2026-11-29") is None
    files = [one for one in yard.inbox.rglob("*") if one.is_file()]
    assert len(files) == 2
    assert {one.parent for one in files} == {yard.inbox / "钟宝镇/旧城村/网页上传/2026-11-29"}
    assert not any(one.name.startswith((".", "~")) for one in files)


def test_files_of_one_paper_lie_in_their_order(yard):
    """Their names begin with the paper's own sign and their place."""
    for position in (2, 1):
        offer = replace(OFFER, name=f"IMG_{9 - position}.pdf", bundle="ab12cd34", position=position)
        finish(send(yard, offer), yard, "2026-11-29")
    names = sorted(one.name for one in yard.inbox.rglob("*.pdf"))
    assert names == ["ab12cd-01_IMG_8.pdf", "ab12cd-02_IMG_7.pdf"]


def test_only_its_sender_finds_a_scan():
    """By its token, which is no guess."""
    upload = begin(OFFER, NOW)
    assert upload_of("li", upload.token) == upload
    assert upload_of("wang", upload.token) is None
    assert upload_of("li", "../x") is None


def test_what_broke_off_is_deleted_after_a_day(yard):
    """With the bytes that came, and bytes nobody knows of; what came whole is untouched."""
    broken, fresh, whole = (begin(replace(OFFER, stamp=str(one)), NOW) for one in (1, 2, 3))
    for one in (broken, fresh):
        append(one, yard, 0, PDF[:9])
    append(whole, yard, 0, PDF)
    finish(whole, yard, "2026-11-29")
    (yard.waiting / f"{'0' * 32}.part").write_bytes(b"x")
    Upload.objects.filter(pk=fresh.pk).update(begun_at=NOW + dt.timedelta(hours=2))
    assert remove_broken_off(yard, NOW + dt.timedelta(hours=25)) == 1
    assert {one.name for one in yard.waiting.iterdir()} == {f"{fresh.token}.part"}
    assert set(Upload.objects.all()) == {fresh, whole}
    assert remove_broken_off(yard, NOW + dt.timedelta(days=8)) == 1
    assert not Upload.objects.exists()
    assert (yard.inbox / whole.path).exists()


def test_a_scan_may_be_dropped(yard):
    """Nothing of it stays."""
    upload = begin(OFFER, NOW)
    append(upload, yard, 0, PDF[:9])
    drop(upload, yard)
    assert list(yard.waiting.iterdir()) == []


def test_a_photo_is_known_that_its_sender_wants_as_it_is(yard):
    """By its content, once it has come."""
    upload = send(yard, replace(OFFER, is_as_sent=True))
    digest = hashlib.sha256(PDF).hexdigest()
    assert not is_as_sent(digest)
    assert not is_as_sent("")
    assert finish(upload, yard, "2026-11-29") is None
    assert is_as_sent(digest)
    other = replace(OFFER, name="b.pdf", size=len(PDF) + 1)
    finish(send(yard, other, PDF + b"x"), yard, "2026-11-29")
    assert not is_as_sent(hashlib.sha256(PDF + b"x").hexdigest())
