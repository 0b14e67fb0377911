"""Whether a page holds ink worth reading, whichever of paper and ink is the lighter.

Marks are what differs sharply from its surroundings, light or dark. Shadows, stains and
what shows through from the other side are soft; ruled lines, empty boxes, punched holes
and dust are sharp and hold no words. Where it is doubtful the page is read: a blank page
read costs a fraction of a second, a written one taken for blank is lost.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from archive_indexer.reading.paper.page_dirt import (
    contrast_of_signs,
    fill_holes,
    find_holes,
    paper_around,
)
from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.packed_ink import long_runs
from minzheng.external.ocr.smaller_pages import make_smaller

Box = tuple[float, float, float, float]  #: left, top, right, bottom as parts of the page

LEAST_SIDE = 8  #: pixels; what is thinner holds no words
_WORK_SIDE = 1000  #: pixels of the shorter side; A4 then has 121 dpi
_LEAST_CONTRAST = 14  #: grey levels between ink and its surroundings
_PLAIN_INK, _FEWEST_PLAIN = 45, 30  #: grey levels, and so many pixels of a word that is black
_NOISE = 6  #: times the middle of all differences
_LEAST_EDGE = 0.7  #: of that contrast, from one pixel to the next but one: soft is no ink
_SHARP_PART = 0.25  #: of a mark's pixels that lie on such an edge
_CROWDED, _FAR, _FAR_PART = 12, 90, 0.005  #: grey levels: a picture, for no paper is so uneven
_PLENTY = 0.02  #: of the page under sharp marks: surely written
_UNLIKE = 45  #: grey levels from most of the page
_LARGE = 0.015  #: of the page
_RULE = 44  #: pixels; straight and longer is ruled
_LEAST_STROKE, _MOST_STROKE = 6, 40  #: pixels
_WORD, _LINE, _FEW_STROKES = 60, 12, 5  #: so many strokes within a word's room are print
_BAND, _MANY_STROKES, _FEWEST_BANDS = 24, 20, 3  #: pixels; strokes in each; such bands are print
_STROKE_ROOM = 7  #: pixels from one stroke of dense print to the next
_MOST_LOOKED_AT = 300
_STRIPS = 8  #: of a page; most pages are seen to be written in the fullest one
_LEAST_MARK = 7  #: pixels of a sign's longer side, where another stands near
_LONE_MARK = 9  #: of one that stands alone: a digit of 9 points
_FLAT = 4  #: pixels high: dust on a rest of a rule
_FEWEST_PIXELS = 9
_NEAR = 5  #: times its size
_THIN = 5  #: length to breadth of a line that is no sign
_DASH = 3  #: pixels high and level: a rest of a rule
_STROKE = 11  #: pixels, in which a stroke has paper on both sides
_BREADTH_OF_RULE = 3  #: pixels; known words being painted over, its rests are short
_SHORTEST_LINE, _BREADTH_OF_LINE = 16, 5  #: pixels
_ON_LINE = 92  #: per cent of its pixels; the rest may stick to its ends
_BOX_SIDES = (8, 60)  #: pixels of an empty box to be ticked
_COVER_MARGIN = 0.3  #: of a line's height
_MOST_MARGIN = 0.005  #: of the page's height


@dataclass(frozen=True, slots=True)
class PageLook:
    """A page in grey at its working size, and how far each pixel is from its surroundings."""

    grey: Image
    contrast: Image


def look_at(image: Image) -> PageLook | None:
    """What is needed to tell the ink of a page (BGR or grey); None where no words have room."""
    if min(image.shape[:2]) < LEAST_SIDE:
        return None
    grey = make_work_size(image)
    return PageLook(grey, _local_contrast(grey))


def has_ink(image: Image, beside_known: bool = False) -> bool:
    """Whether a page image (BGR) holds anything that may be words.

    Args:
        image: the page.
        beside_known: its words are painted over; what is left of a form's rules and
            shades is none.
    """
    look = look_at(image)
    return look is not None and shows_ink(look, beside_known)


def shows_ink(look: PageLook, beside_known: bool = False) -> bool:
    """Whether a page holds anything that may be words, as `has_ink` tells it."""
    grey, contrast = look.grey, look.contrast
    middle = float(np.median(contrast[::7, ::7]))
    if not beside_known and middle > _CROWDED and _is_far_apart(contrast):
        return True
    least = max(_LEAST_CONTRAST, _NOISE * middle)
    ink: Image = (contrast > least).astype(np.uint8)
    edges = (_steps(grey) > _LEAST_EDGE * least).astype(np.uint8)
    if not beside_known and _is_print(cv2.min(ink, edges)):
        return True
    if beside_known:
        return _has_words_beside(grey, ink, edges) or _has_words_beside(
            grey, (_darker_than_beside(grey) > least).astype(np.uint8), edges
        )
    rest = cv2.subtract(ink, _rules(ink))
    if cv2.countNonZero(cv2.min(rest, edges)) > _PLENTY * ink.size:
        return True
    if _seems_written(ink, edges):
        signs = (contrast_of_signs(grey, ink) > least).astype(np.uint8)
        if _seems_written(signs, edges):
            return True
    return _has_large_shape(grey)


def _has_words_beside(grey: Image, ink: Image, edges: Image) -> bool:
    """Whether marks stand like words, known ones being painted over."""
    rest = cv2.subtract(ink, _rules(ink))
    marks = _marks(fill_holes(rest, find_holes(grey, ink)), edges)
    return _stand_like_words([one for one in marks if min(one[2:]) > _BREADTH_OF_RULE])


def _darker_than_beside(grey: Image) -> Image:
    """How much darker strokes are than what lies right beside them.

    In a frame at the page's edge close lines are all there is around, and darker than paper: the
    paper between them differs from that, too, and all of it is one broad rule.
    """
    room = np.ones((_STROKE, _STROKE), np.uint8)
    return cv2.subtract(cv2.morphologyEx(grey, cv2.MORPH_CLOSE, room), grey)


def _is_far_apart(contrast: Image) -> bool:
    """Whether more is far from its surroundings than grain is: a photo full of things."""
    return int(np.count_nonzero(contrast > _FAR)) > _FAR_PART * contrast.size


def _seems_written(ink: Image, edges: Image) -> bool:
    """Whether something stands there that may be signs, if a punch or a fold did not leave it."""
    return _has_strokes(_strokes(cv2.min(ink, edges))) or _stand_like_words(
        _marks(cv2.subtract(ink, _rules(ink)), edges)
    )


def is_all_faint(image: Image, look: PageLook | None = None) -> bool:
    """Whether the ink of a page is nowhere far from its paper: a detector sees half of it."""
    contrast = look.contrast if look else _local_contrast(make_work_size(image))
    return int(np.count_nonzero(contrast > _PLAIN_INK)) < _FEWEST_PLAIN


def cover(image: Image, boxes: Iterable[Box]) -> Image:
    """The image with what is known of it painted over in the colour around it."""
    covered = image.copy()
    height, width = image.shape[:2]
    for left, top, right, bottom in boxes:
        margin = min((bottom - top) * _COVER_MARGIN, _MOST_MARGIN) * height + 2
        x = max(0, round(left * width - margin)), min(width, round(right * width + margin))
        y = max(0, round(top * height - margin)), min(height, round(bottom * height + margin))
        part = covered[y[0] : y[1], x[0] : x[1]]
        if part.size:
            edge = np.concatenate((part[0], part[-1], part[:, 0], part[:, -1]))
            part[:] = np.median(edge, axis=0).astype(np.uint8)
    return covered


def make_work_size(image: Image) -> Image:
    """The page in grey, A4 at 121 dpi, made smaller by whole parts first, for that is quick."""
    shorter = min(image.shape[:2])
    if shorter >= 2 * _WORK_SIDE:
        parts = shorter // _WORK_SIDE
        image = make_smaller(image, (image.shape[1] // parts, image.shape[0] // parts))
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) if image.ndim > 2 else image
    scale = min(1.0, _WORK_SIDE / min(grey.shape))
    size = max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale))
    return cv2.resize(grey, size, interpolation=cv2.INTER_LINEAR)


def _local_contrast(grey: Image) -> Image:
    """How far each pixel is from the brightness around it."""
    return cv2.absdiff(grey, paper_around(grey))


def _steps(grey: Image) -> Image:
    return cv2.morphologyEx(grey, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))


def _is_print(ink: Image) -> bool:
    """Whether strokes fill more rows of the fullest strip than a fold or holes ever do."""
    high = -(-len(ink) // _STRIPS)
    strips = [ink[top : top + high] for top in range(0, len(ink), high)]
    strokes = _strokes(max(strips, key=cv2.countNonZero))
    bands = Counter(top // _BAND for _, top in strokes)
    return sum(count > _MANY_STROKES for count in bands.values()) >= _FEWEST_BANDS


def _strokes(ink: Image) -> list[tuple[int, int]]:
    """Places of upright strokes."""
    strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_LEAST_STROKE, 1), np.uint8))
    stats = cv2.connectedComponentsWithStats(strokes)[2][1:]
    return [
        (left, top)
        for left, top, width, height, _ in stats.tolist()
        if height <= _MOST_STROKE and width <= _MOST_STROKE
        for _ in range(max(1, width // _STROKE_ROOM))  # strokes that touch are one piece
    ]


def _has_strokes(places: list[tuple[int, int]]) -> bool:
    """Whether they stand side by side: dense print on a rule is lost with the rule."""
    return any(
        sum(abs(x - left) < _WORD and abs(y - top) < _LINE for x, y in places) > _FEW_STROKES
        for left, top in places[:_MOST_LOOKED_AT]
    )


def _has_large_shape(grey: Image) -> bool:
    """Whether something large and unlike the page lies in it, whatever it is."""
    size = max(1, grey.shape[1] // 4), max(1, grey.shape[0] // 4)
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    unlike: Image = (cv2.absdiff(small, np.full_like(small, np.median(small))) > _UNLIKE).astype(
        np.uint8
    )
    unlike = cv2.morphologyEx(unlike, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))  # no rules
    stats = cv2.connectedComponentsWithStats(unlike)[2][1:]
    height, width = small.shape
    return any(
        area >= _LARGE * small.size
        and left > 0
        and top > 0
        and left + wide < width
        and top + high < height
        for left, top, wide, high, area in stats.tolist()
    )


def _rules(ink: Image) -> Image:
    """Straight lines, with the pixel around them."""
    rules = np.zeros_like(ink)
    for kernel, thick in (((1, _RULE), (3, 1)), ((_RULE, 1), (1, 3))):
        # A rule that leans by a degree still runs through the thickened ink.
        joined = cv2.dilate(ink, np.ones(thick, np.uint8))
        rules |= long_runs(joined, kernel)
    return cv2.dilate(rules, np.ones((3, 3), np.uint8))


def _marks(ink: Image, edges: Image) -> list[tuple[int, int, int, int]]:
    """Boxes of sharp marks that may be signs: left, top, width, height."""
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    sharp = np.bincount(labels.ravel(), (ink & edges).ravel(), minlength=len(stats))
    size = ink.shape
    return [
        (left, top, width, height)
        for number, (left, top, width, height, area) in enumerate(stats.tolist())
        if number
        and max(width, height) >= _LEAST_MARK
        and area >= _FEWEST_PIXELS
        and sharp[number] >= _SHARP_PART * area
        and not _is_at_edge(left, top, width, height, size)
        and not (height <= _DASH and width >= _THIN * height - 1)
        and not _is_straight(labels, number, (left, top, width, height))
        and not _is_empty_box(labels, number, (left, top, width, height))
    ]


def _is_at_edge(left: int, top: int, width: int, height: int, size: tuple[int, ...]) -> bool:
    """Whether a mark runs along the edge of the picture: a scanner's shadow."""
    touches = (left <= 1, top <= 1, left + width >= size[1] - 1, top + height >= size[0] - 1)
    return any(touches) and min(size) > _BOX_SIDES[1] * 2


