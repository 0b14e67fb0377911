"""Forms issued, printed, signed and scanned in one go end as papers in the archive."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from minzheng.external.libreoffice import convert_to_pdf
from script.samples.aging import as_scan
from tests.journeys.served_office import (
    Office,
    as_new_case,
    command_environment,
    new_page,
    sign_in,
)
from tests.journeys.waiting import COMMAND_SECONDS
from tests.running.command_starts import run_command

BATCH, DPI = "整批扫描.pdf", 150
FORMS = ("DB-01", "LR-02")

pytestmark = pytest.mark.journey


@pytest.fixture
def keeper(office: Office, browser: Browser) -> Iterator[Page]:
    """The village's keeper; any error in the page's console fails the test."""
    page = new_page(browser, office, viewport={"width": 1366, "height": 768})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, office, "cunji")
    yield page
    page.context.close()
    assert errors == []


def test_a_batch_of_issued_forms_ends_in_the_archive(keeper: Page, office: Office, tmp_path):
    """Split by our codes, confirmed by the keeper, findable, and no page read twice."""
    inbox, archive = office.folder / "收件箱", office.folder / "archive"
    scan_in_one_go([issue(office, form, tmp_path) for form in FORMS], inbox / BATCH, tmp_path)
    office.wait_until_shown(lambda: count_papers(keeper) == len(FORMS))
    for card in of_the_batch(keeper).all():
        assert "有把握" in card.inner_text()
        picture = card.locator("img").first
        picture.scroll_into_view_if_needed()
        office.wait_until(lambda shown=picture: shown.evaluate("one => one.naturalWidth") > 100)
    assert list(archive.rglob("*_最低生活保障申请书_测试周桂兰.pdf")) == []
    keeper.set_viewport_size({"width": 390, "height": 844})
    assert keeper.evaluate("document.documentElement.scrollWidth") <= 390
    keeper.get_by_role("button", name="确认打勾的各件").click()
    keeper.get_by_text("件已确认，正在放入档案").wait_for()

    office.wait_until(lambda: not (inbox / BATCH).exists())
    assert [one.name for one in inbox.glob("已归档/*/*")].count(BATCH) == 1
    laid = list(archive.rglob("000?_最低生活保障申请书_测试周桂兰.pdf"))
    assert len(laid) == 1
    assert (
        laid[0]
        .parent.relative_to(archive)
        .as_posix()
        .startswith("610927103200_钟宝镇_旧城村/01_低保/")
    )
    with pypdfium2.PdfDocument(laid[0]) as document:
        assert len(document) == 2
    office.wait_until_shown(lambda: is_found(keeper, laid[0].name))
    assert read_after_filing(office) == 0


def issue(office: Office, form: str, folder: Path) -> Path:
    """A form by the filler, with a number of its own."""
    config, out = office.folder / "config.toml", folder / f"{form}.docx"
    answers = ["--answers", as_new_case(form, folder), "--out", out]
    done = run_command(
        ["--config", config, "fill", form, *answers],
        env=command_environment(),
        seconds=COMMAND_SECONDS,
    )
    assert done.returncode == 0, done.stderr
    return out


def scan_in_one_go(papers: list[Path], target: Path, folder: Path) -> None:
    """Printed, a blank back between, one PDF of nothing but pictures."""
    sheets: list[Image.Image] = []
    for file in convert_to_pdf(papers, folder):
        with pypdfium2.PdfDocument(file) as document:
            sheets += [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in document]
        sheets.append(Image.new("RGB", sheets[0].size, "white"))
    first, *rest = [as_scan(sheet, 70 + n, 0.3 * (-1) ** n) for n, sheet in enumerate(sheets)]
    draft = folder / BATCH
    first.save(draft, "PDF", save_all=True, append_images=rest, resolution=DPI, quality=70)
    draft.rename(target)


def of_the_batch(page: Page):
    """The cards of papers found in the batch."""
    return page.locator(".paper-card").filter(has_text=BATCH)


def count_papers(page: Page) -> int:
    page.goto("/inbox")
    return of_the_batch(page).count()


def is_found(page: Page, name: str) -> bool:
    page.goto("/search?q=类风湿关节炎")
    return name in page.locator("main").inner_text()


def read_after_filing(office: Office) -> int:
    """Contents of filed papers that were read anew once they lay in the archive."""
    query = (
        "SELECT count(*) FROM inbox_laidfile AS laid"
        " JOIN inbox_piece AS paper ON paper.id = laid.piece_id"
        " JOIN archive_indexer_content AS content ON content.sha256 = laid.sha256"
        " WHERE content.read_at > paper.filed_at"
    )
    with closing(sqlite3.connect(office.folder / "data" / "minzheng.sqlite3")) as database:
        return int(database.execute(query).fetchone()[0])
