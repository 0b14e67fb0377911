"""PDFs: every layer of a page, and its picture where that holds more than the layers tell."""

import ctypes
import logging
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import EncodedStreamObject
from pypdfium2 import raw

from archive_indexer.documents import ExtractedPage, Extraction, TextLine
from archive_indexer.extract.limits import Limits, UnreadableError
from archive_indexer.extract.pdf_pictures import lacking_pictures
from archive_indexer.extract.pdf_told import (
    Box,
    Told,
    bookmarks_in,
    is_placeholder,
    told_in,
    told_on,
)
from archive_indexer.extract.rare.pdf_looks import words_in_looks
from archive_indexer.extract.text_layer import fits_picture, is_doubtful
from archive_indexer.reading.known_lines import join_pieces
from archive_indexer.reading.page_ink import cover, has_ink
from archive_indexer.reading.read_page import lines_as_text, read_page_image
from minzheng.external.qr_codes import find_qr_codes

# What is wrong with a PDF is told to people by its reason, not on the terminal.
for _library in ("pypdf", "pypdfium2"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)

_DPI = 200
_CODE_DPI = 150
_POINTS_PER_INCH = 72
_FINE = 10_000  #: parts of a side in which places of a page are told
_LEAST_CHARACTERS = 12  #: a text layer with less may be a scanner's stamp
_LEAST_READABLE = 0.85
_READABLE = re.compile(r"[\s0-9A-Za-z\u3000-\u303f\u3400-\u9fff\uff00-\uffef!-~·—–“”‘’…〔〕☑□¥℃㎡]")
_BROKEN = "PDF 文件已损坏，打不开。请重新扫描或重新复制"
_PAGE_BROKEN = "这一页已损坏"
_ENCRYPTED = "文件已加密，请提供未加密的版本"
_NO_PAGES = "PDF 里没有页面。请重新扫描"
_DYNAMIC = "XFA 动态表单，页面上的字只有 Adobe Acrobat 能显示，未识别。请用它打开后打印成 PDF"


@dataclass(frozen=True, slots=True)
class _Layer:
    """A page's text layer: its text, its pieces with their places."""

    text: str
    lines: tuple[TextLine, ...]
    mute: tuple[Box, ...]  #: places of signs that stand for no character: bullets


def read_pdf(file: Path, limits: Limits) -> Extraction:
    """Read a PDF page by page."""
    document = _open(file)
    try:
        count = len(document)
        if not count:
            raise UnreadableError(_NO_PAGES)
        if count > limits.max_pages:
            raise UnreadableError(f"超过 {limits.max_pages} 页，只登记、不识别。请拆分后放回原处")
        pages = [_read_page(document, file, number, limits) for number in range(1, count + 1)]
        pages[0] = _with_remarks(pages[0], told_in(document))
        pages = _with_broken(pages, file)
        return Extraction("pdf", tuple(_with_bookmarks(pages, document)))
    finally:
        document.close()


def _open(file: Path) -> pypdfium2.PdfDocument:
    """A PDF with its form, so that answers are drawn where they stand."""
    try:
        document = pypdfium2.PdfDocument(file)
        document.init_forms()
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(_why_closed(file)) from error
    return document


def _why_closed(file: Path) -> str:
    """What pypdf finds: the code that PDFium leaves may be that of a file before."""
    try:
        with file.open("rb") as stream:
            reader = PdfReader(stream)
            if reader.is_encrypted:
                return _ENCRYPTED
            return _BROKEN if len(reader.pages) else _NO_PAGES
    except NotImplementedError:  # a certificate in place of a password
        return _ENCRYPTED
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _BROKEN


def _with_broken(pages: Sequence[ExtractedPage], file: Path) -> list[ExtractedPage]:
    """Pages that show nothing because what they show is broken are no blank ones."""
    blank = [page.number for page in pages if page.origin == "blank"]
    broken = _broken_contents(file, blank) if blank else frozenset()
    return [
        replace(page, origin="unread", confidence=0.0, unread=(*page.unread, _PAGE_BROKEN))
        if page.number in broken
        else page
        for page in pages
    ]


