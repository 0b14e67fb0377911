"""THE PATH of a scan: a page image becomes an extracted page.

blank? → upright → seals found and taken out → lines read → ordered → repaired by rule →
places for signatures looked at
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from archive_indexer.documents import ExtractedPage
from archive_indexer.reading.cells import find_cells
from archive_indexer.reading.page_seals import describe_seals
from archive_indexer.reading.reading_order import order_lines, skew_of
from archive_indexer.reading.repair_ids import repair_lines
from archive_indexer.reading.signatures import PagePicture, see_signatures
from minzheng.external.ocr_engine import load_engine
from minzheng.external.qr_codes import read_qr_codes
from minzheng.external.red_seals import find_seals
from minzheng.external.seal_removal import lighten_seals

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
    seals = find_seals(upright)
    clean = lighten_seals(upright, seals)
    read = engine.read(clean)
    cells = find_cells(clean, skew_of(read))
    ordered = order_lines(read, cells)
    codes = read_qr_codes(upright)
    repaired = repair_lines(ordered)
    lines = tuple(line for _, line in repaired)
    confidence = sum(line.confidence for line in lines) / len(lines) if lines else 0.0
    return ExtractedPage(
        number=number,
        text="".join(before + line.text for before, line in repaired).strip(),
        lines=lines,
        origin="ocr",
        confidence=round(confidence, 4),
        codes=codes,
        turns=turns,
        seals=describe_seals(upright, seals, engine),
        signatures=see_signatures(PagePicture(upright, seals, clean), codes, read, cells),
    )


def is_blank(image: NDArray[np.uint8]) -> bool:
    """Whether a page has no ink worth reading."""
    scale = _BLANK_SIDE / max(image.shape[:2])
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(small, 31)
    ink = cv2.subtract(paper, small) > _BLANK_RANGE / 2
    return float(ink.mean()) < _BLANK_PART
