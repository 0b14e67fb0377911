"""The pictures of docs/使用手册.md, taken of the demo in a real Chromium.

`python -m script.manual_pictures` starts a demo county in a temporary folder of a neutral name,
signs in and photographs the pages; run it after the pages have changed. `--case` takes only those
of a case, of gathered rows and of photos, for which no scan need be read; `--office` only the
administrator's; `--demo FOLDER` takes a copy of a demo that was read already.
"""

import argparse
import io
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


PROJECT = Path(__file__).resolve().parents[1]
PICTURES = PROJECT / "docs" / "pictures"
ANSWERS = PROJECT / "tests" / "samples" / "answers"
PORT = free_port()
COLOURS = 128
NEUTRAL = "民政示范"  #: its place stands on some of the pictures
COMMAND = (sys.executable, "-m", "minzheng.cli.main")
#: The same engine without windows costs two fifths; the whole browser where it is not packaged.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
PAGES = {
    "home": "/",
    "search": "/search?q=测试周桂兰",
    "coverage": "/coverage",
    "batch": "/batches",
    "traces": "/traces?name=测试周桂兰",
    "result_list": "/search/list?q=低保",
    "completeness": "/completeness?year=2018&open=103",
    "checklist": "/checklist?village=103200&year=2018&name=测试周桂兰",
    "doubts": "/doubts/paid_after_death/103200",
}
#: The administrator's pages.
OFFICE_PAGES = {
    "desk_administrator": "/",
    "first_day": "/first-day",
    "registry": "/registry/standards.toml",
    "registry_row": "/registry/standards.toml/rows/1/3",
}
ADDRESS = f"http://127.0.0.1:{PORT}"


