"""Drawings of Windows (EMF and WMF): the words that they write, and the pictures they hold.

Programs lay one beside every object of another program that a document shows: a table, a
drawing. [MS-EMF] 2.3 and [MS-WMF] 2.3 say how the records look; what is drawn by strokes alone
is told by `has_strokes`.
"""

import gzip
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby

_EMF_SIGN, _PLACEABLE, _PACKED = b" EMF", b"\xd7\xcd\xc6\x9a", b"\x1f\x8b"
_LARGEST = 64 << 20  #: bytes, unpacked
_LEAST_RECORD, _HEAD_OF_WMF, _HEAD_OF_PLACEABLE = 8, 18, 22

_TEXT_A, _TEXT_W, _SMALL_TEXT, _COMMENT = 83, 84, 108, 70
_BY_GLYPHS, _SMALL_SIGNS, _NO_FRAME = 0x10, 0x200, 0x100
#: EMF record → where it tells its picture's head; its bits are told behind.
_PICTURES = {76: 84, 77: 84, 81: 48, 80: 48, 114: 84, 116: 84}
#: Lines, curves and filled shapes of EMF.
_STROKES = frozenset({*range(2, 9), *range(41, 48), *range(52, 58), *range(85, 93)})
_PLUS, _PLUS_STRING = b"EMF+", 0x401C

_WMF_TEXT, _WMF_TEXT_AT, _WMF_FONT = 0x0521, 0x0A32, 0x02FB
_CLIPPED = 0x06
_CHARSET_AT = 13
#: WMF record → where its picture begins.
_WMF_PICTURES = {0x0F43: 22, 0x0B41: 20, 0x0940: 16, 0x0D33: 18}
_WMF_STROKES = frozenset({0x0213, 0x0324, 0x0325, 0x0538, 0x0817, 0x0418, 0x041B, 0x061C})
#: Which code a font has; symbols have none that can be told.
_CODES = {2: "", 128: "cp932", 129: "cp949", 136: "big5", 204: "cp1251"}
_USUAL_CODE = "gb18030"

_PALETTE_DEPTH, _MASKS, _JPEG, _PNG = 8, 3, 4, 5
_CORE_HEAD, _USUAL_HEAD = 12, 40
_GAP = 0.6  #: of a sign's width, between two words


@dataclass(frozen=True, slots=True)
class _Written:
    """A piece of text: where it begins, and where it ends as far as that is told."""

    text: str
    x: int
    y: int
    end: float | None = None
    is_plus: bool = False  #: of EMF+, mostly written by EMF as well

    @property
    def sign(self) -> float:
        """The mean width of a sign."""
        return 0.0 if self.end is None else abs(self.end - self.x) / max(len(self.text), 1)


@dataclass(slots=True)
class Metafile:
    """What a drawing holds."""

    lines: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)  #: BMP, JPEG or PNG
    has_strokes: bool = False
    has_glyphs: bool = False  #: text by the numbers of a font's signs, which nobody can tell


def read_metafile(content: bytes) -> Metafile:
    """The words in the order of writing, a line a height; pictures as files.

    Raises:
        ValueError: it is none, or broken where it begins.
    """
    if content.startswith(_PACKED):
        content = _unpacked(content)
    if content[40:44] == _EMF_SIGN:
        return _read(_of_emf(content))
    at = _HEAD_OF_PLACEABLE if content.startswith(_PLACEABLE) else 0
    if content[at : at + 4] not in (b"\x01\x00\x09\x00", b"\x02\x00\x09\x00"):
        raise ValueError("no drawing of Windows")
    return _read(_of_wmf(content, at + _HEAD_OF_WMF))


def _unpacked(content: bytes) -> bytes:
    try:
        with gzip.open(BytesIO(content)) as packed:
            return packed.read(_LARGEST)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError("broken") from error


_Found = _Written | bytes | str  #: a text, a picture, or «strokes» or «glyphs»


