"""The places below the head of a column of a list, also where strokes left nothing of a cell."""

import statistics
from collections.abc import Iterator, Sequence

from archive_indexer.reading.cells import Cells

Box = tuple[float, float, float, float]

_SAME_EDGE = 0.012  #: of the page
_FEWEST_TELL = 2  #: columns of a list that tell where a row of it stands


def places_below(head: int, cells: Cells) -> Iterator[Box]:
    """The places below the head of a column: its cells, or where those of others tell them."""
    left, top, right, bottom = cells.boxes[head]
    heads = [
        box
        for box in cells.boxes.values()
        if abs(box[1] - top) < _SAME_EDGE and abs(box[3] - bottom) < _SAME_EDGE
    ]
    # The nearest columns lean as this one does.
    heads.sort(key=lambda box: (box[0] != left, abs(box[0] - left)))
    ends = {box: box[3] for box in heads}
    columns = {box: _column_of(box, cells) for box in heads}
    while below := {
        box: found for box in heads if (found := _begins_at(ends[box], columns[box])) is not None
    }:
        others = [box for box in below if box[0] != left]
        own = below.get(cells.boxes[head])
        told = statistics.median(below[box][3] for box in others[:3]) if others else 0.0
        if len(others) >= _FEWEST_TELL and (own is None or abs(own[3] - told) > _SAME_EDGE):
            nearest = below[others[0]]
            own = (left, nearest[1], right, nearest[3])
        if own is None:
            return
        yield own
        # A column in which a row was lost goes on with the others.
        ends = {box: below[box][3] if box in below else own[3] for box in heads}


def _column_of(head: Box, cells: Cells) -> list[Box]:
    """The cells that are as broad as a head, and stand where it stands."""
    return [
        box
        for box in cells.boxes.values()
        if abs(box[0] - head[0]) + abs(box[2] - head[2]) <= 2 * _SAME_EDGE
    ]


def _begins_at(end: float, column: Sequence[Box]) -> Box | None:
    """The cell of a column that begins where another ended."""
    return next((box for box in column if abs(box[1] - end) < _SAME_EDGE), None)
