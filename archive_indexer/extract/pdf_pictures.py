"""Pictures on a PDF page of which a part is missing: whoever draws the page shows grey or nothing.

JPEGs, faxes, JBIG2 and JPEG 2000 are looked at, and whether what is packed without a coding
of pictures has all its bytes.
"""

import io
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence

import pypdfium2
from pypdfium2 import raw

from minzheng.external.codings.scan_codings import (
    is_broken_fax,
    is_broken_jbig2,
    is_broken_jpeg2000,
)
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
        if max(width, height) < _LEAST_SIDE:
            return False
        packings = picture.get_filters()
        is_coded_badly = _CODINGS.get(packings[-1]) if packings else None
        if is_coded_badly is None:
            return bool(packings) and _lacks_rows(picture, packings)
        # what is packed twice is unpacked as far as its last coding
        content = bytes(picture.get_data(decode_simple=len(packings) > 1))
        return is_coded_badly(content, width, height)
    except pypdfium2.PdfiumError:
        return False


def _lacks_rows(picture: pypdfium2.PdfImage, packings: Sequence[str]) -> bool:
    """Whether fewer bytes come out of a picture than its pixels take."""
    width, height = picture.get_px_size()
    bits = picture.get_metadata().bits_per_pixel
    least = int(height * ((width * bits + 7) // 8))
    if list(packings) == ["FlateDecode"]:
        return _unpacked(bytes(picture.get_data()), least) < _ENOUGH * least
    if least > _MOST_UNPACKED or not set(packings) <= set(pypdfium2.PdfImage.SIMPLE_FILTERS):
        return False
    return len(picture.get_data(decode_simple=True)) < _ENOUGH * least


def _is_broken_jpeg(content: bytes, _width: int, _height: int) -> bool:
    return is_broken(io.BytesIO(content), "JPEG")


#: Codings of pictures, and what tells that a part of one is missing, by its bytes and its size.
_CODINGS: Mapping[str, Callable[[bytes, int, int], bool]] = {
    "DCTDecode": _is_broken_jpeg,
    "CCITTFaxDecode": is_broken_fax,
    "JBIG2Decode": lambda content, width, height: is_broken_jbig2(content),
    "JPXDecode": lambda content, width, height: is_broken_jpeg2000(content),
}


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
