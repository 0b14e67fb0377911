"""What a file is, by its first bytes."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

_PICTURES = {
    b"\xff\xd8\xff": "jpg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"II*\x00": "tiff",
    b"MM\x00*": "tiff",
    b"BM": "bmp",
    b"GIF8": "gif",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_SHEET = "Workbook".encode("utf-16-le")
_OLE_OLD_SHEET = "Book".encode("utf-16-le")
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PACKED = {b"Rar!": "rar", b"7z\xbc\xaf": "7z", b"\x1f\x8b": "gz"}
_NOT_YET = "这种文件暂不能识别，请另存为 PDF、图片或 docx/xlsx 后放回原处"


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
    if b"%PDF-" in head[:1024]:
        return Kind("pdf", "pdf")
    picture = _picture_name(head)
    if picture:
        return Kind(picture, "picture")
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(file)
    if head.startswith(_OLE):
        return _ole_kind(file)
    return _other_kind(head, file)


def _picture_name(head: bytes) -> str:
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return next((name for start, name in _PICTURES.items() if head.startswith(start)), "")


def _zip_kind(file: Path) -> Kind:
    try:
        with zipfile.ZipFile(file) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return Kind("zip", reason="压缩结构已损坏，打不开。请重新复制或用 Word、WPS 修复后另存")
    if "word/document.xml" in names:
        return Kind("docx", "docx")
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return Kind("xlsx", "spreadsheet")
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return Kind("ods" if file.suffix.lower() == ".ods" else "odt", reason=_NOT_YET)
    return Kind("zip", reason="压缩包暂不能识别，请解压后放回原处")


def _ole_kind(file: Path) -> Kind:
    """Old Office files keep their streams' names in UTF-16 in a directory of their own."""
    content = file.read_bytes()
    if _OLE_ENCRYPTED in content:
        return Kind("office", reason="文件已加密，请提供未加密的版本")
    if _OLE_SHEET in content or _OLE_OLD_SHEET in content:
        return Kind("xls", "spreadsheet")
    return Kind("doc", reason=_NOT_YET)


def _other_kind(head: bytes, file: Path) -> Kind:
    for start, name in _PACKED.items():
        if head.startswith(start):
            return Kind(name, reason="压缩包暂不能识别，请解压后放回原处")
    is_utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if is_utf16 or b"\0" not in head:
        return Kind("txt", "txt")
    if file.suffix.lower() == ".pdf":
        return Kind("pdf", reason="PDF 文件已损坏，打不开。请重新扫描或重新复制")
    return Kind("unknown", reason="认不出是什么文件。" + _NOT_YET)