def _read(found: Iterator[_Found]) -> Metafile:
    whole, written = Metafile(), list[_Written]()
    for one in found:
        if isinstance(one, bytes):
            whole.pictures.append(one)
        elif isinstance(one, str):
            whole.has_strokes = whole.has_strokes or one == "strokes"
            whole.has_glyphs = whole.has_glyphs or one == "glyphs"
        else:
            written.append(one)
    told = [one for one in written if not one.is_plus] or written
    whole.lines = [_line(list(row)) for _, row in groupby(told, key=lambda one: one.y)]
    return whole


def _line(row: list[_Written]) -> str:
    """Pieces on one height; what stands apart is parted."""
    row.sort(key=lambda one: one.x)
    text, last = "", row[0]
    for piece in row:
        is_apart = last.end is None or abs(piece.x - last.end) > _GAP * max(last.sign, 1.0)
        text += (" " if text and is_apart else "") + piece.text
        last = piece
    return text.strip()


def _of_emf(content: bytes) -> Iterator[_Found]:
    at = 0
    while at + _LEAST_RECORD <= len(content):
        kind, size = struct.unpack_from("<II", content, at)
        if size < _LEAST_RECORD or at + size > len(content):
            return
        with suppress(struct.error):  # a record too short for its kind says nothing
            yield from _of_emf_record(kind, content[at : at + size])
        at += size


def _of_emf_record(kind: int, record: bytes) -> Iterator[_Found]:
    if kind in (_TEXT_A, _TEXT_W):
        yield from _emf_text(record, wide=kind == _TEXT_W)
    elif kind == _SMALL_TEXT:
        yield from _emf_small_text(record)
    elif kind in _PICTURES:
        head, head_size, bits, bits_size = struct.unpack_from("<IIII", record, _PICTURES[kind])
        if head_size and bits_size:
            yield _as_file(record[head : head + head_size], record[bits : bits + bits_size])
    elif kind == _COMMENT and record[12:16] == _PLUS:
        yield from _of_plus(record[16:])
    elif kind in _STROKES:
        yield "strokes"


def _emf_text(record: bytes, *, wide: bool) -> Iterator[_Found]:
    x, y, count, at, options = struct.unpack_from("<iiIII", record, 36)
    (steps_at,) = struct.unpack_from("<I", record, 72)
    if options & _BY_GLYPHS:
        yield "glyphs"
        return
    text = _text(record[at : at + count * (1 + wide)], wide=wide)
    if text.strip():
        yield _Written(text, x, y, _end(record, x, steps_at, count))


def _end(record: bytes, x: int, at: int, count: int) -> float | None:
    """Where a text ends by the steps between its signs."""
    if not at or at + 4 * count > len(record):
        return None
    return float(x + sum(struct.unpack_from(f"<{count}i", record, at)))


def _emf_small_text(record: bytes) -> Iterator[_Found]:
    x, y, count, options = struct.unpack_from("<iiII", record, 8)
    if options & _BY_GLYPHS:
        yield "glyphs"
        return
    at, wide = 36 if options & _NO_FRAME else 52, not options & _SMALL_SIGNS
    text = _text(record[at : at + count * (1 + wide)], wide=wide)
    if text.strip():
        yield _Written(text, x, y)


def _of_plus(records: bytes) -> Iterator[_Found]:
    """Texts of EMF+ ([MS-EMFPLUS] 2.3.4.14), which need not stand in EMF as well."""
    at = 0
    while at + 12 <= len(records):
        kind, _, size, _ = struct.unpack_from("<HHII", records, at)
        if size < 12 or at + size > len(records):
            return
        if kind == _PLUS_STRING and size >= 40:
            (count,) = struct.unpack_from("<I", records, at + 20)
            x, y = struct.unpack_from("<ff", records, at + 24)
            text = _text(records[at + 40 : at + 40 + 2 * count], wide=True)
            if text.strip():
                yield _Written(text, int(x), int(y), is_plus=True)
        at += size


