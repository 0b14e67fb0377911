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
#: What a model takes a stroke through an empty field for.
_STROKE = re.compile(r"[1_一/／Il|丿7\\—－-]{1,8}")
_SLANT, _LEVEL = (28.0, 75.0), (75.0, 105.0)  #: degrees from upright: a 1 stands steeper
_LONG = 5.0  #: times as long as it is broad
_GRAIN = 1.0  #: pixels over which the grain of paper averages out
_PAPER = 80  #: percent: a stroke may fill half of its crop
_FEWEST_PIXELS = 12
_REST = 0.15  #: of the stroke's ink, that specks beside it have
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


def stroke_in(read: str, crops: Sequence[Image]) -> str:
    """The stroke that all ink of a field is, / or —; nothing where it is something else.

    Args:
        read: what a model takes it for.
        crops: the lines of the field.
    """
    if len(crops) != 1 or not _STROKE.fullmatch(read):
        return ""
    slant = _slant_of(crops[0])
    if slant is None or not _SLANT[0] <= slant <= _LEVEL[1]:
        return ""
    return "/" if slant < _SLANT[1] else "—"


def _slant_of(crop: Image) -> float | None:
    """How many degrees from upright the only stroke of a crop leans; None if there are others."""
    grey = cv2.GaussianBlur(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY), (0, 0), _GRAIN)
    paper, darkest = float(np.percentile(grey, _PAPER)), float(np.percentile(grey, _DARKEST))
    ink = (grey < paper - _INK * (paper - darkest)).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    if len(stats) <= 1:  # the paper alone
        return None
    largest = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    area = int(stats[largest, cv2.CC_STAT_AREA])
    if area < _FEWEST_PIXELS or float(ink.sum()) - area > _REST * area:
        return None
    y, x = np.nonzero(labels == largest)
    spread, ways = np.linalg.eigh(np.cov(np.stack([x, -y]).astype(float)))
    if spread[1] < _LONG**2 * spread[0]:
        return None
    across, up = ways[:, 1] if ways[0, 1] > 0 else -ways[:, 1]
    return float(np.degrees(np.arctan2(across, up)))


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
