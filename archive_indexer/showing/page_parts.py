"""Pictures of a drawn PDF: pages, and pieces of sheets that are longer or wider than a page."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from archive_indexer.errors import PageNotShownError
from archive_indexer.index.snippets import fold_words
from archive_indexer.showing.office_pages import MOST_PAGES
from archive_indexer.showing.page_picture import Box, as_jpeg, mark_boxes
from minzheng.county.writing.chinese_text import fold_with_offsets

_LETTERS = 9.0  #: points a line of a table is high
_LOOKED_AT = 60  #: lines
_A4_WIDTH, _HEIGHT_A_WIDTH = 595.0, math.sqrt(2)  #: points
_WIDEST = 1500.0  #: points of a sheet that can still be read in one picture
_MARGIN = 20.0
_OVERLAP = 16.0  #: points: the row at the edge of a piece stands whole on the next
_GRAM = 2  #: characters


@dataclass(frozen=True, slots=True)
class Part:
    """What is shown as one picture: a place of a page; it may reach over its edge."""

    sheet: int  #: page of the PDF, from 0
    left: float  #: points from the page's upper left corner
    top: float
    width: float
    height: float
    text: str


def parts_of(pdf: Path, *, are_sheets: bool) -> tuple[Part, ...]:
    """All pictures of a PDF, at most as many as are drawn.

    Raises:
        PageNotShownError: the PDF is damaged.
    """
    looks = pdf.stat()
    return _parts(pdf, are_sheets, looks.st_size, looks.st_mtime_ns)


@lru_cache(maxsize=64)
def _parts(pdf: Path, are_sheets: bool, *_looks: int) -> tuple[Part, ...]:
    found: list[Part] = []
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            for number in range(min(len(document), MOST_PAGES)):
                found += _pieces(document[number], number, are_sheets=are_sheets)
    except pypdfium2.PdfiumError as error:
        raise PageNotShownError from error
    return tuple(found[:MOST_PAGES])


def _pieces(page: pypdfium2.PdfPage, number: int, *, are_sheets: bool) -> Iterator[Part]:
    width, height = page.get_size()
    layer = page.get_textpage()
    if not are_sheets:
        yield Part(number, 0.0, 0.0, width, height, layer.get_text_bounded())
        return
    small = _smallness(layer)
    margin, overlap = _MARGIN * small, _OVERLAP * small
    across = max(1, math.ceil(width / (_WIDEST * small)))
    step_x = width / across
    canvas = max(_A4_WIDTH * small, step_x + 2 * margin)
    step_y = canvas * _HEIGHT_A_WIDTH - 2 * margin
    for down in range(max(1, math.ceil((height - overlap) / (step_y - overlap)))):
        top = down * (step_y - overlap)
        high = min(step_y, height - top)
        for column in range(across):
            left = column * step_x
            text = layer.get_text_bounded(left, height - top - high, left + step_x, height - top)
            yield Part(number, left - margin, top - margin, canvas, high + 2 * margin, text)


def _smallness(layer: pypdfium2.PdfTextPage) -> float:
    """By how much a very long sheet was shrunk to fit into a PDF; 1 when it was not."""
    count = min(layer.count_rects(), _LOOKED_AT)
    heights = sorted(top - bottom for _, bottom, _, top in map(layer.get_rect, range(count)))
    return min(1.0, heights[count // 2] / _LETTERS) if count else 1.0


def share_out(parts: Sequence[Part], texts: Sequence[str]) -> list[list[int]]:
    """For each page as it was read the pictures that show it, in their order.

    A sheet or slide is a page in both; a text is cut into pages elsewhere than it is printed,
    so that each picture goes to the page, not before the last one's, that has most of its words.
    """
    shown: list[list[int]] = [[] for _ in texts]
    if not texts:
        return shown
    sheets = max((one.sheet for one in parts), default=-1) + 1
    grams = [] if sheets == len(texts) else [_grams(text) for text in texts]
    here = 0
    for number, part in enumerate(parts):
        here = _page_of(_grams(part.text), grams, here) if grams else part.sheet
        shown[here].append(number)
    return shown


def _page_of(words: frozenset[str], pages: Sequence[frozenset[str]], first: int) -> int:
    """The page that has most of some words, the earliest of equal ones."""
    best = max(range(first, len(pages)), key=lambda number: (len(words & pages[number]), -number))
    return best if words & pages[best] else first


def _grams(text: str) -> frozenset[str]:
    solid = "".join(text.split())
    return frozenset(solid[at : at + _GRAM] for at in range(len(solid) - _GRAM + 1))


def draw_part(
    pdf: Path, part: Part, width: int, words: Sequence[str], *, turned_right: int = 0
) -> bytes:
    """A part as JPEG, `width` pixels wide, with words marked.

    Raises:
        PageNotShownError: the PDF is damaged or gone.
    """
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            page = document[part.sheet]
            wide, high = page.get_size()
            beyond = (
                part.left,
                high - part.top - part.height,
                wide - part.left - part.width,
                part.top,
            )
            picture = page.render(scale=width / part.width, crop=beyond).to_pil().convert("RGB")
            places = _places_of(page, words) if words else []
            boxes = [_within(place, part, high) for place in places]
    except (pypdfium2.PdfiumError, OSError, ValueError) as error:
        raise PageNotShownError from error
    return as_jpeg(mark_boxes(picture, boxes), turned_right)


def _places_of(page: pypdfium2.PdfPage, words: Sequence[str]) -> list[Box]:
    """Where words stand, in points of the page: left, bottom, right, top."""
    layer = page.get_textpage()
    signs, numbers = list[str](), list[int]()
    for number in range(layer.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(layer.raw, number))
        if not sign.isspace():
            signs.append(sign)
            numbers.append(number)
    folded, offsets = fold_with_offsets("".join(signs))
    places = list[Box]()
    for word in filter(None, fold_words(words)):
        at = folded.find(word)
        while at >= 0:
            held = offsets[at : at + len(word)]
            places += _joined([layer.get_charbox(numbers[offset]) for offset in held])
            at = folded.find(word, at + 1)
    return places


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """Boxes of signs that follow each other, as one a line."""
    joined: list[Box] = []
    for left, bottom, right, top in boxes:
        before = joined[-1] if joined else None
        if before and before[1] < (bottom + top) / 2 < before[3] and left >= before[0]:
            low, high = min(before[1], bottom), max(before[3], top)
            joined[-1] = (before[0], low, max(before[2], right), high)
        else:
            joined.append((left, bottom, right, top))
    return joined


def _within(place: Box, part: Part, high: float) -> Box:
    """A place of a page as a part of a picture."""
    left, bottom, right, top = place
    return (
        (left - part.left) / part.width, (high - top - part.top) / part.height,
        (right - part.left) / part.width, (high - bottom - part.top) / part.height,
    )  # fmt: skip
