"""Photos are seen straight before they are sent; refusals and broken lines lose nothing."""

import io
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

from minzheng.external.straightening import straighten
from tests.external.photos.photographed import as_jpeg, photograph, sheet

BOX = """
<form id="upload" data-begin="/up/begin" data-look="/up/look" data-most-mb="1" data-who="1">
<input type="hidden" name="csrfmiddlewaretoken" value="t">
<div class="drop"><input type="file" name="scan" multiple><span class="drag" hidden></span></div>
<input type="checkbox" name="together" value="1"><ol class="sending"></ol>
<p class="actions"><button>上传</button></p></form>
"""
SHAPE = "one => one.height / one.width"


class Office:
    """What stands behind the page: what was offered, what came, what was looked at."""

    def __init__(self) -> None:
        self.offers, self.come, self.looks = [], {}, []
        self.is_away = False

    def answer(self, route) -> None:
        address = urlsplit(route.request.url)
        if self.is_away:
            route.abort()
        elif address.path.endswith("/look"):
            self._look(route)
        elif address.path.endswith("/picture.jpg"):
            route.fulfill(body=_encoded(Image.new("RGB", (9, 9))), content_type="image/jpeg")
        elif address.path.endswith("/begin"):
            self._begin(route)
        else:
            self._take(route, address)

    def _look(self, route) -> None:
        image = _decoded(route.request.post_data_buffer)
        straight, is_sheet = straighten(image)
        self.looks.append(image.size)
        found = {"X-Sheet": "found" if is_sheet else "none"}
        route.fulfill(body=_encoded(straight), content_type="image/jpeg", headers=found)

    def _begin(self, route) -> None:
        text = route.request.post_data_buffer.decode("utf-8", "replace")
        parts = text.split('name="')[1:]
        offer = {
            one.partition('"')[0]: one.partition("\r\n\r\n")[2].partition("\r\n")[0]
            for one in parts
        }
        self.offers.append(offer)
        token = f"t{len(self.offers)}"
        self.come[token] = (b"", int(offer["size"]))
        self._tell(route, token)

    def _take(self, route, address) -> None:
        token = address.path.rpartition("/")[2]
        data, size = self.come[token]
        assert int(parse_qs(address.query)["offset"][0]) == len(data)
        self.come[token] = (data + route.request.post_data_buffer, size)
        self._tell(route, token)

    def _tell(self, route, token: str) -> None:
        data, size = self.come[token]
        told = {"token": token, "come": len(data), "size": size, "done": len(data) == size}
        route.fulfill(body=json.dumps(told), content_type="application/json")


