"""PDFs: their text when it is good, else their pictures."""

import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, EncodedStreamObject, NameObject

from archive_indexer.documents import ExtractedPage
from archive_indexer.extract import pdf
from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.pdf import is_good_text, render
from script.samples.sheet import find_fonts
from tests.archive_indexer.extract.made.made_files import LIMITS, put
from tests.archive_indexer.extract.made.made_pdfs import field, make_pdf, remark, text


def test_an_encrypted_pdf_says_so(tmp_path: Path):
    """A PDF with a password asks for one without."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret")
    writer.write(tmp_path / "a.pdf")
    assert "加密" in extract_pages(tmp_path / "a.pdf", LIMITS).reason


def test_a_broken_pdf_says_nothing_on_the_terminal(tmp_path: Path):
    """A reader has no log of its own; what a library thinks of a file is not the console's."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    asked = (
        "import pathlib, sys; from archive_indexer.extract.pdf import read_pdf\n"
        "from archive_indexer.extract.limits import Limits, UnreadableError\n"
        "try: read_pdf(pathlib.Path(sys.argv[1]), Limits())\n"
        "except UnreadableError as error: print(error)"
    )
    command = [sys.executable, "-c", asked, str(tmp_path / "a.pdf")]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "已损坏" in told.stdout
    assert told.stderr == ""


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_page_whose_content_is_broken_is_no_blank_one(tmp_path: Path, is_whole: bool):
    """It shows nothing; a page that has nothing to show is blank all the same."""
    content = b"q Q " * 200 if is_whole else b"0.5 g BT (words) Tj ET " * 200
    packed = zlib.compress(content)
    stream = EncodedStreamObject()
    stream._data = packed if is_whole else b"\x78\x9c\xff\xff" + packed[4:]
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.write(tmp_path / "a.pdf")
    (read,) = extract_pages(tmp_path / "a.pdf", LIMITS).pages
    assert (read.origin, read.unread) == (
        ("blank", ()) if is_whole else ("unread", ("这一页已损坏",))
    )


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