def _is_straight(labels: NDArray[Any], number: int, box: tuple[int, int, int, int]) -> bool:
    """Whether a mark is one straight thin line: a rest of a rule, a staple, a hair."""
    left, top, width, height = box
    if np.hypot(width, height) < _SHORTEST_LINE:
        return False
    rows, columns = np.nonzero(labels[top : top + height, left : left + width] == number)
    places = np.column_stack((columns, rows)).astype(np.float32)
    along_x, along_y, x, y = np.ravel(cv2.fitLine(places, cv2.DIST_HUBER, 0, 0.1, 0.1))
    off = np.abs((columns - x) * along_y - (rows - y) * along_x)
    breadth = 2 * float(np.percentile(off, _ON_LINE)) + 1
    return bool(np.hypot(width, height) >= _THIN * breadth and breadth <= _BREADTH_OF_LINE)


def _is_empty_box(labels: NDArray[Any], number: int, box: tuple[int, int, int, int]) -> bool:
    left, top, width, height = box
    if not (_BOX_SIDES[0] <= min(width, height) and max(width, height) <= _BOX_SIDES[1]):
        return False
    part = labels[top : top + height, left : left + width]
    y, x = max(2, height // 4), max(2, width // 4)
    edges = (part[:2].any(0), part[-2:].any(0), part[:, :2].any(1), part[:, -2:].any(1))
    is_closed = all(float(edge.mean()) > 0.9 for edge in edges)
    return is_closed and not part[y:-y, x:-x].any()


def _stand_like_words(marks: list[tuple[int, int, int, int]]) -> bool:
    """Whether one mark is as large as a digit, or two stand near each other."""
    if any(max(width, height) >= _LONE_MARK and height > _FLAT for _, _, width, height in marks):
        return True
    return any(
        _are_near(one, other) for at, one in enumerate(marks) for other in marks[at + 1 : at + 60]
    )


def _are_near(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    reach = _NEAR * max(*one[2:], *other[2:])
    return abs(one[0] - other[0]) < reach and abs(one[1] - other[1]) < reach
