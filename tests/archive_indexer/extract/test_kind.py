"""A file is told by its content and not by its name."""

import io
import struct
import subprocess
import sys
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from archive_indexer.extract import kind
from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.kind import Kind, find_kind
from tests.archive_indexer.extract.made.made_files import LIMITS, pack, put, zip_of


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_a_packed_file_that_only_stores_a_pdf_is_no_pdf(tmp_path: Path, kind: str):
    """Its first bytes hold the mark of a PDF all the same."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("a.pdf", "%PDF-1.4 x")
    content = stream.getvalue() if kind == "zip" else pack("tar", "a.pdf", b"%PDF-1.4 x")
    assert extract_pages(put(tmp_path, "包", content), LIMITS).kind == kind


def test_a_text_about_pdfs_is_no_pdf(tmp_path: Path):
    """It names their mark, and holds none of their ends; one behind other bytes is a PDF."""
    said = "PDF 以 %PDF-1.4 开头".encode()
    behind = b"HTTP/1.1 200 OK\n\n%PDF-1.4 x\nstartxref\n0\n%%EOF"
    heads = ((said, "说明.txt"), (behind, "下载"), (b"\n%PDF-1.4 x", "a"), (said, "a.pdf"))
    found = [find_kind(head, put(tmp_path, name, head)).name for head, name in heads]
    assert found == ["txt", "pdf", "pdf", "pdf"]


MAIL = b"From: a\nSubject: b\nMIME-Version: 1.0\n\n"


def zip_with(*names: str, mime: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        if mime:
            package.writestr("mimetype", mime)
        for name in names:
            package.writestr(name, b"x")
    return stream.getvalue()


def tar() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as packed:
        packed.addfile(tarfile.TarInfo("a.txt"), io.BytesIO())
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "called", "family"),
    [
        (b"", "a.pdf", "empty", ""), (b"\xff\xd8\xff\xe0", "a.pdf", "jpg", "picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a", "webp", "picture"),
        (b"RIFF\0\0\0\0WAVEfmt ", "a", "wordless", ""),
        (b"\0\0\0\x18ftypheic", "a", "heic", "picture"),
        (b"\0\0\0\x18ftypmp42", "a", "wordless", ""),
        (b"\0\0\0\x0cjP  \r\n", "a", "jp2", "picture"),
        (b"\xff\x4f\xff\x51", "a", "jp2", "picture"),
        (b"BM\0\0", "a", "bmp", "picture"), (b"II*\0", "a", "tiff", "picture"),
        (zip_with("word/document.xml"), "a.zip", "docx", "docx"),
        (zip_with("xl/workbook.xml"), "a", "xlsx", "spreadsheet"),
        (zip_with("OFD.xml"), "a", "ofd", "ofd"), (zip_with("a.txt"), "a.docx", "zip", "packed"),
        (zip_with(), "a", "zip", "packed"), (b"PK\x03\x04broken", "a.docx", "zip", ""),
        (zip_with("x", mime="application/vnd.oasis.opendocument.text"), "a", "odt", "opendocument"),
        (zip_with("x", mime="application/vnd.oasis.opendocument.spreadsheet"), "a", "ods",
         "spreadsheet"),
        (zip_with("x", mime="application/vnd.oasis.opendocument.image"), "a", "zip", "packed"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "doc", ""),
        (b"Rar!\x1a", "a", "rar", "packed"), (b"BZh91AY", "a", "bz2", "packed"),
        (b"\xfd7zXZ\0", "a", "xz", "packed"), (b"\0\0\0\x18ftypavif", "a", "heic", "picture"),
        (b"\x1f\x8b\x08", "a", "gz", "packed"), (tar(), "a.bin", "tar", "packed"),
        (b"%PDF-1.4", "a.txt", "pdf", "pdf"),
        (b"x" * 1019 + b"%PDF-\nstartxref", "a", "pdf", "pdf"),
        (b"x" * 1020 + b"%PDF-", "a", "txt", "txt"), (b"\0\1\2\3\xff", "a.pdf", "pdf", ""),
        (b" {\\rtf1", "a.doc", "rtf", "rtf"), (b"x", "a.eml", "eml", "mail"),
        (MAIL, "a.txt", "eml", "mail"), (b"From: a\nSubject: b\n\n", "a.txt", "txt", "txt"),
        (b"a,b", "A.CSV", "csv", "csv"), (b"a,b", "a.txt", "txt", "txt"),
        (b"\0\1\2\3\xff", "a.bin", "unknown", ""),
        (b"\0\0\x02\0\x06\x04\x06\0", "a.wk1", "wk1", "office"),
        (b"\0\0\x02\0\x21\x51\xcc\0", "a", "wq2", "office"),
        (b"\0\0\x1a\0\x03\x10\4\0", "a.123", "wk4", "office"),
        (b"\0\0\x02\0\x01\0\x20\x20", "a.cur", "wordless", ""),
        (b"\xffWPC\x43\x20\0\0\x01\x0a", "a", "wpd", "office"),
        (b"\xffWPC\x43\x20\0\0\x01\x16", "a.wpg", "unknown", ""),
        (b"1\xbe\0\0\0\xab", "a.wri", "wri", "office"), (b"\xdb\xa5-\0", "a", "doc", "office"),
        (b"\0\1\0\0Standard Jet DB\0", "低保户.mdb", "database", ""),
        (b"\0\1\0\0Standard ACE DB\0", "a.accdb", "database", ""),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "a.doc", "eml", "mail"),
        (b"Subject: x\nContent-Type: multipart/related\n", "a.mht", "eml", "mail"),
        (b"P6\n# x\n9 9\n255\n\xff\xfe", "a", "ppm", "picture"),
        (bytes(range(1, 61)) + b"BOOKMOBI", "a.azw3", "ebook", ""),
        (b"SNBP000B\0", "a", "ebook", ""),
        (b"P6 and P7 are forms", "a", "txt", "txt"), (b"\x0a\x05\x01\x08", "a", "pcx", "picture"),
        (b"\0\0\x02\0\0\0\0\0\0\0\0\0\x20\0\x20\0\x18\0", "a.tga", "tga", "picture"),
        (b"\x1f\x9d\x90", "a.tar.Z", "z", "packed"), (b"LZIP\1\x17", "a.lz", "lz", "packed"),
        (b"LZIP\n", "说明.txt", "txt", "txt"), (b"\x04\"M\x18d", "a.lz4", "lz4", "packed"),
        (b"(\xb5/\xfd\4", "a.tar.zst", "zst", "packed"), (b"HN\0\0", "论文.caj", "caj", ""),
        (b"\x09\0\x04\0\2\0", "a.xls", "xlw", "office"),
        (b"\x09\x04\x06\0\0", "a", "xlw", "office"),
        ("<html>测试甲".encode("utf-16"), "a.htm", "html", "web_page"),
        ("<table><tr>测试甲".encode("utf-16-le"), "名单.xls", "html", "web_page"),
        ("BEGIN:VCARD\r\n".encode("utf-16"), "a.vcf", "txt", "cards"),
        ("姓名,金额".encode("utf-32"), "a.csv", "csv", "csv"),
        (zip_with("uof.xml", "content.xml"), "a.uot", "uof", "uof"),
        (bytes(0x8001) + b"CD001", "a.bin", "iso", "packed"), (b"\0\1\2\xff", "盘.iso", "iso", ""),
        (b"\0\1\2\xff", "公文.CEB", "ceb", ""), (b"\0\1\2\xff", "a.gd", "sep", ""),
        (b"MSCF\0\0\0\0", "a", "cab", "packed"), (b"MSCF is a word", "a", "txt", "txt"),
        (b"xx-lh5-\0", "a", "lzh", "packed"), (b"070701" + b"0" * 104, "a", "cpio", "packed"),
        (b"070701 is a date of mine", "a", "txt", "txt"),
        (b"\xc7\x71\x01\0\x12\x34", "a", "cpio", "packed"),
        (b"\xc7\x71" + "县来信".encode("gbk"), "a", "txt", "txt"),
        (b"\x78\x9f\x3e\x22\1\0", "winmail.dat", "tnef", "mail"),
        (b"II+\0\x08\0\0\0", "a", "tiff", "picture"),
        (b"MM\0+\0\x08\0\0", "a", "tiff", "picture"),
        (b"\x1a\0\x0a" + bytes(9) + b"\x80\0\x80\0\x10\1Truevision", "a.TGA", "tga", "picture"),
        (b"\1\0\x02" + bytes(9) + b"\0\0\x80\0\x10\1", "a.tga", "unknown", ""),
        (b"\0\1\2\xff", "a.dbf", "dbf", ""), (b"\0\1\2\xff", "a.cdx", "wordless", ""),
    ],
)  # fmt: skip
def test_a_kind_is_told_by_content(tmp_path, content, name, called, family):
    """Only what content does not tell is told by the name; what nothing reads says why."""
    file = tmp_path / name
    file.write_bytes(content)
    found = find_kind(content[:4096], file)
    assert (found.name, found.family) == (called, family)
    assert bool(found.reason) == (family == "")


ENCRYPTED = 0x0100


@pytest.mark.parametrize(("flags", "is_encrypted"), [(ENCRYPTED, True), (0x1234 & ~0x100, False)])
def test_a_protected_old_word_file_says_so(tmp_path, monkeypatch, flags: int, is_encrypted: bool):
    """Its first bytes hold a flag; no other program has to fail first."""

    class Office:
        def __init__(self, file):
            pass

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def listdir(self):
            return [["WordDocument"], ["1Table"]]

        def openstream(self, name):
            return io.BytesIO(b"\xec\xa5" + b"\0" * 8 + flags.to_bytes(2, "little") + b"\0" * 20)

    monkeypatch.setattr(kind.olefile, "OleFileIO", Office)
    found = find_kind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", tmp_path)
    assert found.name == "doc"
    assert ("加密" in found.reason) == is_encrypted


@pytest.mark.parametrize(
    ("names", "kind_name", "words"),
    [
        (("Index/Document.iwa",), "iwork", "苹果"), (("FixedDocSeq.fdseq",), "xps", "XPS"),
        (("AndroidManifest.xml", "a.dex"), "wordless", "程序"),
        (("visio/document.xml",), "visio", "Visio"),
        (("mimetype", "content/root.dat"), "cdr", "CorelDRAW"),
        (("word/document2.xml",), "docx", ""), (("ofd.XML",), "ofd", ""),
    ],
)  # fmt: skip
def test_documents_of_other_programs_are_no_packed_files(tmp_path, names, kind_name, words):
    """They say what to do, instead of showing their inner parts as papers."""
    found = find_kind(b"PK\x03\x04", put(tmp_path, "a", zip_with(*names)))
    assert found.name == kind_name
    assert words in found.reason


@pytest.mark.parametrize(
    ("main", "name"),
    [
        ("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "docx"),
        ("vnd.ms-word.template.macroEnabledTemplate.main+xml", "docx"),
        ("vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml", "pptx"),
    ],
)
def test_a_document_is_known_by_the_type_of_its_main_part(tmp_path, main: str, name: str):
    """The names of its parts are free."""
    types = f"<Types><Override PartName='/a.xml' ContentType='application/{main}'/></Types>"
    file = put(tmp_path, "a", zip_of(("[Content_Types].xml", types.encode()), ("a.xml", b"<x/>")))
    assert find_kind(file.read_bytes()[:99], file) == Kind(name, name)


def test_a_zip_with_a_byte_missing_is_broken_and_no_trouble_of_the_disk(tmp_path: Path):
    """Its members begin before the file; the library tells that as a refusal of the disk."""
    whole = zip_with("content.xml", mime="application/vnd.oasis.opendocument.text")
    assert "已损坏" in extract_pages(put(tmp_path, "a.odt", whole[:30] + whole[31:]), LIMITS).reason


def old_tar() -> bytes:
    """As it was before the mark of tar files: the sum of the header alone tells."""
    head = bytearray(tar()[:512])
    head[257:265] = bytes(8)
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head) + bytes(1024)


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (old_tar(), "a.TAR", "tar"), (old_tar(), "a.bin", "unknown"), (b"x", "a.tar", "txt"),
        (b"RIXX\0\0\0\0WEBP", "a", "unknown"), (b"\0\0\0\x18styyheic", "a", "unknown"),
        (b"%PDF-1.4", "a.eml", "pdf"), (b"x\0\0", "a.eml", "eml"), (b"a,b", "a.pdf", "txt"),
    ],
)  # fmt: skip
def test_both_marks_are_needed_where_one_is_chance(tmp_path, content, name, kind):
    """A beginning and a place, a content and a name."""
    file = tmp_path / name
    file.write_bytes(content)
    assert find_kind(content[:4096], file).name == kind


def ended_on_disk(disk: int) -> bytes:
    """The last 22 bytes of a ZIP, its end lying on a disk."""
    listed = struct.pack("<HHIIH", 1, 1, 46, 0, 0)  # one file, in a list of 46 bytes
    return b"PK\x05\x06" + disk.to_bytes(2, "little") * 2 + listed


@pytest.mark.parametrize(
    ("content", "name", "is_part"),
    [
        (b"PK\x07\x08PK\x03\x04", "a.z", True), (b"\0\1\2\xff", "a.zip.002", True),
        (b"\0\1\2\xff", "a.002", True), (b"a text", "a.002", False),
        (b"\0\1\2\xff", "a.123", False),
        (b"\0\1\2\xff", "a.part2.rar", True), (b"\0\1\2\xff", "a.r01", True),
        (b"%PDF-1.4", "a.pdf.001", True), (b"\0\1\2\xff", "a.rar.002", True),
        (b"\0\1\2\xff", "a.7z.013", True), (b"\0\1\2\xff", "a.Z01", True),
        (b"\0\1\2\xff" + ended_on_disk(1), "a.zip", True),
        (b"PK\x03\x04\xff" + ended_on_disk(1), "a.zip", True),
        (b"PK\x03\x04\xff" + ended_on_disk(0), "a.zip", False),
        (b"\0\1\2\xff" + ended_on_disk(0), "a.zip", False), (b"\0\1\2\xff", "z01", False),
    ],
)  # fmt: skip
def test_a_part_of_a_split_packed_file_says_so(tmp_path, content, name, is_part):
    """It is not broken, and not unknown: the other parts are to be laid beside it."""
    file = put(tmp_path, name, content)
    assert ("分卷" in find_kind(content[:4096], file).reason) is is_part


def test_to_know_a_kind_no_engine_is_loaded():
    """Lists of files are asked for by commands that read none."""
    asked = "import sys, archive_indexer.extract.kind; print('onnxruntime' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)
    assert told.stdout.strip() == b"False"


def test_a_package_is_not_unpacked_to_know_its_kind(tmp_path):
    """Its list of types may be packed gigabytes; a megabyte of it tells enough."""
    file = tmp_path / "大.docx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", b" " * (64 << 20))
    tracemalloc.start()
    find_kind(file.read_bytes()[:4096], file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 << 20
