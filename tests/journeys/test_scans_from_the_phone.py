"""A village keeper sends photos from a phone, over a line that breaks; also without scripts."""

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from tests.external.photos.photographed import as_jpeg, photograph
from tests.journeys.served_office import Office, new_page, sign_in

pytestmark = pytest.mark.journey
PHONE = {"width": 390, "height": 844}
RECEIVED = "已收到，原样保存"


def photo(seed: int) -> dict[str, object]:
    """A noisy photo of more than a megabyte, as a phone makes them."""
    stream = io.BytesIO()
    noise = Image.effect_noise((1600, 1200), 50 + seed).convert("RGB")
    noise.save(stream, "JPEG", quality=90)
    return {"name": f"照片{seed}.jpg", "mimeType": "image/jpeg", "buffer": stream.getvalue()}


def sent(office: Office) -> list[Path]:
    """What came into the inbox from pages."""
    return sorted((office.folder / "收件箱").rglob("网页上传/*/*"))


def choose(page: Page, *files: dict[str, object]) -> None:
    page.locator("input[name=scan]").last.set_input_files(list(files))


def test_a_line_that_breaks_in_the_middle_loses_nothing(browser: Browser, office: Office):
    """Pieces are sent again from where it broke off; each photo lies there as it was sent."""
    page = new_page(browser, office, viewport=PHONE)
    sign_in(page, office, "cunji")
    page.goto("/inbox/upload")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    before, photos, asked = set(sent(office)), [photo(1), photo(2)], []

    def cut(route: Route) -> None:
        asked.append(route.request.url)
        route.abort() if len(asked) in (2, 3) else route.continue_()

    page.route("**/inbox/upload/*offset*", cut)
    choose(page, *photos)
    page.get_by_label("同一件材料").check()
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.get_by_text(RECEIVED)).to_have_count(2)
    expect(page.get_by_role("img", name="照片1.jpg 的预览")).to_be_visible()
    offsets = [url.rpartition("=")[2] for url in asked]
    assert offsets[1] == offsets[2] == offsets[3] != "0"
    came = sorted(set(sent(office)) - before)
    assert [one.read_bytes() for one in came] == [one["buffer"] for one in photos]
    page.context.close()


def test_a_closed_page_goes_on_with_the_same_file(browser: Browser, office: Office):
    """Chosen again, only what is missing is sent."""
    page = new_page(browser, office, viewport=PHONE)
    sign_in(page, office, "cunji")
    file = office.folder / "未完.jpg"
    file.write_bytes(photo(3)["buffer"])
    asked: list[str] = []

    def cut(route: Route) -> None:
        asked.append(route.request.url)
        route.abort() if len(asked) > 2 else route.continue_()

    page.goto("/inbox/upload")
    page.route("**/inbox/upload/*offset*", cut)
    page.locator("input[name=scan]").last.set_input_files(file)
    page.get_by_role("button", name="上传", exact=True).click()
    page.get_by_text("线路断了").wait_for()
    page.unroute("**/inbox/upload/*offset*")
    page.goto("/inbox/upload")
    with page.expect_request("**/inbox/upload/*offset*") as first:
        page.locator("input[name=scan]").last.set_input_files(file)
        page.get_by_role("button", name="上传", exact=True).click()
    assert not first.value.url.endswith("offset=0")
    page.get_by_text(RECEIVED).wait_for()
    page.context.close()


def test_without_scripts_a_plain_form_sends_them(browser: Browser, office: Office):
    """The same button; the inbox says how many came."""
    page = new_page(browser, office, viewport=PHONE, java_script_enabled=False)
    sign_in(page, office, "cunji")
    page.goto("/inbox/upload")
    before, one = set(sent(office)), photo(4)
    choose(page, one)
    page.get_by_role("button", name="上传", exact=True).click()
    page.get_by_text("收到 1 份").wait_for()
    assert [file.read_bytes() for file in set(sent(office)) - before] == [one["buffer"]]
    page.context.close()


def slanted(name: str) -> dict[str, object]:
    """A sheet photographed aslant on a desk."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": as_jpeg(photograph())}


def shape_seen(page: Page) -> float:
    """How high the preview is for its width."""
    return float(page.locator("canvas").evaluate("one => one.height / one.width"))


def test_a_slanted_photo_is_seen_straight_and_taken_again(browser: Browser, office: Office):
    """Before it is sent; the sender may take the photo as it is, or take another."""
    page = new_page(browser, office, viewport=PHONE)
    sign_in(page, office, "cunji")
    page.goto("/inbox/upload")
    before = set(sent(office))
    choose(page, slanted("歪的.jpg"))
    page.get_by_text("找到了纸边").wait_for()
    assert abs(shape_seen(page) - 297 / 210) < 0.03
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="用原图").click()
    assert abs(shape_seen(page) - 1200 / 900) < 0.01
    page.get_by_role("button", name="用拉正的").click()
    assert abs(shape_seen(page) - 297 / 210) < 0.03
    with page.expect_file_chooser() as camera:
        page.get_by_role("button", name="重拍").click()
    other = photo(5)
    camera.value.set_files([other])
    page.get_by_text("没有看到纸的四边").wait_for()
    page.get_by_role("button", name="上传", exact=True).click()
    page.get_by_text(RECEIVED).wait_for()
    (came,) = set(sent(office)) - before
    assert came.read_bytes() == other["buffer"]
    page.context.close()