def _broken_contents(file: Path, numbers: Sequence[int]) -> frozenset[int]:
    """Those of the pages whose content cannot be unpacked to its end."""
    try:
        with file.open("rb") as stream:
            reader = PdfReader(stream)
            if reader.is_encrypted:
                return frozenset()
            return frozenset(
                number for number in numbers if _is_content_broken(reader.pages[number - 1])
            )
    except (PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return frozenset()


def _is_content_broken(page: PageObject) -> bool:
    contents = page.get("/Contents")
    contents = contents.get_object() if contents is not None else None
    streams = contents if isinstance(contents, list) else [contents]
    for one in streams:
        stream = one.get_object() if one is not None else None
        if isinstance(stream, EncodedStreamObject) and stream.get("/Filter") == "/FlateDecode":
            unpacking = zlib.decompressobj()
            try:
                unpacking.decompress(stream._data)  # its packed bytes
            except zlib.error:
                return True
            if not unpacking.eof:
                return True
    return False


def _read_page(
    document: pypdfium2.PdfDocument, file: Path, number: int, limits: Limits
) -> ExtractedPage:
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return ExtractedPage(number, "", origin="unread", confidence=0.0, unread=(_PAGE_BROKEN,))
    try:
        told = told_on(document, page, partial(_shown_at, page))
        if told.looks:
            seen = words_in_looks(file, number, told.looks, _pieces_on)
            told = replace(told, drawn=(*told.drawn, *seen))
        read = _read_layers(page, number, told, limits)
        if lacking := lacking_pictures(page):
            told = replace(told, unread=(*told.unread, *lacking))
        if is_placeholder(document, read.text):
            told = replace(told, unread=(*told.unread, _DYNAMIC))
        return _with_remarks(read, told)
    finally:
        page.close()


def _read_layers(page: pypdfium2.PdfPage, number: int, told: Told, limits: Limits) -> ExtractedPage:
    """The page by what its layers tell, and by its picture where it shows more ink."""
    layer = _text_layer(page)
    if layer is None:
        return _read_picture(page, number, told.drawn, limits)
    image = render(page, _CODE_DPI, limits)
    if is_doubtful(page, layer.text) and not fits_picture(layer.lines, image):
        return _read_picture(page, number, told.drawn, limits)
    shape = image.shape[0] / image.shape[1]
    known = (*join_pieces(layer.lines, shape), *told.drawn)
    codes = find_qr_codes(image)
    lines = (*layer.lines, *told.drawn)
    places = [*(line.box for line in lines), *(code.box for code in codes)]
    if has_ink(cover(image, [*places, *layer.mute, *told.icons]), beside_known=True):
        return _read_picture(page, number, known, limits)
    return ExtractedPage(
        number,
        lines_as_text(known, image) if told.drawn else layer.text,
        lines,
        "text_layer",
        codes=tuple(code.text for code in codes),
    )


def _read_picture(
    page: pypdfium2.PdfPage, number: int, known: Sequence[TextLine], limits: Limits
) -> ExtractedPage:
    image = render(page, _DPI, limits)
    return read_page_image(image, number, known, manner=limits.manner)


def _text_layer(page: pypdfium2.PdfPage) -> _Layer | None:
    """The text layer, unless it is none worth the name."""
    layer = page.get_textpage()
    try:
        text = layer.get_text_bounded().strip()
        if not is_good_text(text):
            return None
        pieces = _pieces_with_boxes(layer, page)
    finally:
        layer.close()
    lines = tuple(piece for piece in pieces if piece.text)
    return _Layer(text, lines, tuple(piece.box for piece in pieces if not piece.text))


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


def _with_remarks(page: ExtractedPage, told: Told) -> ExtractedPage:
    """A page with what is said about it and drawn nowhere, and what of it was not read."""
    if not told.remarks and not told.unread:
        return page
    said = [line.text if line.source == "field" else f"批注：{line.text}" for line in told.remarks]
    return replace(
        page,
        text="\n".join(filter(None, (page.text, *said))),
        lines=(*page.lines, *told.remarks),
        origin="text_layer" if page.origin == "blank" and said else page.origin,
        unread=(*page.unread, *told.unread),
    )


def _with_bookmarks(
    pages: Sequence[ExtractedPage], document: pypdfium2.PdfDocument
) -> Iterator[ExtractedPage]:
    """The pages with the names of marks that lead to them, where no page says them itself.

    Of a bundle of scans the marks are often the only list of what lies in it.
    """
    said = "".join("".join(page.text.split()) for page in pages)
    added: dict[int, dict[str, None]] = {}
    for at, title in bookmarks_in(document):
        if "".join(title.split()) not in said:
            added.setdefault(at if at < len(pages) else 0, {})[f"书签：{title}"] = None
    for at, page in enumerate(pages):
        lines = filter(None, (page.text, *added.get(at, ())))
        yield replace(page, text="\n".join(lines)) if at in added else page


def _pieces_on(page: pypdfium2.PdfPage) -> tuple[TextLine, ...]:
    layer = page.get_textpage()
    try:
        return _pieces_with_boxes(layer, page)
    finally:
        layer.close()


def _pieces_with_boxes(
    layer: pypdfium2.PdfTextPage, page: pypdfium2.PdfPage
) -> tuple[TextLine, ...]:
    """The pieces of the text layer and where they stand on the page as it is shown."""
    lines = []
    for number in range(layer.count_rects()):
        left, bottom, right, top = layer.get_rect(number)
        text = layer.get_text_bounded(left, bottom, right, top).strip()
        (x, y), (other_x, other_y) = _shown_at(page, left, top), _shown_at(page, right, bottom)
        box = (min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))
        lines.append(TextLine(text, box))
    return tuple(lines)


def _shown_at(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """Where a place of the page's own coordinates is shown: turned and cropped, 0–1."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, _FINE, _FINE, 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE
