"""QR codes, drawn and read. The only file that knows zxing-cpp."""

import math
import struct
import zlib
from dataclasses import dataclass
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


def draw_qr(text: str, level: int = _USUAL) -> bytes:
    """A one-bit PNG with quiet zone, error correction M; `level` is how it is packed."""
    code: Any = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    pixels = memoryview(code.to_image(scale=1))
    height, width = pixels.shape or (0, 0)
    # One module is eight equal bits: one byte.
    flat = pixels.tobytes().translate(_BLACK_OR_WHITE)
    starts = range(0, height * width, width)
    lines = b"".join([(b"\0" + flat[start : start + width]) * _SCALE for start in starts])
    header = struct.pack(">2L5B", width * _SCALE, height * _SCALE, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(lines, level)),
            _chunk(b"IEND", b""),
        )
    )


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code on a page: its text, its place as parts of the page, 0–1, and how it lies."""

    text: str
    box: tuple[float, float, float, float]
    turns: int = 0  #: quarter turns counter-clockwise that bring it upright


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
            codes.setdefault(found.text, QrCode(found.text, box, round(2 * top / math.pi) % 4))
    return tuple(codes.values())


def read_qr_codes(image: "NDArray[np.uint8]") -> tuple[str, ...]:
    """The texts of all QR codes on a page image."""
    return tuple(code.text for code in find_qr_codes(image))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
