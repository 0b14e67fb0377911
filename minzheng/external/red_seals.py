"""Red seals on a page: found by colour and by their ring.

Red alone is no seal. A seal has a closed ring, empty corners around it, and inside it
words or a star on bare paper: a letterhead has no ring, a ring drawn by pen has nothing
red inside, a fingerprint is full, a photo before a red backdrop has corners.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.smaller_pages import make_smaller, shade_at

Box = tuple[int, int, int, int]  #: left, top, width, height

_WORK_SIDE = 600
#: Red above green and blue, of 255, on a page made small: fresh ink first, then faint.
_LEAST_EXCESSES = (45, 18)
_FEWEST_PIXELS = 100
_RULE = 72  #: pixels of a straight red line that is no part of a ring
_RULE_WIDE = 3  #: pixels by which it is taken out on both sides
_GLANCED_AT = 1000  #: pixels of the longer side at the least, or all there are
_DOUBT = 6  #: levels by which averages and the colour of the paper may move what is red
_SMALLEST_PART = 0.07  #: a seal's side, as part of the page's shorter side
_LARGEST_PART = 0.45
_STRIP = 1.5  #: the longer side to the shorter: what is longer was cut out of a page
_LEAST_ROUND = 0.6  #: the shorter side, as part of the longer
_LEAST_RING = 0.7  #: of the directions from the middle in which the ring is red
_WHOLE_RING = 0.95
_LEAST_CIRCLE = 0.9  #: the same for a circle among other red lines
_RING = (0.88, 1.05)  #: where the ring lies, as parts of the radius
_INSIDE = 0.8  #: of the radius: words and star, without the ring
_LEAST_INSIDE, _MOST_INSIDE = 0.03, 0.55  #: red part of the inside
_CORNERS_FROM = 1.12  #: of the radius
_MOST_IN_CORNERS = 0.15  #: red part of the corners
_LEAST_LIGHT = 0.6  #: of the paper's: ink is a glaze, a brown table is dark
_DIRECTIONS = 60
_PAPER_PERCENTILE = 90  #: of each channel: what is as light as this is paper
_SAMPLED = 3  #: every so many pixels tell what the paper looks like
_MOST_STRETCH = 1.6
_BROWN = 0.5  #: green above blue, to red above green
_POORER_CIRCLE = 0.85  #: where words stand around, part of the ring may be missing
_LEAST_THIN, _POORER_THIN = 0.93, 0.85  #: of the directions, on one line, of such a circle
_THIN_FROM, _THIN_TO, _THIN = 0.8, 1.1, 0.02  #: where that line may lie, half its breadth
_SHIFTS = (-0.06, -0.03, 0.0, 0.03, 0.06)  #: of its diameter, that a circle is seen beside it
_ASPECTS = (0.92, 0.96, 1.0, 1.04, 1.08)  #: height to breadth of a stamp seen at a slant
#: All of these together, the likeliest first.
_SEEN = sorted(
    itertools.product(_SHIFTS, _SHIFTS, _ASPECTS),
    key=lambda one: abs(one[0]) + abs(one[1]) + abs(1 - one[2]),
)
_WORDS = (0.6, 0.84)  #: where words stand along the ring, as parts of the radius
_WITHIN_A_BROAD_RING = (0.6, 0.78)
_LEAST_WORDS = 0.6  #: of the directions from the middle that hold some of them
_MOST_CIRCLES = 12  #: looked at
_CIRCLE_VOTES = 16


@dataclass(frozen=True, slots=True)
class RedSeal:
    """A roundish red stamp: its place in pixels and the colour of its ink."""

    left: int
    top: int
    width: int
    height: int
    colour: str  #: #c41c20


def may_hold_seals(image: Image) -> bool:
    """Whether enough of a page is a little red: pages of black and white are left at once.

    It is looked at no smaller than seals are looked for on it, so that no thin stroke is lost,
    and less red than the faintest ink has counts.
    """
    longer = max(image.shape[:2])
    seen = image
    while max(seen.shape[:2]) >= 2 * _GLANCED_AT:  # halves cost a fifth of thirds
        seen = make_smaller(seen, (max(1, seen.shape[1] // 2), max(1, seen.shape[0] // 2)))
    seen = with_white_paper(seen)
    least = _FEWEST_PIXELS / 2 * min(1.0, longer / _WORK_SIDE) ** 2
    return bool(cv2.countNonZero(red_mask(seen, _LEAST_EXCESSES[-1] - _DOUBT)) >= least)


def find_seals(image: Image) -> list[RedSeal]:
    """Every roundish red stamp of the page (BGR)."""
    scale = _WORK_SIDE / max(image.shape[:2])
    size = round(image.shape[1] * scale), round(image.shape[0] * scale)
    seen = make_smaller(image, (max(1, size[0]), max(1, size[1])))
    small = with_white_paper(seen)
    found: list[RedSeal] = []
    for least in _LEAST_EXCESSES:
        red = red_mask(small, least)
        if cv2.countNonZero(red) < _FEWEST_PIXELS:
            continue
        is_free = partial(_is_free, scale=scale, found=found)
        for box in _surest_first(red, small, is_free):
            if is_free(box) and not is_brown(box, red, small):
                found.append(_seal(box, scale, red, seen))
    return found


def _is_free(box: Box, scale: float, found: Sequence[RedSeal]) -> bool:
    """Whether no seal was found yet where a box lies."""
    place = RedSeal(*_on_page(box, scale), colour="")
    return not any(meet(place, known) for known in found)


def _on_page(box: Box, scale: float) -> Box:
    """A box in pixels of the page."""
    left, top, width, height = max(0, box[0]), max(0, box[1]), *box[2:]
    return round(left / scale), round(top / scale), round(width / scale), round(height / scale)


def with_white_paper(small: Image) -> Image:
    """The colours as they are on white paper: lamps and cameras tint it."""
    planes = cv2.split(small[::_SAMPLED, ::_SAMPLED])
    light = np.array([shade_at(np.ascontiguousarray(one), _PAPER_PERCENTILE) for one in planes])
    stretch = np.clip(light.max() / np.maximum(light, 1), 1, _MOST_STRETCH)
    if (stretch == 1).all():
        return small
    shades = np.arange(256)[:, None] * stretch
    table = np.clip(shades, 0, 255).astype(np.uint8)[None]
    white: Image = cv2.LUT(small, table)
    return white


def is_brown(box: Box, red: Image, small: Image) -> bool:
    """Whether the ink is brown or orange: it holds much more green than blue."""
    ink = small[_part_of(box)][red[_part_of(box)] > 0]
    blue, green, much_red = np.median(ink, axis=0) if len(ink) else (0, 0, 0)
    return bool(green - blue >= _BROWN * (much_red - green))


def _part_of(box: Box) -> tuple[slice, slice]:
    left, top = max(0, box[0]), max(0, box[1])
    return slice(top, top + box[3]), slice(left, left + box[2])


def _surest_first(red: Image, small: Image, is_free: Callable[[Box], bool]) -> Iterator[Box]:
    """Boxes with a ring: whole spots, then circles within spots, then broken rings.

    Nothing is asked of those where a seal was found: most circles of a ring lie beside it.
    """

    def is_fit(box: Box) -> bool:
        return _is_large_and_round(red, box) and is_free(box)

    bare = _without_rules(red)
    spots = [(box, _ring_part(box, red, small)) for box in filter(is_fit, _spots(red))]
    among = [(box, _ring_part(box, bare, small)) for box in filter(is_fit, _spots(bare))]
    circles = [(box, _ring_part(box, red, small)) for box in filter(is_fit, _circles(red))]
    yield from (box for box, part in spots if part >= _WHOLE_RING)
    for box, part in circles:
        if part >= _LEAST_CIRCLE and is_free(box) and _is_on_one_line(box, red, _LEAST_THIN):
            yield box
    for boxes in (spots, among):
        yield from (box for box, part in boxes if part >= _LEAST_RING)
    for box, part in circles:
        if (
            _POORER_CIRCLE <= part < _LEAST_CIRCLE
            and is_free(box)
            and _directions(box, red, _WORDS) >= _LEAST_WORDS
            and _is_on_one_line(box, red, _POORER_THIN)
        ):
            yield box


def _without_rules(red: Image) -> Image:
    """Red ink without long straight lines: a table's rules run through the stamps on it."""
    rules = cv2.bitwise_or(*(
        cv2.morphologyEx(red, cv2.MORPH_OPEN, np.ones(size, np.uint8))
        for size in ((1, _RULE), (_RULE, 1))
    ))  # fmt: skip
    wide = cv2.dilate(rules, np.ones((_RULE_WIDE, _RULE_WIDE), np.uint8))
    bare: Image = cv2.subtract(red, wide)
    return bare


