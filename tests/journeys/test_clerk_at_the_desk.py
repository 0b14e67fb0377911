"""In a real Chromium: sign in, fill DB-01, download it, search, see the marked page."""

import io
import signal
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import docx
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.cli.forms.test_batch import household
from tests.filler.rosters import as_bytes, column_of, fill_template
from tests.journeys.served_office import (
    PROJECT,
    Office,
    command_environment,
    enter_answers,
    free_port,
    issue,
    new_page,
    sign_in,
)
from tests.journeys.waiting import COMMAND_SECONDS
from tests.shipped_forms import shipped_forms

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
WANTED = "测试周桂兰"
ON_A_SCAN = "类风湿关节炎"
HIGHLIGHT = (255, 226, 122)

pytestmark = pytest.mark.journey


@pytest.fixture
def desk(office: Office, browser: Browser) -> Iterator[Page]:
    """The town clerk, signed in; any error in the page's console fails the test."""
    page = new_page(browser, office, viewport={"width": 1366, "height": 768})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, office, "zhenji")
    yield page
    page.context.close()
    assert errors == []


def test_a_clerk_fills_an_application_and_downloads_it(desk: Page, office: Office):
    """Live values while typing, the Word file at the end."""
    answers = tomllib.loads((SAMPLES / "answers" / "DB-01.toml").read_text(encoding="utf-8"))
    desk.goto(f"{office.address}/forms/DB-01")
    enter_answers(desk, answers)
    desk.locator("#d-age").filter(has_text="68").wait_for()
    desk.locator("#d-per_capita_month").filter(has_text="152.19").wait_for()
    issue(desk)
    with desk.expect_download() as waiting:
        desk.get_by_role("link", name="下载 Word 文件").click()
    file = Path(waiting.value.path()).read_bytes()
    tables = docx.Document(io.BytesIO(file)).tables
    assert any(WANTED in cell.text for row in tables[0].rows for cell in row.cells)
    assert waiting.value.suggested_filename.startswith(f"DB-01_{WANTED}_DB-103200-2018-")


def test_problems_stand_at_their_fields(desk: Page, office: Office):
    """An empty form names everything that is missing, with links to the fields."""
    desk.goto(f"{office.address}/forms/DB-01")
    desk.get_by_label("联系电话").fill("123")
    desk.get_by_role("button", name="生成 Word 文件").click()
    desk.get_by_text("处需要更正").wait_for()
    assert "不是电话号码" in desk.locator("#p-phone").inner_text()
    desk.get_by_text("其余").click()
    desk.get_by_role("link", name="申请理由：没有填写").click()
    assert desk.locator("#f-reason").bounding_box() is not None


def test_an_inspector_sees_the_marked_page(browser: Browser, office: Office):
    """Search a word, open the hit, see the word marked on the scan itself."""
    page = new_page(browser, office)
    sign_in(page, office, "jiancha")
    office.wait_until_read()
    page.goto(f"/search?q={ON_A_SCAN}")
    assert int(page.locator(".total b").inner_text()) >= 2
    page.locator(".hit h2 a").first.click()
    image = page.locator(".page-image")
    image.wait_for()
    body = page.request.get(office.address + str(image.get_attribute("src"))).body()
    scan = Image.open(io.BytesIO(body)).convert("RGB")
    distance = np.abs(np.asarray(scan, dtype=int) - HIGHLIGHT).max(axis=2)
    yellow = int((distance < 24).sum())
    assert yellow > 200
    page.context.close()


def test_pages_work_without_javascript(browser: Browser, office: Office):
    """Rows are added by a plain button, search by a plain form."""
    page = new_page(browser, office, java_script_enabled=False)
    sign_in(page, office, "cunji")
    page.goto(f"{office.address}/forms/DB-01")
    page.locator('[name="members-0-m_name"]').fill("测试甲")
    page.get_by_role("button", name="再加三行").first.click()
    expect(page.locator('[name="members-4-m_name"]')).to_have_count(1)
    assert page.locator('[name="members-0-m_name"]').input_value() == "测试甲"
    page.goto(office.address)
    page.get_by_role("searchbox", name="要找的词").fill("低保")
    page.get_by_role("button", name="查档").click()
    page.wait_for_url("**/search?q=**")
    page.context.close()


def test_nothing_is_loaded_from_outside(desk: Page, office: Office):
    """Every request of every page goes to this machine."""
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/forms/DB-01", f"/search?q={WANTED}", "/coverage"):
        desk.goto(office.address + path)
    assert asked
    assert all(url.startswith(office.address) for url in asked)


@pytest.mark.parametrize("path", ["/", "/forms/DB-01", f"/search?q={WANTED}", "/coverage"])
def test_no_page_is_wider_than_a_telephone(browser: Browser, office: Office, path: str):
    """Nothing has to be pushed sideways on 390 pixels."""
    page = new_page(browser, office, viewport={"width": 390, "height": 844})
    sign_in(page, office, "zhenji")
    page.goto(office.address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()


def test_a_second_service_on_the_port_is_refused_in_words(office: Office):
    """Not a stack trace, but what to change."""
    done = subprocess.run(
        office.command,
        cwd=PROJECT,
        env=command_environment(),
        capture_output=True,
        text=True,
        timeout=COMMAND_SECONDS,
        check=False,
    )
    assert done.returncode == 1
    assert "换一个 port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_start_keeps_accounts_and_archive(tmp_path: Path):
    """Nothing is made twice, nothing is lost."""
    served, kept = Office(tmp_path, free_port()), []
    text = f"[web]\nport = {served.port}\n"
    (tmp_path / "config.toml").write_text(text, encoding="utf-8")
    for _ in range(2):
        served.start()
        kept.append((served.password("zhenji"), sorted((tmp_path / "archive").rglob("*"))))
        output = served.stop(signal.SIGTERM)
        assert "已停止" in output
    assert kept[0] == kept[1]
    assert "示范账号" not in output


def test_a_roster_becomes_a_print_run(desk, office, tmp_path):
    """Uploaded, checked, issued by the service's thread while the page was closed, downloaded."""
    book = fill_template(shipped_forms(), "ZF-01", [household(number) for number in range(5)])
    sheet = book.worksheets[0]
    sheet.cell(3, column_of(sheet, "联系电话"), "12345")
    roster = tmp_path / "走访名单.xlsx"
    roster.write_bytes(as_bytes(book))
    desk.goto(f"{office.address}/batches?form=ZF-01")
    desk.get_by_label("花名册文件").set_input_files(roster)
    desk.get_by_role("button", name="上传并核对").click()
    desk.get_by_text("先出具没有错的 4 户").wait_for()
    expect(desk.get_by_text("“12345”不是电话号码")).to_be_visible()
    desk.get_by_label("同时生成 PDF").check()
    desk.get_by_role("button", name="出具这 4 户").click()
    address = desk.url
    desk.get_by_role("heading", name="下载").or_(desk.locator("progress")).first.wait_for()
    desk.goto(office.address)
    office.wait_until_shown(lambda: _is_finished(desk, address))
    with desk.expect_download() as waiting:
        desk.get_by_role("link", name="打印用的一份 Word").click()
    merged = tmp_path / "all.docx"
    waiting.value.save_as(merged)
    assert len(docx.Document(str(merged)).sections) == 4
    expect(desk.get_by_role("link", name="PDF")).to_be_visible()


def _is_finished(page: Page, address: str) -> bool:
    page.goto(address)
    return page.get_by_role("heading", name="下载").is_visible()
