"""Every kind of file a village has, told by its content and read."""

import hashlib
import io
import struct
import tarfile
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pillow_heif
import py7zr
import pytest
from PIL import Image, ImageDraw, ImageFont

from archive_indexer.documents import Extraction
from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.limits import Limits
from archive_indexer.extract.packed import member_of
from minzheng.external.libreoffice import convert_with_libreoffice

LIMITS = Limits()
TRADITIONAL = "鎮坪縣農村最低生活保障申請書，申請人測試甲，家庭人口三人，因病致貧。"
NOTE = "测试甲的说明"


def put(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def texts_inside(extraction: Extraction) -> dict[str, str]:
    """The text of each member, by its name."""
    return {
        one.name: "".join(page.text for page in one.extraction.pages) for one in extraction.members
    }


def zipped(**members: str | bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def zip_of(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return stream.getvalue()


def test_traditional_text_in_big5_is_read(tmp_path: Path):
    """Files from elsewhere are not read as rare GBK characters."""
    file = put(tmp_path, "a.txt", TRADITIONAL.encode("big5"))
    assert extract_pages(file, LIMITS).pages[0].text == TRADITIONAL


def test_a_csv_is_rows_of_cells(tmp_path: Path):
    """A comma is no part of a name, a quoted one is part of its cell."""
    file = put(tmp_path, "a.csv", '姓名,住址\n测试甲,"旧城村,三组"\n'.encode("gb18030"))
    extraction = extract_pages(file, LIMITS)
    assert (extraction.kind, extraction.pages[0].text) == ("csv", "姓名 住址\n测试甲 旧城村,三组")


def test_an_rtf_is_read(tmp_path: Path):
    """Chinese stands in it as bytes of GBK and as numbers."""
    gbk = "".join(f"\\'{byte:02x}" for byte in "测试甲".encode("gbk"))
    file = put(
        tmp_path, "a.doc", rb"{\rtf1\ansi\ansicpg936 " + gbk.encode() + rb" \u35828?\u26126?}"
    )
    extraction = extract_pages(file, LIMITS)
    assert (extraction.kind, extraction.pages[0].text) == ("rtf", "测试甲 说明")


def test_an_opendocument_text_is_read_by_rows(tmp_path: Path):
    """Paragraphs and tables in their order."""
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>'
        "<text:h>证明</text:h><table:table><table:table-row>"
        "<table:table-cell><text:p>姓名</text:p></table:table-cell>"
        "<table:table-cell><text:p>测试<text:span>甲</text:span></text:p></table:table-cell>"
        "</table:table-row></table:table><text:p>情况属实</text:p>"
        "</office:text></office:body></office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.text"
    file = put(
        tmp_path, "a.odt", zip_of(("mimetype", mime.encode()), ("content.xml", content.encode()))
    )
    extraction = extract_pages(file, LIMITS)
    assert (extraction.kind, extraction.pages[0].text) == ("odt", "证明\n姓名 测试甲\n情况属实")


def test_a_slide_is_a_page(tmp_path: Path):
    """Slides come in their order, the tenth after the ninth."""
    drawing = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    slides = [
        (
            f"ppt/slides/slide{n}.xml",
            f"<x {drawing}><a:p><a:r><a:t>第{n}张</a:t></a:r></a:p></x>".encode(),
        )
        for n in (10, 2, 1)
    ]
    file = put(tmp_path, "a.pptx", zip_of(("ppt/presentation.xml", b"<x/>"), *slides))
    assert [page.text for page in extract_pages(file, LIMITS).pages] == ["第1张", "第2张", "第10张"]


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


@pytest.mark.parametrize("kind", ["webp", "bmp", "heic"])
def test_pictures_of_every_kind_are_read(tmp_path: Path, kind: str):
    """WebP, BMP and what telephones call HEIC."""
    file = tmp_path / "照片.dat"
    if kind == "heic":
        pillow_heif.from_pillow(scan("临时救助金")).save(file)
    else:
        scan("临时救助金").save(file, kind)
    extraction = extract_pages(file, LIMITS)
    assert extraction.kind.replace("heif", "heic") == kind
    assert "临时救助金" in extraction.pages[0].text


def test_an_old_word_file_is_read_through_libreoffice(tmp_path: Path):
    """A .doc, under whatever name."""
    document = docx.Document()
    document.add_paragraph("旧格式的测试甲低保材料，情况属实。")
    document.save(str(tmp_path / "a.docx"))
    (made,) = convert_with_libreoffice([tmp_path / "a.docx"], tmp_path, "doc")
    extraction = extract_pages(made.rename(tmp_path / "a.wps"), LIMITS)
    assert extraction.kind == "doc"
    assert "旧格式的测试甲低保材料" in extraction.pages[0].text


def test_a_mail_is_its_letter_and_its_attachments(tmp_path: Path):
    """Each attachment is a member with its name."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "低保名单", "a@example.org", "b@example.org"
    mail.set_content("请查收测试乙的材料")
    mail.add_attachment(NOTE.encode(), maintype="text", subtype="plain", filename="说明.txt")
    extraction = extract_pages(put(tmp_path, "a.eml", mail.as_bytes()), LIMITS)
    (letter,) = extraction.pages
    assert "低保名单" in letter.text
    assert "请查收测试乙的材料" in letter.text
    assert texts_inside(extraction) == {"说明.txt": NOTE}


def rar_of(name: str, content: bytes) -> bytes:
    """A RAR 4 that only stores: marker, main header, one file, end."""

    def block(kind: int, flags: int, rest: bytes) -> bytes:
        body = struct.pack("<BHH", kind, flags, 7 + len(rest)) + rest
        return struct.pack("<H", zlib.crc32(body) & 0xFFFF) + body

    raw = name.encode("ascii")
    size, crc = len(content), zlib.crc32(content)
    head = struct.pack("<IIBIIBBHI", size, size, 2, crc, 0, 20, 0x30, len(raw), 0x20) + raw
    return (
        b"Rar!\x1a\x07\0"
        + block(0x73, 0, b"\0" * 6)
        + block(0x74, 0x8000, head)
        + content
        + block(0x7B, 0x4000, b"")
    )


def pack(kind: str, name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    if kind == "zip":
        return zip_of((name, content))
    if kind == "rar":
        return rar_of(name, content)
    if kind == "7z":
        with py7zr.SevenZipFile(stream, "w") as archive:
            archive.writestr(content, name)
    else:
        with tarfile.open(fileobj=stream, mode="w:gz" if kind == "gz" else "w") as archive:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["zip", "rar", "7z", "tar", "gz"])
def test_files_in_a_packed_file_are_read(tmp_path: Path, kind: str):
    """Each is a member with its own name, content and pages."""
    file = put(tmp_path, "包", pack(kind, "a/note.txt", NOTE.encode()))
    extraction = extract_pages(file, LIMITS)
    assert extraction.kind == kind
    (member,) = extraction.members
    assert (member.name, member.size) == ("a/note.txt", len(NOTE.encode()))
    assert member.sha256 == hashlib.sha256(NOTE.encode()).hexdigest()
    assert texts_inside(extraction) == {"a/note.txt": NOTE}
    assert "a/note.txt" in extraction.pages[0].text


def test_a_packed_file_in_a_packed_file_is_read(tmp_path: Path):
    """Names are joined as they are shown: outer.zip!/inner.zip!/note.txt."""
    inner = zip_of(("note.txt", NOTE.encode()))
    file = put(tmp_path, "a.zip", zip_of(("inner.zip", inner)))
    inside = texts_inside(extract_pages(file, LIMITS))
    assert inside["inner.zip!/note.txt"] == NOTE
    assert "note.txt" in inside["inner.zip"]


def test_gbk_names_in_a_zip_are_read(tmp_path: Path):
    """Windows wrote them without saying in which code."""
    content = zip_of(("QQQQ.txt", NOTE.encode())).replace(b"QQQQ", "名单".encode("gbk"))
    assert list(texts_inside(extract_pages(put(tmp_path, "a.zip", content), LIMITS))) == [
        "名单.txt"
    ]


def test_a_file_that_cannot_be_read_does_not_hide_the_others(tmp_path: Path):
    """It is a member with a reason."""
    members = (("坏.pdf", b"%PDF-1.4 x"), ("好.txt", NOTE.encode()), ("Thumbs.db", b"x"))
    extraction = extract_pages(put(tmp_path, "a.zip", zip_of(*members)), LIMITS)
    assert texts_inside(extraction) == {"坏.pdf": "", "好.txt": NOTE}
    assert "已损坏" in extraction.members[0].extraction.reason


def test_names_inside_lead_nowhere_and_are_never_the_same(tmp_path: Path):
    """Two files of one name are told apart, `..` is dropped."""
    members = (("../a.txt", b"x1"), ("a.txt", b"x2"), ("/b\\c\n.txt", b"x3"))
    inside = texts_inside(extract_pages(put(tmp_path, "a.zip", zip_of(*members)), LIMITS))
    assert inside == {"a.txt": "x1", "a（2）.txt": "x2", "b/c_.txt": "x3"}


@pytest.mark.parametrize("kind", ["zip", "rar", "7z", "tar", "gz"])
def test_one_file_is_taken_out_of_a_packed_one(tmp_path: Path, kind: str):
    """By its number on the way, also out of a packed file in a packed file."""
    inner = pack(kind, "note.txt", NOTE.encode())
    file = put(tmp_path, "a.zip", zip_of(("first.txt", b"x"), ("inner", inner)))
    with member_of(file, (1, 0)) as taken:
        assert taken.read_bytes() == NOTE.encode()
    with pytest.raises(LookupError), member_of(file, (7,)):
        pass


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_a_packed_file_that_only_stores_a_pdf_is_no_pdf(tmp_path: Path, kind: str):
    """Its first bytes hold the mark of a PDF all the same."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("a.pdf", "%PDF-1.4 x")
    content = stream.getvalue() if kind == "zip" else pack("tar", "a.pdf", b"%PDF-1.4 x")
    assert extract_pages(put(tmp_path, "包", content), LIMITS).kind == kind


def test_an_encrypted_zip_says_so(tmp_path: Path):
    """The flag of encryption alone is enough."""
    content = bytearray(zip_of(("a.txt", b"secret")))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "加密" in extract_pages(put(tmp_path, "a.zip", bytes(content)), LIMITS).reason


def test_a_spreadsheet_under_a_wps_name_is_read(tmp_path: Path):
    """An .et that WPS wrote is a workbook all the same."""
    book = openpyxl.Workbook()
    book.active.append(["测试甲", 568])
    book.save(tmp_path / "a.xlsx")
    file = (tmp_path / "a.xlsx").rename(tmp_path / "a.et")
    assert "测试甲 568" in extract_pages(file, LIMITS).pages[0].text


@pytest.mark.parametrize(
    "members",
    [
        (("word/document.xml", b'<!DOCTYPE x [<!ENTITY a "x">]><x>&a;</x>'),),
        (
            (
                "OFD.xml",
                b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x><DocRoot>&a;</DocRoot></x>',
            ),
        ),
        (
            ("mimetype", b"application/vnd.oasis.opendocument.text"),
            ("content.xml", b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 99 + b'">]><x>&a;</x>'),
        ),
    ],
)
def test_entities_are_not_expanded(tmp_path: Path, members: tuple[tuple[str, bytes], ...]):
    """No bomb of entities goes off and no file of the machine is shown."""
    extraction = extract_pages(put(tmp_path, "a", zip_of(*members)), LIMITS)
    text = "".join(page.text for page in extraction.pages)
    assert "root:" not in text
    assert "xxxx" not in text
