"""QR codes, drawn and read. The only file that knows zxing-cpp."""

import io

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def draw_qr(text: str, pixels_a_module: int = 8) -> bytes:
    """A PNG of a QR code with medium error correction and its quiet zone."""
    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    picture = zxingcpp.write_barcode_to_image(barcode, scale=pixels_a_module)
    stream = io.BytesIO()
    Image.fromarray(np.array(picture)).save(stream, "PNG", optimize=False)
    return stream.getvalue()


def read_qr_codes(image: NDArray[np.uint8]) -> tuple[str, ...]:
    """The texts of all QR codes on a page image."""
    found = zxingcpp.read_barcodes(image, formats=_QR)
    return tuple(dict.fromkeys(code.text for code in found if code.text))
