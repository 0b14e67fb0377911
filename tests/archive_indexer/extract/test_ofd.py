"""OFD, the layout of Chinese offices."""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from archive_indexer.documents import ExtractedPage, ReadField, TextLine
from archive_indexer.extract import ofd as ofd_reader
from archive_indexer.extract.extract_pages import extract_pages
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
