"""Whether a page's text layer says what the page shows.

Scanners and repair programs leave text under the picture of a page: good, or garbage.
Where a layer is doubtful a few of its lines are compared with what is seen at their places.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import islice

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from pypdfium2 import raw

from archive_indexer.documents import TextLine
from minzheng.external.ocr.line_boxes import crop_line
from minzheng.external.ocr.ocr_engine import load_engine

_PICTURE_PART = 0.7  #: of the page under pictures: a scan
_INVISIBLE = 3  #: text render mode
_MOST_OBJECTS = 3000  #: of a page that are looked at
_CJK = re.compile(r"[\u3400-\u9fff]")
_LEAST_CJK = 8
_LEAST_COMMON = 0.75  #: of Chinese characters among the 3755 common ones of GB 2312
_SAMPLES = 4
_LEAST_SAMPLE = 3  #: characters of a line worth comparing
_LONGEST_SAMPLE = 40
_LEAST_ALIKE = 0.55
_MARGIN = 0.25  #: of a line's height, around its box


def is_doubtful(page: pypdfium2.PdfPage, text: str) -> bool:
    """Whether a text layer must be compared with the picture of its page."""
    return not has_common_characters(text) or _is_hidden_or_scan(page)


def has_common_characters(text: str) -> bool:
    """Whether Chinese text uses the characters that people use."""
    characters = _CJK.findall(text)
    if len(characters) < _LEAST_CJK:
        return True
    return sum(map(_is_common, characters)) / len(characters) >= _LEAST_COMMON


def fits_picture(lines: Sequence[TextLine], image: NDArray[np.uint8]) -> bool:
    """Whether a few lines of a text layer stand in the picture where the layer says."""
    long_enough = [
        line for line in lines if _LEAST_SAMPLE <= len(_solid(line.text)) <= _LONGEST_SAMPLE
    ]
    # Spread over the page: a layer may be right at its top only.
    step = max(1, len(long_enough) // _SAMPLES)
    samples = long_enough[step // 2 :: step][:_SAMPLES]
    if not samples:
        return False
    crops = [crop_line(image, _corners(line, image)) for line in samples]
    seen = [text for text, _ in load_engine().read_carefully(crops)]
    alike = sorted(_likeness(line.text, text) for line, text in zip(samples, seen, strict=True))
    return alike[len(alike) // 2] >= _LEAST_ALIKE


def pictured_part(page: pypdfium2.PdfPage) -> float:
    """Which part of a page lies under pictures; some of them may cover each other."""
    width, height = page.get_size()
    covered = 0.0
    for part in islice(page.get_objects(max_depth=2), _MOST_OBJECTS):
        if part.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = part.get_bounds()
            covered += max(0.0, right - left) * max(0.0, top - bottom)
    return float(covered / max(width * height, 1.0))


def _is_hidden_or_scan(page: pypdfium2.PdfPage) -> bool:
    objects = islice(page.get_objects(max_depth=2), _MOST_OBJECTS)
    return any(map(_is_invisible, objects)) or pictured_part(page) >= _PICTURE_PART


def _is_invisible(part: pypdfium2.PdfObject) -> bool:
    if part.type != raw.FPDF_PAGEOBJ_TEXT:
        return False
    return bool(raw.FPDFTextObj_GetTextRenderMode(part.raw) == _INVISIBLE)


def _is_common(character: str) -> bool:
    try:
        lead = character.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return 0xB0 <= lead <= 0xD7


def _corners(line: TextLine, image: NDArray[np.uint8]) -> NDArray[np.float32]:
    height, width = image.shape[:2]
    left, top, right, bottom = line.box
    margin = (bottom - top) * height * _MARGIN
    x, y = (
        (left * width - margin, right * width + margin),
        (
            top * height - margin,
            bottom * height + margin,
        ),
    )
    return np.array([[x[0], y[0]], [x[1], y[0]], [x[1], y[1]], [x[0], y[1]]], dtype=np.float32)


def _likeness(layer: str, seen: str) -> float:
    return SequenceMatcher(None, _solid(layer), _solid(seen), autojunk=False).ratio()


def _solid(text: str) -> str:
    return "".join(text.split())
