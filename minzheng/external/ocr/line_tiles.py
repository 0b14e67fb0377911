"""Lines on pictures of any shape: long ones are looked at in tiles that overlap.

A detector sees a picture shrunk to a fixed side: on a long screenshot nothing would be
left of the letters. A line belongs to the tile in whose own part its middle lies, so that
none is found twice; one that runs through several tiles is put together again. Pieces that lie
over each other are one line, too: where the end of a tile cuts a sign, a line ends before it.
"""

import itertools
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from minzheng.external.ocr.line_boxes import Corners, Image

Find = Callable[[Image], Iterable[Corners]]  #: gives places in the pixels of what it is shown

_LONGEST_RATIO = 2.5  #: of the sides, that is looked at as a whole
_TILE_RATIO = 1.4
_SMALLEST_TILE = 1280  #: pixels; a detector sees them as they are
_OVERLAP = 0.15  #: of a tile
_AT_EDGE = 3  #: pixels
_LEAST_SHARED = 0.5  #: of the lower one's height, for two pieces to be one line


@dataclass(frozen=True, slots=True)
class _Span:
    """One tile along the longer side, and the part of it that is its own."""

    start: int
    end: int
    own_from: float
    own_to: float


@dataclass(frozen=True, slots=True)
class _Piece:
    corners: Corners
    tile: int
    runs_on: bool  #: it is cut off at the end of its tile
    goes_on: bool  #: it begins at the start of its tile

    def span(self, axis: int) -> tuple[float, float]:
        return float(self.corners[:, axis].min()), float(self.corners[:, axis].max())


def is_long(image: Image) -> bool:
    """Whether a picture is so long that it is looked at in tiles."""
    sides = image.shape[:2]
    return len(_spans(max(sides), min(sides))) > 1


def find_in_tiles(image: Image, find: Find) -> list[Corners]:
    """What a detector finds on a picture, or on its tiles where it is long."""
    height, width = image.shape[:2]
    axis = 0 if width > height else 1
    spans = _spans(max(height, width), min(height, width))
    if len(spans) == 1:
        return list(find(image))
    pieces: list[_Piece] = []
    for number, span in enumerate(spans):
        part = image[span.start : span.end] if axis else image[:, span.start : span.end]
        pieces += _own_pieces(find(np.ascontiguousarray(part)), number, span, axis, spans)
    return _joined(pieces, axis)


def with_room(image: Image, least: int) -> tuple[Image, tuple[int, int]]:
    """A thin picture with paper around it, and how far it was moved right and down."""
    height, width = image.shape[:2]
    x, y = (max(0, math.ceil((least - side) / 2)) for side in (width, height))
    if not x and not y:
        return image, (0, 0)
    paper = np.median(image.reshape(-1, *image.shape[2:]), axis=0).tolist()
    wider = cv2.copyMakeBorder(image, y, y, x, x, cv2.BORDER_CONSTANT, value=paper)
    return wider, (x, y)


def _spans(longer: int, shorter: int) -> list[_Span]:
    length = max(round(_TILE_RATIO * shorter), _SMALLEST_TILE)
    if longer <= _LONGEST_RATIO * shorter or longer <= length:
        return [_Span(0, longer, 0, longer)]
    shared = round(length * _OVERLAP)
    count = math.ceil((longer - shared) / (length - shared))
    starts = [round(number * (longer - length) / (count - 1)) for number in range(count)]
    cuts = [(before + length + after) / 2 for before, after in itertools.pairwise(starts)]
    bounds = [0.0, *cuts, float(longer)]
    return [
        _Span(start, start + length, own_from, own_to)
        for start, (own_from, own_to) in zip(starts, itertools.pairwise(bounds), strict=True)
    ]


def _own_pieces(
    found: Iterable[Corners], number: int, span: _Span, axis: int, spans: list[_Span]
) -> Iterable[_Piece]:
    is_last = number == len(spans) - 1
    for corners in found:
        moved = corners.copy()
        moved[:, axis] += span.start
        first, last = float(moved[:, axis].min()), float(moved[:, axis].max())
        if span.own_from <= (first + last) / 2 < span.own_to or (is_last and last >= span.own_to):
            yield _Piece(
                moved,
                number,
                runs_on=not is_last and last >= span.end - _AT_EDGE,
                goes_on=number > 0 and first <= span.start + _AT_EDGE,
            )


def _joined(pieces: list[_Piece], axis: int) -> list[Corners]:
    """Pieces of one line that runs through tiles, as that line."""
    whole: list[_Piece] = []
    for piece in pieces:
        at = next((at for at, one in enumerate(whole) if _is_one_line(one, piece, axis)), None)
        if at is None:
            whole.append(piece)
            continue
        earlier = whole[at]
        both = np.concatenate((earlier.corners, piece.corners))
        (left, top), (right, bottom) = both.min(axis=0), both.max(axis=0)
        corners = np.array(
            [[left, top], [right, top], [right, bottom], [left, bottom]], dtype=np.float32
        )
        whole[at] = _Piece(corners, piece.tile, piece.runs_on, earlier.goes_on)
    return [piece.corners for piece in whole]


def _is_one_line(earlier: _Piece, later: _Piece, axis: int) -> bool:
    if earlier.tile != later.tile - 1:
        return False
    one, other = earlier.span(1 - axis), later.span(1 - axis)
    lower = min(one[1] - one[0], other[1] - other[0])
    if min(one[1], other[1]) - max(one[0], other[0]) < _LEAST_SHARED * lower:
        return False
    first, second = earlier.span(axis), later.span(axis)
    over = min(first[1], second[1]) - max(first[0], second[0])
    if earlier.runs_on and later.goes_on:
        return second[0] <= first[1]
    shorter = min(first[1] - first[0], second[1] - second[0])
    return over >= _LEAST_SHARED * min(lower, shorter)
