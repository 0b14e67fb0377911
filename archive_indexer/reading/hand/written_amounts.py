"""What tells of an amount written by hand beside what a model reads in it.

Models fold equal digits that stand close (1148.08 is read as 148.08, and both looks are sure)
and see no point that a digit touches or that is hardly there (5882.00 as 588200). The ink has
parts that can be counted, and whoever fills in a page writes pence everywhere or nowhere.
"""

import re
from collections.abc import Iterable, Sequence

import cv2
import numpy as np

from archive_indexer.reading.possible_values import Possible
from minzheng.external.ocr.line_boxes import Image

_LARGER = 2  #: times, that signs which nearly touch stay apart
_INK = 0.45  #: of the way from the paper to what few pixels are darker than
_DARKEST = 3  #: percent of them: a rule beside the ink is darker and has fewer
_SPECK, _RULED = 0.15, 0.97  #: of the crop's height: more than a speck, less than a rule
_BROADEST = 1.6  #: of the crop's height
_AS_HIGH = 0.5  #: of the highest part: a digit, and no point
_SHARED = 0.35  #: of the narrower one's breadth: strokes above each other are of one digit
_WITH_PENCE = re.compile(r"\d+\.\d\d")
_WITHOUT = re.compile(r"\d+")
_LOST_POINT = re.compile(r"[1-9]\d{4,6}")
_A_GUESS = 0.5  #: how sure an amount is whose point nobody saw


def count_parts(crop: Image) -> int:
    """How many pieces of ink as high as digits stand side by side in a straight crop.

    Never more than digits were written, and fewer where they touch. Looked at were 310 doubtful
    numbers in eleven hands: 177 have as many, the others fewer.
    """
    size = (crop.shape[1] * _LARGER, crop.shape[0] * _LARGER)
    grey = cv2.resize(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), size, interpolation=cv2.INTER_CUBIC)
    paper, darkest = float(np.median(grey)), float(np.percentile(grey, _DARKEST))
    ink = (grey < paper - _INK * (paper - darkest)).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    high = ink.shape[0]
    parts = [
        (left, across, down)
        for left, _, across, down, _ in sorted(stats[1:].tolist())
        if _SPECK * high < down < _RULED * high and across < _BROADEST * high
    ]
    least = _AS_HIGH * max((down for _, _, down in parts), default=0)
    spans: list[tuple[int, int]] = []
    for left, across, down in parts:
        if down < least:
            continue
        before = spans[-1] if spans else (left, left)
        narrower = min(across, before[1] - before[0])
        if spans and min(before[1], left + across) - left > _SHARED * narrower:
            spans[-1] = (before[0], max(before[1], left + across))
        else:
            spans.append((left, left + across))
    return len(spans)


def count_digits(text: str) -> int:
    """How many digits a reading has."""
    return sum(sign.isdigit() for sign in text)


def are_with_pence(readings: Iterable[str]) -> bool:
    """Whether the amounts of a page are written with pence; one without is the exception."""
    readings = [*readings]
    with_pence = sum(bool(_WITH_PENCE.fullmatch(one)) for one in readings)
    return with_pence > sum(bool(_WITHOUT.fullmatch(one)) for one in readings)


def with_pence_first(found: Sequence[Possible]) -> tuple[Possible, ...]:
    """What an amount may be on a page with pence: long figures lack their point; a person decides.

    Below five digits they may well be yuan.
    """
    if not found or not _LOST_POINT.fullmatch(found[0].text):
        return tuple(found)
    text = f"{found[0].text[:-2]}.{found[0].text[-2:]}"
    return (Possible(text, _A_GUESS), *(one for one in found if one.text != text))
