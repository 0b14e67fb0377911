"""Page images made smaller, at a cost that does not grow with their colours and their margins."""

import cv2
import numpy as np

from minzheng.external.ocr.line_boxes import Image

_LEAST_CONTRAST = 10  #: grey levels between neighbours, of ink however faint
_FEWEST_MARKS = 3  #: pixels in a row or a column that holds ink
_MARGIN = 16  #: pixels of paper around the ink


def make_smaller(image: Image, size: tuple[int, int]) -> Image:
    """A picture of this width and height, averaged; by whole parts first, for that is quick."""
    whole = min(image.shape[1] // max(1, size[0]), image.shape[0] // max(1, size[1]))
    if whole > 1:
        parts = image.shape[1] // whole, image.shape[0] // whole
        # A row that is no whole part makes it five times slower.
        inside = image[: parts[1] * whole, : parts[0] * whole]
        image = cv2.resize(inside, parts, interpolation=cv2.INTER_AREA)
        if parts == tuple(size):
            return image
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA)


def make_nearly_smaller(grey: Image, size: tuple[int, int]) -> Image:
    """As `make_smaller`, a little softer, in a third of its time where halves do not come out.

    Made as large as twice the size it is halved at once.
    """
    whole = min(grey.shape[1] // max(1, size[0]), grey.shape[0] // max(1, size[1]))
    if whole != 1 or grey.shape[1::-1] == tuple(size):
        return make_smaller(grey, size)
    twice = cv2.resize(grey, (2 * size[0], 2 * size[1]), interpolation=cv2.INTER_LINEAR)
    return cv2.resize(twice, size, interpolation=cv2.INTER_AREA)


def shade_at(grey: Image, percent: float) -> float:
    """The shade that so many pixels of a plane of bytes are no lighter than, as `np.percentile`.

    Counted: to sort a page takes eight times as long.
    """
    counts = cv2.calcHist([grey], [0], None, [256], [0, 256]).ravel()
    place = percent / 100 * (grey.size - 1)
    ranks = int(place) + np.array((1, 2))
    below, above = np.searchsorted(np.cumsum(counts, dtype=np.float64), ranks)
    return float(below + (place % 1) * (min(above, 255) - below))


def find_inked_part(grey: Image) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of all that may be ink, with some paper; all of it in doubt."""
    soft = cv2.blur(grey, (3, 3))
    steps = cv2.morphologyEx(soft, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    marks = steps > _LEAST_CONTRAST
    columns = np.flatnonzero(np.count_nonzero(marks, axis=0) >= _FEWEST_MARKS)
    rows = np.flatnonzero(np.count_nonzero(marks, axis=1) >= _FEWEST_MARKS)
    height, width = grey.shape
    if not len(columns) or not len(rows):
        return 0, 0, width, height
    return (
        max(0, int(columns[0]) - _MARGIN),
        max(0, int(rows[0]) - _MARGIN),
        min(width, int(columns[-1]) + 1 + _MARGIN),
        min(height, int(rows[-1]) + 1 + _MARGIN),
    )
