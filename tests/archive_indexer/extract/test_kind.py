"""A file is told by its content and not by its name."""

import io
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import py7zr
import pytest

from archive_indexer.extract.extract_pages import extract_pages
from tests.archive_indexer.extract.made_files import LIMITS, put, zip_of


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


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_a_packed_file_that_only_stores_a_pdf_is_no_pdf(tmp_path: Path, kind: str):
    """Its first bytes hold the mark of a PDF all the same."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("a.pdf", "%PDF-1.4 x")
    content = stream.getvalue() if kind == "zip" else pack("tar", "a.pdf", b"%PDF-1.4 x")
    assert extract_pages(put(tmp_path, "包", content), LIMITS).kind == kind
