"""What lies around a photographed sheet: nothing but a table, or something that may be read."""

import cv2
import numpy as np
from numpy.typing import NDArray

from archive_indexer.reading.page_ink import make_work_size
from minzheng.external.sheets.page_edges import RIM, Sheet

_Image = NDArray[np.uint8]

_NEAR_EDGE = 0.012  #: of the picture's longer side, around the sheet: its own edge and shadow
_STEP = 12  #: grey levels between neighbours: no shadow, no unevenness of a lamp
_MOST_SHARP = 8  #: pixels of a picture of 121 dpi
_PAPER = 75  #: percent
_EVERY = 4  #: of the pixels by which a shade is told


def is_plain_around(image: _Image, sheet: Sheet) -> bool:
    """Whether nothing sharp, however pale, lies on a photo beside its sheet.

    Args:
        image: the photo, BGR.
        sheet: where its sheet lies.
    """
    small = np.asarray(cv2.blur(make_work_size(image), (3, 3)), np.uint8)
    steps = cv2.morphologyEx(small, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    sharp = cv2.threshold(steps, _STEP, 1, cv2.THRESH_BINARY)[1]
    corners = np.round(sheet.on(small)).astype(np.int32)
    cv2.fillConvexPoly(sharp, corners, 0)
    breadth = 2 * round(_NEAR_EDGE * max(small.shape))
    cv2.polylines(sharp, [corners], True, 0, breadth)
    return cv2.countNonZero(sharp) <= _MOST_SHARP


def without_rim(picture: _Image) -> _Image:
    """A sheet alone, straight, with paper where a little of the table is seen at its edges.

    Args:
        picture: as `page_edges.straighten_sheet` makes it; it is painted on.
    """
    rim = RIM * max(picture.shape) / (1 + 2 * RIM)
    for turns in range(4):
        side = np.rot90(picture, turns)
        _paint(side[: max(1, round(rim / 2))], side[: round(1.5 * rim)], side[: round(4 * rim)])
    return picture


def _paint(table: _Image, edge: _Image, page: _Image) -> None:
    """Paper in place of what is nearer to the table in an edge than to the paper."""
    shown = page[::_EVERY, ::_EVERY].reshape(-1, page.shape[2])
    lightest = shown.max(axis=1)
    light, dark = np.percentile(lightest, _PAPER), np.median(table[::2, ::_EVERY].max(axis=2))
    if dark < light:
        paper = np.median(shown[lightest >= light], axis=0)
        edge[np.ascontiguousarray(edge).max(axis=2) < (light + dark) / 2] = paper
