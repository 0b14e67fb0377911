"""A file is read by its kind, or says why it cannot be."""

import re
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.extract import ofd, picture
from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.kind import Kind
from archive_indexer.extract.limits import Limits
from archive_indexer.extract.office import pictures
from tests.archive_indexer.extract.made import made_documents
from tests.archive_indexer.extract.made.made_documents import SEEN
from tests.archive_indexer.extract.made.made_files import LIMITS, put
from tests.external.files.panicking_workbook import panicking_workbook

PROJECT = Path(__file__).resolve().parents[3]
#: What each document says of itself that it holds and nothing reads.
UNREAD = {
    "word": ("含 1 个嵌入的文件或对象，未识别", "含 1 张 EMF、WMF 图形，未识别。请另存为 PDF"),
    "workbook": ("含 1 个嵌入的文件或对象，未识别",),
    "slides": ("含 1 段声音或视频，未识别", "含 1 个嵌入的文件或对象，未识别"),
    "open_text": (
        "含 1 个嵌入的文件或对象，未识别",
        "含 1 段声音或视频，未识别",
        "含 1 张图片不在文件里，未识别",
    ),
    "mail": ("含 1 个没有文字或认不出的文件（.bin 1），未识别",),
    "layout": ("含 1 张图片不在文件里，未识别", "含附件，未识别。请另存附件后放回原处"),
}


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("空.pdf", b"", "空文件"),
        ("坏.pdf", b"%PDF-1.4 garbage", "已损坏"),
        ("坏.jpg", b"\xff\xd8\xff garbage", "已损坏"),
        ("坏.docx", b"PK\x03\x04 garbage", "已损坏"),
        ("包.rar", b"Rar!\x1a\x07\0" + b"\0" * 9, "已损坏"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存"),
        ("慌.xlsb", panicking_workbook(), "已损坏"),
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


@pytest.fixture
def seen(monkeypatch):
    """Every picture is read as the same words, by no model."""

    def read(image, number, known=(), **_):
        return ExtractedPage(number, SEEN, origin="ocr")

    for module in (pictures, picture, ofd):
        monkeypatch.setattr(module, "read_page_image", read)


def text_of(extraction: Extraction) -> str:
    inside = (text_of(one.extraction) for one in extraction.members)
    return "\n".join((*(page.text for page in extraction.pages), *inside))


@pytest.mark.parametrize(
    ("written", "text"),
    [(r"\u-10174?\u-8265?", "𠮷测试"), (r"\u-10174?", "\ufffd测试"), (r"\u-8265?", "\ufffd测试")],
)
def test_a_rare_sign_of_an_old_file_is_whole_or_none(tmp_path: Path, written: str, text: str):
    """Half a sign is taken by no database, and the paper would be lost with it."""
    content = rf"{{\rtf1\ansi {written}\u27979?\u-29739?}}".encode()
    (page,) = extract_pages(put(tmp_path, "a.rtf", content), LIMITS).pages
    assert page.text == text


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize("kind", UNREAD)
def test_every_word_is_found_and_nothing_that_was_struck_out(tmp_path: Path, kind: str):
    """Each once, for nothing is written twice by the programs that made it."""
    content, words, struck_out = getattr(made_documents, kind)()
    extraction = extract_pages(put(tmp_path, "a.eml" if kind == "mail" else "a", content), LIMITS)
    text = text_of(extraction)
    assert {word: text.count(word) for word in words if text.count(word) != 1} == {}
    assert [word for word in struck_out if word in text] == []


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize("kind", UNREAD)
def test_what_is_not_read_is_named(tmp_path: Path, kind: str):
    """On the first page, in words for people."""
    content, _, _ = getattr(made_documents, kind)()
    extraction = extract_pages(put(tmp_path, "a.eml" if kind == "mail" else "a", content), LIMITS)
    assert extraction.reason == ""
    assert tuple(part for page in extraction.pages for part in page.unread) == UNREAD[kind]


def test_what_is_said_to_be_unread_stands_in_the_manual():
    """With n for numbers and … for names."""
    manual = (PROJECT / "docs/reading.md").read_text(encoding="utf-8")
    for said in (part for parts in UNREAD.values() for part in parts):
        assert re.sub(r"\d+", "n", re.sub("（.*）", "（…）", said)) in manual


@pytest.mark.usefixtures("seen")
def test_a_picture_in_a_document_is_a_page_of_its_own(tmp_path: Path):
    """After the pages of the text, with the next number; the same picture is read once."""
    content, _, _ = made_documents.word()
    first, second, _ = extract_pages(put(tmp_path, "a.docx", content), LIMITS).pages
    assert (first.number, first.origin) == (1, "text")
    assert (second.number, second.origin, second.text) == (2, "ocr", SEEN)


def test_a_hyphen_that_is_only_allowed_parts_no_word(tmp_path: Path):
    """Word and RTF write one where a line may break; nobody types it when searching."""
    file = put(tmp_path, "a.rtf", rb"{\rtf1 optional\-hyphen}")
    assert extract_pages(file, LIMITS).pages[0].text == "optionalhyphen"


@pytest.mark.parametrize(("kind", "is_read"), [("xlsb", True), ("xls", True), ("xlsx", False)])
def test_a_workbook_at_which_the_usual_reader_panics_is_read_otherwise(
    tmp_path: Path, monkeypatch, kind: str, is_read: bool
):
    """It may be whole: LibreOffice makes a new one of it, where it can."""

    class PanicException(BaseException):
        pass

    def panic(*_):
        raise PanicException("no entry found for key")

    monkeypatch.setattr("archive_indexer.extract.spreadsheet.read_spreadsheet", panic)
    monkeypatch.setattr(
        "archive_indexer.extract.old_office.read_old_office",
        lambda file, limits, kind: Extraction(kind, (ExtractedPage(1, "测试甲"),)),
    )
    monkeypatch.setattr(
        "archive_indexer.extract.extract_pages.find_kind",
        lambda head, file: Kind(kind, "spreadsheet"),
    )
    read = extract_pages(put(tmp_path, "a", b"x"), LIMITS)
    assert bool(read.pages) is is_read
    assert bool(read.reason) is not is_read