@contextmanager
def demo(*, is_read: bool, ready: Path | None) -> Iterator[dict[str, str]]:
    """A served demo county, its scans read or not; gives the accounts with their passwords."""
    folder = Path(tempfile.gettempdir()) / NEUTRAL
    if folder.exists():
        raise SystemExit(f"{folder} is there already")
    try:
        config = lay(folder, is_read=is_read, ready=ready)
        serve = subprocess.Popen(
            [*COMMAND, "--config", str(config), "serve", "--first-time-demo"],
            cwd=PROJECT, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            wait_until_ready(serve)
            listed = next(folder.rglob("初始账号.txt")).read_text("utf-8")
            yield dict(re.findall(r"(?m)^\s*(\w+)\s+(\w{7}-\w{7})", listed))
        finally:
            serve.terminate()
            serve.wait(60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def lay(folder: Path, *, is_read: bool, ready: Path | None) -> Path:
    """Lay a demo, or a copy of one, into a folder; its settings."""
    config = folder / "config.toml"
    if ready is not None:
        shutil.copytree(ready, folder)
    else:
        subprocess.run(
            [*COMMAND, "demo", str(folder)], cwd=PROJECT, check=True, capture_output=True
        )
    told = re.sub(r"(?m)^port = \d+", f"port = {PORT}", config.read_text("utf-8"))
    config.write_text(told, "utf-8")
    if is_read and ready is None:
        subprocess.run(
            [*COMMAND, "--config", str(config), "index", f"{folder}/archive"],
            cwd=PROJECT, check=True, capture_output=True,
        )  # fmt: skip
    return config


def wait_until_ready(serve: subprocess.Popen[str]) -> None:
    """Wait until the demo says so itself: on its port somebody else may answer."""
    told = iter(serve.stdout or ())
    if not any("就绪" in line for line in told):
        raise SystemExit("the demo did not start")


def take(page: Page, name: str) -> None:
    """Photograph a page once it is quiet; few colours, since the pictures come with the program."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(PICTURES / f"{name}.png", "PNG", optimize=True)


def main() -> None:
    """Take all pictures, or those asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--case", action="store_true")
    parser.add_argument("--office", action="store_true")
    parser.add_argument("--demo", type=Path, help="a demo that was read already")
    asked = parser.parse_args()
    PICTURES.mkdir(exist_ok=True)
    is_whole = not (asked.case or asked.office)
    with demo(is_read=is_whole, ready=asked.demo) as accounts, sync_playwright() as player:
        browser = player.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        show_office(browser, accounts["guanli"])
        if asked.office:
            return
        page = browser.new_page(viewport={"width": 1180, "height": 760}, locale="zh-CN")
        page.goto(ADDRESS)
        if is_whole:
            take(page, "sign-in")
        page.fill("input[name=username]", "xianji")
        page.fill("input[type=password]", accounts["xianji"])
        page.press("input[type=password]", "Enter")
        page.wait_for_load_state("networkidle")
        if is_whole:
            show_all(page)
        go_on_with_a_case(page)
        browser.close()


def show_office(browser: Browser, password: str) -> None:
    """The administrator's pages."""
    page = browser.new_page(viewport={"width": 1180, "height": 760}, locale="zh-CN")
    page.goto(ADDRESS)
    page.fill("input[name=username]", "guanli")
    page.fill("input[type=password]", password)
    page.press("input[type=password]", "Enter")
    page.wait_for_load_state("networkidle")
    for name, address in OFFICE_PAGES.items():
        page.goto(ADDRESS + address)
        take(page, name)
    page.close()


def show_all(page: Page) -> None:
    """Every page that shows papers which were read."""
    fill_a_form(page)
    show_inbox(page)
    for name, address in PAGES.items():
        page.goto(ADDRESS + address)
        take(page, name)
    keep_searches(page)
    page.goto(f"{ADDRESS}/search?q=测试周桂兰 申请书")
    page.click("main h2 a, main h3 a")
    take(page, "page")
    correct_a_file(page)


def correct_a_file(page: Page) -> None:
    """What a keeper corrects of a file."""
    page.goto(f"{ADDRESS}/corrections?list=form")
    page.locator("tr", has_text="走访记录").locator(".deeds a").click()
    take(page, "correct")


def keep_searches(page: Page) -> None:
    """Two searches are kept, and listed."""
    for name, question in (("旧城村低保", "村:旧城村 专档:低保"), ("没有章的公示", "公示 有章:否")):
        page.goto(f"{ADDRESS}/search?q={question}")
        page.click("summary:has-text('保存这个查询')")
        page.fill(".tools input[name=name]", name)
        page.click(".tools form button")
        page.wait_for_load_state("networkidle")
    page.goto(f"{ADDRESS}/saved")
    take(page, "saved")


def fill_a_form(page: Page) -> None:
    """A form being filled, refused and issued."""
    page.goto(f"{ADDRESS}/forms/DB-01")
    page.fill("[name=name]", "测试周桂兰")
    page.fill("[name=id_no]", "110105194912310021")
    page.press("[name=id_no]", "Tab")
    time.sleep(1.5)
    take(page, "fill")
    page.click("button[value=issue]")
    take(page, "problems")
    page.goto(f"{ADDRESS}/forms/ZF-04")
    answer_all(page, "ZF-04")
    page.click("button[value=issue]")
    take(page, "issued")


def answer_all(page: Page, form_id: str) -> None:
    """The sample answers into the page that is open; what is locked stays."""
    answers = tomllib.loads((ANSWERS / f"{form_id}.toml").read_text("utf-8"))
    for slug, answer in answers.items():
        if isinstance(answer, list) and answer and isinstance(answer[0], dict):
            for number, row in enumerate(answer):
                for column, value in row.items():
                    put(page, f"{slug}-{number}-{column}", value)
        else:
            put(page, slug, answer)


def go_on_with_a_case(page: Page) -> None:
    """The next form of a case, the village's notice, a survey with its photo."""
    page.goto(f"{ADDRESS}/forms/DB-01")
    answer_all(page, "DB-01")
    page.click("button[value=issue]")
    page.click("text=本案下一张表")
    take(page, "case")
    page.click("a[href^='/forms/DB-02?']")
    page.wait_for_load_state("networkidle")
    page.evaluate("window.scrollTo(0, 430)")
    take(page, "locked")
    page.evaluate("window.scrollTo(0, 0)")
    answer_all(page, "DB-02")
    page.click("button[value=issue]")
    page.wait_for_load_state("networkidle")
    page.goto(f"{ADDRESS}/forms/GS-01")
    for slug, answer in {
        "town": "钟宝镇", "village": "旧城村", "scheme": "低保", "as_of": "2026-06-30",
    }.items():  # fmt: skip
        put(page, slug, answer)
    page.click("button[value=case]")
    page.wait_for_load_state("networkidle")
    page.evaluate("window.scrollTo(0, 420)")
    take(page, "gathered")
    page.goto(f"{ADDRESS}/forms/COM-03")
    house: FilePayload = {"name": "房屋.png", "mimeType": "image/png", "buffer": draw_house()}
    page.set_input_files("[name=photo_out-file]", [house])
    page.click("button[value='more:surveyors']")
    page.wait_for_load_state("networkidle")
    page.locator("[name=photo_out-file]").scroll_into_view_if_needed()
    take(page, "photo")


def show_inbox(page: Page) -> None:
    """The unsorted scans of the demo, once they have been read."""
    for _ in range(60):
        page.goto(f"{ADDRESS}/inbox")
        if page.locator(".paper-card").count() > 3:
            break
        time.sleep(2)
    take(page, "inbox")
    page.click(".paper-card:nth-of-type(2) h2 a")
    page.wait_for_load_state("networkidle")
    page.evaluate("window.scrollTo(0, 0)")
    take(page, "inbox-paper")


def draw_house() -> bytes:
    """An invented house, in place of a photo."""
    picture = Image.new("RGB", (640, 480), "#bcd7e8")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 360, 640, 480), fill="#8ba86c")
    pen.rectangle((150, 220, 490, 400), fill="#e8dcc3", outline="#7a6a4f", width=4)
    pen.polygon(((120, 220), (320, 100), (520, 220)), fill="#a4502f")
    pen.rectangle((285, 290, 355, 400), fill="#7a4a2b")
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def put(page: Page, name: str, value: object) -> None:
    """One answer into whatever kind of input it has."""
    values = value if isinstance(value, list) else [value]
    box = page.locator(f"[name='{name}']").first
    if not box.count():
        return
    kind = box.get_attribute("type") or box.evaluate("node => node.tagName")
    if kind in ("radio", "checkbox"):
        for one in values:
            page.locator(f"[name='{name}'][value='{one}']").check()
    elif kind == "SELECT":
        box.select_option(str(value))
    else:
        box.fill(str(value))


if __name__ == "__main__":
    main()
