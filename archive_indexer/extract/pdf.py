"""PDFs: a page's text layer where it is good, else the page is read as an image."""

import ctypes
import logging
import re
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdfium2 import raw

from archive_indexer.documents import ExtractedPage, Extraction, TextLine
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.text_layer import fits_picture, is_doubtful
from archive_indexer.reading.read_page import read_page_image
from minzheng.external.qr_codes import read_qr_codes

# What is wrong with a PDF is told to people by its reason, not on the terminal.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_DPI = 200
_CODE_DPI = 150
_POINTS_PER_INCH = 72
_FINE = 10_000  #: parts of a side in which places of a page are told
_LEAST_CHARACTERS = 12  #: a text layer with less may be a scanner's stamp
_LEAST_READABLE = 0.85
_READABLE = re.compile(r"[\s0-9A-Za-z\u3000-\u303f\u3400-\u9fff\uff00-\uffef!-~·—–“”‘’…〔〕☑□¥℃㎡]")


def read_pdf(file: Path, limits: Limits) -> Extraction:
    """Read a PDF page by page."""
    # Read from the disk as needed: a path would be loaded as a whole.
    with file.open("rb") as stream:
        return _read_pages(_open(stream), file, limits)


def _read_pages(reader: PdfReader, file: Path, limits: Limits) -> Extraction:
    if len(reader.pages) > limits.max_pages:
        raise UnreadableError(f"超过 {limits.max_pages} 页，只登记、不识别。请拆分后放回原处")
    pictures = pypdfium2.PdfDocument(file)
    try:
        return Extraction(
            "pdf",
            tuple(
                _read_page(pictures, number, limits) for number in range(1, len(reader.pages) + 1)
            ),
        )
    finally:
        pictures.close()


def _open(stream: BinaryIO) -> PdfReader:
    try:
        reader = PdfReader(stream)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("文件已加密，请提供未加密的版本")
        if not len(reader.pages):
            raise UnreadableError("PDF 里没有页面。请重新扫描")
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableError("PDF 文件已损坏，打不开。请重新扫描或重新复制") from error
    return reader


def _read_page(pictures: pypdfium2.PdfDocument, number: int, limits: Limits) -> ExtractedPage:
    page = pictures[number - 1]
    try:
        known = _read_text_layer(page, number, limits)
        return known or read_page_image(render(page, _DPI, limits), number)
    finally:
        page.close()


def _read_text_layer(page: pypdfium2.PdfPage, number: int, limits: Limits) -> ExtractedPage | None:
    """The page by its text layer, unless that says something else than is seen."""
    layer = page.get_textpage()
    try:
        text = layer.get_text_bounded().strip()
        if not is_good_text(text):
            return None
        lines = _lines_with_boxes(layer, page)
    finally:
        layer.close()
    image = render(page, _CODE_DPI, limits)
    if is_doubtful(page, text) and not fits_picture(lines, image):
        return None
    return ExtractedPage(number, text, lines, "text_layer", codes=read_qr_codes(image))


def is_good_text(text: str) -> bool:
    """Whether a text layer is text and not garbage of a broken font table."""
    solid = "".join(text.split())
    if len(solid) < _LEAST_CHARACTERS:
        return False
    return len(_READABLE.findall(solid)) / len(solid) >= _LEAST_READABLE


def render(page: pypdfium2.PdfPage, dpi: int, limits: Limits) -> NDArray[np.uint8]:
    """A page as a BGR image, smaller where the paper is very large."""
    width, height = page.get_size()
    scale = dpi / _POINTS_PER_INCH
    pixels = max(width * height * scale * scale, 1.0)
    scale *= min(1.0, (limits.max_pixels / 8 / pixels) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=False)
    array: NDArray[np.uint8] = np.asarray(bitmap.to_numpy())
    if array.ndim == 2:
        array = array[:, :, None].repeat(3, axis=2)
    return np.ascontiguousarray(array[:, :, :3])


def _lines_with_boxes(
    layer: pypdfium2.PdfTextPage, page: pypdfium2.PdfPage
) -> tuple[TextLine, ...]:
    """The pieces of the text layer and where they stand on the page as it is shown."""
    lines = []
    for number in range(layer.count_rects()):
        left, bottom, right, top = layer.get_rect(number)
        text = layer.get_text_bounded(left, bottom, right, top).strip()
        if text:
            (x, y), (other_x, other_y) = _shown_at(page, left, top), _shown_at(page, right, bottom)
            box = (min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))
            lines.append(TextLine(text, box))
    return tuple(lines)


def _shown_at(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """Where a place of the page's own coordinates is shown: turned and cropped, 0–1."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, _FINE, _FINE, 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE
