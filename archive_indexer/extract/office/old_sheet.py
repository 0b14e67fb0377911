"""What an .xls tells beside its cells: remarks, boxes, words of charts, heads, feet, pictures.

The workbook is a stream of records ([MS-XLS]): a number, a length, that many bytes.
"""

import itertools
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import olefile

from archive_indexer.extract.office.cell_looks import CellLooks
from archive_indexer.extract.office.old_cell_looks import looks_in_old_book

_BOXED_TEXT, _CONTINUED, _HEAD, _FOOT = 0x01B6, 0x003C, 0x0014, 0x0015
_PICTURES = 0x00EB
_LOCKED = 0x002F  #: by a password, in any of three ways
_CHARTED = 0x100D  #: a title of a chart, of an axis, of a row of figures
_CHARTED_TEXT_AT = 3  #: behind its number and its length
_LENGTH_AT = 10  #: of a box: how many signs it holds
_LARGEST = 64 << 20  #: bytes of a stream
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Z])')
_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
#: How a drawing in strokes begins in the store: EMF, WMF, PICT, each in two ways.
_DRAWN = re.compile(rb"[\x40\x50]\x3d\x1a\xf0|[\x60\x70]\x21\x1b\xf0|[\x20\x30]\x54\x1c\xf0")
_LAID_IN = ("MBD", "LNK")  #: storages of objects of other programs
_PNG_END, _JPEG_END = b"IEND\xaeB`\x82", b"\xff\xd9"


@dataclass(slots=True)
class OldSheets:
    """Lines beside the cells, and the pictures of the whole book; what only is counted."""

    lines: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    drawn: int = 0  #: in strokes
    laid_in: int = 0  #: objects of other programs
    looks: CellLooks = field(default_factory=CellLooks)


def beside_old_sheets(file: Path) -> OldSheets:
    """What stands beside the cells of an old workbook; nothing when it cannot be told."""
    found, store = OldSheets(), bytearray()
    begun, left = 0, 0
    content = _stream(file)
    for kind, body in _records(content):
        of = begun if kind == _CONTINUED else kind
        if of in (_HEAD, _FOOT) and body:
            found.lines.append(_CODES.sub(" ", _text_after_length(body)))
        elif kind == _CHARTED and len(body) > _CHARTED_TEXT_AT:
            found.lines.append(_flagged_text(body[_CHARTED_TEXT_AT:]))
        elif kind == _BOXED_TEXT:
            found.lines.append("")
            left = int.from_bytes(body[_LENGTH_AT : _LENGTH_AT + 2], "little")
        elif of == _BOXED_TEXT and body and left > 0:
            # a long text goes on in further records; behind it stands how it looks
            part = _flagged_text(body)[:left]
            found.lines[-1] += part
            left -= len(part)
        elif of == _PICTURES:
            store += body
        begun = of
    lines = (" ".join(line.split()) for line in found.lines)
    found.lines = [line for line in dict.fromkeys(lines) if line]
    found.pictures = list(_pictures(bytes(store)))
    found.drawn = len(_DRAWN.findall(bytes(store)))
    found.laid_in = _count_laid_in(file)
    found.looks = looks_in_old_book(_records(content))
    return found


def is_locked(file: Path) -> bool:
    """Whether an old workbook can be opened only with its password."""
    return any(kind == _LOCKED for kind, _ in itertools.islice(_records(_stream(file)), 3))


def _count_laid_in(file: Path) -> int:
    try:
        with olefile.OleFileIO(file) as office:
            folders = {entry[0] for entry in office.listdir() if len(entry) > 1}
    except (OSError, ValueError, IndexError, TypeError, AttributeError):
        return 0
    return sum(name.startswith(_LAID_IN) for name in folders)


def _stream(file: Path) -> bytes:
    try:
        with olefile.OleFileIO(file) as office:
            for name in ("Workbook", "Book"):
                if office.exists(name):
                    return bytes(office.openstream(name).read(_LARGEST))
    except (OSError, ValueError, IndexError, TypeError, AttributeError):
        return b""
    return b""


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, at)
        yield kind, content[at + 4 : at + 4 + size]
        at += 4 + size


def _text_after_length(body: bytes) -> str:
    """A text with its length in two bytes and a flag; of the oldest books in one byte."""
    if len(body) >= 3 and struct.unpack_from("<H", body)[0] * (1 + (body[2] & 1)) <= len(body):
        return _flagged_text(body[2:])
    return body[1:].decode("gb18030", errors="replace")


def _flagged_text(body: bytes) -> str:
    code = "utf-16-le" if body[0] & 1 else "latin-1"
    return body[1:].decode(code, errors="replace")


def _pictures(store: bytes) -> Iterator[bytes]:
    """JPEG and PNG pictures in the store, each from its first to its last bytes."""
    at = 0
    while at < len(store):
        starts = [place for start in _STARTS if (place := store.find(start, at)) >= 0]
        if not starts:
            return
        begin = min(starts)
        mark = _PNG_END if store[begin] == _STARTS[1][0] else _JPEG_END
        following = [place for s in _STARTS if (place := store.find(s, begin + 8)) >= 0]
        bound = min(following, default=len(store))
        end = store.rfind(mark, begin, bound)
        at = end + len(mark) if end >= 0 else bound
        yield store[begin:at]
