"""A picture of a PDF that is not whole is told; whoever draws the page says nothing of it."""

import io
import zlib

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from archive_indexer.documents import ExtractedPage
from archive_indexer.extract import pdf
from archive_indexer.extract.extract_pages import extract_pages
from archive_indexer.extract.pdf_pictures import lacking_pictures
from tests.archive_indexer.extract.made.made_files import LIMITS, put

TOLD = ("含 1 张图片不完整，可能缺了一部分",)


def noise(width: int = 400, height: int = 600) -> Image.Image:
    return Image.fromarray(np.random.default_rng(1).integers(0, 255, (height, width), np.uint8))


def page_with(data: bytes, packing: str, size: tuple[int, int]) -> bytes:
    """A PDF of one page with one grey picture on it."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    picture, drawn = DecodedStreamObject(), DecodedStreamObject()
    picture._data = data
    picture.update({
        NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Image"),
        NameObject("/Width"): NumberObject(size[0]), NameObject("/Height"): NumberObject(size[1]),
        NameObject("/BitsPerComponent"): NumberObject(8),
        NameObject("/ColorSpace"): NameObject("/DeviceGray"),
        NameObject("/Filter"): NameObject(packing),
    })  # fmt: skip
    drawn.set_data(b"q 595 0 0 842 0 0 cm /I Do Q")
    named = DictionaryObject({NameObject("/I"): writer._add_object(picture)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): named})
    page[NameObject("/Contents")] = writer._add_object(drawn)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def told(content: bytes) -> tuple[str, ...]:
    document = pypdfium2.PdfDocument(content)
    return lacking_pictures(document[0])


def jpeg(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "JPEG")
    return stream.getvalue()


@pytest.mark.parametrize(("part", "expected"), [(1.0, ()), (0.7, TOLD)])
def test_a_packed_picture_that_breaks_off_is_told(part: float, expected):
    """Fewer rows come out of it than it says it has."""
    content = zlib.compress(noise().tobytes())
    assert (
        told(page_with(content[: int(part * len(content))], "/FlateDecode", (400, 600))) == expected
    )


@pytest.mark.parametrize(("part", "expected"), [(1.0, ()), (0.5, TOLD)])
def test_a_jpeg_that_breaks_off_is_told(part: float, expected):
    """Its lower half is grey."""
    content = jpeg(noise())
    cut = content[: int(part * len(content))] + b"\xff\xd9"
    assert told(page_with(cut, "/DCTDecode", (400, 600))) == expected


def test_an_ornament_is_not_looked_at():
    """Nor what is packed in a way that is not known here."""
    assert told(page_with(jpeg(noise(90, 90))[:900], "/DCTDecode", (90, 90))) == ()
    assert told(page_with(b"x", "/OtherDecode", (400, 600))) == ()


def test_the_page_says_so(tmp_path, monkeypatch):
    """Beside what could be read of it."""
    monkeypatch.setattr(
        pdf, "read_page_image",
        lambda image, number, known, manner: ExtractedPage(number, "字", origin="ocr"),
    )  # fmt: skip
    content = page_with(jpeg(noise())[:20000] + b"\xff\xd9", "/DCTDecode", (400, 600))
    (page,) = extract_pages(put(tmp_path, "a.pdf", content), LIMITS).pages
    assert (page.text, page.unread) == ("字", TOLD)


def fax(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "TIFF", compression="group4", tiffinfo={278: picture.height})
    with Image.open(stream) as made:
        at, length = made.tag_v2[273][0], made.tag_v2[279][0]
    return stream.getvalue()[at : at + length]


def jpeg2000(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "JPEG2000")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("packing", "content"),
    [
        ("/CCITTFaxDecode", fax(noise().point(lambda grey: 255 * (grey > 240), "1"))),
        ("/JPXDecode", jpeg2000(noise())),
    ],
)
@pytest.mark.parametrize(("part", "expected"), [(1.0, ()), (0.6, TOLD)])
def test_a_picture_of_a_scanner_that_breaks_off_is_told(packing, content, part, expected):
    """A fax, a JPEG 2000: the rest is drawn white."""
    cut = content[: int(part * len(content))]
    assert told(page_with(cut, packing, (400, 600))) == expected


def test_a_picture_packed_twice_is_unpacked_before_it_is_looked_at():
    """A JPEG in a stream that is packed once more."""
    whole = jpeg(noise())
    for content, expected in ((whole, ()), (whole[: len(whole) // 2] + b"\xff\xd9", TOLD)):
        packed = page_with(zlib.compress(content), "/DCTDecode", (400, 600))
        twice = packed.replace(b"/Filter /DCTDecode", b"/Filter [/FlateDecode /DCTDecode]")
        assert told(twice) == expected


def test_rows_that_are_only_spelt_out_are_counted():
    """As hexadecimal digits, without any packing."""
    content = noise().tobytes()
    for part, expected in ((1.0, ()), (0.5, TOLD)):
        spelt = content[: int(part * len(content))].hex().encode() + b">"
        assert told(page_with(spelt, "/ASCIIHexDecode", (400, 600))) == expected
