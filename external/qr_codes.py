"""QR codes, drawn and read. The only file that knows zxing-cpp."""

import struct
import zlib
from typing import Any

import numpy as np
import zxingcpp
from numpy.typing import NDArray

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
#: Pixels a module: 33 modules on 14 mm print at about 480 dpi.
_SCALE = 8
_WHITE_FROM = 128


def draw_qr(text: str) -> bytes:
    """A one-bit PNG with quiet zone, error correction M."""
    code: Any = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    pixels = memoryview(code.to_image(scale=1))
    height, width = pixels.shape or (0, 0)
    flat = pixels.tobytes()
    rows = [flat[start : start + width] for start in range(0, height * width, width)]
    lines = b"".join((b"\0" + _pack_row(row)) * _SCALE for row in rows)
    header = struct.pack(">2L5B", width * _SCALE, height * _SCALE, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(lines, 6)),
            _chunk(b"IEND", b""),
        )
    )


def read_qr_codes(image: NDArray[np.uint8]) -> tuple[str, ...]:
    """The texts of all QR codes on a page image."""
    found = zxingcpp.read_barcodes(image, formats=_QR)
    return tuple(dict.fromkeys(code.text for code in found if code.text))


def _pack_row(row: bytes) -> bytes:
    """One module is eight equal bits: one byte."""
    return bytes(255 if pixel >= _WHITE_FROM else 0 for pixel in row)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
