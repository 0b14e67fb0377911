"""Single lines that stand on their other end or upside down: names in the margin of a sheet.

A line that is higher than broad is read from above; one written along the left edge runs from
below, and gives no word that way. Each that was read doubtfully is looked at turned about.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from archive_indexer.reading.upright import UprightPage
from minzheng.external.ocr.line_boxes import crop_box
from minzheng.external.ocr.line_parts import confidence_of, text_of
from minzheng.external.ocr.ocr_engine import OcrEngine, ReadLine

_DOUBTFUL = 0.85  #: confidence of a line
_LIKELY, _LIKELIER = 0.6, 0.1  #: of the same turned about at a glance, and more than it was
_SURE, _SURER = 0.85, 0.2  #: of the same read with care, and more than it was
_SURE_LEVEL = 0.93  #: of a level line: a page has many that are read badly
_FEWEST, _FEWEST_LEVEL = 2, 4  #: signs
_TALL = 1.5  #: height to breadth
_MOST_LEAN = 0.05  #: radians: the box of a level line is the line
_MOST_TRIED = 40


def read_lines_turned_about(page: UprightPage, engine: OcrEngine) -> UprightPage:
    """A page, its doubtful lines read from their other end where they are surer so."""
    tried = [
        one
        for one in (*page.lines, *page.poor)
        if one.confidence < _DOUBTFUL and (_is_tall(one, page) or abs(one.slope) < _MOST_LEAN)
    ][:_MOST_TRIED]
    better = {
        id(one): replace(one, text=text, confidence=sure, places=())
        for one, text, sure in _read_turned_about(page, tried, engine)
        if _is_better(one, text, sure, is_tall=_is_tall(one, page))
    }
    if not better:
        return page
    from_poor = [better[id(one)] for one in page.poor if id(one) in better]
    return replace(
        page,
        lines=[*(better.get(id(one), one) for one in page.lines), *from_poor],
        poor=[one for one in page.poor if id(one) not in better],
    )


def _read_turned_about(
    page: UprightPage, lines: Sequence[ReadLine], engine: OcrEngine
) -> Iterator[tuple[ReadLine, str, float]]:
    """Lines that look likely from their other end, with what is read so and how surely."""
    if not lines:
        return
    crops = [np.ascontiguousarray(np.rot90(crop_box(page.clean, one.box), 2)) for one in lines]
    likely = [
        at
        for at, (_, sure) in enumerate(engine.glance(crops))
        if sure >= max(_LIKELY, lines[at].confidence + _LIKELIER)
    ]
    read = engine.read_crops([crops[at] for at in likely]) if likely else ()
    for at, reading in zip(likely, read, strict=True):
        yield lines[at], text_of(reading), confidence_of(reading)


def _is_better(line: ReadLine, text: str, sure: float, *, is_tall: bool) -> bool:
    signs = sum(sign.isalnum() for sign in text)
    least, fewest = (_SURE, _FEWEST) if is_tall else (_SURE_LEVEL, _FEWEST_LEVEL)
    return signs >= fewest and sure >= max(least, line.confidence + _SURER)


def _is_tall(line: ReadLine, page: UprightPage) -> bool:
    height, width = page.clean.shape[:2]
    left, top, right, bottom = line.box
    return bool((bottom - top) * height > _TALL * (right - left) * width)
