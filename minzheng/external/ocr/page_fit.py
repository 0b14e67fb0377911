"""How a copy of a page lies beside an earlier one: by its code roughly, by its print closely."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import Corners, Image
from minzheng.external.ocr.print_looks import HIGH, Look, ink_at

Fit = NDArray[Any]  #: 3 x 3, from the pixels of one copy to those of another

_MARKS = 14  #: lines that are looked for
_FEWEST = 5  #: of them, that agree
_LEAST_AGREED = 0.5  #: of those that were found
_SURELY_AGREED = 0.75  #: of those that were looked for
_ROOM = 14  #: pixels of a look around a mark: what the code leaves open at the far edge
_PIECE = 72  #: columns of a mark
_ALIKE = 0.6  #: correlation
_OFF = 0.1  #: of a line's height, by which a mark may lie off
_OFF_OF_PHOTO = 0.35  #: likewise, where the paper is bent
_FIRST, _FEWEST_OF_FIRST = 9, 3  #: marks next to the code, and how many of them are found
_ENOUGH = 6  #: marks of a photo
_CORNERS, _SLANTED = 4, 4  #: of a code; marks that tell with it how the paper slants away


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of print that shows how a copy lies: where it stands on the earlier one."""

    corners: Corners
    look: Look


def fit_page(
    grey: Image, codes: tuple[Corners, Corners], marks: Sequence[Mark], *, is_sure: bool = False
) -> Fit | None:
    """From the earlier copy to this one, if enough lines of print lie as they lay there.

    Args:
        grey: this copy, upright, one plane.
        codes: corners of the code on the earlier copy, and on this one.
        marks: lines of the earlier copy.
        is_sure: ask that most marks are found and agree, as on a scan.
    """
    guess = _guess(codes)
    if guess is None or len(marks) < _FEWEST:
        return None
    chosen = _spread(marks, codes[0].mean(axis=0))
    pairs = [pair for one in chosen if (pair := _find(grey, guess, one)) is not None]
    if len(pairs) < _FEWEST:
        return None
    there, here = (np.array(points, np.float32) for points in zip(*pairs, strict=True))
    scale = float(np.sqrt(abs(np.linalg.det(guess[:2, :2]))))
    height = float(np.median([np.linalg.norm(one.corners[3] - one.corners[0]) for one in chosen]))
    fit, agreed = cv2.estimateAffine2D(
        there, here, ransacReprojThreshold=_OFF * height * scale, maxIters=400
    )
    least = _SURELY_AGREED * len(chosen) if is_sure else _LEAST_AGREED * len(pairs)
    if fit is None or agreed.sum() < max(_FEWEST, least):
        return None
    return _square(fit)


def fit_photo(grey: Image, codes: tuple[Corners, Corners], marks: Sequence[Mark]) -> Fit | None:
    """The same of a copy that was photographed: the farther from the camera, the smaller.

    From the code on, line by line, each is looked for where those before it say: a code is
    too small to tell how the far end of a page slants.
    """
    if len(marks) < _ENOUGH:
        return None
    height = float(np.median([np.linalg.norm(one.corners[3] - one.corners[0]) for one in marks]))
    there, here = list(codes[0]), list(codes[1])
    for number, mark in enumerate(_from_one_to_next(marks, codes[0].mean(axis=0)), start=1):
        guess = _so_far(there, here)
        pair = None if guess is None else _find(grey, guess, mark)
        if pair is not None:
            there.append(pair[0])
            here.append(pair[1])
        if number == _FIRST and len(there) - len(codes[0]) < _FEWEST_OF_FIRST:
            return None
    return _plane(np.array(there, np.float32), np.array(here, np.float32), height, len(marks))


def nudged(grey: Image, fit: Fit, mark: Mark) -> NDArray[Any] | None:
    """How far a line lies from where it should: a sheet that was photographed is bent."""
    pair = _find(grey, fit, mark)
    return None if pair is None else pair[1] - moved(pair[0], fit)


