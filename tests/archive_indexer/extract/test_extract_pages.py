"""Pages of files, by what they hold."""

import io
from pathlib import Path

import docx
import openpyxl
import pytest
from PIL import Image
from pypdf import PdfWriter

from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.limits import Limits
from archive_indexer.extract.pdf import is_good_text
from archive_indexer.extract.spreadsheet import print_cell

LIMITS = Limits()


def put(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_text_files_are_read_in_their_encoding(tmp_path: Path, encoding: str):
    """UTF-8, GB18030 and UTF-16 with and without its mark are told apart."""
    file = put(tmp_path, "a.txt", "测试甲的说明材料\n第二行".encode(encoding))
    assert extract_pages(file, LIMITS).pages[0].text == "测试甲的说明材料\n第二行"


def test_word_documents_are_read_in_order_with_tables(tmp_path: Path):
    """Paragraphs, tables, headers and footers are all read, merged cells once."""
    document = docx.Document()
    document.add_paragraph("标题")
    table = document.add_table(1, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "姓名"
    table.cell(0, 2).text = "测试甲"
    document.sections[0].footer.paragraphs[0].text = "DB-01 v1"
    document.save(str(tmp_path / "a.docx"))
    extraction = extract_pages(tmp_path / "a.docx", LIMITS)
    assert extraction.kind == "docx"
    assert extraction.pages[0].text == "标题\n姓名 测试甲\nDB-01 v1"


def test_a_spreadsheet_is_a_page_a_sheet(tmp_path: Path):
    """Numbers are shown as people see them."""
    book = openpyxl.Workbook()
    book.active.title = "名单"
    book.active.append(["测试甲", 568.0, "11010519491231002X"])
    book.save(tmp_path / "a.xlsx")
    page = extract_pages(tmp_path / "a.xlsx", LIMITS).pages[0]
    assert page.text == "名单\n测试甲 568 11010519491231002X"


@pytest.mark.parametrize(
    ("value", "text"), [(True, "是"), (1.5, "1.5"), (6.0, "6"), (None, "None")]
)
def test_cells_are_printed_as_seen(value: object, text: str):
    """Whole numbers have no .0."""
    assert print_cell(value) == text


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


def test_an_encrypted_pdf_says_so(tmp_path: Path):
    """A PDF with a password asks for one without."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret")
    writer.write(tmp_path / "a.pdf")
    assert "加密" in extract_pages(tmp_path / "a.pdf", LIMITS).reason


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


def test_a_truncated_picture_says_so(tmp_path: Path):
    """Half a JPEG is incomplete, not a crash."""
    stream = io.BytesIO()
    Image.effect_noise((300, 300), 60).convert("RGB").save(stream, "JPEG")
    file = put(tmp_path, "a.jpg", stream.getvalue()[:9000])
    assert "不完整" in extract_pages(file, LIMITS).reason


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
