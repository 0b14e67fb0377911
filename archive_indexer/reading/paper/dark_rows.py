"""Whether rows of a page are darker than the paper between them, though no sign is above its grain.

Ink takes light away: over the length of some signs grain averages out, and a line of words
is darker than the gaps above and below it. Grain is as uneven along the page as across it,
so one way tells what chance there is of the other. What shows through from the other side is
darker in rows, too; it is soft, while strokes make the fine steps of their row stronger.
"""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from archive_indexer.reading.paper.grain import Surface, band, beside_specks, halved
from minzheng.external.ocr.line_boxes import Image

_LINE, _LINE_AND_GAPS = 5, 27  #: pixels across
_EDGE = 13  #: pixels of the page's edge that are not looked at
_SEEN = 0.5  #: of a row's room beside specks
_LEAST_SEEN = 0.05
_CHANCE = 3.0  #: times how uneven the page is the other way
_MOST_OF_ONE = 16.0  #: times their usual strength: a speck of dust counts no more
_FEWEST = 50  #: pixels of rows, and of the gaps beside them


@dataclass(frozen=True, slots=True)
class _Look:
    """Rows of a length, and what tells that they are words."""

    long: int  #: pixels along a line, at half the size (61 dpi)
    uneven: float  #: times more uneven one way than the other
    part: float  #: of the page lies in rows that are no chance
    #: So many times more strength of fine steps in them than of coarse ones, and at least so
    #: much of the usual strength: the less of the one, the more of the other.
    like_strokes: tuple[tuple[float, float], ...]


#: Some signs; and half a line, over which weaker ink is seen, and weaker strokes are no chance.
_LOOKS = (
    _Look(31, 1.18, 0.012, ((1.5, 0.15), (0.75, 0.5))),
    _Look(187, 1.25, 0.015, ((1.5, 0.05),)),
)


@dataclass(frozen=True, slots=True)
class _Rows:
    """How much darker each place is than its surroundings above and below, one way."""

    darker: NDArray[Any]
    is_seen: NDArray[Any]

    @property
    def unevenness(self) -> float:
        return float(np.percentile(np.abs(self.darker[self.is_seen]), 68))


def darker_in_rows(surface: Surface, page: Image | None = None) -> bool:
    """Whether rows of strokes darken a page, along or across it.

    Args:
        surface: of the page; its rules and holes may have the colour of its paper.
        page: the grey page as it was before they had.
    """
    seen = beside_specks(surface.grey, page)
    small = halved(surface.grey)
    return any(_are_darker(surface, small, seen, look) for look in _LOOKS)


def _are_darker(surface: Surface, small: NDArray[Any], seen: NDArray[Any], look: _Look) -> bool:
    ways = [_rows(small, seen, look.long, is_upright=upright) for upright in (False, True)]
    if not all(way.is_seen.any() for way in ways):
        return False
    uneven = [way.unevenness for way in ways]
    upright = uneven[1] > uneven[0]
    if max(uneven) < look.uneven * max(min(uneven), 1e-6):
        return False
    way = ways[upright]
    rows = (way.darker > _CHANCE * min(uneven)) & way.is_seen
    if np.count_nonzero(rows) < look.part * rows.size:
        return False
    around = cv2.dilate(rows.astype(np.uint8), np.ones((_LINE_AND_GAPS - 2, 1), np.uint8)) > 0
    gaps = (way.darker < 0) & way.is_seen & around
    more, usual = _more_of_steps(surface.grey, rows, gaps, is_upright=upright)
    return any(more[0] > max(times * more[1], part * usual) for times, part in look.like_strokes)


def _rows(grey: NDArray[Any], seen: NDArray[Any], long: int, *, is_upright: bool) -> _Rows:
    lit, beside = _lying(grey * seen, is_upright), _lying(seen, is_upright)

    def mean(high: int) -> NDArray[Any]:
        part = np.maximum(cv2.blur(beside, (long, high)), _LEAST_SEEN)
        return np.asarray(cv2.blur(lit, (long, high)) / part)

    darker = mean(_LINE_AND_GAPS) - mean(_LINE)
    return _Rows(_inner(darker), _inner(beside) > _SEEN)


def _more_of_steps(
    grey: NDArray[Any], rows: NDArray[Any], gaps: NDArray[Any], *, is_upright: bool
) -> tuple[tuple[float, float], float]:
    """How much stronger fine and coarse steps are in rows than in gaps; the usual strength."""
    if min(np.count_nonzero(rows), np.count_nonzero(gaps)) < _FEWEST:
        return (0.0, 0.0), 1.0
    fine, coarse = band(grey, 0.8), band(halved(grey), 1.25)
    fine = halved(cv2.multiply(fine, fine))
    usual = float(np.median(fine[::3, ::3]))
    fine = np.minimum(fine, _MOST_OF_ONE * usual)
    more = []
    for strength in (fine, cv2.multiply(coarse, coarse)):
        lying = _inner(_lying(strength, is_upright))
        more.append(float(lying[rows].mean()) - float(lying[gaps].mean()))
    return (more[0], more[1]), usual


def _lying(values: NDArray[Any], is_upright: bool) -> NDArray[Any]:
    return np.asarray(cv2.rotate(values, cv2.ROTATE_90_CLOCKWISE) if is_upright else values)


def _inner(values: NDArray[Any]) -> NDArray[Any]:
    return values[_EDGE:-_EDGE, _EDGE:-_EDGE]