def moved(points: NDArray[Any], fit: Fit) -> NDArray[Any]:
    """Points of one copy where they lie on the other."""
    ahead = points @ fit[:2, :2].T + fit[:2, 2]
    return np.asarray(ahead / (points @ fit[2:, :2].T + fit[2, 2]), np.float32)


def _square(fit: NDArray[Any]) -> Fit:
    return np.concatenate((fit, [[0.0, 0.0, 1.0]]))


def _guess(codes: tuple[Corners, Corners]) -> Fit | None:
    guess = cv2.estimateAffinePartial2D(*codes)[0]
    return None if guess is None else _square(guess)


def _from_one_to_next(marks: Sequence[Mark], start: NDArray[Any]) -> list[Mark]:
    """Marks in such an order that each is as near as may be to one before it."""
    middles = np.array([one.corners.mean(axis=0) for one in marks])
    away = np.linalg.norm(middles - start, axis=1)
    order: list[int] = []
    for _ in marks:
        order.append(int(np.where(np.isin(np.arange(len(marks)), order), np.inf, away).argmin()))
        away = np.minimum(away, np.linalg.norm(middles - middles[order[-1]], axis=1))
    return [marks[number] for number in order]


def _so_far(there: Sequence[NDArray[Any]], here: Sequence[NDArray[Any]]) -> Fit | None:
    """How the paper lies by the points that were found, as closely as so few can tell."""
    known, seen = np.array(there, np.float32), np.array(here, np.float32)
    if len(known) == _CORNERS:
        return _guess((known, seen))
    if len(known) >= _CORNERS + _SLANTED:
        return cv2.findHomography(known, seen)[0]
    way, _, rank, _ = np.linalg.lstsq(np.c_[known, np.ones(len(known))], seen, rcond=None)
    return _square(way.T) if rank == len(way) else None


def _plane(there: NDArray[Any], here: NDArray[Any], height: float, count: int) -> Fit | None:
    """The plane seen aslant in which the code and most of so many lines lie."""
    if len(there) - _CORNERS < max(_ENOUGH, _LEAST_AGREED * count):
        return None
    scale = float(np.linalg.norm(np.ptp(here, axis=0)) / np.linalg.norm(np.ptp(there, axis=0)))
    off = _OFF_OF_PHOTO * height * scale
    fit, agreed = cv2.findHomography(there, here, cv2.RANSAC, off, maxIters=300)
    is_plane = fit is not None and agreed.sum() >= _SURELY_AGREED * len(there)
    return np.asarray(fit) if is_plane else None


def _spread(marks: Sequence[Mark], start: NDArray[Any]) -> list[Mark]:
    """Marks as far from each other as may be."""
    middles = np.array([one.corners.mean(axis=0) for one in marks])
    away = np.linalg.norm(middles - start, axis=1)
    chosen: list[int] = []
    for _ in range(min(_MARKS, len(marks))):
        chosen.append(int(away.argmax()))
        away = np.minimum(away, np.linalg.norm(middles - middles[chosen[-1]], axis=1))
    return [marks[number] for number in chosen]


def _find(grey: Image, guess: Fit, mark: Mark) -> tuple[NDArray[Any], NDArray[Any]] | None:
    """The middle of a mark on the earlier copy, and where it is found on this one."""
    known = mark.look.ink
    width = known.shape[1]
    start = (width - min(width, _PIECE)) // 2
    span = start, start + min(width, _PIECE)
    around = ink_at(grey, moved(mark.corners, guess), span, width, _ROOM)
    if around is None:
        return None
    part = known[:, span[0] : span[1]]
    _, best, _, (x, y) = cv2.minMaxLoc(cv2.matchTemplate(around, part, cv2.TM_CCOEFF_NORMED))
    if best < _ALIKE:
        return None
    across = (mark.corners[1] - mark.corners[0]) / width
    down = (mark.corners[3] - mark.corners[0]) / HIGH
    middle = mark.corners[0] + across * (span[0] + span[1]) / 2 + down * HIGH / 2
    return middle, moved(middle + across * (x - _ROOM) + down * (y - _ROOM), guess)
