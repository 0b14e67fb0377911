"""A page image becomes an extracted page: turned upright, read, with its QR codes."""

import cv2
import numpy as np
from numpy.typing import NDArray

from archive_indexer.documents import ExtractedPage, TextLine
from external.ocr_engine import load_engine
from external.qr_codes import read_qr_codes

_BLANK_SIDE = 400
_BLANK_RANGE = 60  #: how far a pixel must be from the paper's brightness to be ink
_BLANK_PART = 0.0006  #: ink on a blank back: dust and show-through


def read_page_image(image: NDArray[np.uint8], number: int) -> ExtractedPage:
    """Read a page image (BGR); a blank page is left at once."""
    if is_blank(image):
        return ExtractedPage(number, "", origin="blank")
    engine = load_engine()
    turns = engine.quarter_turns(image)
    upright = np.ascontiguousarray(np.rot90(image, turns)) if turns else image
    lines = engine.read(upright)
    confidence = sum(line.confidence for line in lines) / len(lines) if lines else 0.0
    found = tuple(TextLine(line.text, line.box, line.confidence) for line in lines)
    return ExtractedPage(
        number=number,
        text=_join(found),
        lines=found,
        origin="ocr",
        confidence=round(confidence, 4),
        codes=read_qr_codes(upright),
        turns=turns,
    )


def is_blank(image: NDArray[np.uint8]) -> bool:
    """Whether a page has no ink worth reading."""
    scale = _BLANK_SIDE / max(image.shape[:2])
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(small, 31)
    ink = cv2.subtract(paper, small) > _BLANK_RANGE / 2
    return float(ink.mean()) < _BLANK_PART


def _join(lines: tuple[TextLine, ...]) -> str:
    """Lines of one row stand beside each other, rows below."""
    text, last = "", None
    for line in lines:
        middle = (line.box[1] + line.box[3]) / 2
        same_row = last is not None and last.box[1] <= middle <= last.box[3]
        text += (" " if same_row else "\n" if last else "") + line.text
        last = line
    return text
