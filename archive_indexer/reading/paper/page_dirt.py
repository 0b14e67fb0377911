"""What punches, folds, staples and a scanner's lid leave on paper: dark, and no words.

Looked for only where a page seems to bear a little: print in plenty needs no second look.
"""

from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.packed_ink import thin_runs

PixelBox = tuple[int, int, int, int]  #: left, top, width, height

_MARGIN = 0.14  #: of the shorter side: nobody punches further in
_ACROSS = (18, 52)  #: pixels across a punched hole, A4 at 121 dpi
_ROUND = 0.1  #: of the area of an ellipse that its outline may differ by
_SQUARE = 0.2  #: of its size that its height may differ from its width
_FULL = 0.93  #: of its inner half
_UNLIKE_PAPER = 14  #: grey levels from most of the page
_SPECK = 5  #: pixels at most
_AROUND = 3  #: pixels of its blurred edge
_STRIP = 200  #: pixels along a line in which it is as dark as itself
_EVERY = 4  #: of them is looked at
_LEAST_LINE = 3  #: grey levels; and twice the middle of all differences
_RULE, _THICK = 48, 9  #: pixels of a rule, no stroke of print is so long; and what is too broad
_LEAN = 5  #: pixels across a line, which may run askew


def find_holes(grey: Image, ink: Image) -> list[PixelBox]:
    """Places of the holes a punch left near an edge, whatever lay below them.

    Args:
        grey: the page at its working size.
        ink: what differs from what lies around it.
    """
    papers = (np.full_like(grey, np.median(grey[::7, ::7])), *_medians(grey))
    unlike = [(cv2.absdiff(grey, paper) > _UNLIKE_PAPER).astype(np.uint8) for paper in papers]
    return list({box for mask in (ink, *unlike) for box in _holes_of(mask)})


def contrast_of_signs(grey: Image, ink: Image) -> Image:
    """How far each pixel is from what lies around it, but for holes and straight long lines.

    A fold, the edge of a shadow or a rule is as dark beside any of its pixels as there; a sign
    is not.
    """
    filled = fill_holes(grey, find_holes(grey, ink))
    contrast = cv2.absdiff(filled, paper_around(filled))
    across, down = _lines(contrast)
    return cv2.min(cv2.subtract(contrast, across), cv2.subtract(contrast, down))


def without_lines(grey: Image) -> Image:
    """A page of faint ink whose rules, folds and holes have the colour of its paper."""
    ink = (cv2.absdiff(grey, paper_around(grey)) > _UNLIKE_PAPER).astype(np.uint8)
    filled = fill_holes(grey, find_holes(grey, ink))
    paper = paper_around(filled)
    contrast = cv2.absdiff(filled, paper)
    least = max(_LEAST_LINE, 2 * float(np.median(contrast[::7, ::7])))
    return np.where(cv2.max(*_lines(contrast)) > least, paper, filled)


def without_rules(grey: Image) -> Image:
    """A page whose long thin rules have the colour of the paper around, also where they lean.

    Where two of them cross there are steps in both directions, as words have.
    """
    paper = paper_around(grey)
    contrast = cv2.absdiff(grey, paper)
    least = max(_LEAST_LINE, 2 * float(np.median(contrast[::7, ::7])))
    ink = cv2.threshold(contrast, least, 1, cv2.THRESH_BINARY)[1]
    rules = np.zeros_like(ink)
    for along, across in (((1, _RULE), (_THICK, 1)), ((_RULE, 1), (1, _THICK))):
        # A rule that leans by a degree still runs through thickened ink.
        lean = cv2.dilate(ink, np.ones((3, 1) if along[0] == 1 else (1, 3), np.uint8))
        rules = cv2.max(rules, thin_runs(lean, along, across))
    return np.where(cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0, paper, grey)


