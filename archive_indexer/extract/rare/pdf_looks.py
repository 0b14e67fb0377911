"""Words that stand in the look of a mark alone: of a visible signature, of a stamp.

The text layer of a page holds none of them, until all marks are made part of the page.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from archive_indexer.documents import TextLine

Box = tuple[float, float, float, float]
#: The pieces of a page's text layer, with their places, 0–1.
PiecesOn = Callable[[pypdfium2.PdfPage], tuple[TextLine, ...]]
_LEAST_WITHIN = 0.3  #: of a piece


def words_in_looks(
    file: Path, number: int, looks: Sequence[Box], pieces_on: PiecesOn
) -> tuple[TextLine, ...]:
    """What stands within marks of a page, and not on the page below them.

    Args:
        file: the PDF, which stays as it is.
        number: of the page, from 1.
        looks: places of the marks, 0–1.
        pieces_on: reads the text layer of a page.
    """
    with pypdfium2.PdfDocument(file) as document:
        below = Counter(piece.text for piece in _read(document, number, pieces_on))
        page = document[number - 1]
        is_flat = raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS
        page.close()  # what was made part of it is known when it is loaded anew
        pieces = _read(document, number, pieces_on) if is_flat else ()
    words = []
    for piece in pieces:
        if below[piece.text]:
            below[piece.text] -= 1
        elif piece.text and any(_is_within(piece.box, look) for look in looks):
            words.append(replace(piece, source="note"))
    return tuple(words)


def _read(
    document: pypdfium2.PdfDocument, number: int, pieces_on: PiecesOn
) -> tuple[TextLine, ...]:
    page = document[number - 1]
    try:
        return pieces_on(page)
    finally:
        page.close()


def _is_within(box: Box, look: Box) -> bool:
    """Whether a good part of a piece stands in a mark: a long one is cut off at its side."""
    width = min(box[2], look[2]) - max(box[0], look[0])
    height = min(box[3], look[3]) - max(box[1], look[1])
    area = (box[2] - box[0]) * (box[3] - box[1])
    return width > 0 and height > 0 and width * height >= _LEAST_WITHIN * area
