"""Print under a seal that no line covers: a sentence that breaks off there is said to be unread.

In red light a seal's ink is nearly paper, and print is as dark as anywhere: what stands in
the room behind or before a line, up to the next one, was not read.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from archive_indexer.documents import TextLine
from archive_indexer.reading.known_lines import Box, part_under
from archive_indexer.reading.paper.unread_lines import NOT_READ
from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.ocr_engine import ReadLine

_DARK = 0.55  #: of the paper's red light: print, and no ink of a seal
_APART = 0.35  #: of a line's height, from its end: its last sign reaches so far
_SIGNS = 2.5  #: heights behind a line that are looked at
_LEAST_LONG = 0.9  #: heights
_LEAST_INK, _MOST_INK = 0.06, 0.6  #: of that room
_LEAST_COLUMNS, _LEAST_ROWS = 0.3, 0.45  #: with print: a rule has few of one of them
_INNER = 0.12  #: of a line's height, above and below
_COVERED = 0.25  #: of a room that lies under what is told elsewhere
_REACH = 1.1  #: of a seal's radius, to the outer edge of its ring


def unread_under_rings(
    image: Image, seals: Sequence[Box], lines: Sequence[ReadLine], told: Sequence[Box]
) -> tuple[TextLine, ...]:
    """The rooms beside lines, within a seal, in which print stands that was not read.

    Args:
        image: the page upright, with its seals, BGR.
        seals: their places, as parts of the page.
        lines: what was read.
        told: places of which something else is said.
    """
    if not seals:
        return ()
    covered = [*told, *(line.box for line in lines)]
    boxes = [line.box for line in lines]
    found = list[TextLine]()
    for line in lines:
        for room in _rooms_beside(line.box, boxes, seals, image):
            elsewhere = [*(one for one in covered if one != line.box), *(one.box for one in found)]
            if part_under(room, elsewhere) < _COVERED and _is_printed(room, image):
                found.append(TextLine(NOT_READ, room, 0.0, source="unread"))
    return tuple(found)


def _rooms_beside(
    box: Box, boxes: Sequence[Box], seals: Sequence[Box], image: Image
) -> Iterator[Box]:
    """What lies within a seal behind a line, and before it, up to the next."""
    left, top, right, bottom = box
    high = (bottom - top) * image.shape[0] / image.shape[1]
    level = [one for one in boxes if one[1] < (top + bottom) / 2 < one[3] and one != box]
    behind = min([1.0, *(one[0] for one in level if one[0] >= right - high)])
    before = max([0.0, *(one[2] for one in level if one[2] <= left + high)])
    apart, most = _APART * high, _SIGNS * high
    for begin, end in (
        (right + apart, min(right + apart + most, behind - apart)),
        (max(left - apart - most, before + apart), left - apart),
    ):
        room = (begin, top, end, bottom)
        if end - begin >= _LEAST_LONG * high and any(_lies_within(room, seal) for seal in seals):
            yield room


def _lies_within(room: Box, seal: Box) -> bool:
    """Whether the middle of a room lies within the ring, or under it."""
    x, y = (seal[0] + seal[2]) / 2, (seal[1] + seal[3]) / 2
    across, down = (seal[2] - seal[0]) / 2, (seal[3] - seal[1]) / 2
    if across <= 0 or down <= 0:
        return False
    off_x, off_y = ((room[0] + room[2]) / 2 - x) / across, ((room[1] + room[3]) / 2 - y) / down
    return off_x**2 + off_y**2 <= _REACH**2


def _is_printed(room: Box, image: Image) -> bool:
    """Whether signs stand in a room: strokes of every height and breadth, no rule."""
    height, width = image.shape[:2]
    inner = _INNER * (room[3] - room[1])
    rows = slice(round((room[1] + inner) * height), round((room[3] - inner) * height))
    red = image[rows, round(room[0] * width) : round(room[2] * width), 2]
    if not red.size:
        return False
    paper = float(np.percentile(image[rows, :, 2], 85))
    is_dark = red < _DARK * paper
    return bool(
        _LEAST_INK <= is_dark.mean() <= _MOST_INK
        and is_dark.any(axis=0).mean() >= _LEAST_COLUMNS
        and is_dark.any(axis=1).mean() >= _LEAST_ROWS
    )
