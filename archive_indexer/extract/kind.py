"""What a file is, by its first bytes."""

import re
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import olefile

from archive_indexer.extract.plain_text import looks_like_text

_PICTURES = {
    b"\xff\xd8\xff": "jpg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"II*\x00": "tiff",
    b"MM\x00*": "tiff",
    b"BM": "bmp",
    b"GIF8": "gif",
}
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_PACKED = {b"Rar!": "rar", b"7z\xbc\xaf\x27\x1c": "7z", b"\x1f\x8b": "gz"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: A stream that an old Office file of a kind holds; WPS writes the same ones.
_OLE_STREAMS = (
    ("EncryptedPackage", "office", ""),
    ("Workbook", "xls", "spreadsheet"),
    ("Book", "xls", "spreadsheet"),
    ("WordDocument", "doc", "office"),
    ("PowerPoint Document", "ppt", "office"),
)
#: A member that a zipped document of a kind holds.
_ZIP_MEMBERS = (
    ("word/document.xml", "docx", "docx"),
    ("xl/workbook.xml", "xlsx", "spreadsheet"),
    ("xl/workbook.bin", "xlsb", "spreadsheet"),
    ("ppt/presentation.xml", "pptx", "pptx"),
    ("OFD.xml", "ofd", "ofd"),
)
_OPEN_DOCUMENTS = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
_MAIL_HEADER = re.compile(
    rb"(?:^|\n)(?:Received|MIME-Version|Message-ID|From|Subject): ?\S", re.IGNORECASE
)
_UNKNOWN = "认不出是什么文件。请另存为 PDF、图片或 docx/xlsx 后放回原处"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file, the family that reads it, or why nothing does."""

    name: str
    family: str = ""
    reason: str = ""


def find_kind(head: bytes, file: Path) -> Kind:
    """The kind of a file from its first 4 KiB, whatever its name says."""
    if not head:
        return Kind("empty", reason="空文件（0 字节）。请重新扫描或重新复制")
    picture = _picture_name(head)
    if picture:
        return Kind(picture, "picture")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(file)
    if head.startswith(_OLE):
        return _ole_kind(file)
    packed = _packed_kind(head, file)
    if packed is not None:
        return packed
    # last, for a packed file may begin with a PDF that is only stored
    return Kind("pdf", "pdf") if b"%PDF-" in head[:1024] else _text_kind(head, file)


def _picture_name(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS:
        return "heic"
    return next((name for start, name in _PICTURES.items() if head.startswith(start)), "")


def _zip_kind(file: Path) -> Kind:
    try:
        with zipfile.ZipFile(file) as package:
            names = set(package.namelist())
            mime = package.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, ValueError, RuntimeError):
        return Kind("zip", reason="压缩结构已损坏，打不开。请重新复制或用 Word、WPS 修复后另存")
    for member, name, family in _ZIP_MEMBERS:
        if member in names:
            return Kind(name, family)
    match = re.search(rb"opendocument\.(\w+)", mime)
    if match and match[1].decode() in _OPEN_DOCUMENTS:
        name = _OPEN_DOCUMENTS[match[1].decode()]
        return Kind(name, "spreadsheet" if name == "ods" else "opendocument")
    return Kind("zip", "packed")


def _ole_kind(file: Path) -> Kind:
    try:
        with olefile.OleFileIO(file) as office:
            streams = {"/".join(entry) for entry in office.listdir()}
    except (OSError, ValueError, IndexError, TypeError, AttributeError):
        return Kind("doc", reason="文件已损坏，打不开。请用 Word 或 WPS 修复后另存")
    for stream, name, family in _OLE_STREAMS:
        if stream in streams:
            if not family:
                return Kind(name, reason="文件已加密，请提供未加密的版本")
            return Kind(name, family)
    return Kind("unknown", reason=_UNKNOWN)


def _packed_kind(head: bytes, file: Path) -> Kind | None:
    for start, name in _PACKED.items():
        if head.startswith(start):
            return Kind(name, "packed")
    if head[257:262] == b"ustar" or (file.suffix.lower() == ".tar" and tarfile.is_tarfile(file)):
        return Kind("tar", "packed")
    return None


def _text_kind(head: bytes, file: Path) -> Kind:
    suffix = file.suffix.lower()
    if head.lstrip().startswith(b"{\\rtf"):
        return Kind("rtf", "rtf")
    if suffix == ".eml" or len(_MAIL_HEADER.findall(head)) >= 3:
        return Kind("eml", "mail")
    if looks_like_text(head):
        return Kind("csv", "csv") if suffix == ".csv" else Kind("txt", "txt")
    if suffix == ".pdf":
        return Kind("pdf", reason="PDF 文件已损坏，打不开。请重新扫描或重新复制")
    return Kind("unknown", reason=_UNKNOWN)
