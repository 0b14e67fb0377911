"""Two pages of one spread: is there an empty gutter between them?"""

import statistics
from collections.abc import Iterable, Sequence

Box = tuple[float, float, float, float]  #: left, top, right, bottom, 0–1

_LEAST_SPREAD = 1.2  #: width to height
_MIDDLE = (0.4, 0.6)  #: of the width, where a gutter lies
_LEAST_GUTTER = 0.02  #: of the width
_FEWEST_LINES = 4  #: on each page
_LEAST_LINE = 0.13  #: of the spread's width, the middle line of a page: else labels and values


def find_gutter(lines: Sequence[Box], cells: Iterable[Box], size: tuple[int, int]) -> float | None:
    """Where the gutter of a spread runs, as a part of its width; None when it is one page."""
    if size[0] < _LEAST_SPREAD * size[1]:
        return None
    gap = _widest_gap([(box[0], box[2]) for box in lines])
    if gap is None or gap[1] - gap[0] < _LEAST_GUTTER:
        return None
    gutter = (gap[0] + gap[1]) / 2
    if any(box[0] < gutter < box[2] for box in cells):
        return None
    left = [box for box in lines if box[2] <= gutter]
    right = [box for box in lines if box[0] >= gutter]
    return gutter if _is_page(left) and _is_page(right) else None


def _widest_gap(spans: Iterable[tuple[float, float]]) -> tuple[float, float] | None:
    """The widest gap between spans that meets the middle."""
    gaps, reached = [], 0.0
    for start, end in sorted(spans):
        if start > reached and start > _MIDDLE[0] and reached < _MIDDLE[1]:
            gaps.append((reached, start))
        reached = max(reached, end)
    return max(gaps, key=lambda gap: gap[1] - gap[0], default=None)


def _is_page(lines: Sequence[Box]) -> bool:
    if len(lines) < _FEWEST_LINES:
        return False
    return statistics.median(box[2] - box[0] for box in lines) >= _LEAST_LINE
