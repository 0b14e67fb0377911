"""How a copy of a page lies beside an earlier one: by its code roughly, by its print closely."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from minzheng.external.ocr.line_boxes import Corners, Image
from minzheng.external.ocr.print_looks import HIGH, Look, ink_at

Fit = NDArray[Any]  #: 2 x 3, from the pixels of one copy to those of another

_MARKS = 14  #: lines that are looked for
_FEWEST = 5  #: of them, that agree
_LEAST_AGREED = 0.5  #: of those that were found
_ROOM = 14  #: pixels of a look around a mark: what the code leaves open at the far edge
_PIECE = 72  #: columns of a mark
_ALIKE = 0.6  #: correlation
_OFF = 0.1  #: of a line's height, by which a mark may lie off


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of print that shows how a copy lies: where it stands on the earlier one."""

    corners: Corners
    look: Look


def fit_page(grey: Image, codes: tuple[Corners, Corners], marks: Sequence[Mark]) -> Fit | None:
    """From the earlier copy to this one, if enough lines of print lie as they lay there.

    Args:
        grey: this copy, upright, one plane.
        codes: corners of the code on the earlier copy, and on this one.
        marks: lines of the earlier copy.
    """
    guess = cv2.estimateAffinePartial2D(*codes)[0]
    if guess is None or len(marks) < _FEWEST:
        return None
    chosen = _spread(marks, codes[0].mean(axis=0))
    pairs = [pair for one in chosen if (pair := _find(grey, guess, one)) is not None]
    if len(pairs) < _FEWEST:
        return None
    there, here = (np.array(points, np.float32) for points in zip(*pairs, strict=True))
    scale = float(np.sqrt(abs(np.linalg.det(guess[:, :2]))))
    height = float(np.median([np.linalg.norm(one.corners[3] - one.corners[0]) for one in chosen]))
    fit, agreed = cv2.estimateAffine2D(
        there, here, ransacReprojThreshold=_OFF * height * scale, maxIters=400
    )
    if fit is None or agreed.sum() < max(_FEWEST, _LEAST_AGREED * len(pairs)):
        return None
    return np.asarray(fit)


def moved(points: NDArray[Any], fit: Fit) -> NDArray[Any]:
    """Points of one copy where they lie on the other."""
    return np.asarray(points @ fit[:, :2].T + fit[:, 2], np.float32)


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
