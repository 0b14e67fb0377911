"""Pictures on a PDF page of which a part is missing: whoever draws the page shows grey or nothing.

JPEGs and what is packed like a PNG are looked at; of other packings nobody can tell.
"""

import io
import zlib
from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from minzheng.external.files.broken_pictures import is_broken

_LEAST_SIDE = 200  #: pixels of the longer side; smaller ones are ornaments
_MOST = 60  #: pictures of a page that are looked at
_DEEP = 3  #: forms within forms
_ENOUGH = 0.99  #: of the bytes that a picture has
_AT_ONCE = 1 << 20  #: bytes
_MOST_UNPACKED = 1 << 29


def lacking_pictures(page: pypdfium2.PdfPage) -> tuple[str, ...]:
    """What is to be said of the pictures of a page, if any is not whole."""
    count = sum(map(_is_lacking, _pictures(page)))
    return (f"含 {count} 张图片不完整，可能缺了一部分",) if count else ()


def _pictures(page: pypdfium2.PdfPage) -> Iterator[pypdfium2.PdfImage]:
    found = page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=_DEEP)
    for _, picture in zip(range(_MOST), found, strict=False):
        if isinstance(picture, pypdfium2.PdfImage):
            yield picture


def _is_lacking(picture: pypdfium2.PdfImage) -> bool:
    try:
        width, height = picture.get_px_size()
        packings = picture.get_filters()
        if max(width, height) < _LEAST_SIDE or len(packings) != 1:
            return False
        if packings[0] == "DCTDecode":
            content = bytes(picture.get_data(decode_simple=False))
            return is_broken(io.BytesIO(content), "JPEG")
        if packings[0] == "FlateDecode":  # some writers leave out the end of the last row
            bits = picture.get_metadata().bits_per_pixel
            least = int(height * ((width * bits + 7) // 8))
            content = bytes(picture.get_data(decode_simple=False))
            return _unpacked(content, least) < _ENOUGH * least
    except pypdfium2.PdfiumError:
        return False
    return False


def _unpacked(content: bytes, enough: int) -> int:
    """How many bytes come out of a packed stream, up to so many."""
    unpacking, count = zlib.decompressobj(), 0
    try:
        while content and count < min(enough, _MOST_UNPACKED) and not unpacking.eof:
            count += len(unpacking.decompress(content, _AT_ONCE))
            content = unpacking.unconsumed_tail
    except zlib.error:
        pass
    return enough if count >= _MOST_UNPACKED else count
