"""Square red seals: names of people and of small offices, framed, or cut white into red.

A square seal has four straight sides, red corners, nothing red close around it, and signs in
all of its inside: a cell of a red ledger runs on, a box to be ticked is empty, a photo before
a red backdrop holds one large thing that is no paper, a fingerprint has no corners. What
cannot be read (seal script) is a seal all the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import LINE_HEIGHT, Image
from minzheng.external.ocr.smaller_pages import make_smaller
from minzheng.external.red_seals import (
    RedSeal,
    colour_of,
    is_brown,
    meet,
    red_mask,
    with_white_paper,
)

_WORK_SIDE = 1000  #: pixels of the longer side; A4 then has 85 dpi
_LEAST_EXCESSES = (45, 22)  #: red above green and blue: fresh ink first, then faint
_FEWEST_PIXELS = 150
_JOINED = 9  #: pixels between strokes of one seal
_SMALLEST_PART, _LARGEST_PART = 0.055, 0.28  #: a side, of the page's shorter side
_LEAST_SQUARE = 0.78  #: the shorter side to the longer
_MOST_LEAN = 20.0  #: degrees
_SIDE = 144  #: pixels of the straightened square that is looked at
_BAND = 0.14  #: of the side, in which its frame lies
_LEAST_SIDE, _POOREST_SIDE = 0.86, 0.6  #: of three sides, and of the worst one, that are red
_INNER = 0.2  #: of the side, from the frame to the signs
_PALE, _DEEP = 0.33, 0.6  #: of the reddest: part of a thin stroke, and no gap between strokes
_LEAST_INSIDE, _MOST_INSIDE = 0.06, 0.6  #: red part of the inside of a framed one
_LEAST_FILLED, _MOST_FILLED = 0.52, 0.88  #: of one whose signs are white
_LEAST_WRITTEN = 0.7  #: of the rows and of the columns inside that hold strokes
_LEAST_STROKES = 1.6  #: changes from paper to red in a row, on the mean
_CORNER, _LEAST_CORNER = 0.16, 0.3  #: of the side, and red part of each corner's outline
_ROUND, _MOST_AROUND = 0.16, 0.12  #: of the side around it, and red part of that
_PAPER = 0.8  #: of the paper's light: what is not red inside is paper, and no face
_LEAST_PAPER = 0.6
_FRAME = 0.12  #: of the side: left out when it is read


@dataclass(frozen=True, slots=True)
class SquareSeal(RedSeal):
    """A square red stamp: its corners from the top left, in pixels of the page."""

    corners: tuple[tuple[float, float], ...] = ()
    is_white: bool = False  #: its signs are cut out of the red


def find_square_seals(image: Image) -> list[SquareSeal]:
    """Every square red stamp of a page (BGR)."""
    scale = min(1.0, _WORK_SIDE / max(image.shape[:2]))
    size = tuple(max(1, round(side * scale)) for side in image.shape[1::-1])
    small = with_white_paper(make_smaller(image, size))
    found: list[SquareSeal] = []
    for least in _LEAST_EXCESSES:
        red = red_mask(small, least)
        if cv2.countNonZero(red) < _FEWEST_PIXELS:
            continue
        for corners in _squares(red):
            if _part(_around(red, corners)) > _MOST_AROUND:
                continue
            is_white = _kind(corners / scale, image)
            if is_white is None:
                continue
            seal = _seal(corners, scale, (red, small), is_white=is_white)
            if seal is not None and not any(meet(seal, one) for one in found):
                found.append(seal)
    return found


def straight_lines(image: Image, seal: SquareSeal) -> list[tuple[Image, ...]]:
    """Ways in which the signs of a seal may run, each as lines to be read, black on white.

    As rows; in columns from the right, as seals of names are cut, all of it as one line.
    """
    ink = _ink(image, seal)
    rows = [_fitted(part) for part in _parts(ink)]
    by_columns = [part for half in reversed(_halves(ink, 1)) for part in _halves(half, 0)]
    by_rows = [part for half in _halves(ink, 0) for part in _halves(half, 1)]
    right = [_halves(ink, 1)[1], *_halves(_halves(ink, 1)[0], 0)]
    return [
        tuple(rows),
        *(
            (np.hstack([cv2.resize(one, (LINE_HEIGHT, LINE_HEIGHT)) for one in signs]),)
            for signs in (by_columns, by_rows, right)
        ),
    ]


def _squares(red: Image) -> Iterator[NDArray[Any]]:
    """Corners of squares around red ink that hangs together."""
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((_JOINED, _JOINED), np.uint8))
    shorter = min(red.shape)
    for outline in cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        _, (width, height), turn = cv2.minAreaRect(outline)
        low, high = sorted((width, height))
        lean = abs((turn + 45) % 90 - 45)
        if (
            _SMALLEST_PART * shorter <= low
            and high <= _LARGEST_PART * shorter
            and low >= _LEAST_SQUARE * high
            and lean <= _MOST_LEAN
        ):
            yield _from_top_left(cv2.boxPoints(cv2.minAreaRect(outline)))


def _from_top_left(points: NDArray[Any]) -> NDArray[Any]:
    by_sum, by_difference = points.sum(axis=1), points[:, 1] - points[:, 0]
    order = [by_sum.argmin(), by_difference.argmin(), by_sum.argmax(), by_difference.argmax()]
    return np.asarray(points[order], np.float32)


def _kind(corners: NDArray[Any], image: Image) -> bool | None:
    """False: framed, True: white on red, None: no seal. Thin strokes are paler than a frame."""
    straight = _straight(image, corners, _SIDE)
    excess = _excess(straight)
    pale, deep = (excess > part * float(np.percentile(excess, 95)) for part in (_PALE, _DEEP))
    if _is_square(deep) and _part(deep) >= _LEAST_FILLED:
        inner = _within(deep, _INNER)
        return True if _part(inner) <= _MOST_FILLED and _is_written(~inner) else None
    inner = _within(pale, _INNER)
    is_framed = (
        _is_square(pale)
        and _LEAST_INSIDE <= _part(inner) <= _MOST_INSIDE
        and _is_written(inner)
        and _paper_part(straight, pale, image) >= _LEAST_PAPER
    )
    return False if is_framed else None


def _is_square(part: NDArray[Any]) -> bool:
    """Whether red lies along all four sides and in the corners."""
    sides = sorted(_sides(part))
    return sides[0] >= _POOREST_SIDE and sides[1] >= _LEAST_SIDE and _has_corners(part)


def _excess(part: Image) -> NDArray[Any]:
    """How much redder each pixel is than the least red ones."""
    blue, green, red = cv2.split(part)
    excess = cv2.subtract(red, cv2.max(blue, green)).astype(np.float32)
    return np.asarray(np.maximum(excess - float(np.percentile(excess, 5)), 0))


def _is_written(signs: NDArray[Any]) -> bool:
    """Whether strokes stand in nearly all rows and columns, several in each."""
    rows, columns = signs.any(axis=1).mean(), signs.any(axis=0).mean()
    strokes = [
        (np.diff(one.astype(np.int8), axis=1) > 0).sum(axis=1).mean() for one in (signs, signs.T)
    ]
    return bool(min(rows, columns) >= _LEAST_WRITTEN and min(strokes) >= _LEAST_STROKES)


def _sides(part: NDArray[Any]) -> list[float]:
    """How much of each side of a square is red near its edge."""
    deep = round(_BAND * len(part))
    bands = (part[:deep], part[-deep:], part[:, :deep].T, part[:, -deep:].T)
    return [float(band.any(axis=0).mean()) for band in bands]


def _has_corners(part: NDArray[Any]) -> bool:
    """Whether red reaches into each corner: three of four at the least."""
    size = round(_CORNER * len(part))
    corners = (part[:size, :size], part[:size, -size:], part[-size:, :size], part[-size:, -size:])
    reached = [_part(corner) >= _LEAST_CORNER for corner in corners]
    return sum(reached) >= 3


def _paper_part(straight: Image, part: NDArray[Any], image: Image) -> float:
    """How much of what is not red inside is as light as the paper."""
    bare = cv2.dilate(part.astype(np.uint8), np.ones((3, 3), np.uint8)) == 0
    paper = float(np.percentile(image[::17, ::17, 1], 70))
    return _part(straight[:, :, 1][bare] >= _PAPER * paper)


def _around(red: Image, corners: NDArray[Any]) -> NDArray[Any]:
    """What lies close around a square."""
    middle = corners.mean(axis=0)
    wide = _straight(red, middle + (corners - middle) * (1 + 2 * _ROUND), _SIDE) > 127
    inner = round(_SIDE * (_ROUND - 0.04) / (1 + 2 * _ROUND))
    ring = np.ones_like(wide)
    ring[inner:-inner, inner:-inner] = False
    return np.asarray(wide[ring])


def _straight(image: Image, corners: NDArray[Any], side: int) -> Image:
    goal = np.array([[0, 0], [side, 0], [side, side], [0, side]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), goal)
    return np.asarray(cv2.warpPerspective(image, matrix, (side, side), flags=cv2.INTER_AREA))


def _within(part: NDArray[Any], margin: float) -> NDArray[Any]:
    cut = round(margin * len(part))
    return part[cut:-cut, cut:-cut]


def _part(holds: NDArray[Any]) -> float:
    return float(holds.mean()) if holds.size else 0.0


def _seal(
    corners: NDArray[Any], scale: float, seen: tuple[Image, Image], *, is_white: bool
) -> SquareSeal | None:
    red, small = seen
    left, top, width, height = cv2.boundingRect(corners)
    if is_brown((left, top, width, height), red, small):
        return None
    rows, columns = slice(max(0, top), top + height), slice(max(0, left), left + width)
    ink = small[rows, columns][red[rows, columns] > 0]
    places = tuple((float(x) / scale, float(y) / scale) for x, y in corners)
    return SquareSeal(
        round(max(0, left) / scale), round(max(0, top) / scale),
        round(width / scale), round(height / scale),
        colour_of(ink), places, is_white,
    )  # fmt: skip


def _ink(image: Image, seal: SquareSeal) -> Image:
    """The signs of a seal alone, straight, black on white."""
    corners = np.array(seal.corners, np.float32)
    side = max(2 * LINE_HEIGHT, round(float(np.linalg.norm(corners[1] - corners[0]))))
    part = cv2.GaussianBlur(_straight(image, corners, side), (3, 3), 0)
    blue, green, red = cv2.split(part)
    excess = cv2.subtract(red, cv2.max(blue, green))
    strongest = max(float(np.percentile(excess, 95)), 1.0)
    ink = cv2.convertScaleAbs(excess, alpha=220 / strongest)
    signs = ink if seal.is_white else 255 - ink
    return np.asarray(
        cv2.cvtColor(np.ascontiguousarray(_within(signs, _FRAME)), cv2.COLOR_GRAY2BGR)
    )


def _parts(ink: Image) -> list[Image]:
    """The rows of signs, by the gaps between them."""
    dark = (ink[:, :, 0] < 128).mean(axis=1) > 0.02
    edges = np.flatnonzero(np.diff(np.concatenate(([0], dark.astype(np.int8), [0]))))
    rows = [(top, end) for top, end in edges.reshape(-1, 2) if end - top > len(ink) // 8]
    return [ink[max(0, top - 3) : end + 3] for top, end in rows] or [ink]


def _halves(ink: Image, axis: int) -> tuple[Image, Image]:
    middle = ink.shape[axis] // 2
    return (ink[:, :middle], ink[:, middle:]) if axis else (ink[:middle], ink[middle:])


def _fitted(row: Image) -> Image:
    width = max(LINE_HEIGHT // 2, round(row.shape[1] * LINE_HEIGHT / max(1, row.shape[0])))
    return np.asarray(cv2.resize(row, (width, LINE_HEIGHT), interpolation=cv2.INTER_AREA))
