"""Scans sent from a page land in the inbox, of one's own area, whole."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from minzheng.accounts.models import AuditEntry, Role
from minzheng.inbox.models import Original, Upload
from minzheng.web.gate.office import config
from tests.external.photos.photographed import as_jpeg, photograph, sheet
from tests.web.conftest import KEEPER, picture
from tests.web.inbox.conftest import serve

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 8


def told(browser, **changed) -> dict:
    """What the page is told that offers a scan."""
    offer = {"name": "测试甲.pdf", "size": len(PDF), "stamp": "17"} | changed
    answer = browser.post("/inbox/upload/begin", offer)
    return json.loads(answer.content) | {"status": answer.status_code}


def put(browser, token: str, offset: int, data: bytes) -> dict:
    address = f"/inbox/upload/{token}?offset={offset}"
    answer = browser.post(address, data, content_type="application/octet-stream")
    return json.loads(answer.content) | {"status": answer.status_code}


def laid() -> list[bytes]:
    """What lies in the inbox."""
    return [one.read_bytes() for one in config().inbox_folder.rglob("*") if one.is_file()]


def test_a_scan_is_sent_in_pieces_and_goes_on_after_a_broken_line(desk, sign_in):
    """What is asked tells where to go on; whole, it lies in the village's folder as sent."""
    browser = sign_in(*KEEPER)
    token = told(browser)["token"]
    assert put(browser, token, 0, PDF[:700])["come"] == 700
    again = told(browser)
    assert (again["token"], again["come"], again["done"]) == (token, 700, False)
    assert json.loads(browser.get(f"/inbox/upload/{token}").content)["come"] == 700
    assert put(browser, token, 700, PDF[700:])["done"]
    assert laid() == [PDF]
    upload = Upload.objects.get()
    assert upload.path.startswith("钟宝镇/旧城村/网页上传/")
    entry = AuditEntry.objects.get(what__startswith="上传扫描件")
    assert "测试甲" not in entry.what


def test_nobody_else_goes_on_with_a_scan(desk, sign_in):
    """Not even of the same village; nor one who only reads."""
    token = told(sign_in(*KEEPER))["token"]
    other = sign_in(*KEEPER)
    assert other.get(f"/inbox/upload/{token}").status_code == 404
    assert other.post(f"/inbox/upload/{token}?offset=0", PDF, "a/b").status_code == 404
    assert other.get(f"/inbox/upload/{token}/picture.jpg").status_code == 404
    assert sign_in(Role.INSPECTOR).post("/inbox/upload/begin", {}).status_code == 403


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"name": "a.exe"}, "不是扫描件"), ({"size": 1 << 40}, "超过"), ({"size": "x"}, "空文件")],
)
def test_size_and_kind_are_refused_before_anything_is_sent(desk, sign_in, changed, said):
    """In words."""
    assert said in told(sign_in(*KEEPER), **changed)["problem"]
    assert not Upload.objects.exists()


def test_what_is_no_scan_inside_is_refused_at_its_end(desk, sign_in):
    """And forgotten."""
    browser, data = sign_in(*KEEPER), b"just a text"
    token = told(browser, size=len(data))["token"]
    assert "problem" in put(browser, token, 0, data)
    assert laid() == []


def test_a_photo_is_shown_upright_at_once(desk, sign_in):
    """Held on its side, it stays so in the file and stands upright in the picture."""
    stream, photo = io.BytesIO(), Image.new("RGB", (400, 200))
    exif = photo.getexif()
    exif[0x0112] = 6
    photo.save(stream, "JPEG", exif=exif)
    browser, data = sign_in(*KEEPER), stream.getvalue()
    token = told(browser, name="照片.jpg", size=len(data))["token"]
    assert browser.get(f"/inbox/upload/{token}/picture.jpg").status_code == 404
    put(browser, token, 0, data)
    shown = browser.get(f"/inbox/upload/{token}/picture.jpg")
    assert Image.open(io.BytesIO(shown.content)).size == (200, 400)
    assert laid() == [data]


def test_without_scripts_a_plain_form_does(desk, sign_in):
    """Several files at once; what cannot be taken is named, the rest is taken."""
    files = [picture("一.png"), picture("二.png"), SimpleUploadedFile("三.doc", b"x")]
    answer = sign_in(*KEEPER).post("/inbox/upload", {"scan": files, "together": "1"}, follow=True)
    page = answer.content.decode()
    assert "收到 2 份" in page
    assert "“三.doc”：不是扫描件" in page
    assert len(laid()) == 2
    assert len(set(Upload.objects.values_list("bundle", flat=True)) - {""}) == 1
    empty = sign_in(*KEEPER).post("/inbox/upload", {}, follow=True).content.decode()
    assert "没有选" in empty


def test_the_service_reads_what_was_sent(desk, sign_in):
    """As whatever lies in the inbox; it is its village's."""
    browser = sign_in(*KEEPER)
    desk.pdf("x.pdf", {"text": "低保申请"})
    data = (desk.inbox / "x.pdf").read_bytes()
    (desk.inbox / "x.pdf").unlink()
    put(browser, told(browser, size=len(data))["token"], 0, data)
    serve(desk)
    original = Original.objects.get()
    assert (original.town, original.village, original.state) == ("钟宝镇", "旧城村", "待确认")


def look(browser, data: bytes):
    return browser.post("/inbox/upload/look", data, content_type="image/jpeg")


def test_a_photo_is_seen_straight_before_it_is_sent(desk, sign_in):
    """The page is told whether edges were found; nothing is kept of it."""
    browser = sign_in(*KEEPER)
    seen = look(browser, as_jpeg(photograph()))
    assert (seen["X-Sheet"], seen["Cache-Control"]) == ("found", "private, no-store")
    straight = Image.open(io.BytesIO(seen.content))
    assert straight.height / straight.width == pytest.approx(297 / 210, rel=0.02)
    assert look(browser, as_jpeg(sheet()))["X-Sheet"] == "none"
    assert laid() == []
    assert not Upload.objects.exists()


@pytest.mark.parametrize("data", [b"", b"no picture", b"x" * ((2 << 20) + 1)])
def test_what_cannot_be_looked_at_is_not_there(desk, sign_in, data):
    """The page goes on without."""
    assert look(sign_in(*KEEPER), data).status_code == 404


@pytest.mark.parametrize("as_sent", [True, False])
def test_what_came_is_shown_as_it_will_be_read(desk, sign_in, as_sent):
    """Straight, or as its sender chose it; the file itself is what was sent."""
    browser, data = sign_in(*KEEPER), as_jpeg(photograph())
    chosen = {"as_sent": "1"} if as_sent else {}
    token = told(browser, name="照片.jpg", size=len(data), **chosen)["token"]
    put(browser, token, 0, data)
    shown = browser.get(f"/inbox/upload/{token}/picture.jpg")
    assert shown["X-Sheet"] == ("none" if as_sent else "found")
    assert laid() == [data]