def has_words_around(image: Image, seal: RedSeal) -> bool:
    """Whether red signs stand along the ring of a seal: a sign that forbids has none."""
    box = (seal.left, seal.top, seal.width, seal.height)
    red = red_mask(with_white_paper(image), _LEAST_EXCESSES[-1])
    return _directions(box, red, _WITHIN_A_BROAD_RING) >= _LEAST_WORDS


def _is_on_one_line(box: Box, red: Image, least: float) -> bool:
    """Whether in so many directions red ink lies on one thin line around the middle.

    Rules of a table and the fine lines of a card meet the breadth of a ring anywhere.
    """
    left, top, width, height = box
    rows, columns = _near(_wider(box), red)
    down, across = np.nonzero(red[rows, columns])
    x = (across + columns.start + 0.5 - left) / width * 2 - 1
    y = (down + rows.start + 0.5 - top) / height * 2 - 1
    return any(
        _thin_part(x - 2 * right, (y - 2 * low) / aspect) >= least for right, low, aspect in _SEEN
    )


def _wider(box: Box) -> Box:
    left, top, width, height = box
    more = round(0.12 * width)
    return left - more, top - more, width + 2 * more, height + 2 * more


def _thin_part(x: NDArray[Any], y: NDArray[Any]) -> float:
    radius = np.hypot(x, y)
    on_ring = (radius >= _THIN_FROM) & (radius < _THIN_TO)
    turns = (np.arctan2(y[on_ring], x[on_ring]) / (2 * np.pi) + 1) * _DIRECTIONS
    steps = ((radius[on_ring] - _THIN_FROM) / _THIN).astype(int)
    seen = np.zeros((round((_THIN_TO - _THIN_FROM) / _THIN) + 1, _DIRECTIONS), bool)
    seen[steps, turns.astype(int) % _DIRECTIONS] = True
    return float((seen[:-1] | seen[1:]).mean(axis=1).max())