def scan(words: str, size: tuple[int, int] = (800, 800)) -> Image.Image:
    picture = Image.new("RGB", size, "white")
    path, index = find_fonts()[0]
    font = ImageFont.truetype(path, 48, index=index)
    ImageDraw.Draw(picture).text((60, size[1] // 2), words, "black", font)
    return picture


@pytest.fixture
def asked(monkeypatch):
    """What pages were read from their picture, with what was known of them."""
    pages = []

    def read(image, number, known=(), **_):
        pages.append([line.text for line in known])
        return ExtractedPage(number, "seen", origin="ocr")

    monkeypatch.setattr(pdf, "read_page_image", read)
    return pages


TYPED = "DA-610927-2024-0031 Page 1 of 12"


@pytest.mark.parametrize(
    ("sides", "words", "is_read"),
    [
        ((0, 0, 400, 400), "证明欧阳建国", True),
        ((100, 50, 300, 200), "证明欧阳建国", True),
        ((340, 20, 390, 60), "同意", True),
        ((0, 0, 400, 400), "", False),
        ((340, 20, 390, 60), "", False),
    ],
    ids=["scan", "half a scan", "a stamp", "white sheet", "white corner"],
)
def test_a_layer_is_whole_only_when_no_other_ink_is_on_the_page(
    tmp_path: Path, asked, sides, words: str, is_read: bool
):
    """A stamp typed over a scan is not the page; a layer that is all is not read again."""
    (page,) = extract_pages(
        make_pdf(tmp_path / "a.pdf", [TYPED], picture=(scan(words), sides)), LIMITS
    ).pages
    assert asked == ([[TYPED]] if is_read else [])
    assert page.text == ("seen" if is_read else TYPED)


def test_what_is_drawn_over_a_scan_is_handed_to_its_reader(tmp_path: Path, asked):
    """Answers and typed remarks; a page with them alone needs no reader."""
    marks = [
        field("Tx", (120, 300, 300, 316), V=text("610927196801012233")),
        remark("FreeText", (120, 260, 300, 280), "checked", DA=text("/Helv 10 Tf 0 g")),
    ]
    picture = (scan("证明欧阳建国"), (0, 0, 400, 200))
    extract_pages(make_pdf(tmp_path / "a.pdf", [], marks, picture), LIMITS)
    assert asked == [["610927196801012233", "checked"]]


def test_typed_and_scanned_words_of_one_page_are_both_found(tmp_path: Path):
    """No line twice."""
    file = make_pdf(tmp_path / "a.pdf", [TYPED], picture=(scan("证明欧阳建国"), (0, 0, 400, 400)))
    (page,) = extract_pages(file, LIMITS).pages
    assert page.text == f"{TYPED}\n证明欧阳建国"
    assert page.origin == "ocr"


def test_a_password_is_told_from_damage_whatever_the_cipher(tmp_path: Path):
    """AES of today, too; a file that only its owner protected is read."""
    for cipher in ("RC4-128", "AES-128", "AES-256"):
        writer = PdfWriter(clone_from=make_pdf(tmp_path / "plain.pdf", [TYPED]))
        writer.encrypt("secret", algorithm=cipher)
        writer.write(tmp_path / "a.pdf")
        assert extract_pages(tmp_path / "a.pdf", LIMITS).reason.startswith("文件已加密")
        writer = PdfWriter(clone_from=tmp_path / "plain.pdf")
        writer.encrypt("", "owner", algorithm=cipher)
        writer.write(tmp_path / "b.pdf")
        assert extract_pages(tmp_path / "b.pdf", LIMITS).pages[0].text == TYPED
    assert "已损坏" in extract_pages(put(tmp_path, "c.pdf", b"%PDF-1.7 x"), LIMITS).reason
    # for some one needs a certificate in place of a password
    locked = (tmp_path / "a.pdf").read_bytes().replace(b"/Standard", b"/Adobe.PubSec")
    assert "加密" in extract_pages(put(tmp_path, "d.pdf", locked), LIMITS).reason


def pdf_of(tmp_path: Path, *sizes: tuple[float, float], password: str | None = None) -> Path:
    writer = PdfWriter()
    for width, height in sizes:
        writer.add_blank_page(width, height)
    if password is not None:
        writer.encrypt(password, owner_password="x")
    writer.write(tmp_path / "a.pdf")
    return tmp_path / "a.pdf"


@pytest.mark.parametrize(
    ("sizes", "password", "reason"),
    [
        ([(100, 100)], "secret", "加密"), ([(100, 100)], "", ""), ([], None, "没有页面"),
        ([(100, 100)] * 2, None, ""), ([(100, 100)] * 3, None, "超过 2 页"),
    ],
)  # fmt: skip
def test_a_pdf_that_cannot_be_read_says_why(tmp_path: Path, sizes, password, reason):
    """One that is only locked against changes can be read."""
    limits = replace(LIMITS, max_pages=2)
    found = extract_pages(pdf_of(tmp_path, *sizes, password=password), limits)
    assert reason in found.reason
    assert bool(found.reason) == bool(reason)
    assert len(found.pages) == (0 if reason else len(sizes))


@pytest.mark.parametrize(
    ("text", "is_good"),
    [
        ("甲" * 12, True), ("甲" * 11, False), ("甲 " * 11, False), ("", False),
        ("甲" * 17 + "\ue000" * 3, True), ("甲" * 16 + "\ue000" * 3, False),
    ],
)  # fmt: skip
def test_a_layer_is_text_when_most_of_it_can_be_read(text, is_good):
    """Twelve signs at least, and of twenty not more than three strange ones."""
    assert is_good_text(text) == is_good


@pytest.mark.parametrize(
    ("size", "dpi", "shape"),
    [
        ((72, 144), 100, (200, 100)), ((720, 1440), 100, (283, 141)), ((144, 144), 100, (200, 200)),
        ((145, 145), 100, (200, 200)),
    ],
)  # fmt: skip
def test_a_page_is_drawn_in_its_size_and_a_large_one_smaller(tmp_path: Path, size, dpi, shape):
    """An eighth of the pixels that a picture may have."""
    document = pypdfium2.PdfDocument(pdf_of(tmp_path, size))
    image = render(document[0], dpi, replace(LIMITS, max_pixels=8 * 200 * 200))
    document.close()
    assert image.shape[2] == 3
    assert image.shape[:2] == pytest.approx(shape, abs=2)


def test_the_text_layer_tells_where_its_lines_stand(tmp_path: Path):
    """From the top left corner, as parts of the page."""
    body = b"BT /F1 20 Tf 20 150 Td (twelve signs.) Tj ET BT /F1 20 Tf 20 50 Td ( ) Tj ET"
    file = pdf_of(tmp_path, (200, 200))
    writer = PdfWriter(clone_from=file)
    page = writer.pages[0]
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"),
                             NameObject("/Subtype"): NameObject("/Type1"),
                             NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    content = DecodedStreamObject()
    content.set_data(body)
    page[NameObject("/Contents")] = writer._add_object(content)
    writer.write(file)
    (read,) = extract_pages(file, LIMITS).pages
    assert (read.text, read.origin) == ("twelve signs.", "text_layer")
    (line,) = read.lines
    assert line.box == (
        pytest.approx(0.1, abs=0.02), pytest.approx(0.18, abs=0.03),
        pytest.approx(0.6, abs=0.1), pytest.approx(0.27, abs=0.03),
    )  # fmt: skip
