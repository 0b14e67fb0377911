"""A file is read by its kind, or says why it cannot be."""

from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter

from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.limits import Limits
from tests.archive_indexer.extract.made_files import LIMITS, put


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("空.pdf", b"", "空文件"),
        ("坏.pdf", b"%PDF-1.4 garbage", "已损坏"),
        ("坏.jpg", b"\xff\xd8\xff garbage", "已损坏"),
        ("坏.docx", b"PK\x03\x04 garbage", "已损坏"),
        ("包.rar", b"Rar!\x1a\x07\0" + b"\0" * 9, "已损坏"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存"),
        ("谜.bin", b"\x01\0\x02", "认不出"),
        ("谜.pdf", b"\x01\0\x02", "已损坏"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, reason: str):
    """Every unreadable file has a reason in Chinese and no pages."""
    extraction = extract_pages(put(tmp_path, name, content), LIMITS)
    assert reason in extraction.reason
    assert extraction.pages == ()


def test_files_and_documents_beyond_the_limits_are_only_recorded(tmp_path: Path):
    """Too large a file, too many pages and too many pixels are refused with a reason."""
    assert "超过 0 MB" in extract_pages(put(tmp_path, "a.txt", b"x"), Limits(max_file_mb=0)).reason
    writer = PdfWriter()
    for _ in range(3):
        writer.add_blank_page(100, 100)
    writer.write(tmp_path / "a.pdf")
    assert "超过 2 页" in extract_pages(tmp_path / "a.pdf", Limits(max_pages=2)).reason
    Image.new("RGB", (100, 100)).save(tmp_path / "a.png")
    assert "像素" in extract_pages(tmp_path / "a.png", Limits(max_pixels=99)).reason


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("测试\x01甲\ufeff", "测试甲"),
        ("测试\u3000\u3000甲", "测试 甲"),
        ("一\r\n二\r三\f四", "一\n二\n三\n四"),
        ("一\n \n\n二\n", "一\n二"),
    ],
)
def test_a_text_is_clean_of_what_no_reader_wants(tmp_path: Path, written: str, clean: str):
    """Control characters, odd spaces, empty lines."""
    file = put(tmp_path, "a.txt", written.encode())
    assert extract_pages(file, LIMITS).pages[0].text == clean