def _spots(red: Image) -> Iterator[Box]:
    """Boxes around red ink that hangs together."""
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((13, 13), np.uint8))
    for left, top, width, height, _ in cv2.connectedComponentsWithStats(joined)[2][1:]:
        yield int(left), int(top), int(width), int(height)


def _circles(red: Image) -> Iterator[Box]:
    """Circles in red ink that also hangs together with something else."""
    shorter = min(red.shape)
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(red, (3, 3), 0),
        cv2.HOUGH_GRADIENT,
        dp=1.5,
        minDist=shorter * _SMALLEST_PART,
        param1=120,
        param2=_CIRCLE_VOTES,
        minRadius=round(shorter * _SMALLEST_PART / 2),
        maxRadius=round(max(shorter, max(red.shape) / _STRIP) * _LARGEST_PART / 2),
    )
    for x, y, radius in () if circles is None else circles.reshape(-1, 3)[:_MOST_CIRCLES]:
        yield round(x - radius), round(y - radius), round(2 * radius), round(2 * radius)


def _is_large_and_round(red: Image, box: Box) -> bool:
    shorter, longer = sorted(box[2:])
    page = min(red.shape)
    most = _LARGEST_PART * max(page, max(red.shape) / _STRIP)
    is_large = _SMALLEST_PART * page <= longer <= most
    return is_large and shorter >= _LEAST_ROUND * longer


