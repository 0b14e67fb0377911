"""Lines that were read through the wall between two cells, parted at it.

In a table whose words fill their cells, noise joins the end of one cell to the beginning of
the next: an ID number whose second half stands a line lower then has an amount in its middle.
Each part is looked at alone by the quick model. Only where both say together what the line
said, with a gap at the wall, is it parted: a pen that wrote across the wall wrote one word.
"""

import itertools
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from archive_indexer.reading.cells import Cells
from archive_indexer.reading.reading_order import Placed, place_line
from minzheng.external.ocr.line_boxes import Image, crop_line, relative_box
from minzheng.external.ocr.ocr_engine import OcrEngine, ReadLine

_LEAST_WIDE = 0.8  #: of a line's height: less of it beyond a wall is its margin
_GAP = 1.3  #: times the usual step from sign to sign, that there is over a wall
_WALL = "1|丨Il!/ "  #: what a wall is read as, or the gap at it


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a line lies in one cell, on the page without skew."""

    cell: int
    left: float
    right: float


def part_at_walls(
    lines: Sequence[ReadLine], cells: Cells, image: Image, engine: OcrEngine
) -> list[ReadLine]:
    """The lines, each that goes through walls of cells in as many parts."""
    parted: list[ReadLine] = []
    for line in lines:
        placed = place_line(line, cells)
        parts = _parts_of(placed, cells)
        parted += _read_apart(placed, parts, (cells, image, engine)) if len(parts) > 1 else [line]
    return parted


def _parts_of(placed: Placed, cells: Cells) -> list[_Part]:
    left, top, right, bottom = placed.box
    height, width = cells.labels.shape
    row = min(max(0, int((top + bottom) / 2 * height)), height - 1)
    begin, end = max(0, round(left * width)), min(width, round(right * width))
    labels = cells.labels[row, begin:end]
    least = _LEAST_WIDE * (bottom - top) * height
    # The ends first: nearly every line lies in one cell.
    inset = int(least)
    if len(labels) <= 2 * inset or labels[inset] == labels[-1 - inset]:
        return []
    edges = [0, *(np.flatnonzero(np.diff(labels)) + 1).tolist(), len(labels)]
    runs = [
        _Part(int(labels[start]), (begin + start) / width, (begin + stop) / width)
        for start, stop in itertools.pairwise(edges)
        if stop - start >= least and int(labels[start]) in cells.boxes
    ]
    return runs if len({one.cell for one in runs}) == len(runs) else []


def _read_apart(
    placed: Placed, parts: Sequence[_Part], by: tuple[Cells, Image, OcrEngine]
) -> list[ReadLine]:
    cells, image, engine = by
    line, (_, top, _, bottom) = placed.line, placed.box
    corners = [cells.corners((part.left, top, part.right, bottom)) for part in parts]
    seen = engine.glance([crop_line(image, one) for one in corners])
    # Noise makes a space behind a point.
    texts = [text if text in line.text else "".join(text.split()) for text, _ in seen]
    spans = list(_spans(line, texts))
    if len(spans) < len(parts):
        return [line]
    return [
        replace(
            line,
            text=line.text[start:end],
            box=relative_box(place, *cells.size),
            places=tuple(_moved(line.places[start:end], placed, part)),
        )
        for (start, end), place, part in zip(spans, corners, parts, strict=True)
    ]


def _moved(places: Sequence[float], placed: Placed, part: _Part) -> Iterator[float]:
    """Places of signs in a line as places in a part of it."""
    left, _, right, _ = placed.box
    for one in places:
        yield round((left + one * (right - left) - part.left) / (part.right - part.left), 4)


def _spans(line: ReadLine, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where each text begins and ends in its line; fewer where the line says something else."""
    text, at = line.text, 0
    if len(line.places) != len(text):
        return
    steps = [after - before for before, after in itertools.pairwise(line.places)]
    for number, part in enumerate(texts):
        wall = int(number > 0 and text[at : at + 1] in _WALL and not text.startswith(part, at))
        start, at = at + wall, at + wall + len(part)
        if not part or text[start:at] != part or (number == len(texts) - 1 and at < len(text)):
            return
        if number and not wall and steps[start - 1] < _GAP * statistics.median(steps):
            return
        yield start, at