def fill_holes(grey: Image, holes: Sequence[PixelBox]) -> Image:
    """The page with its holes painted over, from one side of each to the other.

    Along the edge it is punched in, for there a shadow is as dark on both sides.
    """
    filled: Image = grey.copy()
    for left, top, width, height in holes:
        beside = min(left, grey.shape[1] - left - width) < min(top, grey.shape[0] - top - height)
        if beside:
            _fill_down(filled, (left, top, width, height))
        else:
            _fill_down(filled.T, (top, left, height, width))
    return filled


def _fill_down(page: NDArray[Any], hole: PixelBox) -> None:
    left, top, width, height = hole
    x = slice(max(0, left - _AROUND), left + width + _AROUND)
    start, end = max(_AROUND, top - _AROUND), min(len(page) - _AROUND, top + height + _AROUND)
    above, below = page[start - _AROUND : start, x], page[end : end + _AROUND, x]
    part = np.linspace(0, 1, max(0, end - start))[:, None]
    page[start:end, x] = np.median(above, axis=0) * (1 - part) + np.median(below, axis=0) * part


def paper_around(grey: Image) -> Image:
    """How bright the paper is around each pixel."""
    size = (max(1, grey.shape[1] // 8), max(1, grey.shape[0] // 8))
    around = cv2.medianBlur(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), 9)
    return cv2.resize(around, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)


def _holes_of(mask: Image) -> list[PixelBox]:
    closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(closed)
    return [
        (left, top, width, height)
        for number, (left, top, width, height, _) in enumerate(stats.tolist())
        if number
        and _may_be_hole((left, top, width, height), mask.shape)
        and _is_round((labels[top : top + height, left : left + width] == number).astype(np.uint8))
        and _is_disc_or_ring(mask[top : top + height, left : left + width])
    ]


def _may_be_hole(box: PixelBox, size: tuple[int, ...]) -> bool:
    """Whether a piece is as large and as near to the edge as a punched hole."""
    left, top, width, height = box
    if not (_ACROSS[0] <= min(width, height) and max(width, height) <= _ACROSS[1]):
        return False
    nearest = min(left, top, size[0] - top - height, size[1] - left - width)
    return nearest <= _MARGIN * min(size)


def _is_round(piece: Image) -> bool:
    """Whether its outline is, but for specks that JPEG left on it."""
    smooth = cv2.morphologyEx(piece, cv2.MORPH_OPEN, np.ones((_SPECK, _SPECK), np.uint8))
    outlines = cv2.findContours(
        smooth if smooth.any() else piece, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE
    )[0]
    outline = max(outlines, key=len)
    _, _, width, height = cv2.boundingRect(outline)
    hull = cv2.contourArea(cv2.convexHull(outline))
    return bool(
        min(width, height) >= _ACROSS[0] - _SPECK
        and abs(width - height) <= _SQUARE * max(width, height)
        and abs(hull / (np.pi / 4 * width * height) - 1) < _ROUND
    )


def _is_disc_or_ring(part: Image) -> bool:
    """Whether a round piece is full, or empty but for its outline: a sign is neither."""
    y, x = part.shape[0] // 4, part.shape[1] // 4
    within = float(part[y:-y, x:-x].mean())
    return within > _FULL or within < 1 - _FULL


def _lines(contrast: Image) -> tuple[Image, Image]:
    """What is as dark along the rows, and along the columns, of a strip of the page."""
    across, down = _medians(contrast)
    lean = np.ones((_LEAN, 1), np.uint8)
    return cv2.dilate(across, lean), cv2.dilate(down, lean.T)


def _medians(values: Image) -> tuple[Image, Image]:
    """The middle values of rows and of columns, over strips of the page."""
    return _medians_along(values), np.ascontiguousarray(_medians_along(values.T).T)


def _medians_along(values: NDArray[Any]) -> Image:
    """The middle value of each row over a strip of the page, in all pixels of the strip."""
    middles = np.zeros(values.shape, np.uint8)
    for left in range(0, values.shape[1], _STRIP):
        start = min(left, max(0, values.shape[1] - _STRIP))  # the last one is whole, too
        middle = np.median(values[:, start : start + _STRIP : _EVERY], axis=1)
        middles[:, left : left + _STRIP] = middle[:, None].astype(np.uint8)
    return middles
