"""OFD, the layout of Chinese offices."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from archive_indexer.documents import ExtractedPage, ReadField, TextLine
from archive_indexer.extract import ofd as ofd_reader
from archive_indexer.extract.extract_pages import extract_pages
from minzheng.external.qr_codes import draw_qr
from tests.archive_indexer.extract.made.drawn_words import drawn_words
from tests.archive_indexer.extract.made.made_files import LIMITS, put, zip_of

OFD = "http://www.ofdspec.org/2016"


def ofd(page: str, *more: tuple[str, bytes]) -> bytes:
    root = f'<OFD xmlns="{OFD}"><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>'
    document = (
        f'<Document xmlns="{OFD}"><CommonData><PageArea><PhysicalBox>0 0 200 100</PhysicalBox>'
        "</PageArea><DocumentRes>DocumentRes.xml</DocumentRes></CommonData>"
        '<Pages><Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></Pages></Document>'
    )
    return zip_of(
        ("OFD.xml", root.encode()),
        ("Doc_0/Document.xml", document.encode()),
        (
            "Doc_0/Pages/Page_0/Content.xml",
            f'<Page xmlns="{OFD}"><Content>{page}</Content></Page>'.encode(),
        ),
        *more,
    )


def test_an_ofd_is_read_by_lines_with_boxes(tmp_path: Path):
    """Pieces on one height are one line, whatever their order in the file."""
    page = (
        '<TextObject Boundary="60 10 40 5"><TextCode>测试甲</TextCode></TextObject>'
        '<TextObject Boundary="20 30 40 5"><TextCode>情况属实</TextCode></TextObject>'
        '<TextObject Boundary="20 10.5 30 5"><TextCode>姓名</TextCode></TextObject>'
    )
    (read,) = extract_pages(put(tmp_path, "a.ofd", ofd(page)), LIMITS).pages
    assert read.text == "姓名 测试甲\n情况属实"
    assert read.lines[0].box == (0.1, 0.105, 0.25, 0.155)


def scan(text: str) -> Image.Image:
    picture = Image.new("RGB", (1000, 300), "white")
    font = ImageFont.truetype("NotoSansCJK-Regular.ttc", 48)
    ImageDraw.Draw(picture).text((60, 100), text, "black", font)
    return picture


def test_a_scanned_ofd_is_read_by_its_picture(tmp_path: Path):
    """A page without text is a scan."""
    stream = io.BytesIO()
    scan("低保申请书 610927").save(stream, "PNG")
    resources = (
        f'<Res xmlns="{OFD}" BaseLoc="Res"><MultiMedias><MultiMedia ID="7" Type="Image">'
        "<MediaFile>scan.png</MediaFile></MultiMedia></MultiMedias></Res>"
    )
    content = ofd(
        '<ImageObject ResourceID="7" Boundary="0 0 200 100"/>',
        ("Doc_0/DocumentRes.xml", resources.encode()),
        ("Doc_0/Res/scan.png", stream.getvalue()),
    )
    (read,) = extract_pages(put(tmp_path, "a.ofd", content), LIMITS).pages
    assert "低保申请书" in read.text
    assert read.origin == "ocr"


def test_a_scan_that_is_not_in_the_package_is_told(tmp_path: Path):
    """One that is named and missing, and one that is not even named."""
    resources = (
        f'<Res xmlns="{OFD}" BaseLoc="Res"><MultiMedias><MultiMedia ID="7" Type="Image">'
        "<MediaFile>scan.png</MediaFile></MultiMedia></MultiMedias></Res>"
    )
    page = '<ImageObject ResourceID="7"/><ImageObject ResourceID="8"/>'
    content = ofd(page, ("Doc_0/DocumentRes.xml", resources.encode()))
    (read,) = extract_pages(put(tmp_path, "a.ofd", content), LIMITS).pages
    assert (read.text, read.origin) == ("", "unread")
    assert read.unread == ("含 2 张图片不在文件里，未识别",)


def test_what_is_not_read_of_a_picture_is_told(tmp_path: Path, monkeypatch):
    """A picture that is not whole by its name; lines and figures nobody is sure of, too."""
    box = (0.1, 0.1, 0.2, 0.2)
    doubted = ReadField("金额", "amount", box, "6693.", 0.0)
    monkeypatch.setattr(
        ofd_reader, "read_page_image",
        lambda image, number, known=(), *, manner: ExtractedPage(
            number, "字", (TextLine("字", box),), "ocr",
            fields=(doubted,), unread=("有 1 行未读清",),
        ),
    )  # fmt: skip
    stream = io.BytesIO()
    Image.effect_noise((600, 800), 60).convert("RGB").save(stream, "JPEG")
    half = stream.getvalue()[: len(stream.getvalue()) // 2] + b"\xff\xd9"
    resources = (
        f'<Res xmlns="{OFD}" BaseLoc="Res"><MultiMedias><MultiMedia ID="7" Type="Image">'
        "<MediaFile>scan.jpg</MediaFile></MultiMedia></MultiMedias></Res>"
    )
    image = '<ImageObject ResourceID="7" Boundary="0 0 200 100"/>'
    words = '<TextObject Boundary="20 10 30 5"><TextCode>姓名</TextCode></TextObject>'
    for page in (image, image + words):
        content = ofd(
            page, ("Doc_0/DocumentRes.xml", resources.encode()), ("Doc_0/Res/scan.jpg", half)
        )
        (read,) = extract_pages(put(tmp_path, "a.ofd", content), LIMITS).pages
        assert read.unread == (
            "有 1 行未读清", "含 1 张图片不完整（scan.jpg），可能缺了一部分"
        )  # fmt: skip
        assert [one.value for one in read.fields] == ["6693."]


TYPED = '<TextObject Boundary="20 80 60 5"><TextCode>民政专管员张家全</TextCode></TextObject>'


def test_words_drawn_by_curves_are_read_with_their_place(tmp_path: Path):
    """Some printers make an OFD without any text."""
    page = drawn_words("低保申请书", 60, 10, 8) + drawn_words("户主罗桂芳", 20, 40, 5)
    (read,) = extract_pages(put(tmp_path, "a.ofd", ofd(page)), LIMITS).pages
    assert (read.text, read.origin, read.unread) == ("低保申请书\n户主罗桂芳", "ocr", ())
    left, top, right, bottom = read.lines[0].box
    assert 0.28 < left < 0.32
    assert 0.48 < right < 0.52
    assert 0.08 < top < bottom < 0.2


def test_a_typed_line_does_not_hide_what_is_drawn_beside_it(tmp_path: Path):
    """What was typed stays as it was."""
    page = TYPED + drawn_words("户主罗桂芳", 20, 40, 5)
    (read,) = extract_pages(put(tmp_path, "a.ofd", ofd(page)), LIMITS).pages
    assert sorted(line.text for line in read.lines) == ["户主罗桂芳", "民政专管员张家全"]


def test_words_in_a_drawing_shown_by_its_number_are_read(tmp_path: Path):
    """As large as the page shows it."""
    resources = (
        f'<Res xmlns="{OFD}"><CompositeGraphicUnits>'
        f'<CompositeGraphicUnit ID="9" Width="40" Height="20">'
        f"<Content>{drawn_words('低保申请书', 2, 2, 3)}</Content>"
        "</CompositeGraphicUnit></CompositeGraphicUnits></Res>"
    )
    page = '<CompositeObject ResourceID="9" Boundary="20 20 80 40"/>'
    content = ofd(page, ("Doc_0/DocumentRes.xml", resources.encode()))
    (read,) = extract_pages(put(tmp_path, "a.ofd", content), LIMITS).pages
    assert read.text == "低保申请书"
    assert 0.1 < read.lines[0].box[0] < 0.14


@pytest.mark.parametrize("typed", ["", TYPED])
def test_a_code_drawn_of_bars_is_read(tmp_path: Path, typed: str):
    """It tells which form a page is of, whether or not words stand beside it."""
    told = "MZ1 DB-01 1 DB-103200-2018-0001 1/2"
    with Image.open(io.BytesIO(draw_qr(told))) as picture:
        dark = ImageChops.invert(picture.convert("L"))
    code = dark.crop(dark.getbbox())
    unit = next(at for at in range(1, code.width) if not code.getpixel((at, at)))
    bars = "".join(
        f'<PathObject Boundary="{20 + x // unit} {20 + y // unit} 1 1" Fill="true" Stroke="false">'
        "<AbbreviatedData>M 0 0 L 1 0 L 1 1 L 0 1 C</AbbreviatedData></PathObject>"
        for x in range(0, code.width, unit)
        for y in range(0, code.height, unit)
        if code.getpixel((x, y))
    )
    (read,) = extract_pages(put(tmp_path, "a.ofd", ofd(bars + typed)), LIMITS).pages
    assert (read.codes, read.unread) == ((told,), ())
    assert read.text == ("民政专管员张家全" if typed else "")


def drawn(steps: str) -> bytes:
    return ofd(
        f'<PathObject Boundary="9 9 9 9"><AbbreviatedData>{steps}</AbbreviatedData></PathObject>'
    )


def test_a_drawing_in_which_nothing_was_read_is_told(tmp_path: Path, monkeypatch):
    """Nobody can say that a curve is no letter."""
    monkeypatch.setattr(
        ofd_reader, "read_page_image",
        lambda image, number, known=(), *, manner: ExtractedPage(number, "", (), "ocr"),
    )  # fmt: skip
    wave = "M 0 0 " + "B 5 9 9 9 14 0 " * 12
    (told,) = extract_pages(put(tmp_path, "a.ofd", drawn(wave)), LIMITS).pages
    assert (told.origin, told.unread) == (
        "unread", ("这一页画着线条图形，没有认出上面的字。请转成 PDF 或图片",)
    )  # fmt: skip


def test_a_page_of_rules_is_blank(tmp_path: Path):
    """A form that nobody filled may be nothing else."""
    (blank,) = extract_pages(put(tmp_path, "a.ofd", drawn("M 0 0 L 90 0 L 90 50 C")), LIMITS).pages
    assert (blank.origin, blank.unread) == ("blank", ())