def _ring_part(box: Box, red: Image, small: Image) -> float:
    """How much of a ring there is, or 0 when it is no seal for another reason."""
    is_red, across, down = _around(box, red)
    radius = np.hypot(across, down)
    inside = is_red[radius < _INSIDE]
    if (
        not _LEAST_INSIDE <= _part(inside) <= _MOST_INSIDE
        or _corners(is_red, radius, across < 0, down < 0) > _MOST_IN_CORNERS
        or not _lies_on_paper(small[_near(box, red)][:, :, 2], is_red & (radius < _RING[1]))
    ):
        return 0.0
    return _directions(box, red, _RING)


def _directions(box: Box, red: Image, ring: tuple[float, float]) -> float:
    """In which part of the directions from the middle a ring holds red ink."""
    is_red, across, down = _around(box, red)
    rows, columns = np.nonzero(is_red)
    across, down = across[0, columns], down[rows, 0]
    radius = np.hypot(across, down)
    on_ring = (radius >= ring[0]) & (radius < ring[1])
    turns = np.arctan2(down[on_ring], across[on_ring]) / (2 * np.pi) + 1
    directions = (turns * _DIRECTIONS).astype(int) % _DIRECTIONS
    return np.count_nonzero(np.bincount(directions)) / _DIRECTIONS


def _around(box: Box, red: Image) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Of each pixel in and near a box: whether it is red; its column and row from the middle."""
    left, top, width, height = box
    rows, columns = _near(box, red)
    x, y = np.arange(columns.start, columns.stop)[None], np.arange(rows.start, rows.stop)[:, None]
    is_red = red[rows, columns] > 0
    return is_red, (x + 0.5 - left) / width * 2 - 1, (y + 0.5 - top) / height * 2 - 1


def _near(box: Box, red: Image) -> tuple[slice, slice]:
    """The rows and columns in and near a box."""
    left, top, width, height = box
    return (
        slice(max(0, top - 2), max(0, min(red.shape[0], top + height + 3))),
        slice(max(0, left - 2), max(0, min(red.shape[1], left + width + 3))),
    )


def _corners(
    is_red: NDArray[Any], radius: NDArray[Any], left: NDArray[Any], above: NDArray[Any]
) -> float:
    """Red part of the corners around a ring; over one of them a fingerprint may lie."""
    outside = radius > _CORNERS_FROM
    parts = [
        _part(is_red[outside & (left == is_left) & (above == is_above)])
        for is_left in (True, False)
        for is_above in (True, False)
    ]
    return sorted(parts)[-2]


def _part(holds: NDArray[Any]) -> float:
    return float(holds.mean()) if holds.size else 0.0


def _lies_on_paper(light: NDArray[Any], ink: NDArray[Any]) -> bool:
    """Whether the red channel (print and all) is about as light as the paper around."""
    if not ink.any():
        return False
    return bool(np.median(light[ink]) >= _LEAST_LIGHT * np.percentile(light, 90))


def red_mask(image: Image, least: int) -> Image:
    """255 where a page is redder than its paper by so many levels."""
    blue, green, red = cv2.split(image)
    excess = cv2.subtract(red, cv2.max(blue, green))
    # Yellowed paper and lamp light are a little red everywhere.
    excess = cv2.subtract(excess, np.full_like(excess, shade_at(excess, 50)))
    return cv2.threshold(excess, least, 255, cv2.THRESH_BINARY)[1]


def _seal(box: Box, scale: float, red: Image, small: Image) -> RedSeal:
    ink = small[_part_of(box)][red[_part_of(box)] > 0]
    return RedSeal(*_on_page(box, scale), colour=colour_of(ink) if len(ink) else "")


def meet(one: RedSeal, other: RedSeal) -> bool:
    """Whether two stamps touch."""
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
    )


def colour_of(pixels: Image) -> str:
    """The middle colour of some pixels: #c41c20."""
    blue, green, red = (int(value) for value in np.median(pixels, axis=0))
    return f"#{red:02x}{green:02x}{blue:02x}"
