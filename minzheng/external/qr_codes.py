"""QR codes, drawn and read. The only file that knows zxing-cpp."""

import itertools
import math
import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

import zxingcpp

if TYPE_CHECKING:  # numpy takes a third of the start of `minzheng fill`, which draws codes only
    import numpy as np
    from numpy.typing import NDArray

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
#: Pixels a module: 33 modules on 14 mm print at about 480 dpi.
_SCALE = 8
_WHITE_FROM = 128
_USUAL = 6  #: of pictures, as zlib packs them
#: Half the time, and no larger: what follows is found without looking far.
QUICK = 4
_BLACK_OR_WHITE = bytes(255 if shade >= _WHITE_FROM else 0 for shade in range(256))


_QUIET = 4  #: modules around a code
_FORMAT_ROW, _FORMAT_MODULES = 8, 6  #: where a code says how it is masked
_SHORT_WINDOW, _LITTLE_MEMORY = 12, 5
_FILLERS, _FILLER = ascii_uppercase, "Z"
_NUMBERED = re.compile(r"[A-Z]{2}:[A-Z\d.:-]+-\d{4}")
_DIGITS = 4  #: in which such a text ends


def draw_qr(text: str, level: int = _USUAL) -> bytes:
    """A one-bit PNG with quiet zone, error correction M; `level` is how it is packed."""
    return _png(_lines(text), lambda data: zlib.compress(data, level))


def draw_numbered(text: str) -> bytes:
    """The same of a text that ends in a number, drawn by what tells it apart from number 0.

    Data and correction of a code are linear: two texts of one length differ in the same modules
    whatever else they say, as long as one mask lies over both; here it is that of number 0.
    """
    if not _NUMBERED.fullmatch(text):
        return _png(_lines(text), _packed_at_once)
    first = text[:-_DIGITS] + "0" * _DIGITS
    drawn = _first_of(first)
    for at in range((len(text) - _DIGITS) & ~1, len(text), 2):  # two letters are coded together
        pair, zeros = text[at : at + 2], first[at : at + 2]
        if pair != zeros:
            drawn ^= _difference(len(text), at, zeros, pair)
    # A nought that begins the first line, and white: so long is what began as lines.
    return _png(drawn.to_bytes(drawn.bit_length() // 8 + 1, "big"), _packed_at_once)


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code on a page: its text, its place as parts of the page, 0–1, and how it lies."""

    text: str
    box: tuple[float, float, float, float]
    turns: int = 0  #: quarter turns counter-clockwise that bring it upright
    #: Parts of the page, clockwise from what is its top left when it is upright.
    corners: tuple[tuple[float, float], ...] = ()


def find_qr_codes(image: "NDArray[np.uint8]") -> tuple[QrCode, ...]:
    """All QR codes on a page image, each text once."""
    height, width = image.shape[:2]
    codes: dict[str, QrCode] = {}
    for found in zxingcpp.read_barcodes(image, formats=_QR):
        place = found.position
        corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
        xs, ys = [corner.x / width for corner in corners], [corner.y / height for corner in corners]
        if found.text:
            top = math.atan2(corners[1].y - corners[0].y, corners[1].x - corners[0].x)
            box = (min(xs), min(ys), max(xs), max(ys))
            turns = round(2 * top / math.pi) % 4
            places = tuple(zip(xs, ys, strict=True))
            codes.setdefault(found.text, QrCode(found.text, box, turns, places))
    return tuple(codes.values())


def read_qr_codes(image: "NDArray[np.uint8]") -> tuple[str, ...]:
    """The texts of all QR codes on a page image."""
    return tuple(code.text for code in find_qr_codes(image))


def _lines(text: str) -> bytes:
    """A code line by line, a byte for each module, each line as PNG begins it."""
    code: Any = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    pixels = memoryview(code.to_image(scale=1))
    height, width = pixels.shape or (0, 0)
    flat = pixels.tobytes().translate(_BLACK_OR_WHITE)
    return b"".join(
        [b"\0" + flat[start : start + width] for start in range(0, height * width, width)]
    )


@lru_cache(maxsize=512)  # a form, a village and a year have one
def _first_of(text: str) -> int:
    return int.from_bytes(_lines(text), "big")


@lru_cache(maxsize=1024)  # the digits of a number are few
def _difference(length: int, at: int, one: str, other: str) -> int:
    """In which modules two texts of a length differ that differ in a pair of letters."""
    starts = (f"{a}{b}".ljust(at, _FILLER) for a, b in itertools.product(_FILLERS, repeat=2))
    for start in starts:
        zeros, given = (f"{start}{pair}".ljust(length, _FILLER) for pair in (one, other))
        drawn = _lines(given)
        before = _first_of(zeros).to_bytes(len(drawn), "big")  # asked for with every other pair
        if _mask_of(before) == _mask_of(drawn):
            return int.from_bytes(before, "big") ^ int.from_bytes(drawn, "big")
    raise ValueError(f"no two codes of {length} letters under one mask")


def _mask_of(lines: bytes) -> bytes:
    """What a code says of its mask, beside the upper left corner."""
    begin = (_QUIET + _FORMAT_ROW) * (_size(lines) + 1) + 1 + _QUIET
    return lines[begin : begin + _FORMAT_MODULES]


def _size(lines: bytes) -> int:
    """How many modules a line has: as many as there are lines; each begins with a byte more."""
    return math.isqrt(len(lines))


def _png(lines: bytes, packed: Callable[[bytes], bytes]) -> bytes:
    size = _size(lines)
    # One module is eight equal bits: one byte.
    rows = b"".join([lines[at : at + size + 1] * _SCALE for at in range(0, len(lines), size + 1)])
    return b"".join((_png_head(size), _chunk(b"IDAT", packed(rows)), _PNG_END))


@lru_cache(maxsize=64)
def _png_head(size: int) -> bytes:
    """What a picture of so many modules begins with."""
    header = struct.pack(">2L5B", size * _SCALE, size * _SCALE, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header)


def _packed_at_once(data: bytes) -> bytes:
    """A third of the time, and some 150 bytes more: what follows is found in a short window."""
    packer = zlib.compressobj(1, zlib.DEFLATED, _SHORT_WINDOW, _LITTLE_MEMORY)
    return packer.compress(data) + packer.flush()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


_PNG_END = _chunk(b"IEND", b"")
