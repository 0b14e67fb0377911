"""Files of every kind, made for a test."""

import io
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import py7zr

from archive_indexer.documents import Extraction
from archive_indexer.extract.limits import Limits

LIMITS = Limits()
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
    """One file in a packed one of a kind."""
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