def _of_wmf(content: bytes, at: int) -> Iterator[_Found]:
    code = _USUAL_CODE
    while at + 6 <= len(content):
        words, kind = struct.unpack_from("<IH", content, at)
        if words < 3 or at + 2 * words > len(content) or not kind:
            return
        body = content[at + 6 : at + 2 * words]
        if kind == _WMF_FONT and len(body) > _CHARSET_AT:
            code = _CODES.get(body[_CHARSET_AT], _USUAL_CODE)
        with suppress(struct.error):
            yield from _of_wmf_record(kind, body, code)
        at += 2 * words


def _of_wmf_record(kind: int, body: bytes, code: str) -> Iterator[_Found]:
    if kind in (_WMF_TEXT, _WMF_TEXT_AT):
        raw, x, y, steps = _wmf_text(body) if kind == _WMF_TEXT_AT else _wmf_plain_text(body)
        text = _decoded(raw, code) if code else ""
        if not code and raw.strip():
            yield "glyphs"
        elif text.strip():
            yield _Written(text, x, y, float(x + sum(steps)) if steps else None)
    elif kind in _WMF_PICTURES:
        picture = body[_WMF_PICTURES[kind] :]
        if len(picture) > _USUAL_HEAD:
            head = _head_size(picture)
            yield _as_file(picture[:head], picture[head:])
    elif kind in _WMF_STROKES:
        yield "strokes"


def _wmf_plain_text(body: bytes) -> tuple[bytes, int, int, tuple[int, ...]]:
    (count,) = struct.unpack_from("<h", body, 0)
    y, x = struct.unpack_from("<hh", body, 2 + count + count % 2)
    return body[2 : 2 + count], x, y, ()


def _wmf_text(body: bytes) -> tuple[bytes, int, int, tuple[int, ...]]:
    y, x, count, options = struct.unpack_from("<hhhH", body, 0)
    at = 16 if options & _CLIPPED else 8
    steps_at, steps = at + count + count % 2, ()
    if count > 0 and steps_at + 2 * count <= len(body):
        steps = struct.unpack_from(f"<{count}h", body, steps_at)
    return body[at : at + count], x, y, steps


def _decoded(raw: bytes, code: str) -> str:
    try:
        return raw.rstrip(b"\0").decode(code)
    except UnicodeDecodeError:
        return raw.rstrip(b"\0").decode("latin-1")


def _text(raw: bytes, *, wide: bool) -> str:
    if wide:
        return raw.decode("utf-16-le", errors="replace").rstrip("\0")
    return _decoded(raw, _USUAL_CODE)


def _head_size(picture: bytes) -> int:
    """How long the head of a DIB is, with its masks and its palette."""
    (size,) = struct.unpack_from("<I", picture, 0)
    if size == _CORE_HEAD:
        (depth,) = struct.unpack_from("<H", picture, 10)
        return int(size) + (3 << int(depth) if depth <= _PALETTE_DEPTH else 0)
    depth, packing = struct.unpack_from("<HI", picture, 14)
    (colours,) = struct.unpack_from("<I", picture, 32)
    if not colours and depth <= _PALETTE_DEPTH:
        colours = 1 << depth
    masks = 12 if packing == _MASKS and size == _USUAL_HEAD else 0
    return int(size) + 4 * int(colours) + masks


def _as_file(head: bytes, bits: bytes) -> bytes:
    """A DIB as a file of its own: a BMP, or the JPEG or PNG that it wraps."""
    if len(head) >= _USUAL_HEAD and struct.unpack_from("<I", head, 16)[0] in (_JPEG, _PNG):
        return bits
    whole = 14 + len(head) + len(bits)
    return b"BM" + struct.pack("<IHHI", whole, 0, 0, 14 + len(head)) + head + bits
