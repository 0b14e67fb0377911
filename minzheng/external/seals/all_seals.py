"""Every red stamp of a page; also where the picture is one seal from edge to edge."""

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from minzheng.external.ocr.line_boxes import Image
from minzheng.external.ocr.smaller_pages import make_smaller, shade_at
from minzheng.external.red_seals import (
    RedSeal,
    find_seals,
    has_words_around,
    may_hold_seals,
    meet,
    red_mask,
    with_white_paper,
)
from minzheng.external.seals.square_seals import SquareSeal, find_square_seals

_SIDE = 480  #: pixels at most of a picture that is perhaps one seal
_ROOM = 1.45  #: of its longer side, the paper put around it on each side
_PAPER_PERCENTILE = 90  #: of each channel
_DARK, _MOST_DARK = 0.5, 0.02  #: of the paper's light in red, and part of a picture of ink alone
_LONGEST_RATIO = 2.0  #: of the sides
_LEAST_SPAN = 0.5  #: of the picture's shorter side
_FAINT = 18  #: levels by which the ink is redder than its paper


def find_all_seals(image: Image) -> list[RedSeal]:
    """Every red stamp of a page (BGR): round ones, and then the square ones.

    A square is no circle's inside; its signs may look like a ring's.
    """
    if not may_hold_seals(image):
        return []
    return _as_one_seal(image) or _round_and_square(image)


def fills(seals: Sequence[RedSeal], image: Image) -> bool:
    """Whether a picture is one seal, and no page with a seal on it."""
    shorter = min(image.shape[:2])
    return len(seals) == 1 and max(seals[0].width, seals[0].height) >= _LEAST_SPAN * shorter


def _round_and_square(image: Image) -> list[RedSeal]:
    squares = find_square_seals(image)
    rounds = [one for one in find_seals(image) if not any(meet(one, other) for other in squares)]
    return [*rounds, *squares]


def _as_one_seal(image: Image) -> list[RedSeal]:
    """The seal that a picture is: looked for as if it lay on a page. Print makes it a page."""
    height, width = image.shape[:2]
    longer, shorter = max(height, width), min(height, width)
    if longer > _LONGEST_RATIO * shorter:
        return []
    scale = min(1.0, _SIDE / longer)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = make_smaller(image, size)
    if _holds_print(small):
        return []
    room = round(_ROOM * max(size))
    paper = [shade_at(np.ascontiguousarray(one), _PAPER_PERCENTILE) for one in cv2.split(small)]
    page = cv2.copyMakeBorder(small, room, room, room, room, cv2.BORDER_CONSTANT, value=paper)
    if not _spans(page, _LEAST_SPAN * min(size)):
        return []
    found = [
        _moved_back(one, room, scale, (width, height))
        for one in _round_and_square(page)
        if isinstance(one, SquareSeal) or has_words_around(page, one)
    ]
    return found if fills(found, image) else []


def _spans(page: Image, least: float) -> bool:
    """Whether red ink reaches so far across or down."""
    box = cv2.boundingRect(red_mask(with_white_paper(page), _FAINT))
    return max(box[2:]) >= least


def _holds_print(image: Image) -> bool:
    """Whether anything on it is dark in red light, in which red ink is nearly paper."""
    red = np.ascontiguousarray(image[:, :, 2])
    dark = cv2.threshold(red, _DARK * shade_at(red, _PAPER_PERCENTILE), 1, cv2.THRESH_BINARY_INV)[1]
    return bool(cv2.countNonZero(dark) > _MOST_DARK * dark.size)


def _moved_back(seal: RedSeal, room: int, scale: float, size: tuple[int, int]) -> RedSeal:
    """A seal of the page with room around as one of the picture."""
    edges = [
        min(max(0, round((place - room) / scale)), most)
        for place, most in zip(
            (seal.left, seal.top, seal.left + seal.width, seal.top + seal.height),
            size * 2,
            strict=True,
        )
    ]
    left, top, right, bottom = edges
    moved = replace(seal, left=left, top=top, width=right - left, height=bottom - top)
    if not isinstance(moved, SquareSeal):
        return moved
    corners = tuple(((x - room) / scale, (y - room) / scale) for x, y in moved.corners)
    return replace(moved, corners=corners)