def _decoded(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def _encoded(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "JPEG")
    return stream.getvalue()


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def page(show, office: Office):
    shown = show(BOX, "kept_scans.js", "upload.js")
    shown.route("**/up/**", office.answer)
    return shown


def choose(page, *images, name: str = "照片") -> None:
    files = [
        {"name": f"{name}{number}.jpg", "mimeType": "image/jpeg", "buffer": as_jpeg(image)}
        for number, image in enumerate(images, start=1)
    ]
    page.locator("input[name=scan]").set_input_files(files)


def send(page) -> None:
    page.get_by_role("button", name="上传", exact=True).click()


def test_a_slanted_sheet_is_shown_straight_and_sent_as_it_is(page, office):
    """Seen before a byte of the photo goes; what goes is the photo."""
    choose(page, photograph())
    page.get_by_text("找到了纸边").wait_for()
    assert page.locator("canvas").evaluate(SHAPE) == pytest.approx(297 / 210, rel=0.02)
    assert office.offers == []
    send(page)
    page.get_by_text("已收到").wait_for()
    assert office.come["t1"][0] == as_jpeg(photograph())
    assert office.offers[0]["as_sent"] == ""
    assert page.get_by_role("button", name="重拍").count() == 0


def test_the_sender_may_have_it_as_it_is(page, office):
    """To and fro; the offer says which."""
    choose(page, photograph())
    page.get_by_role("button", name="用原图").click()
    assert page.locator("canvas").evaluate(SHAPE) == pytest.approx(4 / 3, rel=0.01)
    page.get_by_role("button", name="用拉正的").click()
    assert page.locator("canvas").evaluate(SHAPE) == pytest.approx(297 / 210, rel=0.02)
    page.get_by_role("button", name="用原图").click()
    send(page)
    page.get_by_text("已收到").wait_for()
    assert office.offers[0]["as_sent"] == "1"


def test_another_photo_takes_its_place(page, office):
    """Of two in one paper the first is taken again and stays the first."""
    choose(page, photograph(), photograph())
    expect(page.get_by_text("找到了纸边")).to_have_count(2)
    page.locator("[name=together]").check()
    with page.expect_file_chooser() as camera:
        page.get_by_role("button", name="重拍").first.click()
    again = {"name": "新.jpg", "mimeType": "image/jpeg", "buffer": as_jpeg(sheet())}
    camera.value.set_files([again])
    page.get_by_text("没有看到纸的四边").wait_for()
    expect(page.get_by_role("button", name="用原图")).to_have_count(1)
    send(page)
    expect(page.get_by_text("已收到")).to_have_count(2)
    assert [one["name"] for one in office.offers] == ["新.jpg", "照片2.jpg"]
    assert [one["position"] for one in office.offers] == ["1", "2"]
    assert office.offers[0]["bundle"] == office.offers[1]["bundle"] != ""
    assert office.come["t1"][0] == as_jpeg(sheet())


def test_what_is_no_photo_is_not_looked_at(page, office):
    """A PDF goes as it did; a file of a wrong kind or size is refused at once."""
    scan = {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    wrong = {"name": "a.exe", "mimeType": "", "buffer": b"MZ"}
    large = {"name": "大.jpg", "mimeType": "image/jpeg", "buffer": b"x" * ((1 << 20) + 1)}
    page.locator("input[name=scan]").set_input_files([scan, wrong, large])
    page.get_by_text("不是扫描件").wait_for()
    page.get_by_text("超过 1 MB").wait_for()
    send(page)
    page.get_by_text("已收到").wait_for()
    assert office.looks == []
    assert [one["name"] for one in office.offers] == ["a.pdf"]


def test_a_picture_no_browser_opens_goes_on_without_a_look(page, office):
    """It is shown when it has come."""
    heic = {"name": "a.heic", "mimeType": "image/heic", "buffer": b"heic"}
    page.locator("input[name=scan]").set_input_files([heic])
    send(page)
    page.get_by_text("已收到").wait_for()
    assert office.looks == []
    assert page.locator("img").get_attribute("src") == "/up/t1/picture.jpg"


def test_a_large_photo_is_looked_at_small(page, office):
    """Little is sent before it is known to be good."""
    large = photograph().repeat(2, axis=0).repeat(2, axis=1)
    choose(page, large)
    page.get_by_text("找到了纸边").wait_for()
    assert max(office.looks[0]) == 1400


def test_without_a_line_the_photo_is_seen_and_waits(page, office):
    """It is sent when the line is back."""
    office.is_away = True
    choose(page, photograph())
    page.locator("canvas").wait_for()
    send(page)
    page.get_by_text("线路断了").wait_for()
    office.is_away = False
    page.get_by_text("已收到").wait_for()
    assert office.come["t1"][0] == as_jpeg(photograph())


@pytest.mark.parametrize(("unwanted", "wanted"), [(0, ["乙.pdf"]), (1, ["甲.pdf"])])
def test_what_is_taken_back_while_others_are_sent_is_not_sent(page, office, unwanted, wanted):
    """Neither the one that is on its way nor one that still waits."""
    office.is_away = True
    files = [
        {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
        for name in ("甲.pdf", "乙.pdf")
    ]
    page.locator("input[name=scan]").set_input_files(files)
    send(page)
    page.get_by_text("线路断了").wait_for()
    page.get_by_role("button", name="不传").nth(unwanted).click()
    office.is_away = False
    page.get_by_text("已收到").wait_for()
    expect(page.get_by_role("button", name="上传", exact=True)).to_be_enabled()
    whole = [len(data) == size for data, size in office.come.values()]
    come = [one["name"] for one, is_whole in zip(office.offers, whole, strict=True) if is_whole]
    assert come == wanted


def drop(page, *paths: object) -> None:
    """Let files or folders of this machine fall on the box, as a browser hands them over."""
    box = page.locator(".drop").bounding_box()
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    at = {"x": box["x"] + 5, "y": box["y"] + 5, "data": data}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, **at})


def test_a_folder_that_is_dropped_is_what_lies_in_it(page, office, tmp_path):
    """All its scans in their order, of folders inside, too; the rest is refused by name."""
    inner = tmp_path / "李家" / "2018"
    inner.mkdir(parents=True)
    for name in ("照片10.jpg", "照片2.jpg", "名单.xlsx"):
        (tmp_path / "李家" / name).write_bytes(b"x")
    (inner / "审批😀表.pdf").write_bytes(b"%PDF-1.4")
    drop(page, tmp_path / "李家")
    page.get_by_text("不传：不是扫描件").wait_for()
    send(page)
    expect(page.get_by_text("已收到")).to_have_count(3)
    assert [one["name"] for one in office.offers] == ["审批😀表.pdf", "照片2.jpg", "照片10.jpg"]


def test_files_that_are_dropped_are_taken(page, office, tmp_path):
    """As if they had been chosen; an empty folder is called so."""
    (tmp_path / "甲.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "空的").mkdir()
    drop(page, tmp_path / "甲.pdf", tmp_path / "空的")
    page.get_by_text("空的：文件夹里没有文件").wait_for()
    send(page)
    page.get_by_text("已收到").wait_for()
    assert [one["name"] for one in office.offers] == ["甲.pdf"]
