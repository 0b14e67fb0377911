"""Files that lie within a Word document, a workbook or slides: read as further pages.

A table of Excel in a letter is a file of its own, as it is (ECMA-376, embedded packages) or
within a store of OLE ([MS-OLEDS] 2.3.6; what its streams are called tells what they hold).
"""

import io
import re
import struct
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile

import olefile

from archive_indexer.documents import ExtractedPage, Extraction
from archive_indexer.extract.limits import Limits
from archive_indexer.extract.office.parts import LAID_IN, is_package, targets_of

Read = Callable[[Path, Limits], Extraction]

HOLDERS = frozenset({"docx", "xlsx", "pptx"})  #: kinds in which such files lie
_COUNTED = re.compile("含 ([0-9]+) 个嵌入的文件或对象，未识别")
_PACKAGE, _CONTENTS, _NATIVE = "Package", "CONTENTS", "\x01Ole10Native"
_OF_OFFICE = ("Workbook", "Book", "WordDocument", "PowerPoint Document")
_LARGEST, _MOST = 64 << 20, 20  #: bytes of one, files of one document
_SAFE_SUFFIX = re.compile(r"\.[0-9A-Za-z]{1,8}")


def with_embedded(file: Path, whole: Extraction, limits: Limits, read: Read) -> Extraction:
    """A document with the pages of what lies in it; what could not be read stays counted."""
    pages, taken = list(whole.pages), 0
    if not pages or limits.depth <= 0 or not is_package(file):
        return whole
    with tempfile.TemporaryDirectory(prefix="minzheng-embedded-") as folder:
        for number, (name, content) in enumerate(_embedded_in(file)):
            suffix = PurePosixPath(name).suffix
            inner = Path(folder) / f"{number}{suffix if _SAFE_SUFFIX.fullmatch(suffix) else ''}"
            inner.write_bytes(content)
            found = read(inner, replace(limits, depth=limits.depth - 1))
            inside = list(_all_pages(found))
            if not inside or len(pages) + len(inside) > limits.max_pages:
                continue
            taken += 1
            pages += _as_further(inside, len(pages), name)
    if not taken:
        return whole
    pages[0] = replace(pages[0], unread=tuple(_counted_less(pages[0].unread, taken)))
    return replace(whole, pages=tuple(pages))


def _all_pages(found: Extraction) -> Iterator[ExtractedPage]:
    """The pages of a file, and those of what was packed in it."""
    yield from found.pages
    for member in found.members:
        if member.extraction.reason:
            reason = f"其中的“{member.name}”未识别：{member.extraction.reason}"
            yield ExtractedPage(0, "", origin="unread", confidence=0.0, unread=(reason,))
        yield from _all_pages(member.extraction)


def _as_further(found: Sequence[ExtractedPage], before: int, name: str) -> Iterator[ExtractedPage]:
    """Pages behind others; a code on them tells nothing of the document that holds them."""
    for at, page in enumerate(found, start=1):
        text = f"嵌入的文件：{name}\n{page.text}" if at == 1 and _is_told(name) else page.text
        yield replace(page, number=before + at, text=text, codes=())


def _is_told(name: str) -> bool:
    """Whether people gave the name: members of packages have one of their program."""
    return "/" not in name


def _counted_less(unread: tuple[str, ...], taken: int) -> Iterator[str]:
    for said in unread:
        match = _COUNTED.fullmatch(said)
        left = int(match[1]) - taken if match else 0
        if not match:
            yield said
        elif left > 0:
            yield f"含 {left} 个嵌入的文件或对象，未识别"


def _embedded_in(file: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file within a package; tables behind its charts were read."""
    with ZipFile(file) as package:
        names = package.namelist()
        behind = {
            target.part
            for name in names if "/charts/" in name and name.endswith(".xml")
            for target in targets_of(package, name)
        }  # fmt: skip
        inside = [one for one in names if LAID_IN in one and not one.endswith("/")]
        for name in [one for one in inside if one not in behind][:_MOST]:
            if package.getinfo(name).file_size > _LARGEST:
                continue
            try:
                content = package.read(name)
            except (BadZipFile, OSError, NotImplementedError, RuntimeError):
                continue  # it stays counted
            yield from _unwrapped(name, content)


def _unwrapped(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file as its program wrote it; nothing of what a store of OLE does not tell."""
    if not content.startswith(olefile.MAGIC):
        yield name, content
        return
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as store:
            if any(map(store.exists, _OF_OFFICE)):
                yield name, content
            elif store.exists(_PACKAGE):
                yield name, store.openstream(_PACKAGE).read()
            elif store.exists(_CONTENTS):
                yield name, store.openstream(_CONTENTS).read()
            elif store.exists(_NATIVE):
                yield _of_native(store.openstream(_NATIVE).read())
    except (OSError, struct.error, ValueError):
        return  # it stays counted


def _of_native(stream: bytes) -> tuple[str, bytes]:
    """Name and content of a file that was laid in as it is."""
    label, at = _text_at(stream, 6)
    _, at = _text_at(stream, at)
    (length,) = struct.unpack_from("<I", stream, at + 4)
    at += 8 + length
    (size,) = struct.unpack_from("<I", stream, at)
    return PurePosixPath(label.replace("\\", "/")).name, stream[at + 4 : at + 4 + size]


def _text_at(stream: bytes, at: int) -> tuple[str, int]:
    end = stream.index(b"\0", at)
    return stream[at:end].decode("gb18030", errors="replace"), end + 1
