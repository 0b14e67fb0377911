"""Whether a part is missing of a picture in the codings of scanners: fax, JBIG2, JPEG 2000.

A PDF holds them without a file around; whoever draws the page fills up with white or black.
"""

import io
import re
import struct

from PIL import Image

from minzheng.external.files.complaints import complaints_heard

_HOLE = bytes(2048)  #: nothing is coded in so many zeros
_SHORT, _LONG = 3, 4  #: kinds of a value in a TIFF
_FILLED = bytes(64)  #: nor any row of a fax in so many
_END_OF_LINE = re.compile("0{11,}1")  #: a fax of group 3 begins so
_WHATEVER = b"\x55\x2a\x9b" * 200
#: Rows of group 3: the end of a line, no white, 1728 black and no more.
_END, _TWO_WAYS = "000000000001", "1"
_BLACK_ROW = "00110101" + "0000001100101" + "0000110111"
_BAD_ROW = re.compile(r"at line (\d+)")
_KNOWN = 20  #: rows that come out well: this is how it is coded
_START, _SIZES = b"\xff\x4f", b"\xff\x51"  #: of a JPEG 2000
_TILE, _TILE_HEAD, _END_OF_TILES = b"\xff\x90", 12, b"\xff\xd9"
_UNTOLD = 0xFFFFFFFF  #: length of a segment that ends where its rows do
_LARGE_PAGE = 0x40  #: flag of a segment: its page has a number of four bytes
_MANY = 7  #: in three bits: the count of segments it refers to is longer


def is_broken_fax(content: bytes, width: int, height: int) -> bool:
    """Whether rows of a fax (CCITT group 3 or 4) are missing.

    Whole ones are drawn the same whatever follows them. How a fax is coded is told by its
    beginning; of one that comes out badly from there on nobody can tell.
    """
    body = content.rstrip(b"\0") if content.endswith(_FILLED) else content
    if _FILLED in body.lstrip(b"\0"):
        return True
    size = (width, height)
    for coding in _codings_of(body):
        rows, bad = _draw(body, size, coding)
        if bad is None:
            return _draw(body + _behind(coding), size, coding) != (rows, None)
        if bad >= _KNOWN:
            return True
    return False


def _codings_of(content: bytes) -> tuple[tuple[int, int], ...]:
    """How a fax may be coded, and its options, as a TIFF has them."""
    bits = f"{int.from_bytes(content[:8].ljust(8)):064b}"
    return ((3, 1), (3, 0)) if _END_OF_LINE.match(bits) else ((4, 0),)


def _behind(coding: tuple[int, int]) -> bytes:
    """What is drawn as something else than white, if the rows before it are not all."""
    if coding[0] == 4:
        return _WHATEVER
    bits = (_END + _TWO_WAYS * coding[1] + _BLACK_ROW) * 40
    bits = bits[: len(bits) // 8 * 8]
    return int(bits, 2).to_bytes(len(bits) // 8)


def is_broken_jpeg2000(content: bytes) -> bool:
    """Whether a tile of a JPEG 2000 breaks off, or lost a block."""
    start = content.find(_START + _SIZES)
    if start < 0:
        return False  # nothing can open it: that is told elsewhere
    if _HOLE in content[start:]:
        return True
    at = content.find(_TILE, start)
    while at >= 0 and content[at : at + 2] == _TILE:
        if at + _TILE_HEAD > len(content):
            return True
        (length,) = struct.unpack_from(">I", content, at + 6)
        if not length:
            return not content.rstrip(b"\r\n\0 ").endswith(_END_OF_TILES)
        at += length
    return at < 0 or at > len(content)


def is_broken_jbig2(content: bytes) -> bool:
    """Whether a segment of a JBIG2 as it lies in a PDF breaks off, or lost a block."""
    if _HOLE in content:
        return True
    at = 0
    while at < len(content.rstrip(b"\r\n")):
        head = _segment_head(content, at)
        if head is None:
            return True
        size, length = head
        if length == _UNTOLD:
            return False
        at += size + length
    return at > len(content)


def _segment_head(content: bytes, at: int) -> tuple[int, int] | None:
    """How long the head of a segment is and what follows it (ISO 14492, 7.2)."""
    if at + 6 > len(content):
        return None
    (number,) = struct.unpack_from(">I", content, at)
    flags, count = content[at + 4], content[at + 5] >> 5
    size = 6
    if count == _MANY:
        (count,) = struct.unpack_from(">I", content[at + 5 : at + 9].rjust(4, b"\0"))
        count &= 0x1FFFFFFF
        size = 9 + (count + 8) // 8
    size += count * (1 if number <= 256 else 2 if number <= 65536 else 4)
    size += 4 if flags & _LARGE_PAGE else 1
    if at + size + 4 > len(content):
        return None
    (length,) = struct.unpack_from(">I", content, at + size)
    return size + 4, length


def _draw(
    content: bytes, size: tuple[int, int], coding: tuple[int, int]
) -> tuple[bytes, int | None]:
    """The rows of a fax, and the first of which the library complains."""
    rows, is_short = b"", False
    with complaints_heard() as heard:
        try:
            with Image.open(io.BytesIO(_as_tiff(content, size, *coding))) as picture:
                rows = picture.tobytes()
        except (OSError, ValueError, SyntaxError):
            is_short = True
    bad = [int(match[1]) for said in heard if (match := _BAD_ROW.search(said))]
    return rows, min(bad, default=size[1] if is_short else None)


def _as_tiff(content: bytes, size: tuple[int, int], coding: int, options: int) -> bytes:
    """A fax with the head of a TIFF before it."""
    values = (
        (256, _LONG, size[0]), (257, _LONG, size[1]), (258, _SHORT, 1), (259, _SHORT, coding),
        (262, _SHORT, 0), (273, _LONG, 0), (277, _SHORT, 1), (278, _LONG, size[1]),
        (279, _LONG, len(content)), (292 if coding == 3 else 293, _LONG, options),
    )  # fmt: skip
    begin = 8 + 2 + 12 * len(values) + 4
    entries = (
        struct.pack("<HHII", tag, kind, 1, begin if tag == 273 else value)
        for tag, kind, value in values
    )
    head = struct.pack("<2sHI", b"II", 42, 8) + struct.pack("<H", len(values))
    return head + b"".join(entries) + struct.pack("<I", 0) + content
