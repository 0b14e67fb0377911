"""PDFs: their text when it is good, else their pictures."""

from pathlib import Path

from PIL import Image
from pypdf import PdfWriter

from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.pdf import is_good_text
from tests.archive_indexer.extract.made_files import LIMITS


def test_an_encrypted_pdf_says_so(tmp_path: Path):
    """A PDF with a password asks for one without."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret")
    writer.write(tmp_path / "a.pdf")
    assert "加密" in extract_pages(tmp_path / "a.pdf", LIMITS).reason


def test_blank_pages_are_left_at_once(tmp_path: Path):
    """A blank back has no text and is marked blank."""
    Image.new("RGB", (1654, 2339), "white").save(tmp_path / "a.png")
    page = extract_pages(tmp_path / "a.png", LIMITS).pages[0]
    assert page.origin == "blank"
    assert page.text == ""


def test_garbage_layers_are_not_believed():
    """Text of a broken font table is no text."""
    assert is_good_text("镇坪县农村最低生活保障申请书 2018 年")
    assert not is_good_text("\ue000\ue001\ue002" * 10)
    assert not is_good_text("第1页")
